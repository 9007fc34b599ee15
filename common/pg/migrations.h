#ifndef PDV_COMMON_PG_MIGRATIONS_H_
#define PDV_COMMON_PG_MIGRATIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/pg/session.h"

namespace pdv::pg {

// One forward-only step, embedded in the binary from migrations/NNNN_slug.sql.
struct Migration {
  int number;
  std::string_view slug;
  std::string_view sql;
};

// Applies what is missing, in order, each in its own transaction, under an advisory lock; refuses
// when an applied migration's checksum (SHA-256) differs from the embedded one.
absl::Status Migrate(Session& session, const std::vector<Migration>& migrations);

// FAILED_PRECONDITION unless the database is exactly at the head of `migrations`.
absl::Status CheckHead(Session& session, const std::vector<Migration>& migrations);

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_MIGRATIONS_H_
