#ifndef PDV_COMMON_WATCH_JOURNAL_H_
#define PDV_COMMON_WATCH_JOURNAL_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "common/watch/cursor.h"
#include "pdv/commun/type/v1/evenement.pb.h"

namespace pdv::watch {

// One journalled event with its place.
struct Entry {
  Place place;
  std::string type;  // full name of the resource's message
  commun::type::v1::Evenement event;
};

struct JournalPage {
  std::vector<Entry> entries;  // in order, at most `limit`
  Place next;                  // resume after this: the place of a row, never between two
  // Every journalled transaction with a lower xid is over and was returned, on this page or before. It
  // follows the rows, not the clock of transactions: xids that wrote nothing to the disk are given again
  // after a crash of PostgreSQL, those below a row that is seen never are.
  int64_t position = 0;
  bool more = false;           // the page is full: ask again at once
};

// Entries after `from`, below the snapshot's xmin, of these types (empty: all); those of one resource in
// the order of its revisions. One round trip.
absl::StatusOr<JournalPage> ReadJournal(pg::Session& session, Place from,
                                        const std::vector<std::string>& types, int limit);
// The newest entry of each resource as of `at`, by name, after `after_name`.
absl::StatusOr<JournalPage> ReadSnapshot(pg::Session& session, Place at,
                                         const std::string& after_name,
                                         const std::vector<std::string>& types, int limit);
// The place of its last row whose transaction is over, and all those before it; Place() before the first.
absl::StatusOr<Place> Head(pg::Session& session);
// False if no row is there: the journal was restored from before it.
absl::StatusOr<bool> Holds(pg::Session& session, Place place);

}  // namespace pdv::watch

#endif  // PDV_COMMON_WATCH_JOURNAL_H_
