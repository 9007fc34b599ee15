#ifndef PDV_COMMON_WATCH_CURSOR_H_
#define PDV_COMMON_WATCH_CURSOR_H_

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pdv::watch {

// A place in the journal. (xid, seq) orders it: a transaction's xid is below the snapshot's xmin only
// when it and every older one are over, so nothing can appear behind a place that was passed. A
// sequence alone would lose rows, because its order is not the order of commits.
struct Place {
  int64_t xid = 0;
  int64_t seq = 0;
  auto operator<=>(const Place&) const = default;
};

// What a client holds to resume. Opaque to it.
struct Cursor {
  Place place;
  // While the snapshot that comes first is being sent: it stands at `place`, and resources up to
  // this name have been sent.
  bool in_snapshot = false;
  std::string snapshot_name;

  std::string ToText() const;
  // INVALID_ARGUMENT / CURSEUR_INVALIDE.
  static absl::StatusOr<Cursor> Parse(std::string_view text);
};

}  // namespace pdv::watch

#endif  // PDV_COMMON_WATCH_CURSOR_H_
