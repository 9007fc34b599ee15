#ifndef PDV_SERVICES_CONTRATS_DOMAIN_INSTANCES_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_INSTANCES_H_

#include "absl/status/status.h"
#include "common/types/date.h"
#include "pdv/contrats/v1/instance.pb.h"

namespace pdv::contrats {

// A conseil citoyen is that of at least one quartier (loi n° 2014-173 du 21 février 2014, art. 7);
// the other bodies are those of the whole contrat. INVALID_ARGUMENT / INSTANCE_INCOHERENTE.
absl::Status Verifier(const v1::Instance& instance);

// Drops the members whose names may be kept no longer (RGPD, art. 5, 1, e), and refuses to take in
// new ones that are already past it: INVALID_ARGUMENT / CONSERVATION_DEPASSEE. `before` is null for
// a new instance.
absl::Status TrierMembres(const v1::Instance* before, types::Date today, v1::Instance* after);

// A label holds at least one day. INVALID_ARGUMENT / DATES_INCOHERENTES.
absl::Status Verifier(const v1::Labellisation& label);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_INSTANCES_H_
