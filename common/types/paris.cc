#include "common/types/paris.h"

namespace pdv::types {
namespace {

// 01:00 UTC on the last Sunday of a month that has 31 days.
absl::Time DernierDimanche(int64_t year, int month) {
  const Date sunday = absl::PrevWeekday(Date(year, month + 1, 1), absl::Weekday::sunday);
  return absl::FromCivil(absl::CivilHour(sunday) + 1, absl::UTCTimeZone());
}

absl::Duration Avance(absl::Time instant) {
  const int64_t year = absl::ToCivilYear(instant, absl::UTCTimeZone()).year();
  const bool summer = instant >= DernierDimanche(year, 3) && instant < DernierDimanche(year, 10);
  return absl::Hours(summer ? 2 : 1);
}

}  // namespace

absl::CivilSecond HeureAParis(absl::Time instant) {
  return absl::ToCivilSecond(instant + Avance(instant), absl::UTCTimeZone());
}

Date JourAParis(absl::Time instant) { return Date(HeureAParis(instant)); }

absl::Time DebutDuJourAParis(Date jour) {
  // Clocks are changed hours after midnight: what they say an hour before it in UTC is what they
  // say at midnight.
  const absl::Time midnight = absl::FromCivil(jour, absl::UTCTimeZone());
  return midnight - Avance(midnight - absl::Hours(1));
}

}  // namespace pdv::types
