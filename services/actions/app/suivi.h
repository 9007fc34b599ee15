#ifndef PDV_SERVICES_ACTIONS_APP_SUIVI_H_
#define PDV_SERVICES_ACTIONS_APP_SUIVI_H_

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/service/background.h"
#include "common/store/store.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

// Moves a dossier that is being judged by what its lines become (domain/issue.h): the decision, on
// the dossier and on its lines as this service knows them.
store::Mutation SuivreLignes(const std::string& action);

// The dossiers follow their lines: looks at those that the tables point out (dossier_a_suivre), and
// decides through the store as any caller does, with a request_id made of the revisions looked at:
// a crash between the decision and the note that it was taken repeats nothing, and neither do
// several replicas. Thread-safe.
class Suivi : public service::Background {
 public:
  explicit Suivi(store::Store* store);
  ~Suivi() override;
  absl::Status CaughtUp(absl::Time deadline) override;

 private:
  struct Regard {
    std::string action;
    int64_t tour;
  };
  struct Decision {
    std::string action;
    Verbe verbe;
    std::string request_id;
  };
  void Run();
  // Looks at everything that was pointed out. An error: the rest waits for the next time.
  absl::Status Drain();
  absl::StatusOr<std::vector<Regard>> Pointed();
  // Those of them whose lines decide.
  absl::StatusOr<std::vector<Decision>> Decides(const std::vector<Regard>& regards);
  absl::Status Decide(const Decision& decision);
  absl::Status Forget(const std::vector<Regard>& regards);

  store::Store* const store_;
  std::mutex mu_;
  std::condition_variable moved_;
  int64_t asked_ = 0, done_ = 0;  // rounds; a round that was asked for sees all that was there then
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_APP_SUIVI_H_
