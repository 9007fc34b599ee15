#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_IMPORTS_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_IMPORTS_H_

#include "absl/status/status.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// What an import may make of a line: `before` as it is kept (null: it is new), `after` with the
// amounts that the file tells, whose state, source and reservation are set here. The state is that
// of the furthest amount, and never goes back. A register may correct what it told before. It
// touches neither a line that was refused or is not admissible, nor what another source told (its
// facts neither: envelope, days, engagement), nor the amounts until the furthest step that a verb
// of the suite took (`etape_decidee`) and what this verb told, and takes no line back to an earlier
// stage: reading an old file again undoes no vote. FAILED_PRECONDITION / LIGNE_DECIDEE.
absl::Status ReprendreImport(const v1::Ligne* before, v1::Ligne& after);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_IMPORTS_H_
