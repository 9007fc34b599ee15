#include "common/store/row_cache.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/clock.h"
#include "common/store/sql_text.h"

namespace pdv::store {
namespace {

constexpr absl::Duration kGeneration = absl::Minutes(10);
constexpr int kName = 0, kVersion = 1, kColumns = 2;  // places in the answer of SelectChanged

std::string Prefixed(const Table& table) {
  return absl::StrJoin(table.columns(), ", ", [](std::string* out, const Column& column) {
    absl::StrAppend(out, "t.", column.name);
  });
}

}  // namespace

std::string_view RowCache::SelectChanged(const Table& table) {
  return Interned(absl::StrCat("SELECT k.name, t.xmin, ", Prefixed(table),
                               " FROM unnest($1::text[], $2::xid[]) AS k(name, version) LEFT JOIN ",
                               table.name(),
                               " AS t ON t.name = k.name WHERE t.xmin IS DISTINCT FROM k.version"));
}

absl::StatusOr<rpc::MessagePtr> RowCache::Take(const Table& table, const pg::Result& rows,
                                               int row) {
  if (rows.IsNull(row, kVersion)) return nullptr;
  std::shared_ptr<google::protobuf::Message> message(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(table.type())->New());
  if (absl::Status read = table.FromRow(rows, row, message.get(), kColumns); !read.ok())
    return read;
  Keep(table, std::string(rows.Text(row, kName)), {std::string(rows.Text(row, kVersion)), message});
  return rpc::MessagePtr(std::move(message));
}

const RowCache::Row* RowCache::Find(const Table& table, const std::string& name) {
  auto& young = young_[&table];
  if (auto row = young.find(name); row != young.end()) return &row->second;
  auto& old = old_[&table];
  auto row = old.find(name);
  if (row == old.end()) return nullptr;
  young_bytes_ += row->second.message->ByteSizeLong();
  return &young.insert_or_assign(name, std::move(row->second)).first->second;
}

void RowCache::Keep(const Table& table, std::string name, Row row) {
  const absl::Time now = absl::Now();
  if (young_bytes_ > max_generation_bytes_ || now - young_since_ > kGeneration) {
    old_ = std::exchange(young_, {});
    young_bytes_ = 0;
    young_since_ = now;
  }
  young_bytes_ += row.message->ByteSizeLong();
  young_[&table].insert_or_assign(std::move(name), std::move(row));
}

void RowCache::Clear() {
  young_.clear();
  old_.clear();
  young_bytes_ = 0;
}

}  // namespace pdv::store
