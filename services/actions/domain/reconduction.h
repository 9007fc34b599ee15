#ifndef PDV_SERVICES_ACTIONS_DOMAIN_RECONDUCTION_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_RECONDUCTION_H_

#include "absl/status/statusor.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::actions {

// The dossier of `exercice` that carries `previous` on: a BROUILLON without a name. What the action
// is (title, object, quartiers, thématique…) and its dates, shifted by whole years, are taken over.
// What is told anew each time is empty: its public, the appel, its answers and documents. So are
// the contrat, the thématique, the quartiers and the place where `contrat`, theirs, is over by then
// (null where it is not known): the next generation has others. A pluriannual action goes on to its
// next year until the last one. FAILED_PRECONDITION / RECONDUCTION_IMPOSSIBLE unless `previous` was
// filed, whatever became of it since, here or as an import states it; INVALID_ARGUMENT with the
// same reason unless `exercice` comes after its own.
absl::StatusOr<v1::Action> Reconduire(const v1::Action& previous, int32_t exercice,
                                      const contrats::v1::Contrat* contrat);

// The dossier from which all the others of the lineage come.
inline const std::string& RacineDe(const v1::Action& action) {
  return action.lignee().empty() ? action.name() : action.lignee();
}

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_RECONDUCTION_H_
