#include "services/actions/app/reconduction.h"

#include "absl/strings/str_cat.h"
#include "common/service/field_rules.h"
#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/domain/reconduction.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {

store::Mutation ReconduireAction(const v1::ReconduireActionRequest& request) {
  const absl::StatusOr<std::string> name =
      service::ChooseName("actions/*", "", request.action_id(), "", "action");
  if (!name.ok()) return store::Refuse(name.status());
  return store::DecideFollowing<v1::Action>(
      {store::Read::Of<v1::Action>(request.name()), store::Read::Of<v1::Action>(*name)},
      [name = request.name()](const store::Changes& changes) {
        std::vector<store::Read> reads = MandatsDuDossier(changes, name);
        const auto* action = changes.Find<v1::Action>(name);
        if (action != nullptr)
          reads.push_back({&MiroirContrat(), "name", action->contrat(), false});
        return reads;
      },
      [request, name = *name](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> previous = PourAgir(changes, request.name(), request.etag());
        if (!previous.ok()) return previous;
        const absl::Status own = VerifierPerimetre(changes, previous->porteur(), Verbe::kModifier);
        if (!own.ok()) return own;
        absl::StatusOr<v1::Action> next = Reconduire(
            *previous, request.exercice(),
            Miroir<contrats::v1::Contrat>(changes, MiroirContrat(), previous->contrat()));
        if (!next.ok()) return next;
        next->set_name(name);
        return changes.Insert(*std::move(next));
      });
}

absl::StatusOr<v1::Lignee> GetLignee(pg::Session& session, const v1::GetLigneeRequest& request) {
  const store::Table& table = store::Table::Of<v1::Action>();
  // The root names no lineage: it is one.
  const std::string sql = absl::StrCat(
      "WITH racine AS (SELECT coalesce(lignee, name) AS name FROM action WHERE name = $1) SELECT ",
      table.select_list(),
      " FROM action WHERE name = (SELECT r.name FROM racine r) "
      "OR (lignee = (SELECT r.name FROM racine r) AND delete_time IS NULL) "
      "ORDER BY exercice, name");
  pg::Params name;
  name.Text(request.name());
  absl::StatusOr<pg::Result> rows = session.Exec(sql, name);
  if (!rows.ok()) return rows.status();
  if (rows->rows() == 0) return status::NotFound(request.name());
  v1::Lignee lineage;
  for (int row = 0; row < rows->rows(); ++row) {
    const absl::Status read = table.FromRow(*rows, row, lineage.add_actions());
    if (!read.ok()) return read;
  }
  lineage.set_racine(RacineDe(lineage.actions(0)));
  return lineage;
}

}  // namespace pdv::actions
