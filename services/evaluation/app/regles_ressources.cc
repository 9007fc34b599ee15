#include "services/evaluation/app/regles_ressources.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/evaluation/domain/regles.h"
#include "services/evaluation/store/miroirs.h"

namespace pdv::evaluation {
namespace {

// The mirror that knows an object; nullptr for communes, zones d'emploi and the nation, which are
// known by their code alone.
const store::Table* MiroirDe(const std::string& objet) {
  if (objet.starts_with("actions/")) return &MiroirAction();
  if (objet.starts_with("qpv/")) return &MiroirQpv();
  if (objet.starts_with("contrats/")) return &MiroirContrat();
  return nullptr;
}

std::vector<store::Read> Lectures(const std::string& objet) {
  const store::Table* mirror = MiroirDe(objet);
  if (mirror == nullptr) return {};
  return {{mirror, "name", objet, false}};
}

bool Present(const google::protobuf::Message* row) {
  if (row == nullptr) return false;
  const auto* deleted = row->GetDescriptor()->FindFieldByName("delete_time");
  return deleted == nullptr || !row->GetReflection()->HasField(*row, deleted);
}

absl::Status ObjetConnu(const std::string& objet, const store::Changes& changes) {
  const store::Table* mirror = MiroirDe(objet);
  if (mirror == nullptr || Present(changes.FindRow(*mirror, objet))) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "OBJET_INCONNU",
                       absl::StrCat("« ", objet,
                                    " » n'existe pas ou n'est pas encore connu de ce "
                                    "service."))
      .With("champ", "objet")
      .With("name", objet);
}

}  // namespace

std::vector<store::Read> LecturesCible(const v1::Cible& cible) { return Lectures(cible.objet()); }
std::vector<store::Read> LecturesMesure(const v1::Mesure& mesure) {
  return Lectures(mesure.objet());
}

absl::Status ReglesIndicateur(const v1::Indicateur* before, v1::Indicateur& after,
                              store::Changes&) {
  return VerifierVersion(before, &after);
}

// The object and the indicator of a target or of a measure are immutable: they are judged once.
absl::Status ReglesCible(const v1::Cible* before, v1::Cible& after, store::Changes& changes) {
  return before == nullptr ? ObjetConnu(after.objet(), changes) : absl::OkStatus();
}

absl::Status ReglesMesure(const v1::Mesure* before, v1::Mesure& after, store::Changes& changes) {
  absl::Status valid = VerifierMesure(after);
  if (!valid.ok()) return valid;
  const auto* indicateur = changes.Find<v1::Indicateur>(after.indicateur());
  if (before == nullptr) {
    if (indicateur == nullptr) return status::NotFound(after.indicateur());
    valid = VerifierDesagregation(after.desagregation(), *indicateur);
    if (valid.ok()) valid = ObjetConnu(after.objet(), changes);
    if (!valid.ok()) return valid;
  }
  // A value that stands keeps the definition under which it was measured.
  const bool measured =
      before == nullptr || before->statut() != after.statut() || before->valeur() != after.valeur();
  if (measured && indicateur != nullptr) after.set_version_indicateur(indicateur->version());
  return absl::OkStatus();
}

}  // namespace pdv::evaluation
