#ifndef PDV_SERVICES_CONTRATS_APP_CHANGEMENT_H_
#define PDV_SERVICES_CONTRATS_APP_CHANGEMENT_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/store/changes.h"
#include "common/types/date.h"

namespace pdv::contrats {

// The day of the transaction, in UTC: the clock of every rule of the calendar.
inline types::Date Aujourdhui(const store::Changes& changes) {
  return absl::ToCivilDay(changes.now(), absl::UTCTimeZone());
}

// The resource that a verb acts on: NOT_FOUND when it is not there or was deleted, ABORTED when it
// changed since the caller read it.
template <class T>
absl::StatusOr<T> PourAgir(const store::Changes& changes, const std::string& name,
                           const std::string& etag) {
  absl::StatusOr<T> row = changes.Get<T>(name);
  if (!row.ok()) return row;
  if (row->has_delete_time()) return store::Changes::Missing(name);
  absl::Status fresh = store::CheckEtag(*row, etag);
  if (!fresh.ok()) return fresh;
  return row;
}

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_APP_CHANGEMENT_H_
