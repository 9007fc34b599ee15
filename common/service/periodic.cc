#include "common/service/periodic.h"

#include "common/rpc/log.h"

namespace pdv::service {

Periodic::Periodic(Chore chore, store::Store& store)
    : chore_(std::move(chore)), thread_([this, &store] { Loop(store); }) {}

Periodic::~Periodic() {
  AskToStop();
  thread_.join();
}

void Periodic::AskToStop() {
  {
    std::lock_guard lock(mu_);
    stop_.request_stop();
  }
  wake_.notify_all();
}

void Periodic::Loop(store::Store& store) {
  std::unique_lock lock(mu_);
  while (!stop_.stop_requested()) {
    lock.unlock();
    const absl::Status done = chore_.run(store, stop_.get_token());
    if (!done.ok()) {
      const std::string message(done.message());
      rpc::Log(rpc::Level::kWarning, "tache_en_echec",
               {{"tache", chore_.name}, {"message", message}});
    }
    lock.lock();
    wake_.wait_for(lock, absl::ToChronoNanoseconds(chore_.period),
                   [this] { return stop_.stop_requested(); });
  }
}

}  // namespace pdv::service
