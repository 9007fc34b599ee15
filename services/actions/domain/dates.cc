#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

// 01:00 UTC on the last Sunday of a month that has 31 days.
absl::Time DernierDimanche(int64_t year, int month) {
  const absl::CivilDay sunday =
      absl::PrevWeekday(absl::CivilDay(year, month + 1, 1), absl::Weekday::sunday);
  return absl::FromCivil(absl::CivilHour(sunday) + 1, absl::UTCTimeZone());
}

}  // namespace

void Ecrire(types::Date date, google::type::Date* message) {
  message->set_year(static_cast<int32_t>(date.year()));
  message->set_month(date.month());
  message->set_day(date.day());
}

void Ecrire(absl::Time instant, google::protobuf::Timestamp* message) {
  const int64_t micros = absl::ToUnixMicros(instant);
  message->set_seconds(micros / 1'000'000);
  message->set_nanos(static_cast<int32_t>(micros % 1'000'000) * 1000);
}

types::Date JourAParis(absl::Time instant) {
  const int64_t year = absl::ToCivilYear(instant, absl::UTCTimeZone()).year();
  const bool summer = instant >= DernierDimanche(year, 3) && instant < DernierDimanche(year, 10);
  return absl::ToCivilDay(instant + absl::Hours(summer ? 2 : 1), absl::UTCTimeZone());
}

}  // namespace pdv::actions
