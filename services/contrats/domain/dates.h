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

// What follows is for every dated fact, a message with `valide_du` and `valide_au`: it holds on
// [valide_du, valide_au), an unset bound is open.

template <class Fait>
bool EnVigueurLe(const Fait& fait, types::Date date) {
  if (fait.has_valide_du() && date < DateDe(fait.valide_du())) return false;
  return !fait.has_valide_au() || date < DateDe(fait.valide_au());
}

// False for a fact that ends before it began, or the same day: it would never hold.
template <class Fait>
bool PeriodeOrdonnee(const Fait& fait) {
  return !fait.has_valide_du() || !fait.has_valide_au() ||
         DateDe(fait.valide_du()) < DateDe(fait.valide_au());
}

// True when both hold on some same day. Both are ordered.
template <class Fait>
bool Chevauchent(const Fait& a, const Fait& b) {
  const bool a_ends_first =
      a.has_valide_au() && b.has_valide_du() && DateDe(a.valide_au()) <= DateDe(b.valide_du());
  const bool b_ends_first =
      b.has_valide_au() && a.has_valide_du() && DateDe(b.valide_au()) <= DateDe(a.valide_du());
  return !a_ends_first && !b_ends_first;
}

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_DATES_H_
