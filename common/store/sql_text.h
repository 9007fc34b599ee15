#ifndef PDV_COMMON_STORE_SQL_TEXT_H_
#define PDV_COMMON_STORE_SQL_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "common/store/table.h"

namespace pdv::store {

// Keeps a composed SQL text for the life of the process, so that a session prepares it once.
// Only for texts of which there are few (never with a caller's values in them). Thread-safe.
std::string_view Interned(std::string sql);

// Rows whose `column` is one of $1::text[], in order of name (so that replicas that lock them
// never deadlock), optionally FOR UPDATE.
std::string_view SelectWhere(const Table& table, const std::string& column, bool lock);
// Every row, in order of name: of tables of a few rows.
std::string_view SelectAll(const Table& table);
// Rows whose name is one of $1::text[], in any order.
std::string_view SelectByNames(const Table& table);

// UPDATE of many rows by name: the given columns only, one text[] parameter each, the name first.
std::string_view UpdateColumns(const Table& table, const std::vector<const Column*>& columns);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_SQL_TEXT_H_
