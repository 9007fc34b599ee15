#include <csignal>
#include <initializer_list>

#include "common/rpc/server.h"

namespace pdv::rpc {
namespace {

sigset_t Termination() {
  sigset_t set;
  sigemptyset(&set);
  for (int signal : {SIGTERM, SIGINT}) sigaddset(&set, signal);
  return set;
}

}  // namespace

void MaskSignals() {
  const sigset_t set = Termination();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
  // A peer that closes its end is an error of write, not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
}

void WaitForTermination() {
  const sigset_t set = Termination();
  int signal = 0;
  while (sigwait(&set, &signal) != 0) {
  }
}

bool TerminationWithin(absl::Duration delay) {
  const sigset_t set = Termination();
  const timespec until = absl::ToTimespec(delay);
  return sigtimedwait(&set, nullptr, &until) > 0;
}

}  // namespace pdv::rpc
