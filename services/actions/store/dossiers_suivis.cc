#include "services/actions/store/dossiers_suivis.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "common/store/list.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

constexpr char kRegards[] =
    "SELECT tour, action FROM dossier_a_suivre WHERE tour > $1 ORDER BY tour LIMIT 1000";
// In one order, for several replicas that have looked at the same rows. Joined, for an array in a
// condition is walked through for each row of the table where the planner does not take the key.
constexpr char kOublier[] =
    "WITH vus AS MATERIALIZED (SELECT d.tour FROM unnest($1::bigint[]) AS u(tour) "
    "JOIN dossier_a_suivre d USING (tour) ORDER BY d.tour FOR UPDATE OF d) "
    "DELETE FROM dossier_a_suivre d USING vus WHERE d.tour = vus.tour";
constexpr char kDossiers[] =
    "SELECT name FROM action WHERE name = ANY($1::text[]) AND delete_time IS NULL "
    "AND etat IN ('DEPOSEE', 'COMPLETE', 'EN_INSTRUCTION', 'AJOURNEE')";
constexpr char kLignes[] =
    "SELECT action, coalesce(etat, ''), revision FROM miroir_ligne WHERE action = ANY($1::text[])";
constexpr char kBudgets[] =
    "SELECT action, revision FROM miroir_budget WHERE action = ANY($1::text[])";

v1f::EtatLigne EtatDe(std::string_view text) {
  v1f::EtatLigne etat = v1f::ETAT_LIGNE_UNSPECIFIED;
  (void)v1f::EtatLigne_Parse(absl::StrCat("ETAT_LIGNE_", std::string(text)), &etat);
  return etat;
}

pg::Params Names(const std::vector<std::string>& names) {
  pg::Params params;
  params.TextArray(names);
  return params;
}

}  // namespace

absl::StatusOr<std::vector<Regard>> Regards(pg::Session& session, int64_t apres) {
  pg::Params params;
  params.Int64(apres);
  absl::StatusOr<pg::Result> rows = session.Exec(kRegards, params);
  if (!rows.ok()) return rows.status();
  std::vector<Regard> regards;
  for (int row = 0; row < rows->rows(); ++row)
    regards.push_back({rows->Int64(row, 0), std::string(rows->Text(row, 1))});
  return regards;
}

absl::Status OublierRegards(pg::Session& session, const std::vector<Regard>& regards) {
  std::vector<int64_t> tours;
  for (const Regard& regard : regards) tours.push_back(regard.tour);
  pg::Params params;
  params.Int64Array(tours);
  return session.Exec(kOublier, params).status();
}

absl::StatusOr<std::vector<DossierSuivi>> DossiersSuivis(pg::Session& session,
                                                         const std::vector<Regard>& regards) {
  std::vector<std::string> names;
  for (const Regard& regard : regards) names.push_back(regard.action);
  absl::StatusOr<pg::Result> followed = session.Exec(kDossiers, Names(names));
  if (!followed.ok()) return followed.status();
  names.clear();
  for (int row = 0; row < followed->rows(); ++row) names.emplace_back(followed->Text(row, 0));
  if (names.empty()) return std::vector<DossierSuivi>();

  auto actions = store::RowsByName(session, store::Table::Of<v1::Action>(), names);
  if (!actions.ok()) return actions.status();
  auto euros = session.Pipeline({{kLignes, Names(names), true}, {kBudgets, Names(names), true}});
  if (!euros.ok()) return euros.status();
  const pg::Result &lignes = (*euros)[0], &budgets = (*euros)[1];
  std::map<std::string, DossierSuivi> dossiers;
  std::map<std::string, int64_t> sums;
  for (const auto& [name, row] : *actions)
    dossiers[name].action = static_cast<const v1::Action&>(*row);
  for (int row = 0; row < lignes.rows(); ++row) {
    const std::string action(lignes.Text(row, 0));
    dossiers[action].lignes.push_back(EtatDe(lignes.Text(row, 1)));
    sums[action] += lignes.Int64(row, 2);
  }
  for (int row = 0; row < budgets.rows(); ++row)
    dossiers[std::string(budgets.Text(row, 0))].budget_etag = std::string(budgets.Text(row, 1));
  std::vector<DossierSuivi> answer;
  for (auto& [name, dossier] : dossiers) {
    if (dossier.action.name().empty()) continue;  // it was deleted meanwhile
    dossier.revisions = absl::StrCat(dossier.action.etag(), "/", dossier.lignes.size(), "/",
                                     sums[name], "/", dossier.budget_etag.value_or(""));
    answer.push_back(std::move(dossier));
  }
  return answer;
}

}  // namespace pdv::actions
