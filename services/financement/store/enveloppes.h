#ifndef PDV_SERVICES_FINANCEMENT_STORE_ENVELOPPES_H_
#define PDV_SERVICES_FINANCEMENT_STORE_ENVELOPPES_H_

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/financement/v1/enveloppe.pb.h"

namespace pdv::financement {

// The envelope with what explains its remainder, now or as of an instant: then its amounts, but for
// the dotation, are sums of the entries until that instant. NOT_FOUND, also before its creation.
// Its cost grows with the entries of the envelope.
absl::StatusOr<v1::Enveloppe> GetEnveloppe(pg::Session& session,
                                           const v1::GetEnveloppeRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_ENVELOPPES_H_
