#include "services/pdvctl/affichage/dates.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "google/protobuf/util/time_util.h"

namespace pdv::pdvctl {
namespace {

absl::TimeZone Paris() {
  absl::TimeZone paris;
  if (!absl::LoadTimeZone("Europe/Paris", &paris)) paris = absl::UTCTimeZone();
  return paris;
}

}  // namespace

std::string DateFr(const google::type::Date& date) {
  if (date.year() == 0) return "";
  return absl::StrFormat("%02d/%02d/%04d", date.day(), date.month(), date.year());
}

std::string InstantFr(const google::protobuf::Timestamp& instant) {
  if (instant.seconds() == 0) return "";
  return absl::FormatTime("%d/%m/%Y %H:%M:%S", absl::FromUnixSeconds(instant.seconds()), Paris());
}

absl::Status LireDate(std::string_view texte, google::type::Date* date) {
  const absl::string_view text(texte.data(), texte.size());
  const bool french = texte.find('/') != std::string_view::npos;
  const std::vector<std::string> parts = absl::StrSplit(text, french ? '/' : '-');
  int year = 0, month = 0, day = 0;
  const bool read = parts.size() == 3 && absl::SimpleAtoi(parts[french ? 2 : 0], &year) &&
                    absl::SimpleAtoi(parts[1], &month) &&
                    absl::SimpleAtoi(parts[french ? 0 : 2], &day);
  // A civil day of another month or year than was written does not exist.
  const absl::CivilDay civil(year, month, day);
  if (!read || year < 1900 || civil.year() != year || civil.month() != month || civil.day() != day)
    return absl::InvalidArgumentError(
        absl::StrCat("« ", text, " » n'est pas une date (AAAA-MM-JJ ou JJ/MM/AAAA)"));
  date->set_year(year);
  date->set_month(month);
  date->set_day(day);
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
    time = absl::FromCivil(JourCivil(jour) + 1, Paris()) - absl::Microseconds(1);
    const absl::Time now = absl::Now();
    if (time > now && JourCivil(jour) <= AujourdhuiAParis()) time = now - absl::Seconds(1);
  }
  *instant = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(absl::ToUnixNanos(time));
  return absl::OkStatus();
}

absl::CivilDay JourCivil(const google::type::Date& date) {
  return absl::CivilDay(date.year(), date.month(), date.day());
}

absl::CivilDay AujourdhuiAParis() { return absl::ToCivilDay(absl::Now(), Paris()); }

}  // namespace pdv::pdvctl
