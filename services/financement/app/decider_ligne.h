#ifndef PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_H_
#define PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_H_

#include "common/store/mutation.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// The verbs of one funder line. Each reads the line, then the envelope that it names, both locked;
// the envelope gives what is voted (AE) or paid (CP), or the verb is refused with what is left.
store::Mutation ProposerLigne(const v1::ProposerLigneRequest& request);
store::Mutation VoterLigne(const v1::VoterLigneRequest& request);
store::Mutation RefuserLigne(const v1::RefuserLigneRequest& request);
store::Mutation EngagerLigne(const v1::EngagerLigneRequest& request);
store::Mutation VerserLigne(const v1::VerserLigneRequest& request);
// All or none.
store::Mutation BatchVoterLignes(const v1::BatchVoterLignesRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_H_
