#ifndef PDV_COMMON_MIRROR_MIRROR_H_
#define PDV_COMMON_MIRROR_MIRROR_H_

#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/mirror/mirror_table.h"
#include "common/rpc/call.h"
#include "common/rpc/client.h"

namespace pdv::mirror {

// Follows one peer's feed into local tables, for as long as it lives: it resumes where it was after
// any cut, on either side, and starts again from the peer's whole state when its cursor is no longer
// of the peer's journal. Thread-safe.
class Mirror {
 public:
  struct Options {
    std::string peer;          // "contrats"
    std::string address;       // "127.0.0.1:7401"
    std::string watch_method;  // "pdv.contrats.v1.ContratsService/WatchContrats"
    std::string conninfo;      // the service's own database
    std::vector<const store::Table*> tables;
  };
  explicit Mirror(Options options);
  ~Mirror();

  const std::string& peer() const { return options_.peer; }
  // Waits until every change that the peer acknowledged at `position` is here. With reason
  // MIROIR_EN_RETARD: UNAVAILABLE, and when to come back, once the peer has been away for a second (waiting
  // would spend the caller's time for nothing), or after five seconds where six callers have waited for
  // longer already (each holds a thread); DEADLINE_EXCEEDED when the deadline passes first.
  absl::Status WaitFor(int64_t position, absl::Time deadline);
  int64_t position();

 private:
  void Follow();
  // `alive` once a lot was applied.
  absl::Status FollowOnce(bool* alive);
  void Moved(int64_t position);
  absl::Status Late(absl::StatusCode code) const;
  void Tell(const absl::Status& ended) const;

  const Options options_;
  MirrorTables tables_;  // the follower's
  std::shared_ptr<rpc::Channel> channel_;
  std::mutex mu_;
  std::condition_variable moved_;
  int64_t position_ = 0;
  int slow_waiters_ = 0;
  bool stop_ = false;
  bool start_over_ = false;
  absl::Time away_since_ = absl::InfiniteFuture();  // in the past: the feed is cut since then
  std::shared_ptr<rpc::StreamReader> stream_;  // the open stream, to cancel it on stop
  std::thread follower_;
};

}  // namespace pdv::mirror

#endif  // PDV_COMMON_MIRROR_MIRROR_H_
