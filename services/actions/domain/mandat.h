#ifndef PDV_SERVICES_ACTIONS_DOMAIN_MANDAT_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_MANDAT_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "common/types/date.h"
#include "pdv/actions/v1/membre.pb.h"

namespace pdv::actions {

// True when the membre holds its role on that day, first and last day included.
bool EnFonction(const v1::Membre& membre, types::Date jour);

// Whether `acteur` holds what `role` asks on `jour`. A porteur that names a SIGNATAIRE binds those
// who attest, one that names anybody binds those who write, one that names an ADMINISTRATEUR binds
// those who manage its people; until it does, any caller of the organisation may, as the gateway
// knows it. To write takes any of the roles, to attest SIGNATAIRE, to manage ADMINISTRATEUR.
// PERMISSION_DENIED / MANDAT_ABSENT.
absl::Status VerifierMandat(const std::vector<const v1::Membre*>& membres,
                            const std::string& acteur, v1::RoleMembre role, types::Date jour);

// True when one of the administrateurs holds its role on that day.
bool AdministrateurEnFonction(const std::vector<const v1::Membre*>& membres, types::Date jour);

// Dates in order (DATES_INCOHERENTES). A porteur that has an administrateur has one every day from
// then on: whoever leaves, or tells a last day, has a successor in office on the day after, and the
// last of them has no last day. Nobody could name the next one otherwise: FAILED_PRECONDITION /
// ADMINISTRATEUR_ABSENT, with the first day without one. `membres` are those that are stored,
// `after` takes the place of the one of its name.
absl::Status VerifierMembre(const std::vector<const v1::Membre*>& membres, const v1::Membre& after,
                            types::Date jour);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_MANDAT_H_
