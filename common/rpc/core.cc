#include "common/rpc/core.h"

#include <utility>

#include "common/status/error.h"

namespace pdv::rpc {

bool OpenStreams::Add(std::shared_ptr<OpenStream> stream) {
  const OpenStream* key = stream.get();
  std::lock_guard lock(mu_);
  if (!ended_) streams_.emplace(key, std::move(stream));
  return !ended_;
}

void OpenStreams::Remove(const OpenStream* stream) {
  std::lock_guard lock(mu_);
  streams_.erase(stream);
}

void OpenStreams::EndAll() {
  std::vector<std::shared_ptr<OpenStream>> open;
  {
    std::lock_guard lock(mu_);
    ended_ = true;
    for (const auto& [key, stream] : streams_) {
      if (auto held = stream.lock()) open.push_back(std::move(held));
    }
  }
  // Ending a stream removes it from the list: never under the lock.
  for (const auto& stream : open) stream->EndForDrain();
}

Core::Core(ServerOptions server_options)
    : options(std::move(server_options)),
      domain(options.service + ".pdv"),
      executor(options.executor_threads, options.executor_queue) {}

absl::Status Overloaded() {
  return status::Error(absl::StatusCode::kResourceExhausted, "SURCHARGE",
                       "Trop d'appels en même temps ; réessayez dans un instant.")
      .RetryAfter(absl::Milliseconds(200));
}

absl::Status Stopping() {
  return status::Error(absl::StatusCode::kUnavailable, "ARRET_EN_COURS",
                       "Le service s'arrête ; réessayez dans un instant.")
      .RetryAfter(absl::Seconds(1));
}

absl::Status TooLate() {
  return status::Error(absl::StatusCode::kDeadlineExceeded, "DELAI_DEPASSE",
                       "Le délai de l'appel est dépassé.");
}

}  // namespace pdv::rpc
