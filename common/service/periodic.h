#ifndef PDV_COMMON_SERVICE_PERIODIC_H_
#define PDV_COMMON_SERVICE_PERIODIC_H_

#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/store/store.h"

namespace pdv::service {

// Work that a service does by itself while it serves: at its start, then every `period`. It goes
// through the store like any caller, and is idempotent: several replicas may do it at once. A failure
// is logged, and the next time tries again. Asked to stop, a run ends where it may, and leaves the rest to
// the next one.
struct Chore {
  std::string name;  // in the log
  absl::Duration period;
  std::function<absl::Status(store::Store&, std::stop_token)> run;
};

// A thread for one chore. Its destruction waits for the run that is under way.
class Periodic {
 public:
  Periodic(Chore chore, store::Store& store);
  ~Periodic();
  // Does not wait for it.
  void AskToStop();

 private:
  void Loop(store::Store& store);
  const Chore chore_;
  std::mutex mu_;
  std::condition_variable wake_;
  std::stop_source stop_;
  std::thread thread_;
};

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_PERIODIC_H_
