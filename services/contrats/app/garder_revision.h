#ifndef PDV_SERVICES_CONTRATS_APP_GARDER_REVISION_H_
#define PDV_SERVICES_CONTRATS_APP_GARDER_REVISION_H_

#include <string>

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "pdv/contrats/v1/contrat.pb.h"

namespace pdv::contrats {

// Numbers the contrat's next signed revision and keeps the contrat as it stands under it, for ever
// (AIP-162). `avenant` made it; "" for the first signature. The caller stores the contrat.
absl::Status GarderRevision(v1::Contrat& contrat, const std::string& avenant,
                            store::Changes& changes);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_GARDER_REVISION_H_
