#include "services/financement/store/agregats.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pg/whole_tables.h"
#include "services/financement/domain/comptes.h"
#include "services/financement/store/instants.h"

namespace pdv::financement {
namespace {

// One row is one sum: perimeter, exercice, axis and key are the table's own key.
constexpr char kPerimetre[] =
    "SELECT * FROM agregat WHERE perimetre = $1 AND exercice BETWEEN $2::int AND $3::int "
    "AND axe = ANY($4::text[]) AND nb_lignes <> 0 ORDER BY exercice, axe, cle";
// The contrats of a perimeter are the keys of its breakdown by contrat.
constexpr char kParContrat[] =
    "SELECT * FROM agregat WHERE axe = 'financeur' AND exercice BETWEEN $2::int AND $3::int "
    "AND nb_lignes <> 0 AND perimetre IN (SELECT cle FROM agregat WHERE perimetre = $1 "
    "AND axe = 'contrat' AND exercice BETWEEN $2::int AND $3::int AND nb_lignes <> 0 "
    "AND cle <> '') ORDER BY perimetre, exercice, cle";

// As of an instant: the lines that were known then, classified as they are now, with the sums of
// their entries until then, broken down by the same functions as the sums that are kept. $1
// perimeter, $2-$3 exercices, $4 axes, $5 instant.
constexpr char kLignes[] =
    "WITH l AS MATERIALIZED (SELECT * FROM ligne WHERE exercice BETWEEN $2::int AND $3::int"
    " AND create_time <= $5::timestamptz"
    " AND ($1::text = 'nation' OR $1::text IN (region, departement, contrat))),";
// The contrats of a perimeter count whole.
constexpr char kLignesDesContrats[] =
    "WITH l AS MATERIALIZED (SELECT * FROM ligne WHERE exercice BETWEEN $2::int AND $3::int"
    " AND create_time <= $5::timestamptz AND contrat IN (SELECT contrat FROM ligne"
    " WHERE exercice BETWEEN $2::int AND $3::int AND create_time <= $5::timestamptz"
    " AND ($1::text = 'nation' OR $1::text IN (region, departement, contrat)))),";

std::string AuPasse(const char* lignes, bool par_contrat) {
  const std::string perimetre = par_contrat ? "l.contrat" : "''::text";
  std::string sommes, tableau, colonnes;
  int k = 0;
  for (const Poste& poste : Postes()) {
    if (poste.stade == Stade::kReserve) continue;  // not an amount of a dashboard
    std::string nom(poste.nom);
    absl::StrAppend(&sommes, k > 0 ? ", " : "", "coalesce(sum(m) FILTER (WHERE poste = '", nom,
                    "'), 0)::bigint");
    std::replace(nom.begin(), nom.end(), '-', '_');
    ++k;
    absl::StrAppend(&colonnes, ", sum(a.montants[", k, "])::bigint AS ", nom, "_centimes");
  }
  return absl::StrCat(
      lignes, " s AS (SELECT ligne, ARRAY[", sommes,
      "] AS montants FROM (SELECT c.ligne, split_part(c.compte, '/', 4) AS poste,"
      " c.montant_centimes AS m FROM l JOIN mouvement_ligne_compte c ON c.ligne = l.name"
      " WHERE c.instant <= $5::timestamptz) x GROUP BY ligne)"
      " SELECT ",
      perimetre, " AS perimetre, l.exercice, a.axe, a.cle", colonnes,
      ", count(*) AS nb_lignes FROM l LEFT JOIN s ON s.ligne = l.name,"
      " axes_ligne(l.contrat, l.thematique, l.dispositif, l.financeur, l.quartiers,"
      " coalesce(s.montants, array_fill(0::bigint, ARRAY[10]))) a WHERE a.axe = ANY($4::text[])"
      " GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4");
}

constexpr char kEcarts[] = "SELECT phrase FROM ecart ORDER BY phrase LIMIT 1000";
constexpr char kOrphelines[] =
    "SELECT name FROM ligne l WHERE NOT EXISTS (SELECT 1 FROM miroir_action a "
    "WHERE a.name = l.action AND a.delete_time IS NULL) ORDER BY name LIMIT 1000";

void Ajouter(const pg::Result& rows, int row, bool par_contrat, v1::Agregats* answer) {
  auto amount = [&](std::string_view column) { return rows.Int64(row, rows.Column(column)); };
  auto text = [&](std::string_view column) {
    return std::string(rows.Text(row, rows.Column(column)));
  };
  v1::Agregat* one = answer->add_agregats();
  one->set_exercice(static_cast<int32_t>(amount("exercice")));
  one->set_axe(text("axe"));
  one->set_cle(text("cle"));
  one->set_demande_droit_commun_centimes(amount("demande_droit_commun_centimes"));
  one->set_demande_specifiques_centimes(amount("demande_specifiques_centimes"));
  one->set_propose_droit_commun_centimes(amount("propose_droit_commun_centimes"));
  one->set_propose_specifiques_centimes(amount("propose_specifiques_centimes"));
  one->set_vote_droit_commun_centimes(amount("vote_droit_commun_centimes"));
  one->set_vote_specifiques_centimes(amount("vote_specifiques_centimes"));
  one->set_engage_droit_commun_centimes(amount("engage_droit_commun_centimes"));
  one->set_engage_specifiques_centimes(amount("engage_specifiques_centimes"));
  one->set_paye_droit_commun_centimes(amount("paye_droit_commun_centimes"));
  one->set_paye_specifiques_centimes(amount("paye_specifiques_centimes"));
  one->set_nb_lignes(amount("nb_lignes"));
  if (par_contrat) one->set_contrat(text("perimetre"));
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
  if (request.has_read_time()) {
    absl::Status reached = VerifierInstant(session, request.read_time());
    if (!reached.ok()) return reached;
    static const std::string perimetre = AuPasse(kLignes, false);
    static const std::string par_contrat = AuPasse(kLignesDesContrats, true);
    const std::string instant = InstantSql(true, request.read_time());
    pg::Params then = with_axes, by_funder = range;
    then.Text(instant);
    by_funder.TextArray({"financeur"}).Text(instant);
    statements = {{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}, false},
                  {pg::kWholeTables, {}, false},
                  {perimetre, then, true}};
    if (request.par_contrat()) statements.push_back({par_contrat, by_funder, true});
    statements.push_back({"COMMIT", {}, false});
  }
  auto results = session.Pipeline(statements);
  if (!results.ok()) return results.status();
  v1::Agregats answer;
  const size_t first = request.has_read_time() ? 2 : 0;
  for (size_t i = 0; i < (request.par_contrat() ? 2 : 1); ++i) {
    const pg::Result& rows = (*results)[first + i];
    for (int row = 0; row < rows.rows(); ++row) Ajouter(rows, row, /*par_contrat=*/i == 1, &answer);
  }
  return answer;
}

absl::StatusOr<v1::VerifierAgregatsResponse> VerifierAgregats(pg::Session& session,
                                                              const v1::VerifierAgregatsRequest&) {
  // One snapshot for all, and the time that 1.4 million lines take.
  auto results = session.Pipeline({{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}, false},
                                   {pg::kLongStatements, {}, false},
                                   {pg::kWholeTables, {}, false},
                                   {kEcarts, {}, true},
                                   {kOrphelines, {}, true},
                                   {"SELECT count(*) FROM ligne", {}, true},
                                   {"SELECT count(*) FROM ecriture", {}, true},
                                   {"COMMIT", {}, false}},
                                  pg::kLongPatience);
  if (!results.ok()) return results.status();
  const pg::Result &gaps = (*results)[3], &orphans = (*results)[4], &count = (*results)[5];
  v1::VerifierAgregatsResponse answer;
  for (int row = 0; row < gaps.rows(); ++row) answer.add_ecarts(std::string(gaps.Text(row, 0)));
  for (int row = 0; row < orphans.rows(); ++row)
    answer.add_lignes_orphelines(std::string(orphans.Text(row, 0)));
  answer.set_elements_verifies(count.Int64(0, 0));
  answer.set_ecritures_verifiees((*results)[6].Int64(0, 0));
  return answer;
}

}  // namespace pdv::financement
