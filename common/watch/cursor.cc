#include "common/watch/cursor.h"

#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"

namespace pdv::watch {

std::string Cursor::ToText() const {
  std::string text = absl::StrCat(place.xid, ".", place.seq);
  if (in_snapshot) absl::StrAppend(&text, ".", absl::WebSafeBase64Escape("s" + snapshot_name));
  return text;
}

absl::StatusOr<Cursor> Cursor::Parse(std::string_view text) {
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(text.data(), text.size()), '.');
  Cursor cursor;
  bool valid = (parts.size() == 2 || parts.size() == 3) &&
               absl::SimpleAtoi(parts[0], &cursor.place.xid) &&
               absl::SimpleAtoi(parts[1], &cursor.place.seq);
  if (valid && parts.size() == 3) {
    cursor.in_snapshot = true;
    valid = absl::WebSafeBase64Unescape(parts[2], &cursor.snapshot_name) &&
            !cursor.snapshot_name.empty() && cursor.snapshot_name[0] == 's';
    if (valid) cursor.snapshot_name.erase(0, 1);
  }
  if (valid) return cursor;
  return status::InvalidRequest(
      {{"curseur", "CURSEUR_INVALIDE", "Ce curseur n'a pas été donné par ce service."}});
}

}  // namespace pdv::watch
