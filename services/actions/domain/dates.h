#ifndef PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_

#include "absl/time/time.h"
#include "common/types/date.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"

namespace pdv::actions {

// The date in a message. Validated before: it is a day of the calendar.
inline types::Date DateDe(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

void Ecrire(types::Date date, google::type::Date* message);
// To the microsecond, the precision of the store.
void Ecrire(absl::Time instant, google::protobuf::Timestamp* message);

// The day that it is in Paris: deadlines of the administration end at midnight there. Summer time
// runs from the last Sunday of March to the last Sunday of October, 01:00 UTC (directive
// 2000/84/CE), which holds for every instant since 1996; no time zone files are needed on the
// machine.
types::Date JourAParis(absl::Time instant);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_
