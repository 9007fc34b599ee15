#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_AIDES_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_AIDES_H_

#include <cstdint>

#include "absl/numeric/int128.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/subvention.pb.h"

namespace pdv::financement {

// What a line gives as things stand, in cents: what is voted once it is decided, otherwise what is
// proposed, otherwise what is asked. 0: it gives nothing (refused, not admissible, paid back).
int64_t MontantEnVue(const v1::Ligne& ligne);
// Its funder has decided, one way or the other.
bool EstDecidee(const v1::Ligne& ligne);

// What an attribution brings to its beneficiary, in cents: its share of the whole amount, rounded
// half away from zero. Under 0: the authority takes back.
int64_t PartDuBeneficiaire(const v1::Subvention& subvention);
// It brings no euro: the cost of an action, and the amounts of its lines, are without what is in
// kind.
bool EnNature(const v1::Subvention& subvention);
// The amount is that of the attribution, whole or the part that goes to its beneficiary:
// authorities publish one or the other in the same column.
bool MontantDe(const v1::Subvention& subvention, int64_t centimes);
// The attribution is of this civil year: its convention, or its period of payment.
bool DeLAnnee(const v1::Subvention& subvention, int32_t exercice);

// Sums of amounts do not overflow on their way; what is told fits an int64_t.
int64_t Borner(absl::int128 centimes);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_AIDES_H_
