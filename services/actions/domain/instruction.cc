#include "services/actions/domain/instruction.h"

#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

absl::Status VerifierEnInstruction(const v1::Action& action) {
  const absl::Status hors = status::Error(absl::StatusCode::kFailedPrecondition, "HORS_INSTRUCTION",
                                          "Un avis ou une note se donne du dépôt à la décision.")
                                .With("etat", NomDeLEtat(action.etat()));
  switch (action.etat()) {
    // Back to its signataire after its deposit, it is still judged.
    case v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
      return action.has_depot_time() ? absl::OkStatus() : hors;
    case v1::ETAT_ACTION_DEPOSEE:
    case v1::ETAT_ACTION_A_COMPLETER:
    case v1::ETAT_ACTION_COMPLETE:
    case v1::ETAT_ACTION_EN_INSTRUCTION:
    case v1::ETAT_ACTION_AJOURNEE:
      return absl::OkStatus();
    default:
      return hors;
  }
}

std::string_view RoleDe(v1::QualiteAvis qualite) {
  switch (qualite) {
    case v1::QUALITE_AVIS_DELEGUE_PREFET:
      return "delegue_prefet";
    case v1::QUALITE_AVIS_CHEF_PROJET:
      return "chef_projet";
    case v1::QUALITE_AVIS_SERVICE:
      return "instructeur";
    case v1::QUALITE_AVIS_CONSEIL_CITOYEN:
      return "conseil_citoyen";
    default:
      return "";
  }
}

absl::Status VerifierAvis(v1::Avis* avis) {
  avis->set_consultatif(avis->qualite() == v1::QUALITE_AVIS_CONSEIL_CITOYEN);
  if (avis->sens() == v1::SENS_AVIS_FAVORABLE || !avis->texte().empty()) return absl::OkStatus();
  return status::InvalidRequest(
      {{"avis.texte", "AVIS_SANS_TEXTE", "Un avis réservé ou défavorable dit pourquoi."}});
}

absl::Status VerifierCotation(const v1::AppelAProjets* appel, v1::Cotation* cotation) {
  std::map<std::string, int32_t> best;
  int64_t whole = 0, sum = 0;
  if (appel != nullptr) {
    for (const v1::Critere& critere : appel->criteres()) {
      if (critere.note_max() == 0) continue;
      best[critere.id()] = critere.note_max();
      whole += critere.note_max();
    }
  }
  std::vector<status::Violation> violations;
  auto refuse = [&](std::string field, std::string why) {
    violations.push_back({std::move(field), "NOTES_INCOHERENTES", std::move(why)});
  };
  for (int i = 0; i < cotation->notes_size(); ++i) {
    const v1::Note& note = cotation->notes(i);
    auto found = best.find(note.critere());
    if (found == best.end()) {
      refuse(absl::StrCat("cotation.notes[", i, "].critere"),
             "Ce critère n'est pas de ceux que l'appel note, ou il a déjà sa note.");
      continue;
    }
    if (note.note() > found->second)
      refuse(absl::StrCat("cotation.notes[", i, "].note"),
             absl::StrCat("La note de ce critère va de 0 à ", found->second, "."));
    sum += note.note();
    best.erase(found);
  }
  for (const auto& [critere, note_max] : best)
    refuse("cotation.notes", absl::StrCat("Le critère « ", critere, " » n'est pas noté."));
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  cotation->set_total_points(whole == 0 ? 0 : static_cast<int32_t>(sum * 10'000 / whole));
  return absl::OkStatus();
}

}  // namespace pdv::actions
