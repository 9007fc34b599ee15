#include "services/contrats/store/contrats_at.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/pg/params.h"
#include "common/store/table.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {

absl::StatusOr<v1::ContratsAtResponse> ContratsAt(pg::Session& session,
                                                  const v1::ContratsAtRequest& request) {
  const store::Table& table = store::Table::Of<v1::Contrat>();
  pg::Params params;
  params.Text(request.territoire());
  absl::StatusOr<pg::Result> rows = session.Exec(
      absl::StrCat("SELECT ", table.select_list(),
                   " FROM contrat WHERE delete_time IS NULL AND territoires @> "
                   "jsonb_build_array(jsonb_build_object('territoire', $1::text)) ORDER BY name"),
      params);
  if (!rows.ok()) return rows.status();
  const types::Date date = request.has_date() ? DateDe(request.date())
                                              : absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  v1::ContratsAtResponse answer;
  for (int row = 0; row < rows->rows(); ++row) {
    v1::Contrat contrat;
    absl::Status read = table.FromRow(*rows, row, &contrat);
    if (!read.ok()) return read;
    const bool present = std::any_of(
        contrat.territoires().begin(), contrat.territoires().end(), [&](const v1::Territoire& t) {
          return t.territoire() == request.territoire() && EnVigueurLe(t, date);
        });
    const bool running = (!contrat.has_date_debut() || DateDe(contrat.date_debut()) <= date) &&
                         (!contrat.has_date_fin() || date <= DateDe(contrat.date_fin()));
    if (present && running) *answer.add_contrats() = std::move(contrat);
  }
  return answer;
}

}  // namespace pdv::contrats
