#ifndef PDV_COMMON_SERVICE_BACKGROUND_H_
#define PDV_COMMON_SERVICE_BACKGROUND_H_

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace pdv::service {

// Work that a service does by itself, in its own thread, because of what its mirrors brought. It
// lives as long as the server and stops with its destructor.
class Background {
 public:
  virtual ~Background() = default;
  // Waits until it has done what the rows that are in the mirrors now ask for. DEADLINE_EXCEEDED
  // with reason MIROIR_EN_RETARD when the deadline passes first. Thread-safe.
  virtual absl::Status CaughtUp(absl::Time deadline) = 0;
};

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_BACKGROUND_H_
