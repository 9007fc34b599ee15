#ifndef PDV_COMMON_RPC_EXECUTOR_H_
#define PDV_COMMON_RPC_EXECUTOR_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "absl/time/time.h"

namespace pdv::rpc {

// A fixed number of threads behind a bounded queue: where handlers may block. Thread-safe.
class Executor {
 public:
  // Called once. `expired`: the deadline passed while the task waited (or the executor stopped);
  // the work must not be done, only answered.
  using Task = std::function<void(bool expired)>;

  // `threads` ≥ 1; `queue`: tasks that may wait, beyond those that run.
  Executor(int threads, int queue);
  ~Executor() { Stop(); }
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False, and the task is not kept, when the queue is full or the executor stopped.
  bool Submit(absl::Time deadline, Task task);
  // Ends what waits as expired, waits for what runs. Idempotent.
  void Stop();
  int queued() const;

 private:
  struct Waiting {
    absl::Time deadline;
    Task task;
  };
  void Run();

  const size_t capacity_;
  mutable std::mutex mu_;
  std::condition_variable wake_;
  std::deque<Waiting> queue_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_EXECUTOR_H_
