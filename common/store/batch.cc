#include "common/store/batch.h"

#include <algorithm>
#include <optional>

#include "absl/container/flat_hash_set.h"
#include "common/store/column_text.h"
#include "common/store/sql_text.h"

namespace pdv::store {

using google::protobuf::Message;

void Batch::Load(const Table& table, RowPtr row) {
  // The latest read stands: a row that was first read as it was may be read again, locked.
  RowPtr& known = rows_[&table][NameOf(*row)].now;
  Reindex(table, known.get(), *row);
  known = std::move(row);
}

const Batch::State* Batch::StateOf(const Table& table, std::string_view name) const {
  auto rows = rows_.find(&table);
  if (rows == rows_.end()) return nullptr;
  auto row = rows->second.find(absl::string_view(name.data(), name.size()));
  return row == rows->second.end() ? nullptr : &row->second;
}

const Message* Batch::Find(const Table& table, std::string_view name) const {
  const State* state = StateOf(table, name);
  return state == nullptr ? nullptr : state->now.get();
}

std::vector<const Message*> Batch::Where(const Table& table, std::string_view column,
                                         std::string_view value) const {
  std::vector<const Message*> found;
  auto rows = rows_.find(&table);
  const Column* by = table.Find(column);
  if (rows == rows_.end() || (by == nullptr && !column.empty())) return found;
  if (by == nullptr) {
    for (const auto& [name, row] : rows->second) found.push_back(row.now.get());
    std::sort(found.begin(), found.end(),
              [](const Message* a, const Message* b) { return NameOf(*a) < NameOf(*b); });
    return found;
  }
  const Index& index = IndexOf(table, *by);
  const auto same = index.find(std::string(value));
  if (same == index.end()) return found;
  for (const auto& [name, row] : same->second) found.push_back(row);
  return found;
}

const Batch::Index& Batch::IndexOf(const Table& table, const Column& column) const {
  auto [at, made] = indexes_[&table].try_emplace(&column);
  if (!made) return at->second;
  for (const auto& [name, row] : rows_.at(&table))
    at->second[table.ToText(*row.now, column).value_or("")][name] = row.now.get();
  return at->second;
}

void Batch::Reindex(const Table& table, const Message* before, const Message& after) {
  auto known = indexes_.find(&table);
  if (known == indexes_.end()) return;
  const std::string name = NameOf(after);
  for (auto& [column, index] : known->second) {
    if (before != nullptr) index[table.ToText(*before, *column).value_or("")].erase(name);
    index[table.ToText(after, *column).value_or("")][name] = &after;
  }
}

void Batch::Accept(Changes&& changes, size_t mutation) {
  for (Changes::Change& change : changes.staged_) {
    State& state = rows_[change.table][NameOf(*change.row)];
    Reindex(*change.table, state.now.get(), *change.row);
    if (state.before == nullptr) state.before = std::move(state.now);
    state.now = change.row;
    events_.push_back(Event{change.table, std::move(change.row), change.insert, mutation});
  }
}

std::vector<Batch::Write> Batch::Writes() const {
  std::vector<Write> inserts, updates;
  // Names are those of the events' rows.
  absl::flat_hash_set<std::pair<const Table*, std::string_view>> inserted, done;
  auto into = [](std::vector<Write>& writes, const Table* table, bool insert) -> Write& {
    for (Write& write : writes)
      if (write.table == table) return write;
    return writes.emplace_back(Write{table, insert, {}});
  };
  for (const Event& event : events_) {
    if (event.insert) inserted.emplace(event.table, NameOf(*event.row));
  }
  for (const Event& event : events_) {
    const std::pair<const Table*, std::string_view> key(event.table, NameOf(*event.row));
    if (!done.insert(key).second) continue;
    const bool insert = inserted.contains(key);
    into(insert ? inserts : updates, event.table, insert)
        .rows.push_back(StateOf(*event.table, key.second)->now);
  }
  for (Write& write : updates) write.columns = Changed(write);
  std::stable_partition(inserts.begin(), inserts.end(),
                        [](const Write& write) { return write.table->append_only(); });
  inserts.insert(inserts.end(), std::make_move_iterator(updates.begin()),
                 std::make_move_iterator(updates.end()));
  return inserts;
}

std::vector<const Column*> Batch::Changed(const Write& write) const {
  std::vector<const Column*> changed, same;
  for (const Column& column : write.table->columns()) {
    // The revision always moves; the name says which row.
    const bool needed = column.name == "name" || column.kind == Kind::kEtag;
    (needed ? changed : same).push_back(&column);
  }
  for (const RowPtr& row : write.rows) {
    const State* state = StateOf(*write.table, NameOf(*row));
    std::erase_if(same, [&](const Column* column) {
      if (state->before != nullptr && SameValue(*state->before, *row, *column)) return false;
      changed.push_back(column);
      return true;
    });
  }
  // In the order of the table: the same columns are the same statement.
  std::sort(changed.begin(), changed.end());
  return changed;
}

std::string_view Batch::Sql(const Write& write) {
  return write.insert ? std::string_view(write.table->insert_sql())
                      : UpdateColumns(*write.table, write.columns);
}

pg::Params Batch::RowParams(const Write& write) {
  std::vector<const Column*> columns = write.columns;
  if (columns.empty()) {
    for (const Column& column : write.table->columns()) columns.push_back(&column);
  }
  pg::Params params;
  std::vector<std::optional<std::string>> values(write.rows.size());
  for (const Column* column : columns) {
    for (size_t i = 0; i < write.rows.size(); ++i)
      values[i] = write.table->ToText(*write.rows[i], *column);
    params.OptTextArray(values);
  }
  return params;
}

}  // namespace pdv::store
