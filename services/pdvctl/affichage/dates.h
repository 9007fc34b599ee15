#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_DATES_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_DATES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/civil_time.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

namespace pdv::pdvctl {

// Days as French people write them. Pure but LireInstant and AujourdhuiAParis, which look at the
// clock; thread-safe.

// 2024-03-01 -> "01/03/2024"; "" where the date is not set.
std::string DateFr(const google::type::Date& date);
// An instant as it is in Paris: "01/03/2024 14:05:09"; "" where it is not set.
std::string InstantFr(const google::protobuf::Timestamp& instant);
// "2024-03-01", "01/03/2024" or "1er mars 2024" -> the date. INVALID_ARGUMENT, in French, for
// anything else.
absl::Status LireDate(std::string_view texte, google::type::Date* date);
// "2026-11-23T14:00:00+01:00", or a day: its last instant in Paris (a second ago, if it is today).
// INVALID_ARGUMENT, in French, for anything else.
absl::Status LireInstant(std::string_view texte, google::protobuf::Timestamp* instant);
absl::CivilDay JourCivil(const google::type::Date& date);
// The day that it is in Paris: the day of French deadlines.
absl::CivilDay AujourdhuiAParis();

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_DATES_H_
