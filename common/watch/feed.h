#ifndef PDV_COMMON_WATCH_FEED_H_
#define PDV_COMMON_WATCH_FEED_H_

#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/rpc/stream.h"
#include "common/watch/journal.h"

namespace pdv::watch {

// The feed of one service's journal: one tailer for the process, fanned out to every stream. Events
// of one resource come in order; delivery is at least once. A stream that cannot take what is sent falls
// behind: it is served from the database as it reads, and nothing is kept for it here; one that takes
// nothing for 30 s is cut with RESOURCE_EXHAUSTED and resumes from its cursor. Thread-safe.
class Feed {
 public:
  explicit Feed(std::string conninfo);
  ~Feed();  // ends every stream with UNAVAILABLE

  // Serves a stream from `cursor` ("": from now; "-": the newest state of every resource first).
  // Never blocks. `types` are full names of resource messages; empty: all.
  void Subscribe(std::string cursor, std::vector<std::string> types, rpc::StreamSinkPtr sink);
  // A commit happened: look at the journal at once. Without it, changes made by other replicas are
  // seen within 25 ms.
  void Wake();

 private:
  struct Subscriber {
    rpc::StreamSinkPtr sink;
    std::vector<std::string> types;
    std::string asked;     // the cursor's text, until it was resolved
    bool resolved = false;
    bool live = false;     // fed by the tailer; otherwise catching up from the database
    Cursor cursor;
    int64_t position = 0;  // last position sent
    absl::Time stuck_since = absl::InfiniteFuture();
    absl::Time last_sent;
  };
  using SubscriberPtr = std::shared_ptr<Subscriber>;

  void Tail();
  bool FindTail(pg::Session& session);
  void CatchUp();
  absl::Status Resolve(pg::Session& session, Subscriber& subscriber);
  // One page for a subscriber that is behind. True when there is more to do for it at once.
  absl::StatusOr<bool> Advance(pg::Session& session, Subscriber& subscriber);
  // The database holds what a reader has not taken: it is waited for, within bounds.
  static absl::StatusOr<bool> Stuck(Subscriber& subscriber);
  void Deliver(const JournalPage& page);
  bool Send(Subscriber& subscriber, const std::vector<const Entry*>& entries, Cursor next,
            int64_t position);
  bool EnsureSession(std::unique_ptr<pg::Session>& session);

  const std::string conninfo_;
  std::mutex mu_;
  std::condition_variable tail_wake_, catch_up_wake_;
  bool woken_ = false, stop_ = false;
  Place tail_;             // the tailer has delivered up to here
  bool tail_known_ = false;
  std::list<SubscriberPtr> subscribers_;
  std::thread tailer_, catcher_;
};

}  // namespace pdv::watch

#endif  // PDV_COMMON_WATCH_FEED_H_
