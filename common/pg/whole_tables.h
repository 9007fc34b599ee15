#ifndef PDV_COMMON_PG_WHOLE_TABLES_H_
#define PDV_COMMON_PG_WHOLE_TABLES_H_

namespace pdv::pg {

// First in a transaction that recounts: it reads tables from end to end, and our sessions are set to
// find rows by key (see connection.cc).
inline constexpr char kWholeTables[] = "SET LOCAL enable_seqscan = on";

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_WHOLE_TABLES_H_
