#ifndef PDV_SERVICES_FINANCEMENT_APP_GRAND_LIVRE_H_
#define PDV_SERVICES_FINANCEMENT_APP_GRAND_LIVRE_H_

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "common/store/changes.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/financement/domain/ecritures.h"

namespace pdv::financement {

// The entries of one operation, and what they do to the envelopes that the decision has read. An
// envelope is written once, by Clore, however many lines take from it. Lives during one decision.
class GrandLivre {
 public:
  explicit GrandLivre(store::Changes& changes, std::string motif = "");

  // The envelope as this operation has left it, or null: empty name, unknown, or not read.
  v1::Enveloppe* Enveloppe(const std::string& name);

  // Moves the amounts of a line from `before` (may be null) to `after`, whose envelope was read.
  // Nothing is recorded when it is refused (see PorterLigne).
  absl::Status Mouvoir(const v1::Ligne* before, const v1::Ligne& after, Cause cause);

  // Entries between envelopes; the balances of those that were read follow. The caller has checked
  // that they can.
  absl::Status Passer(std::vector<v1::Ecriture> ecritures);

  // Leaves the writing of one envelope to somebody else: Clore does not.
  void Oublier(const std::string& name) { enveloppes_.erase(name); }

  // What is told with the entries that follow.
  void Motiver(std::string motif) { motif_ = std::move(motif); }

  // Records the new state of the envelopes that moved. To be called once, when the decision stands.
  absl::Status Clore();

 private:
  absl::Status Inscrire(std::vector<v1::Ecriture> ecritures);
  store::Changes& changes_;
  std::string motif_;
  const std::string operation_;
  std::map<std::string, v1::Enveloppe> enveloppes_;
};

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_GRAND_LIVRE_H_
