#include "services/financement/store/agregats.h"

#include <algorithm>
#include <string>
#include <vector>

namespace pdv::financement {
namespace {

#define PDV_SOMMES                       \
  ", sum(demande_droit_commun_centimes)" \
  ", sum(demande_specifiques_centimes)"  \
  ", sum(propose_droit_commun_centimes)" \
  ", sum(propose_specifiques_centimes)"  \
  ", sum(vote_droit_commun_centimes)"    \
  ", sum(vote_specifiques_centimes)"     \
  ", sum(engage_droit_commun_centimes)"  \
  ", sum(engage_specifiques_centimes)"   \
  ", sum(paye_droit_commun_centimes)"    \
  ", sum(paye_specifiques_centimes)"     \
  ", sum(nb_lignes)"

constexpr char kPerimetre[] =
    "SELECT exercice, axe, cle" PDV_SOMMES
    ", '' FROM agregat WHERE perimetre = $1 AND exercice BETWEEN $2::int AND $3::int "
    "AND axe = ANY($4::text[]) GROUP BY exercice, axe, cle HAVING sum(nb_lignes) <> 0 "
    "ORDER BY exercice, axe, cle";
// The contrats of a perimeter are the keys of its breakdown by contrat.
constexpr char kParContrat[] =
    "SELECT exercice, axe, cle" PDV_SOMMES
    ", perimetre FROM agregat WHERE axe = 'financeur' AND exercice BETWEEN $2::int AND $3::int "
    "AND perimetre IN (SELECT cle FROM agregat WHERE perimetre = $1 AND axe = 'contrat' "
    "AND exercice BETWEEN $2::int AND $3::int AND nb_lignes <> 0 AND cle <> '') "
    "GROUP BY exercice, axe, cle, perimetre HAVING sum(nb_lignes) <> 0 "
    "ORDER BY perimetre, exercice, cle";

constexpr char kEcarts[] = "SELECT phrase FROM ecart ORDER BY phrase LIMIT 1000";
constexpr char kOrphelines[] =
    "SELECT name FROM ligne l WHERE NOT EXISTS (SELECT 1 FROM miroir_action a "
    "WHERE a.name = l.action AND a.delete_time IS NULL) ORDER BY name LIMIT 1000";

#undef PDV_SOMMES

void Ajouter(const pg::Result& rows, int row, v1::Agregats* answer) {
  v1::Agregat* one = answer->add_agregats();
  one->set_exercice(static_cast<int32_t>(rows.Int64(row, 0)));
  one->set_axe(std::string(rows.Text(row, 1)));
  one->set_cle(std::string(rows.Text(row, 2)));
  one->set_demande_droit_commun_centimes(rows.Int64(row, 3));
  one->set_demande_specifiques_centimes(rows.Int64(row, 4));
  one->set_propose_droit_commun_centimes(rows.Int64(row, 5));
  one->set_propose_specifiques_centimes(rows.Int64(row, 6));
  one->set_vote_droit_commun_centimes(rows.Int64(row, 7));
  one->set_vote_specifiques_centimes(rows.Int64(row, 8));
  one->set_engage_droit_commun_centimes(rows.Int64(row, 9));
  one->set_engage_specifiques_centimes(rows.Int64(row, 10));
  one->set_paye_droit_commun_centimes(rows.Int64(row, 11));
  one->set_paye_specifiques_centimes(rows.Int64(row, 12));
  one->set_nb_lignes(rows.Int64(row, 13));
  one->set_contrat(std::string(rows.Text(row, 14)));
}

}  // namespace

absl::StatusOr<v1::Agregats> GetAgregats(pg::Session& session,
                                         const v1::GetAgregatsRequest& request) {
  std::vector<std::string> axes(request.axes().begin(), request.axes().end());
  if (axes.empty()) axes = {"total", "thematique", "dispositif", "financeur", "qpv", "contrat"};
  pg::Params range;
  range.Text(request.perimetre())
      .Int64(request.exercice_debut())
      .Int64(std::max(request.exercice_debut(), request.exercice_fin()));
  pg::Params with_axes = range;
  with_axes.TextArray(axes);
  std::vector<pg::Statement> statements{{kPerimetre, with_axes, true}};
  if (request.par_contrat()) statements.push_back({kParContrat, range, true});
  auto results = session.Pipeline(statements);
  if (!results.ok()) return results.status();
  v1::Agregats answer;
  for (const pg::Result& rows : *results) {
    for (int row = 0; row < rows.rows(); ++row) Ajouter(rows, row, &answer);
  }
  return answer;
}

absl::StatusOr<v1::VerifierAgregatsResponse> VerifierAgregats(pg::Session& session,
                                                              const v1::VerifierAgregatsRequest&) {
  auto results = session.Pipeline(
      {{kEcarts, {}, true}, {kOrphelines, {}, true}, {"SELECT count(*) FROM ligne", {}, true}});
  if (!results.ok()) return results.status();
  v1::VerifierAgregatsResponse answer;
  for (int row = 0; row < (*results)[0].rows(); ++row)
    answer.add_ecarts(std::string((*results)[0].Text(row, 0)));
  for (int row = 0; row < (*results)[1].rows(); ++row)
    answer.add_lignes_orphelines(std::string((*results)[1].Text(row, 0)));
  answer.set_elements_verifies((*results)[2].Int64(0, 0));
  return answer;
}

}  // namespace pdv::financement
