#ifndef PDV_SERVICES_ACTIONS_APP_INSTRUCTION_H_
#define PDV_SERVICES_ACTIONS_APP_INSTRUCTION_H_

#include <vector>

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "pdv/actions/v1/avis.pb.h"
#include "pdv/actions/v1/conflit.pb.h"

namespace pdv::actions {

// What opinions, marks and declarations of interest ask beyond their fields. See
// service::ResourceHooks. All of them lock the dossier, so that an interest that is declared
// meanwhile is seen.
absl::Status ReglesAvis(const v1::Avis* before, v1::Avis& after, store::Changes& changes);
absl::Status ReglesCotation(const v1::Cotation* before, v1::Cotation& after,
                            store::Changes& changes);
// Also sets aside what the person gave before.
absl::Status ReglesConflit(const v1::ConflitInterets* before, v1::ConflitInterets& after,
                           store::Changes& changes);

// The rows that they must see.
std::vector<store::Read> DossierDeLAvis(const v1::Avis& avis);
std::vector<store::Read> DossierDeLaCotation(const v1::Cotation& cotation);
std::vector<store::Read> AppelDeLaCotation(const v1::Cotation& cotation,
                                           const store::Changes& changes);
std::vector<store::Read> DossierDuConflit(const v1::ConflitInterets& conflit);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_INSTRUCTION_H_
