#ifndef PDV_SERVICES_PDVCTL_COMMANDES_MONTANTS_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_MONTANTS_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::pdvctl {

// Amounts of a line as a person tells them; "" where it is not told.
struct MontantsDits {
  std::string montant;       // of whichever kind of money was asked
  std::string droit_commun;  // or each kind by itself
  std::string specifiques;
};

struct MontantsLigne {
  int64_t droit_commun = 0;  // in euro cents
  int64_t specifiques = 0;
};

// What is told, in cents. One amount goes to the kind of money that the line asks; where it asks
// both, or nothing, the kind is never guessed. INVALID_ARGUMENT, in French: nothing told, told
// twice, not an amount. Pure, thread-safe.
absl::StatusOr<MontantsLigne> LireMontants(const MontantsDits& dits,
                                           const financement::v1::Ligne& ligne);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_MONTANTS_H_
