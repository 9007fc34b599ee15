#include "common/store/filter.h"

#include <cctype>
#include <cmath>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "absl/time/time.h"
#include "common/status/error.h"
#include "common/store/column_text.h"

namespace pdv::store {
namespace {

constexpr int kMaxDepth = 20;
constexpr size_t kMaxLength = 2000;
constexpr size_t kMaxValues = 50;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

// RFC 3339 has four digits for a year. Abseil reads others, and « infinite-future ».
bool Datable(absl::Time time) {
  static const absl::Time first = absl::FromCivil(absl::CivilYear(1), absl::UTCTimeZone());
  static const absl::Time end = absl::FromCivil(absl::CivilYear(10000), absl::UTCTimeZone());
  return time >= first && time < end;
}

class Compiler {
 public:
  Compiler(const Table& table, std::string_view text, int first)
      : table_(table), text_(text), next_(first) {}

  absl::StatusOr<Condition> Compile() {
    SkipBlanks();
    if (at_ == text_.size()) return Condition{"TRUE", {}};
    absl::StatusOr<std::string> sql = Expression(0);
    if (!sql.ok()) return sql.status();
    if (at_ != text_.size()) return Unexpected("la fin du filtre");
    return Condition{*std::move(sql), std::move(values_)};
  }

 private:
  absl::Status Refuse(std::string description) const {
    return status::InvalidRequest({{"filter", "FILTRE_INVALIDE", std::move(description)}});
  }
  absl::Status Unexpected(std::string_view wanted) const {
    return Refuse(absl::StrCat("À la position ", at_ + 1, " du filtre, on attendait ",
                               View(wanted), "."));
  }

  void SkipBlanks() {
    while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_]))) ++at_;
  }
  bool AtEndOfTerm() {
    SkipBlanks();
    return at_ == text_.size() || text_[at_] == ')';
  }
  // Consumes a keyword that stands alone.
  bool Keyword(std::string_view word) {
    SkipBlanks();
    if (text_.substr(at_, word.size()) != word) return false;
    const size_t end = at_ + word.size();
    if (end < text_.size() && !std::isspace(static_cast<unsigned char>(text_[end])) &&
        text_[end] != '(')
      return false;
    at_ = end;
    return true;
  }

  absl::StatusOr<std::string> Expression(int depth) {
    absl::StatusOr<std::string> sql = Term(depth);
    while (sql.ok() && !AtEndOfTerm()) {
      (void)Keyword("AND");
      absl::StatusOr<std::string> right = Term(depth);
      if (!right.ok()) return right;
      *sql = absl::StrCat("(", *sql, " AND ", *right, ")");
    }
    return sql;
  }

  absl::StatusOr<std::string> Term(int depth) {
    absl::StatusOr<std::string> sql = Factor(depth);
    while (sql.ok() && Keyword("OR")) {
      absl::StatusOr<std::string> right = Factor(depth);
      if (!right.ok()) return right;
      *sql = absl::StrCat("(", *sql, " OR ", *right, ")");
    }
    return sql;
  }

  absl::StatusOr<std::string> Factor(int depth) {
    if (depth > kMaxDepth) return Refuse("Le filtre est trop imbriqué.");
    SkipBlanks();
    if (at_ < text_.size() && text_[at_] == '-') {
      ++at_;
      absl::StatusOr<std::string> sql = Factor(depth + 1);
      if (!sql.ok()) return sql;
      return absl::StrCat("(NOT coalesce(", *sql, ", FALSE))");
    }
    if (Keyword("NOT")) {
      absl::StatusOr<std::string> sql = Factor(depth + 1);
      if (!sql.ok()) return sql;
      return absl::StrCat("(NOT coalesce(", *sql, ", FALSE))");
    }
    if (at_ < text_.size() && text_[at_] == '(') {
      ++at_;
      absl::StatusOr<std::string> sql = Expression(depth + 1);
      if (!sql.ok()) return sql;
      SkipBlanks();
      if (at_ == text_.size() || text_[at_] != ')') return Unexpected("« ) »");
      ++at_;
      return sql;
    }
    return Comparison();
  }

  std::string Word() {
    SkipBlanks();
    std::string word;
    while (at_ < text_.size() &&
           (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_'))
      word += text_[at_++];
    return word;
  }

  std::optional<std::string> Operator() {
    SkipBlanks();
    for (std::string_view op : {"!=", "<=", ">=", "=", "<", ">", ":"}) {
      if (text_.substr(at_, op.size()) == op) {
        at_ += op.size();
        return std::string(op);
      }
    }
    return std::nullopt;
  }

  absl::StatusOr<std::string> Value() {
    SkipBlanks();
    std::string value;
    if (at_ < text_.size() && (text_[at_] == '"' || text_[at_] == '\'')) {
      const char quote = text_[at_++];
      while (at_ < text_.size() && text_[at_] != quote) {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        value += text_[at_++];
      }
      if (at_ == text_.size()) return Unexpected("un guillemet fermant");
      ++at_;
      return value;
    }
    while (at_ < text_.size() && !std::isspace(static_cast<unsigned char>(text_[at_])) &&
           text_[at_] != ')' && text_[at_] != '(')
      value += text_[at_++];
    if (value.empty()) return Unexpected("une valeur");
    return value;
  }

  absl::StatusOr<std::string> Comparison() {
    const size_t start = at_;
    std::string field = Word();
    if (field.empty()) return Unexpected("un champ");
    const Column* column = table_.Find(field);
    if (column == nullptr || column->kind == Kind::kJson || column->kind == Kind::kBytes ||
        column->kind == Kind::kEtag) {
      at_ = start;
      return Refuse(absl::StrCat("« ", field, " » n'est pas un champ que l'on peut filtrer."));
    }
    std::optional<std::string> op = Operator();
    if (!op) return Unexpected("un opérateur (= != < <= > >= :)");
    absl::StatusOr<std::string> value = Value();
    if (!value.ok()) return value;
    if (values_.size() >= kMaxValues) return Refuse("Le filtre compte trop de conditions.");
    return Compare(*column, *op, *std::move(value));
  }

  absl::StatusOr<std::string> Compare(const Column& column, const std::string& op,
                                      std::string value) {
    if (column.kind == Kind::kTextArray) {
      if (op != ":" && op != "=") return Refuse("Une liste se filtre avec « : ».");
      return absl::StrCat("(", column.name, " @> ARRAY[", Parameter(std::move(value)), "]::text[])");
    }
    if (op == ":" && column.kind == Kind::kText) {
      std::string pattern = absl::StrCat(
          "%", absl::StrReplaceAll(value, {{"\\", "\\\\"}, {"%", "\\%"}, {"_", "\\_"}}), "%");
      return absl::StrCat("(", column.name, " ILIKE ", Parameter(std::move(pattern)), ")");
    }
    absl::Status typed = Typed(column, &value);
    if (!typed.ok()) return typed;
    std::string left = column.name;
    // An absent text or enum equals the empty value, as the message shows it. Equality with anything
    // else is left to the index.
    const bool text = column.kind == Kind::kText || column.kind == Kind::kEnum;
    if (text && (op == "!=" || op == "<" || op == "<=" || value.empty()))
      left = absl::StrCat("coalesce(", column.name, ", '')");
    const std::string sql_op = op == ":" ? "=" : op == "!=" ? "<>" : op;
    return absl::StrCat("(", left, " ", sql_op, " ", Parameter(std::move(value)),
                        "::", View(column.sql_type()), ")");
  }

  // Brings the value to the form that PostgreSQL casts without error.
  absl::Status Typed(const Column& column, std::string* value) const {
    auto refuse = [&](std::string_view wanted) {
      return Refuse(absl::StrCat("« ", *value, " » n'est pas ", View(wanted), " (champ ",
                                 column.name, ")."));
    };
    int64_t number;
    double real;
    absl::Time time;
    std::string error;
    switch (column.kind) {
      case Kind::kInt64:
        return absl::SimpleAtoi(*value, &number) ? absl::OkStatus() : refuse("un entier");
      case Kind::kDouble:
        if (!absl::SimpleAtod(*value, &real) || !std::isfinite(real)) return refuse("un nombre");
        *value = absl::StrFormat("%.17g", real);
        return absl::OkStatus();
      case Kind::kBool:
        return *value == "true" || *value == "false" ? absl::OkStatus()
                                                     : refuse("« true » ou « false »");
      case Kind::kDate:
        if (!absl::ParseTime("%Y-%m-%d", *value, &time, &error) || value->size() != 10 ||
            !Datable(time))
          return refuse("une date AAAA-MM-JJ");
        *value = absl::FormatTime("%E4Y-%m-%d", time, absl::UTCTimeZone());
        return absl::OkStatus();
      case Kind::kTimestamp:
        if ((!absl::ParseTime(absl::RFC3339_full, *value, &time, &error) &&
             !absl::ParseTime("%Y-%m-%d", *value, &time, &error)) ||
            !Datable(time))
          return refuse("un instant RFC 3339");
        *value = TimeText(time);
        return absl::OkStatus();
      case Kind::kEnum: {
        const auto* type = column.field->enum_type();
        const auto* known = type->FindValueByName(*value);
        if (known == nullptr) known = EnumFromText(type, *value);
        if (known == nullptr) return refuse("une valeur de cette énumération");
        *value = known->number() == 0 ? "" : EnumText(known);
        return absl::OkStatus();
      }
      default:
        return absl::OkStatus();
    }
  }

  std::string Parameter(std::string value) {
    values_.push_back(std::move(value));
    return absl::StrCat("$", next_++);
  }

  const Table& table_;
  std::string_view text_;
  size_t at_ = 0;
  int next_;
  std::vector<std::string> values_;
};

}  // namespace

absl::StatusOr<Condition> CompileFilter(const Table& table, std::string_view filter,
                                        int first_parameter) {
  if (filter.size() > kMaxLength)
    return status::InvalidRequest(
        {{"filter", "FILTRE_INVALIDE", "Le filtre dépasse 2 000 caractères."}});
  return Compiler(table, filter, first_parameter).Compile();
}

}  // namespace pdv::store
