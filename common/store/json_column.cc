#include "common/store/json_column.h"

#include <nlohmann/json.hpp>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/protobuf/util/time_util.h"

namespace pdv::store {
namespace {

using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;
using google::protobuf::Timestamp;
using nlohmann::json;

json ObjectOf(const Message& message);

json MessageOf(const Message& message) {
  if (message.GetDescriptor()->full_name() == "google.protobuf.Timestamp")
    return google::protobuf::util::TimeUtil::ToString(static_cast<const Timestamp&>(message));
  return ObjectOf(message);
}

// One value of a field; `at` is its place in a list, or -1.
json ValueOf(const Message& m, const FieldDescriptor* f, int at) {
  const Reflection* r = m.GetReflection();
  const bool one = at < 0;
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string text = one ? r->GetString(m, f) : r->GetRepeatedString(m, f, at);
      if (f->type() == FieldDescriptor::TYPE_BYTES) return absl::Base64Escape(text);
      return text;
    }
    case FieldDescriptor::CPPTYPE_INT32:
      return one ? r->GetInt32(m, f) : r->GetRepeatedInt32(m, f, at);
    case FieldDescriptor::CPPTYPE_UINT32:
      return one ? r->GetUInt32(m, f) : r->GetRepeatedUInt32(m, f, at);
    case FieldDescriptor::CPPTYPE_INT64:
      return std::to_string(one ? r->GetInt64(m, f) : r->GetRepeatedInt64(m, f, at));
    case FieldDescriptor::CPPTYPE_UINT64:
      return std::to_string(one ? r->GetUInt64(m, f) : r->GetRepeatedUInt64(m, f, at));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return one ? r->GetDouble(m, f) : r->GetRepeatedDouble(m, f, at);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return one ? r->GetFloat(m, f) : r->GetRepeatedFloat(m, f, at);
    case FieldDescriptor::CPPTYPE_BOOL:
      return one ? r->GetBool(m, f) : r->GetRepeatedBool(m, f, at);
    case FieldDescriptor::CPPTYPE_ENUM:
      return (one ? r->GetEnum(m, f) : r->GetRepeatedEnum(m, f, at))->name();
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageOf(one ? r->GetMessage(m, f) : r->GetRepeatedMessage(m, f, at));
  }
  return nullptr;
}

json FieldOf(const Message& message, const FieldDescriptor* field) {
  if (!field->is_repeated()) return ValueOf(message, field, -1);
  json list = json::array();
  const int size = message.GetReflection()->FieldSize(message, field);
  for (int i = 0; i < size; ++i) list.push_back(ValueOf(message, field, i));
  return list;
}

json ObjectOf(const Message& message) {
  json object = json::object();
  std::vector<const FieldDescriptor*> set;
  message.GetReflection()->ListFields(message, &set);
  for (const FieldDescriptor* field : set) object[field->name()] = FieldOf(message, field);
  return object;
}

// A 64-bit integer is a string in proto JSON; a number is understood too.
template <class Int>
bool ReadInteger(const json& value, Int* integer) {
  if (value.is_number_integer()) return *integer = value.get<Int>(), true;
  return value.is_string() && absl::SimpleAtoi(value.get_ref<const std::string&>(), integer);
}

bool Merge(const json& object, Message* message);

bool ReadMessage(const json& value, Message* message) {
  if (message->GetDescriptor()->full_name() != "google.protobuf.Timestamp")
    return Merge(value, message);
  return value.is_string() &&
         google::protobuf::util::TimeUtil::FromString(value.get_ref<const std::string&>(),
                                                      static_cast<Timestamp*>(message));
}

// How reflection sets a field of a type, or adds to it where it is a list.
template <class Value>
using Setter = void (Reflection::*)(Message*, const FieldDescriptor*, Value) const;

template <class Value>
bool Put(Message* m, const FieldDescriptor* f, Value value, Setter<Value> set, Setter<Value> add) {
  (m->GetReflection()->*(f->is_repeated() ? add : set))(m, f, std::move(value));
  return true;
}

template <class Int>
bool PutInteger(const json& value, Message* m, const FieldDescriptor* f, Setter<Int> set,
                Setter<Int> add) {
  Int integer = 0;
  return ReadInteger(value, &integer) && Put(m, f, integer, set, add);
}

bool ReadText(const json& value, const FieldDescriptor* f, Message* m) {
  if (!value.is_string()) return false;
  std::string text = value.get<std::string>();
  if (f->type() == FieldDescriptor::TYPE_BYTES && !absl::Base64Unescape(std::string(text), &text))
    return false;
  return Put(m, f, std::move(text), &Reflection::SetString, &Reflection::AddString);
}

bool ReadValue(const json& value, const FieldDescriptor* f, Message* m) {
  const Reflection* r = m->GetReflection();
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return ReadText(value, f, m);
    case FieldDescriptor::CPPTYPE_INT32:
      return PutInteger(value, m, f, &Reflection::SetInt32, &Reflection::AddInt32);
    case FieldDescriptor::CPPTYPE_UINT32:
      return PutInteger(value, m, f, &Reflection::SetUInt32, &Reflection::AddUInt32);
    case FieldDescriptor::CPPTYPE_INT64:
      return PutInteger(value, m, f, &Reflection::SetInt64, &Reflection::AddInt64);
    case FieldDescriptor::CPPTYPE_UINT64:
      return PutInteger(value, m, f, &Reflection::SetUInt64, &Reflection::AddUInt64);
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return value.is_number() &&
             Put(m, f, value.get<double>(), &Reflection::SetDouble, &Reflection::AddDouble);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return value.is_number() &&
             Put(m, f, value.get<float>(), &Reflection::SetFloat, &Reflection::AddFloat);
    case FieldDescriptor::CPPTYPE_BOOL:
      return value.is_boolean() &&
             Put(m, f, value.get<bool>(), &Reflection::SetBool, &Reflection::AddBool);
    case FieldDescriptor::CPPTYPE_ENUM: {
      if (!value.is_string()) return false;
      const EnumValueDescriptor* known =
          f->enum_type()->FindValueByName(value.get_ref<const std::string&>());
      return known == nullptr ||  // of a later version
             Put(m, f, known, &Reflection::SetEnum, &Reflection::AddEnum);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return ReadMessage(value, f->is_repeated() ? r->AddMessage(m, f) : r->MutableMessage(m, f));
  }
  return false;
}

bool ReadField(const json& value, const FieldDescriptor* field, Message* message) {
  if (value.is_null()) return true;
  if (!field->is_repeated()) return ReadValue(value, field, message);
  if (!value.is_array()) return false;
  for (const json& element : value) {
    if (!ReadValue(element, field, message)) return false;
  }
  return true;
}

bool Merge(const json& object, Message* message) {
  if (!object.is_object()) return false;
  for (const auto& [name, value] : object.items()) {
    const FieldDescriptor* field = message->GetDescriptor()->FindFieldByName(name);
    if (field != nullptr && !ReadField(value, field, message)) return false;
  }
  return true;
}

}  // namespace

std::optional<std::string> JsonText(const Message& message, const FieldDescriptor* field) {
  const Reflection* r = message.GetReflection();
  if (field->is_repeated() ? r->FieldSize(message, field) == 0 : !r->HasField(message, field))
    return std::nullopt;
  return FieldOf(message, field).dump();
}

bool SetFromJson(std::string_view text, const FieldDescriptor* field, Message* message) {
  const json value = json::parse(text, nullptr, /*allow_exceptions=*/false);
  return !value.is_discarded() && ReadField(value, field, message);
}

}  // namespace pdv::store
