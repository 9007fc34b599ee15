#include "common/store/column_text.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/store/json_column.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

namespace pdv::store {
namespace {

using google::protobuf::EnumDescriptor;
using google::protobuf::EnumValueDescriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// Integer fields may be int32 or int64; the column is read and written the same way.
int64_t GetInt(const Message& message, const FieldDescriptor* field) {
  const Reflection* r = message.GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r->GetInt32(message, field);
    case FieldDescriptor::CPPTYPE_UINT32:
      return r->GetUInt32(message, field);
    case FieldDescriptor::CPPTYPE_UINT64:
      return static_cast<int64_t>(r->GetUInt64(message, field));
    default:
      return r->GetInt64(message, field);
  }
}

void SetInt(Message* message, const FieldDescriptor* field, int64_t value) {
  const Reflection* r = message->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return r->SetInt32(message, field, static_cast<int32_t>(value));
    case FieldDescriptor::CPPTYPE_UINT32:
      return r->SetUInt32(message, field, static_cast<uint32_t>(value));
    case FieldDescriptor::CPPTYPE_UINT64:
      return r->SetUInt64(message, field, static_cast<uint64_t>(value));
    default:
      return r->SetInt64(message, field, value);
  }
}

std::string ArrayLiteral(const Message& message, const FieldDescriptor* field) {
  const Reflection* r = message.GetReflection();
  std::string literal = "{";
  std::string scratch;
  for (int i = 0; i < r->FieldSize(message, field); ++i) {
    literal += i == 0 ? "\"" : ",\"";
    for (char c : r->GetRepeatedStringReference(message, field, i, &scratch)) {
      if (c == '"' || c == '\\') literal += '\\';
      literal += c;
    }
    literal += '"';
  }
  return literal + "}";
}

void AddFromLiteral(std::string_view literal, const FieldDescriptor* field, Message* message) {
  const Reflection* r = message->GetReflection();
  size_t i = 1;  // after '{'
  while (i < literal.size() && literal[i] != '}') {
    std::string element;
    if (literal[i] == '"') {
      for (++i; i < literal.size() && literal[i] != '"'; ++i) {
        if (literal[i] == '\\') ++i;
        element += literal[i];
      }
      ++i;
    } else {
      while (i < literal.size() && literal[i] != ',' && literal[i] != '}') element += literal[i++];
    }
    r->AddString(message, field, std::move(element));
    if (i < literal.size() && literal[i] == ',') ++i;
  }
}

std::string Hex(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text = "\\x";
  for (unsigned char c : bytes) {
    text += kDigits[c >> 4];
    text += kDigits[c & 15];
  }
  return text;
}

bool FromHex(std::string_view text, std::string* bytes) {
  if (text.size() < 2 || text[0] != '\\') return false;
  auto digit = [](char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; };
  for (size_t i = 2; i + 1 < text.size(); i += 2)
    bytes->push_back(static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1])));
  return true;
}

// The number written by `count` digits at `from`.
bool Digits(std::string_view text, size_t from, size_t count, int* value) {
  *value = 0;
  for (size_t i = from; i < from + count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    *value = *value * 10 + (text[i] - '0');
  }
  return true;
}

size_t PrefixLength(const EnumDescriptor* type) {
  // The zero value is <PREFIX>_UNSPECIFIED (buf lint STANDARD).
  return type->value(0)->name().size() - (sizeof("UNSPECIFIED") - 1);
}

}  // namespace

std::string EnumText(const EnumValueDescriptor* value) {
  return value->name().substr(PrefixLength(value->type()));
}

const EnumValueDescriptor* EnumFromText(const EnumDescriptor* type, std::string_view text) {
  return type->FindValueByName(
      absl::StrCat(type->value(0)->name().substr(0, PrefixLength(type)), View(text)));
}

std::string TimeText(absl::Time time) {
  return absl::FormatTime("%E4Y-%m-%d %H:%M:%E6S+00", time, absl::UTCTimeZone());
}

bool ParseTimeText(std::string_view text, absl::Time* time) {
  // Every row has two of them: read by place, not by a general parser.
  int year, month, day, hour, minute, second;
  if (text.size() < 22 || !text.ends_with("+00") || !Digits(text, 0, 4, &year) ||
      !Digits(text, 5, 2, &month) || !Digits(text, 8, 2, &day) || !Digits(text, 11, 2, &hour) ||
      !Digits(text, 14, 2, &minute) || !Digits(text, 17, 2, &second))
    return false;
  int64_t nanos = 0;
  int64_t unit = 100'000'000;
  for (size_t i = 20; i < text.size() - 3; ++i, unit /= 10) {
    int digit;
    if (!Digits(text, i, 1, &digit)) return false;
    nanos += digit * unit;
  }
  *time = absl::FromCivil(absl::CivilSecond(year, month, day, hour, minute, second),
                          absl::UTCTimeZone()) +
          absl::Nanoseconds(nanos);
  return true;
}

std::optional<std::string> ColumnText(const Message& message, const Column& column) {
  const Reflection* r = message.GetReflection();
  const FieldDescriptor* field = column.field;
  switch (column.kind) {
    case Kind::kText: {
      if (field->has_presence() && !r->HasField(message, field)) return std::nullopt;
      std::string text = r->GetString(message, field);
      if (text.empty() && !field->has_presence()) return std::nullopt;
      return text;
    }
    case Kind::kEtag: {
      std::string etag = r->GetString(message, field);
      return etag.empty() ? "1" : etag;
    }
    case Kind::kBytes:
      return Hex(r->GetString(message, field));
    case Kind::kInt64:
      if (field->has_presence() && !r->HasField(message, field)) return std::nullopt;
      return absl::StrCat(GetInt(message, field));
    case Kind::kDouble:
      if (field->has_presence() && !r->HasField(message, field)) return std::nullopt;
      return absl::StrFormat("%.17g", field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT
                                          ? r->GetFloat(message, field)
                                          : r->GetDouble(message, field));
    case Kind::kBool:
      if (field->has_presence() && !r->HasField(message, field)) return std::nullopt;
      return r->GetBool(message, field) ? "t" : "f";
    case Kind::kEnum: {
      const EnumValueDescriptor* value = r->GetEnum(message, field);
      if (value->number() == 0) return std::nullopt;
      return EnumText(value);
    }
    case Kind::kTimestamp: {
      if (!r->HasField(message, field)) return std::nullopt;
      const auto& t =
          static_cast<const google::protobuf::Timestamp&>(r->GetMessage(message, field));
      return TimeText(absl::FromUnixSeconds(t.seconds()) + absl::Nanoseconds(t.nanos()));
    }
    case Kind::kDate: {
      if (!r->HasField(message, field)) return std::nullopt;
      const auto& d = static_cast<const google::type::Date&>(r->GetMessage(message, field));
      return absl::StrFormat("%04d-%02d-%02d", d.year(), d.month(), d.day());
    }
    case Kind::kTextArray:
      return ArrayLiteral(message, field);
    case Kind::kJson:
      return JsonText(message, field);
  }
  return std::nullopt;
}

bool SameValue(const Message& a, const Message& b, const Column& column) {
  const Reflection* r = a.GetReflection();
  const FieldDescriptor* f = column.field;
  if (f->is_repeated()) {
    const int size = r->FieldSize(a, f);
    if (size != r->FieldSize(b, f)) return false;
    if (f->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE)
      return size == 0 || ColumnText(a, column) == ColumnText(b, column);
    for (int i = 0; i < size; ++i) {
      if (r->GetRepeatedMessage(a, f, i).SerializeAsString() !=
          r->GetRepeatedMessage(b, f, i).SerializeAsString())
        return false;
    }
    return true;
  }
  if (f->has_presence()) {
    if (r->HasField(a, f) != r->HasField(b, f)) return false;
    if (!r->HasField(a, f)) return true;
  }
  switch (f->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING: {
      std::string of_a, of_b;  // only where the field is not kept as a string
      return r->GetStringReference(a, f, &of_a) == r->GetStringReference(b, f, &of_b);
    }
    case FieldDescriptor::CPPTYPE_INT64:
      return r->GetInt64(a, f) == r->GetInt64(b, f);
    case FieldDescriptor::CPPTYPE_INT32:
      return r->GetInt32(a, f) == r->GetInt32(b, f);
    case FieldDescriptor::CPPTYPE_BOOL:
      return r->GetBool(a, f) == r->GetBool(b, f);
    case FieldDescriptor::CPPTYPE_ENUM:
      return r->GetEnumValue(a, f) == r->GetEnumValue(b, f);
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return r->GetMessage(a, f).SerializeAsString() == r->GetMessage(b, f).SerializeAsString();
    default:
      return ColumnText(a, column) == ColumnText(b, column);
  }
}

bool SetFromText(const Column& column, std::string_view text, Message* message) {
  const Reflection* r = message->GetReflection();
  const FieldDescriptor* field = column.field;
  switch (column.kind) {
    case Kind::kText:
    case Kind::kEtag:
      r->SetString(message, field, std::string(text));
      return true;
    case Kind::kBytes: {
      std::string bytes;
      if (!FromHex(text, &bytes)) return false;
      r->SetString(message, field, std::move(bytes));
      return true;
    }
    case Kind::kInt64: {
      int64_t value;
      if (!absl::SimpleAtoi(View(text), &value)) return false;
      SetInt(message, field, value);
      return true;
    }
    case Kind::kDouble: {
      double value;
      if (!absl::SimpleAtod(View(text), &value)) return false;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_FLOAT) {
        r->SetFloat(message, field, static_cast<float>(value));
      } else {
        r->SetDouble(message, field, value);
      }
      return true;
    }
    case Kind::kBool:
      r->SetBool(message, field, text == "t");
      return true;
    case Kind::kEnum: {
      const EnumValueDescriptor* value = EnumFromText(field->enum_type(), text);
      if (value == nullptr) return false;
      r->SetEnum(message, field, value);
      return true;
    }
    case Kind::kTimestamp: {
      absl::Time time;
      if (!ParseTimeText(text, &time)) return false;
      auto* t = static_cast<google::protobuf::Timestamp*>(r->MutableMessage(message, field));
      t->set_seconds(absl::ToUnixSeconds(time));
      t->set_nanos(static_cast<int32_t>(
          absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(t->seconds()))));
      return true;
    }
    case Kind::kDate: {
      int year, month, day;
      if (text.size() < 10 || !Digits(text, 0, 4, &year) || !Digits(text, 5, 2, &month) ||
          !Digits(text, 8, 2, &day))
        return false;
      auto* d = static_cast<google::type::Date*>(r->MutableMessage(message, field));
      d->set_year(year);
      d->set_month(month);
      d->set_day(day);
      return true;
    }
    case Kind::kTextArray:
      AddFromLiteral(text, field, message);
      return true;
    case Kind::kJson:
      return SetFromJson(text, field, message);
  }
  return false;
}

}  // namespace pdv::store
