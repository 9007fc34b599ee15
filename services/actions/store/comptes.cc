#include "services/actions/store/comptes.h"

#include <algorithm>
#include <map>

#include "common/pg/whole_tables.h"

namespace pdv::actions {
namespace {

constexpr char kParExercice[] =
    "SELECT exercice, nb_actions FROM compte WHERE perimetre = $1 AND axe = 'total' AND cle = '' "
    "AND exercice BETWEEN $2::int AND $3::int AND nb_actions > 0 ORDER BY exercice";
constexpr char kPorteurs[] =
    "SELECT exercice, count(*) FROM compte_porteur WHERE perimetre = $1 "
    "AND exercice BETWEEN $2::int AND $3::int AND nb_actions > 0 GROUP BY exercice";
constexpr char kPorteursDistincts[] =
    "SELECT count(DISTINCT porteur) FROM compte_porteur WHERE perimetre = $1 "
    "AND exercice BETWEEN $2::int AND $3::int AND nb_actions > 0";
constexpr char kParAxe[] =
    "SELECT axe, cle, nb_actions, exercice FROM compte WHERE perimetre = $1 "
    "AND exercice BETWEEN $2::int AND $3::int AND axe = ANY($4::text[]) "
    "AND nb_actions <> 0 ORDER BY axe, cle, exercice";

// Both sides, joined: what is kept and what a recount gives.
constexpr char kEcarts[] =
    "WITH recompte AS ("
    "  SELECT p.perimetre, a.exercice, x.axe, x.cle, count(*) AS n FROM action a,"
    "  perimetres_action(a.contrat, a.departement, a.region) p,"
    "  axes_action(a.contrat, a.thematique, a.dispositif, a.quartiers, a.etat) x"
    "  WHERE a.delete_time IS NULL GROUP BY 1, 2, 3, 4) "
    "SELECT coalesce(r.perimetre, c.perimetre) || ' ' || coalesce(r.exercice, c.exercice) || ' ' ||"
    " coalesce(r.axe, c.axe) || ' ' || coalesce(r.cle, c.cle) || ' : ' ||"
    " coalesce(c.nb_actions, 0) || ' au lieu de ' || coalesce(r.n, 0) "
    "FROM recompte r FULL JOIN compte c USING (perimetre, exercice, axe, cle) "
    "WHERE coalesce(r.n, 0) <> coalesce(c.nb_actions, 0) "
    "UNION ALL "
    "SELECT coalesce(r.perimetre, c.perimetre) || ' porteur ' || coalesce(r.porteur, c.porteur) "
    "FROM (SELECT p.perimetre, a.exercice, a.porteur, count(*) AS n FROM action a,"
    "  perimetres_action(a.contrat, a.departement, a.region) p"
    "  WHERE a.delete_time IS NULL GROUP BY 1, 2, 3) r "
    "FULL JOIN compte_porteur c USING (perimetre, exercice, porteur) "
    "WHERE coalesce(r.n, 0) <> coalesce(c.nb_actions, 0) LIMIT 1000";

}  // namespace

absl::StatusOr<v1::Comptes> GetComptes(pg::Session& session, const v1::GetComptesRequest& request) {
  const int last = std::max(request.exercice_debut(), request.exercice_fin());
  pg::Params range;
  range.Text(request.perimetre()).Int64(request.exercice_debut()).Int64(last);
  pg::Params with_axes = range;
  with_axes.TextArray({request.axes().begin(), request.axes().end()});
  auto results = session.Pipeline({{kParExercice, range, true},
                                   {kPorteurs, range, true},
                                   {kPorteursDistincts, range, true},
                                   {kParAxe, with_axes, true}});
  if (!results.ok()) return results.status();
  v1::Comptes answer;
  std::map<int64_t, int64_t> porteurs;
  for (int row = 0; row < (*results)[1].rows(); ++row)
    porteurs[(*results)[1].Int64(row, 0)] = (*results)[1].Int64(row, 1);
  for (int row = 0; row < (*results)[0].rows(); ++row) {
    auto* one = answer.add_exercices();
    one->set_exercice(static_cast<int32_t>((*results)[0].Int64(row, 0)));
    one->set_nb_actions((*results)[0].Int64(row, 1));
    one->set_nb_porteurs(porteurs[one->exercice()]);
    answer.set_nb_actions(answer.nb_actions() + one->nb_actions());
  }
  answer.set_nb_porteurs((*results)[2].Int64(0, 0));
  for (int row = 0; row < (*results)[3].rows(); ++row) {
    auto* one = answer.add_axes();
    one->set_axe(std::string((*results)[3].Text(row, 0)));
    one->set_cle(std::string((*results)[3].Text(row, 1)));
    one->set_nb_actions((*results)[3].Int64(row, 2));
    one->set_exercice(static_cast<int32_t>((*results)[3].Int64(row, 3)));
  }
  return answer;
}

absl::StatusOr<v1::VerifierComptesResponse> VerifierComptes(pg::Session& session,
                                                            const v1::VerifierComptesRequest&) {
  // One snapshot for both, and the time that a whole country takes.
  auto results =
      session.Pipeline({{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}, false},
                        {pg::kLongStatements, {}, false},
                        {pg::kWholeTables, {}, false},
                        {kEcarts, {}, true},
                        {"SELECT count(*) FROM action WHERE delete_time IS NULL", {}, true},
                        {"COMMIT", {}, false}},
                       pg::kLongPatience);
  if (!results.ok()) return results.status();
  const pg::Result &gaps = (*results)[3], &count = (*results)[4];
  v1::VerifierComptesResponse answer;
  for (int row = 0; row < gaps.rows(); ++row) answer.add_ecarts(std::string(gaps.Text(row, 0)));
  answer.set_elements_verifies(count.Int64(0, 0));
  return answer;
}

}  // namespace pdv::actions
