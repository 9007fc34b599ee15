#include "services/contrats/domain/thematiques.h"

#include <string>

#include "common/status/error.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

constexpr int kNiveauMaximal = 4;

// "nomenclatures/x" of "nomenclatures/x/thematiques/y".
std::string NomenclatureDe(const std::string& thematique) {
  return thematique.substr(0, thematique.find("/thematiques/"));
}

absl::Status Incoherent(const char* field, const char* why) {
  return status::InvalidRequest({{field, "HIERARCHIE_INCOHERENTE", why}});
}

}  // namespace

absl::Status PlacerThematique(const v1::Thematique* parent, v1::Thematique* node) {
  if (parent == nullptr) {
    node->set_niveau(1);
    node->set_pilier(node->name());
    return absl::OkStatus();
  }
  if (parent->name() == node->name())
    return Incoherent("parent", "Une thématique n'est pas au-dessus d'elle-même.");
  if (NomenclatureDe(parent->name()) != NomenclatureDe(node->name()))
    return Incoherent("parent", "Une thématique et celle du dessus sont de la même nomenclature.");
  if (parent->niveau() >= kNiveauMaximal)
    return Incoherent("parent", "Une nomenclature compte quatre niveaux au plus.");
  node->set_niveau(parent->niveau() + 1);
  node->set_pilier(parent->pilier());
  return absl::OkStatus();
}

absl::Status Verifier(const v1::Correspondance& correspondance) {
  if (NomenclatureDe(correspondance.source()) != NomenclatureDe(correspondance.cible()))
    return absl::OkStatus();
  return Incoherent("cible", "Une correspondance mène d'une nomenclature à une autre.");
}

absl::Status Verifier(const v1::Nomenclature& nomenclature) {
  if (PeriodeOrdonnee(nomenclature)) return absl::OkStatus();
  return status::InvalidRequest(
      {{"valide_au", "DATES_INCOHERENTES", "La fin de validité vient après son début."}});
}

}  // namespace pdv::contrats
