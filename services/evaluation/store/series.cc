#include "services/evaluation/store/series.h"

#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/sql_text.h"
#include "common/store/table.h"
#include "services/evaluation/domain/decimal.h"
#include "services/evaluation/domain/regles.h"

namespace pdv::evaluation {
namespace {

constexpr int kPlusLongue = 1000;

constexpr char kIndicateur[] = "SELECT 1 FROM indicateur WHERE name = $1";

// The last known measure of the whole that begins on or before the date of each target.
constexpr char kCibles[] =
    "SELECT c.name, c.indicateur, c.valeur, i.polarite, m.name, m.valeur FROM cible c "
    "JOIN indicateur i ON i.name = c.indicateur "
    "LEFT JOIN LATERAL (SELECT name, valeur FROM mesure WHERE objet = c.objet "
    "AND indicateur = c.indicateur AND statut = 'CONNUE' AND desagregation IS NULL "
    "AND debut <= c.echeance ORDER BY debut DESC, fin DESC LIMIT 1) m ON true "
    "WHERE c.objet = $1 ORDER BY c.echeance, c.name LIMIT 1000";

// The newest ones, one more than is shown, then in order.
std::string SerieSql(const store::Table& table) {
  return absl::StrCat("SELECT ", table.select_list(), " FROM (SELECT * FROM mesure ",
                      "WHERE objet = $1 AND indicateur = $2 ",
                      "AND desagregation IS NOT DISTINCT FROM nullif($3, '') ",
                      "ORDER BY debut DESC, fin DESC LIMIT ", kPlusLongue + 1,
                      ") AS recentes ORDER BY debut, fin");
}

v1::Polarite Polarite(std::string_view text) {
  v1::Polarite polarite = v1::POLARITE_UNSPECIFIED;
  v1::Polarite_Parse(absl::StrCat("POLARITE_", std::string(text)), &polarite);
  return polarite;
}

}  // namespace

absl::StatusOr<v1::Serie> GetSerie(pg::Session& session, const v1::GetSerieRequest& request) {
  const store::Table& table = store::Table::Of<v1::Mesure>();
  pg::Params indicateur, params;
  indicateur.Text(request.indicateur());
  params.Text(request.objet()).Text(request.indicateur()).Text(request.desagregation());
  absl::StatusOr<std::vector<pg::Result>> results =
      session.Pipeline({{kIndicateur, std::move(indicateur), true},
                        {store::Interned(SerieSql(table)), std::move(params), true}});
  if (!results.ok()) return results.status();
  if ((*results)[0].rows() == 0) return status::NotFound(request.indicateur());
  const pg::Result& rows = (*results)[1];
  v1::Serie serie;
  serie.set_incomplete(rows.rows() > kPlusLongue);
  for (int row = serie.incomplete() ? 1 : 0; row < rows.rows(); ++row) {
    absl::Status read = table.FromRow(rows, row, serie.add_mesures());
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
    one->set_mesure(std::string(rows->Text(row, 4)));
    one->set_valeur_mesuree(std::string(rows->Text(row, 5)));
    const std::optional<std::string> gap = Difference(one->valeur_mesuree(), one->valeur_cible());
    if (gap) one->set_ecart(*gap);
    one->set_atteinte(Situation(Polarite(rows->Text(row, 3)), gap));
  }
  return answer;
}

}  // namespace pdv::evaluation
