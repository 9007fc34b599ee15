#ifndef PDV_SERVICES_ACTIONS_STORE_DOSSIERS_SUIVIS_H_
#define PDV_SERVICES_ACTIONS_STORE_DOSSIERS_SUIVIS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::actions {

// One look that the triggers ask for (dossier_a_suivre), in the order in which they asked.
struct Regard {
  int64_t tour;
  std::string action;
};
// A page of them, after this one (0: from the first); empty at the end.
absl::StatusOr<std::vector<Regard>> Regards(pg::Session& session, int64_t apres);
// Takes them away, once they were looked at.
absl::Status OublierRegards(pg::Session& session, const std::vector<Regard>& regards);

// A dossier between its deposit and its decision, with what is known here of its euros.
struct DossierSuivi {
  v1::Action action;
  std::vector<financement::v1::EtatLigne> lignes;
  std::optional<std::string> budget_etag;
  // Names all the revisions above: the same text, the same facts. Revisions only grow, and lines
  // are never deleted.
  std::string revisions;
};
// Those of the looks that are such dossiers, each once.
absl::StatusOr<std::vector<DossierSuivi>> DossiersSuivis(pg::Session& session,
                                                         const std::vector<Regard>& regards);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_DOSSIERS_SUIVIS_H_
