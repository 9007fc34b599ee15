#include "services/pdvctl/affichage/dates.h"

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/types/nom.h"
#include "common/types/paris.h"
#include "google/protobuf/util/time_util.h"

namespace pdv::pdvctl {
namespace {

// "mars", "aout": as they are typed, without their accents.
constexpr const char* kMois[] = {"janvier",   "fevrier", "mars",     "avril",
                                 "mai",       "juin",    "juillet",  "aout",
                                 "septembre", "octobre", "novembre", "decembre"};

struct TroisNombres {
  int year = 0, month = 0, day = 0;
};

// "2 mars 2027", "1er août 2027"; a month of 0 where it is no such text.
TroisNombres EnToutesLettres(absl::string_view text) {
  const std::vector<std::string> words = absl::StrSplit(text, ' ', absl::SkipEmpty());
  TroisNombres date;
  if (words.size() != 3) return date;
  const bool first = words[0] == "1er";
  if (!(first || absl::SimpleAtoi(words[0], &date.day)) || !absl::SimpleAtoi(words[2], &date.year))
    return date;
  if (first) date.day = 1;
  const std::string month = types::IdentifiantDe({words[1].data(), words[1].size()});
  for (int i = 0; i < 12; ++i)
    if (month == kMois[i]) date.month = i + 1;
  return date;
}

TroisNombres EnChiffres(absl::string_view text) {
  const bool french = absl::StrContains(text, '/');
  const std::vector<std::string> parts = absl::StrSplit(text, french ? '/' : '-');
  TroisNombres date;
  if (parts.size() == 3 && absl::SimpleAtoi(parts[french ? 2 : 0], &date.year) &&
      absl::SimpleAtoi(parts[1], &date.month) && absl::SimpleAtoi(parts[french ? 0 : 2], &date.day))
    return date;
  return {};
}

}  // namespace

std::string DateFr(const google::type::Date& date) {
  if (date.year() == 0) return "";
  return absl::StrFormat("%02d/%02d/%04d", date.day(), date.month(), date.year());
}

std::string InstantFr(const google::protobuf::Timestamp& instant) {
  if (instant.seconds() == 0) return "";
  const absl::CivilSecond shown = types::HeureAParis(absl::FromUnixSeconds(instant.seconds()));
  return absl::StrFormat("%02d/%02d/%04d %02d:%02d:%02d", shown.day(), shown.month(), shown.year(),
                         shown.hour(), shown.minute(), shown.second());
}

absl::Status LireDate(std::string_view texte, google::type::Date* date) {
  const absl::string_view text(texte.data(), texte.size());
  const TroisNombres read = absl::StrContains(text, ' ') ? EnToutesLettres(text) : EnChiffres(text);
  // A civil day of another month or year than was written does not exist.
  const absl::CivilDay civil(read.year, read.month, read.day);
  if (read.year < 1900 || civil.year() != read.year || civil.month() != read.month ||
      civil.day() != read.day)
    return absl::InvalidArgumentError(absl::StrCat(
        "« ", text, " » n'est pas une date (2027-03-02, 02/03/2027 ou « 2 mars 2027 »)"));
  date->set_year(read.year);
  date->set_month(read.month);
  date->set_day(read.day);
  return absl::OkStatus();
}

absl::Status LireInstant(std::string_view texte, google::protobuf::Timestamp* instant) {
  const std::string text(texte);
  absl::Time time;
  if (text.find('T') != std::string::npos) {
    if (!absl::ParseTime(absl::RFC3339_full, text, &time, nullptr))
      return absl::InvalidArgumentError(absl::StrCat(
          "« ", text, " » n'est pas un instant : 2026-11-23T14:00:00+01:00, ou un jour"));
  } else {
    google::type::Date jour;
    if (absl::Status read = LireDate(texte, &jour); !read.ok()) return read;
    time = types::DebutDuJourAParis(JourCivil(jour) + 1) - absl::Microseconds(1);
    const absl::Time now = absl::Now();
    if (time > now && JourCivil(jour) <= AujourdhuiAParis()) time = now - absl::Seconds(1);
  }
  *instant = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(absl::ToUnixNanos(time));
  return absl::OkStatus();
}

absl::CivilDay JourCivil(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

absl::CivilDay AujourdhuiAParis() { return types::JourAParis(absl::Now()); }

}  // namespace pdv::pdvctl
