#ifndef PDV_COMMON_STORE_BATCH_H_
#define PDV_COMMON_STORE_BATCH_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "common/pg/params.h"
#include "common/store/changes.h"
#include "common/store/table.h"

namespace pdv::store {

// The rows of one transaction in memory: those that were loaded, and every change that the
// mutations decided on them, in order. One thread.
class Batch {
 public:
  using RowPtr = std::shared_ptr<google::protobuf::Message>;

  // One change as it will be journalled.
  struct Event {
    const Table* table;
    RowPtr row;
    bool insert;
    size_t mutation;  // index of the mutation that made it
  };

  void Load(const Table& table, RowPtr row);
  const google::protobuf::Message* Find(const Table& table, std::string_view name) const;
  // Rows of the table whose text column equals the value, by name; all of them without a column.
  std::vector<const google::protobuf::Message*> Where(const Table& table, std::string_view column,
                                                      std::string_view value) const;
  // Takes over what a successful decision staged.
  void Accept(Changes&& changes, size_t mutation);

  const std::vector<Event>& events() const { return events_; }

  // What must be written: the last state of each row that changed. Histories first, so that the
  // database can check rows against what it was told of them; then tables in order of first change,
  // so that a parent is inserted before its children.
  struct Write {
    const Table* table;
    bool insert;
    std::vector<RowPtr> rows;
    // Of an update: the name, and what differs in one row at least from what was read. Empty: all.
    std::vector<const Column*> columns = {};
  };
  std::vector<Write> Writes() const;
  // The statement of a write, and its parameters. Valid for ever.
  static std::string_view Sql(const Write& write);
  static pg::Params RowParams(const Write& write);

 private:
  // Rows by the text of one column, made when it is first asked for and kept up to date: a batch of
  // a thousand asks a thousand times.
  using Index = std::map<std::string, std::map<std::string, const google::protobuf::Message*>>;
  const Index& IndexOf(const Table& table, const Column& column) const;
  void Reindex(const Table& table, const google::protobuf::Message* before,
               const google::protobuf::Message& after);
  std::vector<const Column*> Changed(const Write& write) const;
  // A row as it is now, and as it was read where it changed since.
  struct State {
    RowPtr now, before;
  };
  using Rows = absl::flat_hash_map<std::string, State>;  // by name
  // Null where there is none.
  const State* StateOf(const Table& table, std::string_view name) const;
  std::map<const Table*, Rows> rows_;
  std::vector<Event> events_;
  mutable std::map<const Table*, std::map<const Column*, Index>> indexes_;
};

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_BATCH_H_
