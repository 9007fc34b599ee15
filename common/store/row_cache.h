#ifndef PDV_COMMON_STORE_ROW_CACHE_H_
#define PDV_COMMON_STORE_ROW_CACHE_H_

#include <memory>
#include <string>
#include <unordered_map>

#include "absl/time/time.h"
#include "common/pg/result.h"
#include "common/rpc/service_table.h"
#include "common/store/table.h"

namespace pdv::store {

// Rows that one session has read, each with the version that PostgreSQL gave it (`xmin`, the
// transaction that wrote it). It never answers alone: a read sends the versions that it knows, and
// the database, always asked, sends the columns only of the rows that changed since. So what is
// answered is the row at the moment of the read, whoever wrote it, triggers and other replicas
// included; what is saved is writing, sending and parsing it again: half of the cost of a read.
// A version is good for one session (Clear on a new one: a restored database counts again from
// before) and, since `xmin` comes round after four billion transactions, for ten to twenty minutes.
// Not thread-safe.
class RowCache {
 public:
  // Keeps about `max_bytes` of messages, measured as they are written on the wire.
  explicit RowCache(size_t max_bytes) : max_generation_bytes_(max_bytes / 2) {}

  // The rows of $1::text[] that are not at the version $2::xid[]: name, version, then the columns of
  // select_list(), all NULL but the name where there is no such row.
  static std::string_view SelectChanged(const Table& table);

  // A row that is kept, or nullptr. Valid until the next call.
  struct Row {
    std::string version;
    rpc::MessagePtr message;
  };
  const Row* Find(const Table& table, const std::string& name);
  // Keeps a row that SelectChanged answered, and returns it: nullptr where there is no such row.
  absl::StatusOr<rpc::MessagePtr> Take(const Table& table, const pg::Result& rows, int row);

  void Clear();

 private:
  // By table, then by name. Two generations: what is used again moves to the young one, and the old
  // one is dropped when the young one is full or has lived its time.
  using Generation = std::unordered_map<const Table*, std::unordered_map<std::string, Row>>;

  void Keep(const Table& table, std::string name, Row row);

  const size_t max_generation_bytes_;
  Generation young_, old_;
  size_t young_bytes_ = 0;
  absl::Time young_since_ = absl::InfinitePast();
};

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_ROW_CACHE_H_
