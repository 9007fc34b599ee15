#include "common/rpc/executor.h"

#include <utility>

#include "absl/time/clock.h"

namespace pdv::rpc {

Executor::Executor(int threads, int queue) : capacity_(queue) {
  threads_.reserve(threads);
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this] { Run(); });
}

bool Executor::Submit(absl::Time deadline, Task task) {
  {
    std::lock_guard lock(mu_);
    if (stopped_ || queue_.size() >= capacity_) return false;
    queue_.push_back({deadline, std::move(task)});
  }
  wake_.notify_one();
  return true;
}

void Executor::Run() {
  std::unique_lock lock(mu_);
  while (true) {
    wake_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
    if (queue_.empty()) return;
    Waiting next = std::move(queue_.front());
    queue_.pop_front();
    const bool stopped = stopped_;
    lock.unlock();
    // A caller that no longer waits is not worth a database's time.
    next.task(stopped || absl::Now() >= next.deadline);
    next.task = nullptr;
    lock.lock();
  }
}

void Executor::Stop() {
  {
    std::lock_guard lock(mu_);
    stopped_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

int Executor::queued() const {
  std::lock_guard lock(mu_);
  return static_cast<int>(queue_.size());
}

}  // namespace pdv::rpc
