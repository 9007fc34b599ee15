#ifndef PDV_SERVICES_FINANCEMENT_STORE_MIROIRS_H_
#define PDV_SERVICES_FINANCEMENT_STORE_MIROIRS_H_

#include "common/store/table.h"

namespace pdv::financement {

// What this service keeps of its peers actions and contrats, fed by their feeds (common/mirror).
const store::Table& MiroirAction();
// The same actions, of which only the state is read (and whether it was deleted): what a decision
// asks of the dossiers of thousands of lines.
const store::Table& MiroirActionEtat();
const store::Table& MiroirPorteur();
const store::Table& MiroirConflit();
const store::Table& MiroirContrat();
const store::Table& MiroirDepartement();

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_MIROIRS_H_
