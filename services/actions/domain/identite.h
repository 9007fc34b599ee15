#ifndef PDV_SERVICES_ACTIONS_DOMAIN_IDENTITE_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_IDENTITE_H_

#include "absl/status/status.h"
#include "pdv/actions/v1/porteur.pb.h"

namespace pdv::actions {

// What a porteur does not write of its own, at its creation (`before` is null) or later. What is
// deemed to satisfy the contrat d'engagement républicain (loi n° 2000-321, art. 10-1) is stated by
// an agent, who has seen the decree or the arrêté. Its legal form, which says whether that law
// binds it, and the identifiers that it was judged and is paid by, are its own to tell until it has
// filed a dossier (`depose`). PERMISSION_DENIED / CHAMP_RESERVE_AGENT, with the fields.
absl::Status VerifierChampsReserves(const v1::Porteur* before, const v1::Porteur& after,
                                    bool depose);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_IDENTITE_H_
