#include "services/evaluation/app/regles_ressources.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/evaluation/domain/regles.h"
#include "services/evaluation/store/miroirs.h"

namespace pdv::evaluation {
namespace {

// The mirror that knows an object; nullptr for communes, zones d'emploi and the nation, which are known
// by their code alone.
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

absl::Status ObjetConnu(const std::string& objet, const store::Changes& changes) {
  const store::Table* mirror = MiroirDe(objet);
  if (mirror == nullptr || changes.FindRow(*mirror, objet) != nullptr) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "OBJET_INCONNU",
                       absl::StrCat("« ", objet, " » n'existe pas ou n'est pas encore connu de ce "
                                    "service."))
      .With("champ", "objet")
      .With("name", objet);
}

}  // namespace

std::vector<store::Read> LecturesCible(const v1::Cible& cible) { return Lectures(cible.objet()); }
std::vector<store::Read> LecturesMesure(const v1::Mesure& mesure) {
  return Lectures(mesure.objet());
}

absl::Status ReglesCible(const v1::Cible* before, v1::Cible& after, store::Changes& changes) {
  if (before != nullptr && before->objet() == after.objet()) return absl::OkStatus();
  return ObjetConnu(after.objet(), changes);
}

absl::Status ReglesMesure(const v1::Mesure* before, v1::Mesure& after, store::Changes& changes) {
  absl::Status valid = VerifierMesure(after);
  if (!valid.ok()) return valid;
  if (before != nullptr && before->objet() == after.objet()) return absl::OkStatus();
  return ObjetConnu(after.objet(), changes);
}

}  // namespace pdv::evaluation
