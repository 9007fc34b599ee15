#ifndef PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_H_
#define PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_H_

#include "common/store/mutation.h"
#include "pdv/financement/v1/lot.pb.h"
#include "pdv/financement/v1/transitions.pb.h"

namespace pdv::financement {

// The verbs of one funder line. Each reads the line, then the envelope that it names, both locked;
// the caller must be entitled on that line; the amounts move by entries of the ledger, or the verb
// is refused with what is left.
store::Mutation PrendreEnChargeLigne(const v1::PrendreEnChargeLigneRequest& request);
store::Mutation DeclarerRecevableLigne(const v1::DeclarerRecevableLigneRequest& request);
store::Mutation DeclarerIrrecevableLigne(const v1::DeclarerIrrecevableLigneRequest& request);
store::Mutation ConstaterSansReponseLigne(const v1::ConstaterSansReponseLigneRequest& request);
store::Mutation ProposerLigne(const v1::ProposerLigneRequest& request);
store::Mutation VoterLigne(const v1::VoterLigneRequest& request);
store::Mutation NotifierLigne(const v1::NotifierLigneRequest& request);
store::Mutation RefuserLigne(const v1::RefuserLigneRequest& request);
store::Mutation EngagerLigne(const v1::EngagerLigneRequest& request);
store::Mutation VerserLigne(const v1::VerserLigneRequest& request);
// Several, in one transaction.
store::Mutation BatchVoterLignes(const v1::BatchVoterLignesRequest& request);
store::Mutation BatchDeciderLignes(const v1::BatchDeciderLignesRequest& request);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_H_
