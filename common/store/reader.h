#ifndef PDV_COMMON_STORE_READER_H_
#define PDV_COMMON_STORE_READER_H_

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "common/pg/session.h"
#include "common/rpc/service_table.h"
#include "common/store/row_cache.h"
#include "common/store/table.h"

namespace pdv::store {

// Reads rows by name. Reads that wait together become one statement per table in one round trip, at
// our own pace: an idle reader adds no delay. Rows that did not change since they were last read are
// not sent again (RowCache). Thread-safe.
class Reader {
 public:
  Reader(std::string conninfo, int lanes, size_t max_queue = 16384, size_t max_batch = 512);
  ~Reader();

  // Never blocks. Answers the row, or NOT_FOUND, or RESOURCE_EXHAUSTED when the queue is full.
  void Get(const Table& table, std::string name, rpc::CallPtr call, rpc::Reply reply);

 private:
  struct Wanted {
    const Table* table;
    std::string name;
    rpc::CallPtr call;
    rpc::Reply reply;
  };
  void Lane();
  absl::Status Serve(pg::Session& session, RowCache& cache, std::vector<Wanted>& wanted);

  const std::string conninfo_;
  const size_t max_queue_, max_batch_;
  std::mutex mu_;
  std::condition_variable wake_;
  std::deque<Wanted> queue_;
  bool stop_ = false;
  std::vector<std::thread> lanes_;
};

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_READER_H_
