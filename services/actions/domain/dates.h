#ifndef PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_

#include "absl/time/time.h"
#include "common/types/date.h"
#include "common/types/paris.h"
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

using types::JourAParis;

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_
