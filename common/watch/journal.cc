#include "common/watch/journal.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "common/store/column_text.h"

namespace pdv::watch {
namespace {

using commun::type::v1::Evenement;

#define PDV_ENTRY_COLUMNS                                                                     \
  "xid::text, seq, type, name, revision, evenement, ressource, methode, request_id, acteur, " \
  "instant"

constexpr char kHead[] =
    "SELECT xid::text, seq FROM journal WHERE xid < pg_snapshot_xmin(pg_current_snapshot())"
    " ORDER BY xid DESC, seq DESC LIMIT 1";
constexpr char kHolds[] =
    "SELECT EXISTS (SELECT 1 FROM journal WHERE (xid, seq) = ($1::text::xid8, $2::bigint))";
constexpr char kTail[] =
    "SELECT " PDV_ENTRY_COLUMNS
    " FROM journal WHERE (xid, seq) > ($1::text::xid8, $2::bigint)"
    " AND xid < pg_snapshot_xmin(pg_current_snapshot())"
    " AND (cardinality($3::text[]) = 0 OR type = ANY($3::text[]))"
    " ORDER BY xid, seq LIMIT $4::bigint";
constexpr char kSnapshot[] =
    "SELECT " PDV_ENTRY_COLUMNS
    " FROM journal j WHERE name > $4::text AND (xid, seq) <= ($1::text::xid8, $2::bigint)"
    " AND (cardinality($3::text[]) = 0 OR type = ANY($3::text[]))"
    " AND NOT EXISTS (SELECT 1 FROM journal k WHERE k.name = j.name AND k.revision > j.revision"
    "   AND (k.xid, k.seq) <= ($1::text::xid8, $2::bigint))"
    " ORDER BY name LIMIT $5::bigint";

#undef PDV_ENTRY_COLUMNS

Entry ReadEntry(const pg::Result& rows, int row) {
  Entry entry;
  entry.place = {rows.Int64(row, 0), rows.Int64(row, 1)};
  entry.type = std::string(rows.Text(row, 2));
  Evenement& event = entry.event;
  event.set_name(std::string(rows.Text(row, 3)));
  event.set_revision(rows.Int64(row, 4));
  const std::string_view kind = rows.Text(row, 5);
  event.set_type(kind == "CREATION"       ? commun::type::v1::TYPE_EVENEMENT_CREATION
                 : kind == "MODIFICATION" ? commun::type::v1::TYPE_EVENEMENT_MODIFICATION
                                          : commun::type::v1::TYPE_EVENEMENT_SUPPRESSION);
  event.mutable_ressource()->set_type_url(absl::StrCat("type.googleapis.com/", entry.type));
  event.mutable_ressource()->set_value(rows.Bytes(row, 6));
  event.set_methode(std::string(rows.Text(row, 7)));
  event.set_request_id(std::string(rows.Text(row, 8)));
  event.set_acteur(std::string(rows.Text(row, 9)));
  absl::Time instant;
  if (store::ParseTimeText(rows.Text(row, 10), &instant)) {
    event.mutable_instant()->set_seconds(absl::ToUnixSeconds(instant));
    event.mutable_instant()->set_nanos(static_cast<int32_t>(absl::ToInt64Nanoseconds(
        instant - absl::FromUnixSeconds(event.instant().seconds()))));
  }
  return entry;
}

// Events of one resource come in the order of its revisions. That of the transactions is another: one
// that has its number first may get the row last. Both are seen at once, when both are over.
void OrderRevisions(std::vector<Entry>& entries) {
  std::map<std::string_view, std::vector<size_t>> slots;
  for (size_t i = 0; i < entries.size(); ++i) slots[entries[i].event.name()].push_back(i);
  for (const auto& [name, at] : slots) {
    const auto before = [&](size_t a, size_t b) {
      return entries[a].event.revision() < entries[b].event.revision();
    };
    if (std::is_sorted(at.begin(), at.end(), before)) continue;
    std::vector<size_t> from = at;
    std::stable_sort(from.begin(), from.end(), before);
    std::vector<std::pair<std::string, commun::type::v1::Evenement>> told;
    for (size_t i : from) told.emplace_back(entries[i].type, entries[i].event);
    for (size_t i = 0; i < at.size(); ++i)
      std::tie(entries[at[i]].type, entries[at[i]].event) = std::move(told[i]);
  }
}

// The newest row of a transaction that is over, as all those before it are.
Place HeadOf(const pg::Result& rows) {
  return rows.rows() == 0 ? Place() : Place{rows.Int64(0, 0), rows.Int64(0, 1)};
}

}  // namespace

absl::StatusOr<JournalPage> ReadJournal(pg::Session& session, Place from,
                                        const std::vector<std::string>& types, int limit) {
  pg::Params params;
  params.Text(absl::StrCat(from.xid)).Int64(from.seq).TextArray(types).Int64(limit);
  // The head first: the rows' own snapshot is at least as late, so the position promises no more than
  // was returned.
  auto results = session.Pipeline({{kHead, {}, true}, {kTail, params, true}});
  if (!results.ok()) return results.status();
  const pg::Result& rows = (*results)[1];
  JournalPage page;
  for (int row = 0; row < rows.rows(); ++row) page.entries.push_back(ReadEntry(rows, row));
  page.more = rows.rows() == limit;
  page.next = from;
  if (!page.entries.empty()) page.next = page.entries.back().place;
  // Nothing up to the head is left: resume there even where the last rows were of other types.
  if (!page.more) page.next = std::max(page.next, HeadOf((*results)[0]));
  // More rows of the same transaction may come on the next page.
  page.position = page.more ? page.next.xid : page.next.xid + 1;
  OrderRevisions(page.entries);
  return page;
}

absl::StatusOr<JournalPage> ReadSnapshot(pg::Session& session, Place at,
                                         const std::string& after_name,
                                         const std::vector<std::string>& types, int limit) {
  pg::Params params;
  params.Text(absl::StrCat(at.xid)).Int64(at.seq).TextArray(types).Text(after_name).Int64(limit);
  auto rows = session.Exec(kSnapshot, params);
  if (!rows.ok()) return rows.status();
  JournalPage page;
  for (int row = 0; row < rows->rows(); ++row) page.entries.push_back(ReadEntry(*rows, row));
  page.more = rows->rows() == limit;
  page.next = at;
  return page;
}

absl::StatusOr<Place> Head(pg::Session& session) {
  auto rows = session.Exec(kHead);
  if (!rows.ok()) return rows.status();
  return HeadOf(*rows);
}

absl::StatusOr<bool> Holds(pg::Session& session, Place place) {
  if (place == Place()) return true;
  pg::Params params;
  params.Text(absl::StrCat(place.xid)).Int64(place.seq);
  auto rows = session.Exec(kHolds, params);
  if (!rows.ok()) return rows.status();
  return rows->Text(0, 0) == "t";
}

}  // namespace pdv::watch
