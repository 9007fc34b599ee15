#include "common/pg/params.h"

namespace pdv::pg {
namespace {

// Type oids of PostgreSQL's catalogue: they never change between versions.
constexpr uint32_t kBytea = 17, kInt8 = 20, kTextType = 25;
constexpr uint32_t kByteaArray = 1001, kTextArray = 1009, kInt8Array = 1016;

void AppendInt32(std::string& out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
}

// Head of a one-dimensional array in binary form (array_recv of PostgreSQL): number of dimensions,
// "has nulls", element type, length, lower bound. An empty array has no dimension.
std::string ArrayHead(size_t length, uint32_t element, bool nulls) {
  std::string out;
  AppendInt32(out, length == 0 ? 0 : 1);
  AppendInt32(out, nulls ? 1 : 0);
  AppendInt32(out, element);
  if (length == 0) return out;
  AppendInt32(out, static_cast<uint32_t>(length));
  AppendInt32(out, 1);
  return out;
}

void AppendElement(std::string& out, std::string_view bytes) {
  AppendInt32(out, static_cast<uint32_t>(bytes.size()));
  out.append(bytes);
}

std::string StringArray(const std::vector<std::string>& values, uint32_t element) {
  std::string out = ArrayHead(values.size(), element, false);
  for (const std::string& value : values) AppendElement(out, value);
  return out;
}

}  // namespace

Params& Params::Text(std::string_view value) {
  // In text form a parameter ends at its first NUL and would be cut in silence; in binary form the
  // server sees it and refuses it (22021).
  const bool nul = value.find('\0') != std::string_view::npos;
  values_.push_back({.binary = nul, .bytes = std::string(value)});
  return *this;
}

Params& Params::OptText(const std::optional<std::string>& value) {
  return value.has_value() ? Text(*value) : Null();
}

Params& Params::Int64(int64_t value) {
  values_.push_back({.bytes = std::to_string(value)});
  return *this;
}

Params& Params::Bool(bool value) {
  values_.push_back({.bytes = value ? "t" : "f"});
  return *this;
}

Params& Params::Bytes(std::string_view value) {
  values_.push_back({.binary = true, .oid = kBytea, .bytes = std::string(value)});
  return *this;
}

Params& Params::Null() {
  values_.push_back({.null = true, .bytes = {}});
  return *this;
}

Params& Params::TextArray(const std::vector<std::string>& values) {
  values_.push_back({.binary = true, .oid = kTextArray, .bytes = StringArray(values, kTextType)});
  return *this;
}

Params& Params::OptTextArray(const std::vector<std::optional<std::string>>& values) {
  bool nulls = false;
  for (const auto& value : values) nulls |= !value.has_value();
  std::string out = ArrayHead(values.size(), kTextType, nulls);
  for (const auto& value : values) {
    if (value.has_value()) {
      AppendElement(out, *value);
    } else {
      AppendInt32(out, 0xFFFFFFFF);  // length -1: NULL
    }
  }
  values_.push_back({.binary = true, .oid = kTextArray, .bytes = std::move(out)});
  return *this;
}

Params& Params::Int64Array(const std::vector<int64_t>& values) {
  std::string out = ArrayHead(values.size(), kInt8, false);
  for (int64_t value : values) {
    AppendInt32(out, 8);
    AppendInt32(out, static_cast<uint32_t>(static_cast<uint64_t>(value) >> 32));
    AppendInt32(out, static_cast<uint32_t>(value));
  }
  values_.push_back({.binary = true, .oid = kInt8Array, .bytes = std::move(out)});
  return *this;
}

Params& Params::BytesArray(const std::vector<std::string>& values) {
  values_.push_back({.binary = true, .oid = kByteaArray, .bytes = StringArray(values, kBytea)});
  return *this;
}

}  // namespace pdv::pg
