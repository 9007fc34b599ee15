#ifndef PDV_COMMON_PG_ERROR_H_
#define PDV_COMMON_PG_ERROR_H_

#include <optional>
#include <string>

#include "absl/status/status.h"

namespace pdv::pg {

// What PostgreSQL said of a failed statement. Never shown to a caller as it is.
struct PgError {
  std::string sqlstate;    // "23505"
  std::string constraint;  // name of the constraint, when one was broken
  std::string table;
  std::string message;  // driver text: for our own logs only
};

absl::Status MakeError(PgError error);
std::optional<PgError> ErrorOf(const absl::Status& status);
// Worth running again as it is: serialization failure, deadlock, lost connection, server starting.
bool IsRetryable(const absl::Status& status);
// A prepared statement that the server does not run any more: the schema changed, or it forgot it.
bool IsStalePlan(const PgError& error);
// The server lacks a resource (disk, memory, a limit): it passes, though not at once, and no
// statement in particular is at fault.
bool IsShortage(const absl::Status& status);

// SQLSTATE and constraint name -> the error that may leave: unique_violation -> ALREADY_EXISTS,
// foreign_key_violation -> FAILED_PRECONDITION / REFERENCE_INCONNUE, check_violation ->
// FAILED_PRECONDITION with the reason registered for the constraint, timeouts -> DEADLINE_EXCEEDED,
// connection loss and lack of resources -> UNAVAILABLE with RetryInfo, conflict -> ABORTED with
// RetryInfo, anything else -> INTERNAL. A status that does not come from PostgreSQL is returned as
// it is.
absl::Status ToPublic(const absl::Status& status);
// Declares what a named constraint means: reason in UPPER_SNAKE and a French sentence. Call at
// start.
void DeclareConstraint(std::string constraint, std::string reason, std::string message_fr);

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_ERROR_H_
