#ifndef PDV_SERVICES_CONTRATS_STORE_QUARTIERS_H_
#define PDV_SERVICES_CONTRATS_STORE_QUARTIERS_H_

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "pdv/contrats/v1/qpv.pb.h"
#include "services/contrats/domain/geometrie.h"

namespace pdv::contrats {

// Answers QuartierAt from the contours, kept in memory (about 4 MB for the 1,584 quartiers of 2024)
// and read again when one of them is newer. Thread-safe.
class Quartiers {
 public:
  absl::StatusOr<v1::QuartierAtResponse> At(pg::Session& session,
                                            const v1::QuartierAtRequest& request);

 private:
  using Surfaces = std::map<std::string, Surface>;  // by QPV name
  absl::StatusOr<std::shared_ptr<const Surfaces>> Fresh(pg::Session& session);

  std::mutex mu_;
  std::string version_;
  std::shared_ptr<const Surfaces> surfaces_;
};

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_STORE_QUARTIERS_H_
