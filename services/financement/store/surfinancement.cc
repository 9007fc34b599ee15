#include "services/financement/store/surfinancement.h"

#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/table.h"
#include "services/financement/domain/surfinancement.h"

namespace pdv::financement {
namespace {

constexpr char kPorteur[] =
    "SELECT coalesce(left(siret, 9), ''), coalesce(rna, '') FROM miroir_porteur"
    " WHERE name = $1::text AND delete_time IS NULL";
constexpr char kActions[] =
    "SELECT a.name, coalesce(a.intitule, ''), coalesce(a.exercice, 0), b.name IS NOT NULL,"
    " coalesce(b.charges_centimes, 0)"
    " FROM miroir_action a LEFT JOIN budget b ON b.action = a.name"
    " WHERE a.porteur = $1::text AND a.delete_time IS NULL AND ($2::int = 0 OR a.exercice = "
    "$2::int)"
    " AND coalesce(a.etat, '') NOT IN ('REFUSEE', 'IRRECEVABLE', 'ABANDONNEE', 'NON_REALISEE')"
    " ORDER BY a.name";
constexpr char kLignes[] =
    "SELECT (SELECT f.libelle FROM financeur f WHERE f.name = ligne.financeur),"
    " (SELECT coalesce(f.siren, '') FROM financeur f WHERE f.name = ligne.financeur),"
    " (SELECT f.categorie FROM financeur f WHERE f.name = ligne.financeur), ";
constexpr char kDesActions[] =
    " FROM ligne WHERE action IN (SELECT a.name FROM miroir_action a WHERE a.porteur = $1::text)"
    " ORDER BY name";
// Each half by its own index.
constexpr char kPubliees[] =
    " FROM subvention WHERE name IN ("
    "SELECT name FROM subvention WHERE $1::text <> '' AND beneficiaire_siret IS NOT NULL"
    " AND left(beneficiaire_siret, 9) = $1::text"
    " UNION SELECT name FROM subvention WHERE $2::text <> '' AND beneficiaire_rna = $2::text)"
    " AND ($3::int = 0 OR extract(year FROM date_convention) = $3::int"
    " OR $3::int BETWEEN left(periode_versement, 4)::int"
    " AND left(split_part(periode_versement || '/' || periode_versement, '/', 2), 4)::int)"
    " ORDER BY date_convention, name";
constexpr int kPremiereColonne = 3;

// The actions by name, without their lines; `sans_budget` counts those whose cost is unknown.
absl::StatusOr<std::map<std::string, ActionDetectee>> LireActions(
    pg::Session& session, const v1::DetecterSurfinancementRequest& request, int32_t* sans_budget) {
  pg::Params params;
  params.Text(request.porteur()).Int64(request.exercice());
  absl::StatusOr<pg::Result> rows = session.Exec(kActions, params);
  if (!rows.ok()) return rows.status();
  std::map<std::string, ActionDetectee> actions;
  for (int row = 0; row < rows->rows(); ++row) {
    ActionDetectee& action = actions[std::string(rows->Text(row, 0))];
    action.name = std::string(rows->Text(row, 0));
    action.intitule = std::string(rows->Text(row, 1));
    action.exercice = static_cast<int32_t>(rows->Int64(row, 2));
    if (rows->Bool(row, 3)) {
      action.cout_centimes = rows->Int64(row, 4);
    } else {
      ++*sans_budget;
    }
  }
  return actions;
}

absl::Status LireLignes(pg::Session& session, const std::string& porteur,
                        std::map<std::string, ActionDetectee>* actions) {
  const store::Table& table = store::Table::Of<v1::Ligne>();
  static const std::string sql = absl::StrCat(kLignes, table.select_list(), kDesActions);
  pg::Params params;
  params.Text(porteur);
  absl::StatusOr<pg::Result> rows = session.Exec(sql, params);
  if (!rows.ok()) return rows.status();
  for (int row = 0; row < rows->rows(); ++row) {
    LigneDetectee one;
    one.financeur = std::string(rows->Text(row, 0));
    one.siren = std::string(rows->Text(row, 1));
    v1::CategorieFinanceur categorie = v1::CATEGORIE_FINANCEUR_UNSPECIFIED;
    v1::CategorieFinanceur_Parse(
        absl::StrCat("CATEGORIE_FINANCEUR_", std::string(rows->Text(row, 2))), &categorie);
    one.publique = AidePublique(categorie);
    absl::Status read = table.FromRow(*rows, row, &one.ligne, kPremiereColonne);
    if (!read.ok()) return read;
    auto action = actions->find(one.ligne.action());
    if (action != actions->end()) action->second.lignes.push_back(std::move(one));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::vector<v1::Subvention>> LirePubliees(pg::Session& session,
                                                         const std::string& siren,
                                                         const std::string& rna, int32_t exercice) {
  const store::Table& table = store::Table::Of<v1::Subvention>();
  static const std::string sql = absl::StrCat("SELECT ", table.select_list(), kPubliees);
  pg::Params params;
  params.Text(siren).Text(rna).Int64(exercice);
  absl::StatusOr<pg::Result> rows = session.Exec(sql, params);
  if (!rows.ok()) return rows.status();
  std::vector<v1::Subvention> publiees(static_cast<size_t>(rows->rows()));
  for (int row = 0; row < rows->rows(); ++row) {
    absl::Status read = table.FromRow(*rows, row, &publiees[static_cast<size_t>(row)]);
    if (!read.ok()) return read;
  }
  return publiees;
}

}  // namespace

absl::StatusOr<v1::DetecterSurfinancementResponse> DetecterSurfinancement(
    pg::Session& session, const v1::DetecterSurfinancementRequest& request) {
  pg::Params params;
  params.Text(request.porteur());
  absl::StatusOr<pg::Result> porteur = session.Exec(kPorteur, params);
  if (!porteur.ok()) return porteur.status();
  if (porteur->rows() == 0) return status::NotFound(request.porteur());
  v1::DetecterSurfinancementResponse answer;
  int32_t sans_budget = 0;
  auto by_name = LireActions(session, request, &sans_budget);
  if (!by_name.ok()) return by_name.status();
  absl::Status read = LireLignes(session, request.porteur(), &*by_name);
  if (!read.ok()) return read;
  auto publiees = LirePubliees(session, std::string(porteur->Text(0, 0)),
                               std::string(porteur->Text(0, 1)), request.exercice());
  if (!publiees.ok()) return publiees.status();
  std::vector<ActionDetectee> actions;
  for (auto& [name, action] : *by_name) actions.push_back(std::move(action));
  for (v1::ConstatSurfinancement& constat : Detecter(actions, *publiees, request.exercice()))
    *answer.add_constats() = std::move(constat);
  answer.set_actions(static_cast<int32_t>(actions.size()));
  answer.set_actions_sans_budget(sans_budget);
  answer.set_subventions(static_cast<int32_t>(publiees->size()));
  return answer;
}

}  // namespace pdv::financement
