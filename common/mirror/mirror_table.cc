#include "common/mirror/mirror_table.h"

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

std::string UpsertSql(const store::Table& table) {
  std::vector<std::string> sets;
  for (const store::Column& column : table.columns()) {
    if (column.name != "name") sets.push_back(absl::StrCat(column.name, "=EXCLUDED.", column.name));
  }
  return absl::StrCat(table.insert_sql(), " ORDER BY u.name ON CONFLICT (name) DO UPDATE SET ",
                      absl::StrJoin(sets, ", "), " WHERE ", table.name(),
                      ".revision < EXCLUDED.revision");
}

}  // namespace

MirrorTables::MirrorTables(std::string source, std::vector<const store::Table*> tables)
    : source_(std::move(source)) {
  for (const store::Table* table : tables) targets_.push_back({table, UpsertSql(*table)});
}

std::vector<std::string> MirrorTables::Types() const {
  std::vector<std::string> types;
  for (const Target& target : targets_) types.push_back(target.table->type()->full_name());
  return types;
}

absl::StatusOr<MirrorTables::Progress> MirrorTables::Load(pg::Session& session) const {
  pg::Params params;
  params.Text(source_);
  absl::StatusOr<pg::Result> rows = session.Exec(kLoad, params);
  if (!rows.ok()) return rows.status();
  if (rows->rows() == 0) return Progress{"-", 0};
  return Progress{std::string(rows->Text(0, 0)), rows->Int64(0, 1)};
}

absl::Status MirrorTables::Apply(pg::Session& session,
                                 const commun::type::v1::LotEvenements& lot) const {
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
  std::vector<pg::Statement> statements;
  statements.push_back({"BEGIN", {}, true});
  for (const Target& target : targets_) {
    auto rows = newest.find(target.table->type()->full_name());
    if (rows == newest.end()) continue;
    store::Batch::Write write{target.table, true, {}};
    for (const auto& [name, row] : rows->second) write.rows.push_back(row);
    statements.push_back({target.upsert_sql, store::Batch::RowParams(write), true});
  }
  pg::Params params;
  params.Text(source_).Text(lot.curseur()).Int64(lot.position());
  statements.push_back({kSave, std::move(params), true});
  statements.push_back({"COMMIT", {}, true});
  absl::Status applied = session.Pipeline(statements).status();
  if (!applied.ok() && session.ok() && session.in_transaction())
    (void)session.Exec("ROLLBACK", {}, false);
  return applied;
}

}  // namespace pdv::mirror
