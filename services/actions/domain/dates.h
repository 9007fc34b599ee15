#ifndef PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_

#include "common/types/date.h"
#include "google/type/date.pb.h"

namespace pdv::actions {

// The date in a message. Validated before: it is a day of the calendar.
inline types::Date DateDe(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_DATES_H_
