#include "common/validate/values.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "common/types/date.h"
#include "common/validate/formats.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

namespace pdv::validate {
namespace {

size_t CountCharacters(std::string_view text) {
  return std::count_if(text.begin(), text.end(),
                       [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; });
}

std::string Bounds(const ::pdv::commun::options::v1::Field& options) {
  if (options.has_min() && options.has_max()) {
    return "La valeur doit être comprise entre " + std::to_string(options.min()) + " et " +
           std::to_string(options.max()) + ".";
  }
  return options.has_min() ? "La valeur minimale est " + std::to_string(options.min()) + "."
                           : "La valeur maximale est " + std::to_string(options.max()) + ".";
}

Fault OutOfBounds(const FieldRules& rules) { return {"VALEUR_HORS_BORNES", Bounds(rules.options)}; }

std::optional<Fault> ToFault(const FieldRules& rules, const absl::Status& format) {
  if (format.ok()) return std::nullopt;
  // The sentence may quote the value, which a secret does not bear.
  if (rules.options.secret()) return Fault{"FORMAT_INVALIDE", "Cet identifiant n'est pas valide."};
  return Fault{"FORMAT_INVALIDE", std::string(format.message())};
}

}  // namespace

std::optional<Fault> CheckText(const FieldRules& rules, std::string_view text) {
  // The bytes bound the characters: most texts need no counting.
  if (text.size() > rules.max_len) {
    const size_t length = rules.kind == Kind::kText ? CountCharacters(text) : text.size();
    if (length > rules.max_len) {
      return Fault{"TEXTE_TROP_LONG", "Le texte compte " + std::to_string(length) +
                                          " caractères ; " + std::to_string(rules.max_len) +
                                          " au plus sont admis."};
    }
  }
  if (rules.kind != Kind::kText) return std::nullopt;
  if (text.find('\0') != std::string_view::npos) {
    return Fault{"FORMAT_INVALIDE", "Le texte contient un caractère nul."};
  }
  if (rules.pattern != nullptr && !RE2::FullMatch({text.data(), text.size()}, *rules.pattern)) {
    return Fault{"FORMAT_INVALIDE",
                 "Le texte ne suit pas la forme attendue : " + rules.options.pattern()};
  }
  return ToFault(rules, CheckFormat(rules.options.format(), text));
}

std::optional<Fault> CheckInteger(const FieldRules& rules, int64_t value) {
  if (rules.options.has_min() && value < rules.options.min()) return OutOfBounds(rules);
  if (rules.options.has_max() && value > rules.options.max()) return OutOfBounds(rules);
  // Zero, where it cannot be told from "not given", is not an exercice that somebody wrote.
  if (value == 0 && !rules.field->has_presence() && !rules.options.required()) return std::nullopt;
  return ToFault(rules, CheckFormat(rules.options.format(), value));
}

std::optional<Fault> CheckUnsigned(const FieldRules& rules, uint64_t value) {
  // PostgreSQL's bigint is signed: what does not fit there fits nowhere.
  constexpr auto kLargest = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  if (value > kLargest) return Fault{"VALEUR_HORS_BORNES", "La valeur est trop grande."};
  return CheckInteger(rules, static_cast<int64_t>(value));
}

std::optional<Fault> CheckReal(const FieldRules& rules, double value) {
  if (!std::isfinite(value)) return Fault{"VALEUR_HORS_BORNES", "La valeur n'est pas un nombre."};
  if (rules.options.has_min() && value < static_cast<double>(rules.options.min())) {
    return OutOfBounds(rules);
  }
  if (rules.options.has_max() && value > static_cast<double>(rules.options.max())) {
    return OutOfBounds(rules);
  }
  return std::nullopt;
}

std::optional<Fault> CheckEnum(const FieldRules& rules, int value) {
  if (rules.field->enum_type()->FindValueByNumber(value) != nullptr) return std::nullopt;
  return Fault{"ENUM_INCONNUE", "La valeur " + std::to_string(value) +
                                    " n'est pas de l'énumération " +
                                    rules.field->enum_type()->name() + "."};
}

std::optional<Fault> CheckDate(const google::protobuf::Message& message) {
  const auto& date = static_cast<const google::type::Date&>(message);
  const bool in_range = date.year() >= 1 && date.year() <= 9999;
  if (in_range && types::DateValide(date.year(), date.month(), date.day())) return std::nullopt;
  return Fault{"DATE_INVALIDE", "Cette date n'existe pas : jour, mois et année sont attendus."};
}

std::optional<Fault> CheckInstant(const google::protobuf::Message& message) {
  const auto& instant = static_cast<const google::protobuf::Timestamp&>(message);
  // 0001-01-01T00:00:00Z to 9999-12-31T23:59:59.999999999Z, as timestamp.proto says.
  const bool valid = instant.seconds() >= -62'135'596'800 && instant.seconds() <= 253'402'300'799 &&
                     instant.nanos() >= 0 && instant.nanos() <= 999'999'999;
  if (valid) return std::nullopt;
  return Fault{"DATE_INVALIDE", "Cet instant n'est pas de notre ère."};
}

}  // namespace pdv::validate
