#ifndef PDV_SERVICES_FINANCEMENT_STORE_ENVELOPPES_H_
#define PDV_SERVICES_FINANCEMENT_STORE_ENVELOPPES_H_

#include <string_view>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/financement/v1/enveloppe.pb.h"

namespace pdv::financement {

// The envelope with what explains its remainder, now or as of an instant: then its amounts, but for
// the dotation, are sums of the entries until that instant. NOT_FOUND, also before its creation.
// Its cost grows with the entries of the envelope.
absl::StatusOr<v1::Enveloppe> GetEnveloppe(pg::Session& session,
                                           const v1::GetEnveloppeRequest& request);

// A page, now or as of an instant: the rows are chosen as they are now, those recorded since the
// instant are left out, and the amounts of the others are sums of their entries until then.
absl::StatusOr<v1::ListEnveloppesResponse> ListEnveloppes(pg::Session& session,
                                                          const v1::ListEnveloppesRequest& request,
                                                          std::string_view token_key);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_ENVELOPPES_H_
