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

// Answers QuartierAt from the contours, kept in memory (about 4 MB for the 1,584 quartiers of
// 2024); those that changed since are read again first, so an answer is never older than the
// question. Thread-safe.
class Quartiers {
 public:
  absl::StatusOr<v1::QuartierAtResponse> At(pg::Session& session,
                                            const v1::QuartierAtRequest& request);

 private:
  struct Connu {
    int64_t revision;
    std::string qpv;
    Surface surface;
  };
  using Contours = std::map<std::string, std::shared_ptr<const Connu>>;  // by contour name
  absl::StatusOr<std::shared_ptr<const Contours>> Fresh(pg::Session& session);
  absl::StatusOr<std::shared_ptr<const Contours>> Reread(pg::Session& session) const;

  std::mutex mu_;
  std::string version_;
  std::shared_ptr<const Contours> contours_ = std::make_shared<Contours>();
};

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_STORE_QUARTIERS_H_
