#include "common/types/date.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "common/types/refus.h"

namespace pdv::types {
namespace {

bool Number(std::string_view text, int* value) {
  for (char c : text)
    if (c < '0' || c > '9') return false;
  return absl::SimpleAtoi(View(text), value);
}

}  // namespace

bool DateValide(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31) return false;
  const Date date(year, month, day);
  return date.month() == month && date.day() == day;  // CivilDay normalises the 30th of February
}

absl::StatusOr<Date> LireDate(std::string_view text) {
  int year, month, day;
  bool read = false;
  if (text.size() == 10 && text[4] == text[7] && (text[4] == '-' || text[4] == '/')) {
    read = Number(text.substr(0, 4), &year) && Number(text.substr(5, 2), &month) &&
           Number(text.substr(8, 2), &day);
  } else if (text.size() == 10 && text[2] == '/' && text[5] == '/') {
    read = Number(text.substr(6, 4), &year) && Number(text.substr(3, 2), &month) &&
           Number(text.substr(0, 2), &day);
  }
  if (!read) return Refus(text, "une date", "elle s'écrit AAAA-MM-JJ ou JJ/MM/AAAA");
  if (!DateValide(year, month, day))
    return Refus(text, "une date", "ce jour n'est pas au calendrier");
  return Date(year, month, day);
}

std::string FormaterDate(Date date) {
  return absl::StrFormat("%04d-%02d-%02d", date.year(), date.month(), date.day());
}

std::string EcrireDate(Date date) {
  constexpr const char* kMois[] = {"janvier", "février", "mars",      "avril",   "mai",      "juin",
                                   "juillet", "août",    "septembre", "octobre", "novembre", "décembre"};
  return absl::StrFormat("%d%s %s %d", date.day(), date.day() == 1 ? "er" : "",
                         kMois[date.month() - 1], date.year());
}

absl::StatusOr<Periode> LirePeriode(std::string_view text) {
  const bool two = text.size() == 21 && (text[10] == '/' || text[10] == '_');
  absl::StatusOr<Date> first = LireDate(text.substr(0, 10));
  if (!first.ok() || (!two && text.size() != 10))
    return Refus(text, "une période", "elle s'écrit AAAA-MM-JJ/AAAA-MM-JJ");
  if (!two) return Periode{*first, *first + 1};
  absl::StatusOr<Date> last = LireDate(text.substr(11));
  if (!last.ok()) return last.status();
  if (*last < *first) return Refus(text, "une période", "elle finit avant de commencer");
  return Periode{*first, *last + 1};
}

}  // namespace pdv::types
