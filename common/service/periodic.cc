#include "common/service/periodic.h"

#include "common/rpc/log.h"

namespace pdv::service {

Periodic::Periodic(Chore chore, store::Store& store)
    : chore_(std::move(chore)), thread_([this, &store] { Loop(store); }) {}

Periodic::~Periodic() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

void Periodic::Loop(store::Store& store) {
  std::unique_lock lock(mu_);
  while (!stop_) {
    lock.unlock();
    const absl::Status done = chore_.run(store);
    if (!done.ok()) {
      const std::string message(done.message());
      rpc::Log(rpc::Level::kWarning, "tache_en_echec",
               {{"tache", chore_.name}, {"message", message}});
    }
    lock.lock();
    wake_.wait_for(lock, absl::ToChronoNanoseconds(chore_.period), [this] { return stop_; });
  }
}

}  // namespace pdv::service
