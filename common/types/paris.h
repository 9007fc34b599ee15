#ifndef PDV_COMMON_TYPES_PARIS_H_
#define PDV_COMMON_TYPES_PARIS_H_

#include "absl/time/time.h"
#include "common/types/date.h"

namespace pdv::types {

// The time of Paris, where the deadlines of the administration end at midnight. Summer time runs
// from the last Sunday of March to the last Sunday of October, 01:00 UTC (directive 2000/84/CE),
// which holds for every instant since 1996: no time zone files are needed on the machine, and none
// can be missing. Pure.

// What a clock shows there.
absl::CivilSecond HeureAParis(absl::Time instant);
// The day that it is there.
Date JourAParis(absl::Time instant);
// The first instant of a day there; that of the next day ends it.
absl::Time DebutDuJourAParis(Date jour);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_PARIS_H_
