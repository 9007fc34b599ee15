#ifndef PDV_COMMON_PG_WHOLE_TABLES_H_
#define PDV_COMMON_PG_WHOLE_TABLES_H_

#include "absl/time/time.h"

namespace pdv::pg {

// First in a transaction that recounts: it reads tables from end to end, and our sessions are set to
// find rows by key (see connection.cc).
inline constexpr char kWholeTables[] = "SET LOCAL enable_seqscan = on";
// Beside it where it recounts a whole country, and how long the pipeline that holds it is waited for:
// more than its few statements may take together.
inline constexpr char kLongStatements[] = "SET LOCAL statement_timeout = '5min'";
inline constexpr absl::Duration kLongPatience = absl::Minutes(30);

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_WHOLE_TABLES_H_
