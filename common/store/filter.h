#ifndef PDV_COMMON_STORE_FILTER_H_
#define PDV_COMMON_STORE_FILTER_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/store/table.h"

namespace pdv::store {

// A condition on rows: SQL with $n for each value, never a value in the text.
struct Condition {
  std::string sql;  // "TRUE" for an empty filter
  std::vector<std::string> values;
};

// Compiles the suite's subset of AIP-160 to SQL:
//   expression := term { AND term | term }      (a blank between terms is AND)
//   term       := factor { OR factor }          (OR binds tighter, as in the AIP)
//   factor     := [NOT | -] ( "(" expression ")" | field op value )
//   op         := = != < <= > >= :
// `:` on a list is membership, on a text it is "contains" (no case). Values: text with or without
// quotes, numbers, dates AAAA-MM-JJ, RFC 3339 instants, true/false, enum names with or without their
// prefix. Only scalar and list columns of the table. `first_parameter` is the n of the first $n.
// INVALID_ARGUMENT with the position and what was expected.
absl::StatusOr<Condition> CompileFilter(const Table& table, std::string_view filter,
                                        int first_parameter);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_FILTER_H_
