#include "common/store/sql_text.h"

#include <mutex>
#include <unordered_set>

#include "absl/strings/str_cat.h"

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

std::string_view SelectByNames(const Table& table) {
  return Interned(absl::StrCat("SELECT ", table.select_list(), " FROM ", table.name(),
                               " WHERE name = ANY($1::text[])"));
}

}  // namespace pdv::store
