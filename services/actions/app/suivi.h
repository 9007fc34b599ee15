#ifndef PDV_SERVICES_ACTIONS_APP_SUIVI_H_
#define PDV_SERVICES_ACTIONS_APP_SUIVI_H_

#include <condition_variable>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "common/service/background.h"
#include "common/store/store.h"
#include "services/actions/domain/etats.h"
#include "services/actions/store/dossiers_suivis.h"

namespace pdv::actions {

// Moves a dossier by what its lines and its budget become (domain/issue.h): the decision, on the
// dossier and on what this service knows of its euros, under the lock.
store::Mutation SuivreFinancement(const std::string& action);

// The dossiers follow their euros: looks at those that the tables point out (dossier_a_suivre), and
// decides through the store as any caller does, with a request_id made of the revisions looked at:
// a crash between the decision and the note that it was taken repeats nothing, and neither do
// several replicas. Thread-safe.
class Suivi : public service::Background {
 public:
  explicit Suivi(store::Store* store);
  ~Suivi() override;
  absl::Status CaughtUp(absl::Time deadline) override;

 private:
  void Run();
  // Looks at everything that was pointed out, and forgets what looking again cannot change. An
  // error: the rest waits for the next time.
  absl::Status Drain();
  // The dossiers whose decision failed, each for a reason of its own. An error: all wait.
  absl::StatusOr<std::set<std::string>> Suivre(pg::Session& session,
                                               const std::vector<Regard>& regards);
  // Asked of the store, which decides those that wait together in one transaction.
  std::future<absl::Status> Decide(const std::string& action, Verbe verbe,
                                   const std::string& revisions);

  store::Store* const store_;
  std::mutex mu_;
  std::condition_variable moved_;
  int64_t asked_ = 0, done_ = 0;  // rounds; a round that was asked for sees all that was there then
  bool stop_ = false;
  // The thread's own: looks that are kept and left alone until then.
  std::map<int64_t, absl::Time> reportes_;
  std::thread thread_;
};

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_SUIVI_H_
