#include "common/mirror/mirror_table.h"

#include <functional>
#include <map>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/store/batch.h"

namespace pdv::mirror {
namespace {

using google::protobuf::Message;

constexpr char kLoad[] = "SELECT curseur, position FROM miroir_curseur WHERE source = $1";
constexpr char kSave[] =
    "INSERT INTO miroir_curseur (source, curseur, position) VALUES ($1, $2, $3) "
    "ON CONFLICT (source) DO UPDATE SET curseur = EXCLUDED.curseur, "
    "position = greatest(miroir_curseur.position, EXCLUDED.position)";
// After the whole state: the positions of the journal that was followed before mean nothing in this
// one.
constexpr char kSaveAnew[] =
    "INSERT INTO miroir_curseur (source, curseur, position) VALUES ($1, $2, $3) "
    "ON CONFLICT (source) DO UPDATE SET curseur = EXCLUDED.curseur, position = EXCLUDED.position";

std::string UpsertSql(const store::Table& table, bool any_revision) {
  std::vector<std::string> sets;
  for (const store::Column& column : table.columns()) {
    if (column.name != "name") sets.push_back(absl::StrCat(column.name, "=EXCLUDED.", column.name));
  }
  const std::string guard =
      any_revision ? "" : absl::StrCat(" WHERE ", table.name(), ".revision < EXCLUDED.revision");
  return absl::StrCat(table.insert_sql(), " ORDER BY u.name ON CONFLICT (name) DO UPDATE SET ",
                      absl::StrJoin(sets, ", "), guard);
}

}  // namespace

MirrorTables::MirrorTables(std::string source, std::vector<const store::Table*> tables)
    : source_(std::move(source)) {
  for (const store::Table* table : tables)
    targets_.push_back(
        {table,
         UpsertSql(*table, false),
         UpsertSql(*table, true),
         absl::StrCat("DELETE FROM ", table->name(), " WHERE name = ANY($1::text[])"),
         {}});
}

std::vector<std::string> MirrorTables::Types() const {
  std::vector<std::string> types;
  for (const Target& target : targets_) types.push_back(target.table->type()->full_name());
  return types;
}

absl::StatusOr<MirrorTables::Progress> MirrorTables::Load(pg::Session& session) {
  whole_state_ = false;
  saved_.clear();
  for (Target& target : targets_) target.named.clear();
  pg::Params params;
  params.Text(source_);
  absl::StatusOr<pg::Result> rows = session.Exec(kLoad, params);
  if (!rows.ok()) return rows.status();
  if (rows->rows() == 0) return Progress{"-", 0};
  return Progress{std::string(rows->Text(0, 0)), rows->Int64(0, 1)};
}

absl::StatusOr<std::vector<pg::Statement>> MirrorTables::Sweep(pg::Session& session) const {
  std::vector<pg::Statement> statements;
  for (const Target& target : targets_) {
    const std::string& table = target.table->name();
    absl::StatusOr<pg::Result> rows =
        session.Exec(absl::StrCat("SELECT name FROM ", table), {}, false);
    if (!rows.ok()) return rows.status();
    std::vector<std::string> gone;
    for (int row = 0; row < rows->rows(); ++row)
      if (!target.named.contains(std::hash<std::string_view>()(rows->Text(row, 0))))
        gone.emplace_back(rows->Text(row, 0));
    if (gone.empty()) continue;
    pg::Params params;
    params.TextArray(gone);
    statements.push_back({target.delete_sql, std::move(params), false});
  }
  return statements;
}

absl::Status MirrorTables::Apply(pg::Session& session, const commun::type::v1::LotEvenements& lot) {
  // The last revision of each resource in the lot is the one that counts.
  std::map<std::string, std::map<std::string, std::shared_ptr<Message>>> newest;  // type -> name
  std::map<std::string, int64_t> revisions;
  for (const auto& event : lot.evenements()) {
    const std::string& url = event.ressource().type_url();
    const std::string type = url.substr(url.rfind('/') + 1);
    for (const Target& target : targets_) {
      if (target.table->type()->full_name() != type) continue;
      if (revisions[event.name()] > event.revision()) continue;
      std::shared_ptr<Message> row(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(target.table->type())
                                       ->New());
      if (!row->ParseFromString(event.ressource().value()))
        return absl::DataLossError(absl::StrCat("unreadable event of ", event.name()));
      revisions[event.name()] = event.revision();
      newest[type][event.name()] = std::move(row);
    }
  }
  const bool state = lot.position() == 0;
  if (newest.empty() && !state && !whole_state_ && lot.curseur() == saved_) return absl::OkStatus();
  std::vector<pg::Statement> statements;
  if (whole_state_ && !state) {
    absl::StatusOr<std::vector<pg::Statement>> gone = Sweep(session);
    if (!gone.ok()) return gone.status();
    statements = *std::move(gone);
  }
  statements.insert(statements.begin(), pg::Statement{"BEGIN", {}, true});
  for (Target& target : targets_) {
    auto rows = newest.find(target.table->type()->full_name());
    if (rows == newest.end()) continue;
    store::Batch::Write write{target.table, true, {}};
    for (const auto& [name, row] : rows->second) {
      write.rows.push_back(row);
      if (state) target.named.insert(std::hash<std::string_view>()(name));
    }
    statements.push_back(
        {state ? target.state_sql : target.newer_sql, store::Batch::RowParams(write), true});
  }
  if (!state) {
    pg::Params params;
    params.Text(source_).Text(lot.curseur()).Int64(lot.position());
    statements.push_back({whole_state_ ? kSaveAnew : kSave, std::move(params), true});
  }
  statements.push_back({"COMMIT", {}, true});
  absl::Status applied = session.Pipeline(statements).status();
  if (!applied.ok()) {
    if (session.ok() && session.in_transaction()) (void)session.Exec("ROLLBACK", {}, false);
    return applied;
  }
  whole_state_ = state;
  if (!state) {
    saved_ = lot.curseur();
    for (Target& target : targets_) target.named.clear();
  }
  return absl::OkStatus();
}

}  // namespace pdv::mirror
