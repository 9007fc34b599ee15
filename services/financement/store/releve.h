#ifndef PDV_SERVICES_FINANCEMENT_STORE_RELEVE_H_
#define PDV_SERVICES_FINANCEMENT_STORE_RELEVE_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/financement/v1/ecriture.pb.h"

namespace pdv::financement {

// The movements of one account, or of all the accounts of a line or of an envelope, in the order in
// which they were written, with the balance of the account after each. NOT_FOUND when there is no
// such line, envelope or funder, or was none at the instant. Its cost grows with the entries of
// what is stated.
absl::StatusOr<v1::ReleveCompteResponse> ReleveCompte(pg::Session& session,
                                                      const v1::ReleveCompteRequest& request,
                                                      std::string_view token_key);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_RELEVE_H_
