#ifndef PDV_SERVICES_CONTRATS_DOMAIN_DATES_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_DATES_H_

#include "common/types/date.h"
#include "google/type/date.pb.h"

namespace pdv::contrats {

// The date in a message. Validated before: it is a day of the calendar.
inline types::Date DateDe(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

inline google::type::Date EnMessage(types::Date date) {
  google::type::Date message;
  message.set_year(static_cast<int32_t>(date.year()));
  message.set_month(date.month());
  message.set_day(date.day());
  return message;
}

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_DATES_H_
