#ifndef PDV_COMMON_STORE_TABLE_H_
#define PDV_COMMON_STORE_TABLE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/pg/result.h"
#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace pdv::store {

// How a field lies in its column.
enum class Kind {
  kText,       // string -> text
  kInt64,      // int32, int64 -> integer, bigint
  kDouble,     // double -> double precision
  kBool,       // bool -> boolean
  kBytes,      // bytes -> bytea
  kEnum,       // enum -> text, the value's name without the enum's prefix ("EN_VIGUEUR")
  kTimestamp,  // google.protobuf.Timestamp -> timestamptz
  kDate,       // google.type.Date -> date
  kTextArray,  // repeated string -> text[]
  kJson,       // any other message or repeated field -> jsonb (proto JSON, original names)
  kEtag,       // the field `etag` -> column `revision` bigint
};

struct Column {
  const google::protobuf::FieldDescriptor* field;
  std::string name;
  Kind kind;
  std::string_view sql_type() const;
};

// How a resource (a proto message) lies in a table: one column per field, of the same name, by
// reflection (but for those with the option `computed`). An unset field (empty string, unset
// message, absent optional, enum 0, empty list in a jsonb column) is NULL, except numbers,
// booleans, and lists of strings ('{}'). Immutable after construction, thread-safe.
class Table {
 public:
  // The table that the message's option `resource` names, all fields. Cached for the process.
  static const Table& Of(const google::protobuf::Descriptor* type);
  template <class T>
  static const Table& Of() {
    static const Table& table = Of(T::descriptor());
    return table;
  }
  // A mirror of a peer's resource: the named fields only, in `table`.
  Table(const google::protobuf::Descriptor* type, std::string table,
        const std::vector<std::string>& fields);

  // A history of the service's own that is only ever added to: the named fields, the database gives
  // the others (instant, rank). Mutations insert into it and do not read it; it is not in the
  // journal, being one itself.
  static Table AppendOnly(const google::protobuf::Descriptor* type, std::string table,
                          const std::vector<std::string>& fields);

  const google::protobuf::Descriptor* type() const { return type_; }
  const std::string& name() const { return name_; }
  const std::string& pattern() const { return pattern_; }  // "contrats/*"
  const std::vector<Column>& columns() const { return columns_; }
  const Column* Find(std::string_view column) const;
  bool has_revision() const { return has_revision_; }
  bool mirror() const { return mirror_; }
  bool append_only() const { return append_only_; }

  // "name, code, revision, …", in the order of columns().
  const std::string& select_list() const { return select_list_; }
  // INSERT of many rows from text[] parameters, one per column in the order of columns().
  const std::string& insert_sql() const { return insert_sql_; }

  // Fills `message` from a row selected with select_list(), starting at `first_column`.
  absl::Status FromRow(const pg::Result& result, int row, google::protobuf::Message* message,
                       int first_column = 0) const;
  // The text form of one column's value; nullopt is NULL.
  std::optional<std::string> ToText(const google::protobuf::Message& message,
                                    const Column& column) const;

 private:
  void BuildSql();
  const google::protobuf::Descriptor* type_;
  std::string name_;
  std::string pattern_;
  std::vector<Column> columns_;
  bool has_revision_ = false;
  bool mirror_ = false;
  bool append_only_ = false;
  std::string select_list_, insert_sql_;
};

// The fields that resources have in common; nullptr where the message has none. Looked up once a
// thread.
struct CommonFields {
  const google::protobuf::FieldDescriptor *name, *uid, *etag, *create_time, *update_time,
      *delete_time;
  static const CommonFields& Of(const google::protobuf::Message& resource);
};
// Its name, "" where it has none. Lives as long as the resource is not changed.
const std::string& NameOf(const google::protobuf::Message& resource);
// A copy. (CopyFrom of a message whose type is not known first walks through it, to see that it is
// no part of itself.)
std::shared_ptr<google::protobuf::Message> CopyOf(const google::protobuf::Message& message);
// Access to a field by its name, where the message has it.
void SetString(google::protobuf::Message* message, std::string_view field, std::string_view value);
std::string GetString(const google::protobuf::Message& message, std::string_view field);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_TABLE_H_
