#include "common/pg/result.h"

#include <libpq-fe.h>

#include <charconv>

namespace pdv::pg {

Result::Result(pg_result* raw) : raw_(raw, PQclear) {}

int Result::rows() const { return raw_ ? PQntuples(raw_.get()) : 0; }

int Result::columns() const { return raw_ ? PQnfields(raw_.get()) : 0; }

int Result::Column(std::string_view name) const {
  // Not PQfnumber: it folds case and understands quotes.
  for (int column = 0; column < columns(); ++column) {
    if (name == PQfname(raw_.get(), column)) return column;
  }
  return -1;
}

bool Result::IsNull(int row, int column) const {
  return !raw_ || PQgetisnull(raw_.get(), row, column) != 0;
}

std::string_view Result::Text(int row, int column) const {
  if (IsNull(row, column)) return {};
  return {PQgetvalue(raw_.get(), row, column),
          static_cast<size_t>(PQgetlength(raw_.get(), row, column))};
}

int64_t Result::Int64(int row, int column) const {
  const std::string_view text = Text(row, column);
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

bool Result::Bool(int row, int column) const { return Text(row, column) == "t"; }

std::string Result::Bytes(int row, int column) const {
  auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
  std::string_view text = Text(row, column);
  if (!text.starts_with("\\x")) return {};
  text.remove_prefix(2);
  std::string bytes;
  bytes.reserve(text.size() / 2);
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    bytes.push_back(static_cast<char>(digit(text[i]) << 4 | digit(text[i + 1])));
  }
  return bytes;
}

int64_t Result::affected() const {
  if (!raw_) return 0;
  const std::string_view text = PQcmdTuples(raw_.get());
  int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

}  // namespace pdv::pg
