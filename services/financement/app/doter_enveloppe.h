#ifndef PDV_SERVICES_FINANCEMENT_APP_DOTER_ENVELOPPE_H_
#define PDV_SERVICES_FINANCEMENT_APP_DOTER_ENVELOPPE_H_

#include "common/store/mutation.h"
#include "pdv/financement/v1/enveloppe.pb.h"

namespace pdv::financement {

// The verbs that move money between envelopes. Each locks those it moves, in order of name, and
// writes one entry: no level ever holds the same euro as another.
store::Mutation AbonderEnveloppe(const v1::AbonderEnveloppeRequest& request);
store::Mutation DeleguerEnveloppe(const v1::DeleguerEnveloppeRequest& request);
store::Mutation TransfererEnveloppe(const v1::TransfererEnveloppeRequest& request);
store::Mutation GelerEnveloppe(const v1::GelerEnveloppeRequest& request);
store::Mutation DegelerEnveloppe(const v1::DegelerEnveloppeRequest& request);
store::Mutation ReporterEnveloppe(const v1::ReporterEnveloppeRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_DOTER_ENVELOPPE_H_
