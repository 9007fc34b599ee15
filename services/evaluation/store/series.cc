#include "services/evaluation/store/series.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/store/sql_text.h"
#include "common/store/table.h"
#include "services/evaluation/domain/regles.h"

namespace pdv::evaluation {
namespace {

constexpr char kCibles[] =
    "SELECT c.name, c.indicateur, c.valeur, m.name, m.valeur FROM cible c "
    "LEFT JOIN LATERAL (SELECT name, valeur FROM mesure WHERE objet = c.objet "
    "AND indicateur = c.indicateur AND statut = 'CONNUE' AND desagregation IS NULL "
    "AND debut <= c.echeance ORDER BY debut DESC, name DESC LIMIT 1) m ON true "
    "WHERE c.objet = $1 ORDER BY c.name LIMIT 1000";

}  // namespace

absl::StatusOr<v1::Serie> GetSerie(pg::Session& session, const v1::GetSerieRequest& request) {
  const store::Table& table = store::Table::Of<v1::Mesure>();
  pg::Params params;
  params.Text(request.objet()).Text(request.indicateur()).Text(request.desagregation());
  absl::StatusOr<pg::Result> rows = session.Exec(
      store::Interned(absl::StrCat("SELECT ", table.select_list(),
                                   " FROM mesure WHERE objet = $1 AND indicateur = $2 AND "
                                   "coalesce(desagregation, '') = $3 ORDER BY debut, name "
                                   "LIMIT 1000")),
      params);
  if (!rows.ok()) return rows.status();
  v1::Serie serie;
  for (int row = 0; row < rows->rows(); ++row) {
    absl::Status read = table.FromRow(*rows, row, serie.add_mesures());
    if (!read.ok()) return read;
  }
  return serie;
}

absl::StatusOr<v1::ComparerCiblesResponse> ComparerCibles(
    pg::Session& session, const v1::ComparerCiblesRequest& request) {
  pg::Params params;
  params.Text(request.objet());
  absl::StatusOr<pg::Result> rows = session.Exec(kCibles, params);
  if (!rows.ok()) return rows.status();
  v1::ComparerCiblesResponse answer;
  for (int row = 0; row < rows->rows(); ++row) {
    v1::ComparaisonCible* one = answer.add_comparaisons();
    one->set_cible(std::string(rows->Text(row, 0)));
    one->set_indicateur(std::string(rows->Text(row, 1)));
    one->set_valeur_cible(std::string(rows->Text(row, 2)));
    if (rows->IsNull(row, 3)) continue;
    one->set_mesure(std::string(rows->Text(row, 3)));
    one->set_valeur_mesuree(std::string(rows->Text(row, 4)));
    one->set_ecart(Difference(one->valeur_mesuree(), one->valeur_cible()).value_or(""));
  }
  return answer;
}

}  // namespace pdv::evaluation
