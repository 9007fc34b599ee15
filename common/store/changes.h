#ifndef PDV_COMMON_STORE_CHANGES_H_
#define PDV_COMMON_STORE_CHANGES_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/rpc/call.h"
#include "common/store/table.h"
#include "google/protobuf/message.h"

namespace pdv::store {

class Batch;

// Rows that a mutation must see before it decides. Rows of the service's own tables are locked
// (FOR UPDATE) until the end of the transaction; rows of mirrors are read as they are.
struct Read {
  const Table* table;
  std::string column;  // "name", or another indexed text column; empty: every row
  std::string value;
  bool lock = true;

  template <class T>
  static Read Of(std::string_view name) {
    return {&Table::Of<T>(), "name", std::string(name), true};
  }
  template <class T>
  static Read Where(std::string_view column, std::string_view value) {
    return {&Table::Of<T>(), std::string(column), std::string(value), true};
  }
  // Every row, without a lock: only for a table of a few rows that does not grow (versions of a
  // form).
  template <class T>
  static Read All() {
    return {&Table::Of<T>(), "", "", false};
  }
};

// What one mutation sees and changes. Lives during one `decide` call, on one thread. The rows are
// those that the mutation's reads loaded, as changed by the mutations that were decided before it
// in the same transaction. Nothing here touches the database: a decision is pure, and is run again
// when the transaction is retried.
class Changes {
 public:
  Changes(const Batch* batch, const rpc::Call* call, absl::Time now,
          std::string_view request_id = {});
  ~Changes();

  // The row, or nullptr when there is none or the mutation did not read it.
  template <class T>
  const T* Find(std::string_view name) const {
    return static_cast<const T*>(FindRow(Table::Of<T>(), name));
  }
  // The row, or NOT_FOUND.
  template <class T>
  absl::StatusOr<T> Get(std::string_view name) const {
    const T* row = Find<T>(name);
    if (row == nullptr) return Missing(name);
    return *row;
  }
  // Rows whose text column has the value, in order of name. Only rows that a Read loaded.
  template <class T>
  std::vector<const T*> Where(std::string_view column, std::string_view value) const {
    std::vector<const T*> typed;
    for (const auto* row : RowsWhere(Table::Of<T>(), column, value))
      typed.push_back(static_cast<const T*>(row));
    return typed;
  }
  // Every row that a Read loaded, in order of name.
  template <class T>
  std::vector<const T*> All() const {
    return Where<T>("", "");
  }
  // Untyped forms, for mirrors (`table` as the service registered it) and generic code.
  const google::protobuf::Message* FindRow(const Table& table, std::string_view name) const;
  std::vector<const google::protobuf::Message*> RowsWhere(const Table& table,
                                                          std::string_view column,
                                                          std::string_view value) const;

  // Records a new row: sets uid, etag "1", create_time and update_time, and returns the row as it
  // will be stored. ALREADY_EXISTS when a row of that name is known.
  template <class T>
  absl::StatusOr<T> Insert(T row) {
    absl::Status status = InsertRow(Table::Of<T>(), &row);
    if (!status.ok()) return status;
    return row;
  }
  // Records the row's next revision: etag + 1, update_time. The row must have been read.
  template <class T>
  absl::StatusOr<T> Update(T row) {
    absl::Status status = UpdateRow(Table::Of<T>(), &row);
    if (!status.ok()) return status;
    return row;
  }
  absl::Status InsertRow(const Table& table, google::protobuf::Message* row);
  absl::Status UpdateRow(const Table& table, google::protobuf::Message* row);

  // Undoes what was staged since `mark` (a value of staged()): one refused item of an import leaves
  // nothing behind.
  size_t staged() const { return staged_.size(); }
  void RollBackTo(size_t mark);

  // Instant of the transaction; the clock of every rule.
  absl::Time now() const { return now_; }
  const rpc::Call& call() const { return *call_; }
  // The caller's request_id; empty when it gave none.
  const std::string& request_id() const { return request_id_; }

  static absl::Status Missing(std::string_view name);

 private:
  friend class Batch;
  struct Change {
    const Table* table;
    std::shared_ptr<google::protobuf::Message> row;
    bool insert;
  };
  void Stage(const Table& table, google::protobuf::Message* row, bool insert);
  const Batch* batch_;
  const rpc::Call* call_;
  absl::Time now_;
  std::string request_id_;
  std::vector<Change> staged_;  // in the order in which they were decided
  // The newest staged state of each row, as an index into staged_.
  std::map<std::pair<const Table*, std::string>, size_t> newest_;
};

// ABORTED unless `given` is empty or equals the row's etag (AIP-154).
absl::Status CheckEtag(const google::protobuf::Message& row, std::string_view given);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_CHANGES_H_
