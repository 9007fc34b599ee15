#ifndef PDV_SERVICES_FINANCEMENT_APP_DECISION_H_
#define PDV_SERVICES_FINANCEMENT_APP_DECISION_H_

#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "common/store/changes.h"
#include "google/type/date.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/financement/app/grand_livre.h"
#include "services/financement/domain/etats.h"

namespace pdv::financement {

// What a verb must see beyond the line: its envelope; its funder, for others may record for it if
// it does not use the suite; the caller's interests; and where the dossier stands. Nothing when
// there is no such line.
std::vector<store::Read> Suites(const std::string& ligne, const store::Changes& changes);

// One verb on one line that was read with its Suites: right, state, dossier, amounts, entries.
// `set` writes what the request says. A refusal leaves `changes` and `livre` as they were; the
// caller closes `livre`.
absl::StatusOr<v1::Ligne> Decider(store::Changes& changes, GrandLivre& livre,
                                  const std::string& name, const std::string& etag, Verbe verbe,
                                  absl::FunctionRef<absl::Status(v1::Ligne&)> set);

// The day of an instant, where the law is made.
google::type::Date DayInParis(absl::Time instant);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_DECISION_H_
