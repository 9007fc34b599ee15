#ifndef PDV_COMMON_STORE_STORE_H_
#define PDV_COMMON_STORE_STORE_H_

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <string_view>

#include "common/pg/pool.h"
#include "common/rpc/service_table.h"
#include "common/store/mutation.h"
#include "common/store/reader.h"
#include "common/store/runner.h"
#include "common/store/table.h"

namespace pdv::store {

struct StoreOptions {
  std::string service;   // "contrats"
  std::string conninfo;
  int pool_size = 4;     // sessions for lists, composed reads and streams
  int reader_lanes = 1;
  int writer_lanes = 1;
  std::function<void()> on_commit;  // see RunnerOptions
};

// The store of one service: its database, seen as resources. Thread-safe once every table is
// registered.
class Store {
 public:
  // Reads the key of page tokens; UNAVAILABLE when the database cannot be reached.
  static absl::StatusOr<std::unique_ptr<Store>> Open(StoreOptions options);

  // Makes a resource, or a mirror of a peer's, known: fields with the option `reference` are then
  // checked against it. Before the server starts. `table` outlives the store.
  void Register(const Table& table);
  // The table of a pattern ("contrats/*"), or nullptr.
  const Table* ByPattern(std::string_view pattern) const;

  // Runs a mutation for `request` (fields request_id and validate_only are read by name).
  void Mutate(rpc::CallPtr call, const rpc::MessagePtr& request, Mutation mutation,
              rpc::Reply reply);
  // The same, waiting for the answer; for work that already holds a thread (imports, seeds).
  absl::StatusOr<rpc::MessagePtr> MutateAndWait(rpc::CallPtr call, const rpc::MessagePtr& request,
                                                Mutation mutation);
  // Forgets the answers given longer ago than `keep`: their request_id is then new again. Returns how many.
  // By slices: between two, it looks at whether it must stop.
  absl::StatusOr<int64_t> PurgeRecords(absl::Duration keep, std::stop_token stop = {});
  Reader& reader() { return *reader_; }
  pg::Pool& pool() { return *pool_; }
  const std::string& service() const { return options_.service; }
  const std::string& token_key() const { return token_key_; }

 private:
  explicit Store(StoreOptions options);
  StoreOptions options_;
  std::string token_key_;
  std::map<std::string, const Table*, std::less<>> by_pattern_;
  std::unique_ptr<pg::Pool> pool_;
  std::unique_ptr<Reader> reader_;
  std::unique_ptr<Runner> runner_;
};

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_STORE_H_
