#include "common/store/table.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/store/column_text.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::store {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

Kind KindOf(const FieldDescriptor* field) {
  if (field->name() == "etag") return Kind::kEtag;
  if (field->is_repeated()) {
    return field->type() == FieldDescriptor::TYPE_STRING ? Kind::kTextArray : Kind::kJson;
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field->type() == FieldDescriptor::TYPE_BYTES ? Kind::kBytes : Kind::kText;
    case FieldDescriptor::CPPTYPE_BOOL:
      return Kind::kBool;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kEnum;
    case FieldDescriptor::CPPTYPE_DOUBLE:
    case FieldDescriptor::CPPTYPE_FLOAT:
      return Kind::kDouble;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field->message_type()->full_name() == "google.protobuf.Timestamp")
        return Kind::kTimestamp;
      if (field->message_type()->full_name() == "google.type.Date") return Kind::kDate;
      return Kind::kJson;
    default:
      return Kind::kInt64;
  }
}

}  // namespace

std::string_view Column::sql_type() const {
  switch (kind) {
    case Kind::kInt64:
    case Kind::kEtag:
      return "bigint";
    case Kind::kDouble:
      return "double precision";
    case Kind::kBool:
      return "boolean";
    case Kind::kBytes:
      return "bytea";
    case Kind::kTimestamp:
      return "timestamptz";
    case Kind::kDate:
      return "date";
    case Kind::kTextArray:
      return "text[]";
    case Kind::kJson:
      return "jsonb";
    case Kind::kText:
    case Kind::kEnum:
      return "text";
  }
  return "text";
}

const Table& Table::Of(const Descriptor* type) {
  static std::mutex mu;
  static auto* tables = new std::map<const Descriptor*, std::unique_ptr<Table>>();
  std::lock_guard lock(mu);
  auto& slot = (*tables)[type];
  if (!slot) {
    const auto& resource = type->options().GetExtension(commun::options::v1::resource);
    std::vector<std::string> fields;
    for (int i = 0; i < type->field_count(); ++i) {
      const FieldDescriptor* field = type->field(i);
      if (!field->options().GetExtension(commun::options::v1::field).computed())
        fields.push_back(field->name());
    }
    slot = std::make_unique<Table>(type, resource.table(), fields);
    slot->mirror_ = false;
  }
  return *slot;
}

Table::Table(const Descriptor* type, std::string table, const std::vector<std::string>& fields)
    : type_(type),
      name_(std::move(table)),
      pattern_(type->options().GetExtension(commun::options::v1::resource).pattern()),
      mirror_(true) {
  for (const std::string& name : fields) {
    const FieldDescriptor* field = type->FindFieldByName(name);
    if (field == nullptr) continue;
    Kind kind = KindOf(field);
    std::string column = kind == Kind::kEtag ? "revision" : field->name();
    has_revision_ |= kind == Kind::kEtag;
    columns_.push_back(Column{field, std::move(column), kind});
  }
  BuildSql();
}

Table Table::AppendOnly(const Descriptor* type, std::string table,
                        const std::vector<std::string>& fields) {
  Table history(type, std::move(table), fields);
  history.mirror_ = false;
  history.append_only_ = true;
  return history;
}

void Table::BuildSql() {
  std::vector<std::string> names, casts, params;
  for (size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    names.push_back(column.name);
    casts.push_back(absl::StrCat("u.", column.name, "::", std::string(column.sql_type())));
    params.push_back(absl::StrCat("$", i + 1, "::text[]"));
  }
  select_list_ = absl::StrJoin(names, ", ");
  const std::string rows = absl::StrCat(" FROM unnest(", absl::StrJoin(params, ","), ") AS u(",
                                        select_list_, ")");
  insert_sql_ = absl::StrCat("INSERT INTO ", name_, " (", select_list_, ") SELECT ",
                             absl::StrJoin(casts, ", "), rows);
}

const Column* Table::Find(std::string_view column) const {
  auto it = std::find_if(columns_.begin(), columns_.end(),
                         [&](const Column& c) { return c.name == column; });
  return it == columns_.end() ? nullptr : &*it;
}

absl::Status Table::FromRow(const pg::Result& result, int row, Message* message,
                            int first_column) const {
  for (size_t i = 0; i < columns_.size(); ++i) {
    const int at = first_column + static_cast<int>(i);
    if (result.IsNull(row, at)) continue;
    const Column& column = columns_[i];
    if (!SetFromText(column, result.Text(row, at), message))
      return absl::DataLossError(absl::StrCat("unreadable column ", name_, ".", column.name));
  }
  return absl::OkStatus();
}

std::optional<std::string> Table::ToText(const Message& message, const Column& column) const {
  return ColumnText(message, column);
}

std::string GetString(const Message& message, std::string_view field) {
  const FieldDescriptor* f = message.GetDescriptor()->FindFieldByName(std::string(field));
  if (f == nullptr || f->cpp_type() != FieldDescriptor::CPPTYPE_STRING || f->is_repeated())
    return "";
  return message.GetReflection()->GetString(message, f);
}

const CommonFields& CommonFields::Of(const Message& resource) {
  thread_local auto* known = new absl::flat_hash_map<const Descriptor*, CommonFields>();
  const Descriptor* type = resource.GetDescriptor();
  auto [fields, fresh] = known->try_emplace(type);
  if (fresh) {
    fields->second = {type->FindFieldByName("name"),        type->FindFieldByName("uid"),
                      type->FindFieldByName("etag"),        type->FindFieldByName("create_time"),
                      type->FindFieldByName("update_time"), type->FindFieldByName("delete_time")};
  }
  return fields->second;
}

const std::string& NameOf(const Message& resource) {
  static const std::string none;
  const FieldDescriptor* name = CommonFields::Of(resource).name;
  std::string unused;  // the field is a std::string
  return name == nullptr ? none
                         : resource.GetReflection()->GetStringReference(resource, name, &unused);
}

std::shared_ptr<Message> CopyOf(const Message& message) {
  std::shared_ptr<Message> copy(message.New());
  copy->MergeFrom(message);
  return copy;
}

void SetString(Message* message, std::string_view field, std::string_view value) {
  const FieldDescriptor* f = message->GetDescriptor()->FindFieldByName(std::string(field));
  if (f != nullptr) message->GetReflection()->SetString(message, f, std::string(value));
}

}  // namespace pdv::store
