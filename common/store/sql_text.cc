#include "common/store/sql_text.h"

#include <mutex>
#include <unordered_set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace pdv::store {

std::string_view Interned(std::string sql) {
  static std::mutex mu;
  static auto* texts = new std::unordered_set<std::string>();
  std::lock_guard lock(mu);
  return *texts->insert(std::move(sql)).first;
}

std::string_view SelectWhere(const Table& table, const std::string& column, bool lock) {
  return Interned(absl::StrCat("SELECT ", table.select_list(), " FROM ", table.name(), " WHERE ",
                               column, " = ANY($1::text[]) ORDER BY name",
                               lock ? " FOR UPDATE" : ""));
}

std::string_view SelectAll(const Table& table) {
  return Interned(
      absl::StrCat("SELECT ", table.select_list(), " FROM ", table.name(), " ORDER BY name"));
}

std::string_view SelectByNames(const Table& table) {
  return Interned(absl::StrCat("SELECT ", table.select_list(), " FROM ", table.name(),
                               " WHERE name = ANY($1::text[])"));
}

std::string_view UpdateColumns(const Table& table, const std::vector<const Column*>& columns) {
  std::vector<std::string> names, params, sets;
  std::string keys;
  for (size_t i = 0; i < columns.size(); ++i) {
    const std::string& name = columns[i]->name;
    names.push_back(name);
    params.push_back(absl::StrCat("$", i + 1, "::text[]"));
    if (name == "name")
      keys = params.back();
    else
      sets.push_back(absl::StrCat(name, "=u.", name, "::", std::string(columns[i]->sql_type())));
  }
  return Interned(absl::StrCat(
      "UPDATE ", table.name(), " AS t SET ", absl::StrJoin(sets, ", "), " FROM unnest(",
      absl::StrJoin(params, ","), ") AS u(", absl::StrJoin(names, ", "), ") WHERE t.name = u.name",
      // Says nothing more, but that the rows are few and found by key: without it the planner may read the
      // whole table to find a thousand.
      " AND t.name = ANY(", keys, ")",
      table.has_revision() ? " AND t.revision < u.revision::bigint" : ""));
}

}  // namespace pdv::store
