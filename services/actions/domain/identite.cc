#include "services/actions/domain/identite.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

bool Memes(const google::type::Date& one, const google::type::Date& other) {
  return one.year() == other.year() && one.month() == other.month() && one.day() == other.day();
}

absl::Status Reserve(const std::vector<std::string>& champs, const char* message) {
  return status::Error(absl::StatusCode::kPermissionDenied, "CHAMP_RESERVE_AGENT", message)
      .With("champs", absl::StrJoin(champs, ","));
}

}  // namespace

absl::Status VerifierChampsReserves(const v1::Porteur* before, const v1::Porteur& after,
                                    bool depose) {
  const v1::Porteur& known = before == nullptr ? v1::Porteur::default_instance() : *before;
  std::vector<std::string> champs;
  const auto look = [&](const char* champ, bool same) {
    if (!same) champs.emplace_back(champ);
  };
  look("reconnue_utilite_publique_le",
       Memes(known.reconnue_utilite_publique_le(), after.reconnue_utilite_publique_le()));
  look("agrement_tronc_commun_le",
       Memes(known.agrement_tronc_commun_le(), after.agrement_tronc_commun_le()));
  look("agrement_tronc_commun_jusquau",
       Memes(known.agrement_tronc_commun_jusquau(), after.agrement_tronc_commun_jusquau()));
  if (!champs.empty())
    return Reserve(champs,
                   "Une reconnaissance d'utilité publique ou un agrément est inscrit par un agent "
                   "de la préfecture ou de l'équipe projet, sur pièces.");
  if (before == nullptr || !depose) return absl::OkStatus();
  look("forme", known.forme() == after.forme());
  look("identification", known.identification() == after.identification());
  look("siret", known.siret() == after.siret());
  look("rna", known.rna() == after.rna());
  look("ridet", known.ridet() == after.ridet());
  look("tahiti", known.tahiti() == after.tahiti());
  if (champs.empty()) return absl::OkStatus();
  return Reserve(champs,
                 "Ce porteur a déposé un dossier : sa forme juridique et ses identifiants sont "
                 "corrigés par un agent de la préfecture ou de l'équipe projet.");
}

}  // namespace pdv::actions
