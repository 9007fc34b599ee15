#include "services/financement/store/echeances.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/page_token.h"
#include "common/store/table.h"
#include "services/financement/domain/constats.h"

namespace pdv::financement {
namespace {

// Those who wait since the same day, by name. Deadlines of the administration are days of Paris.
constexpr char kIndecises[] =
    "WITH u AS (SELECT ligne.*, coalesce(demande_le, (create_time AT TIME ZONE "
    "'Europe/Paris')::date)"
    " AS depuis FROM ligne_en_attente e JOIN ligne ON ligne.name = e.name"
    // Nobody waits for a dossier that was never filed, or is no more.
    " WHERE NOT EXISTS (SELECT 1 FROM miroir_action a WHERE a.name = ligne.action AND ("
    "a.delete_time IS NOT NULL OR a.etat IN ('BROUILLON', 'ABANDONNEE')"
    " OR (a.etat = 'EN_ATTENTE_ATTESTATION' AND a.depot_time IS NULL)))"
    " AND ($1::text IN ('', 'nation') OR $1::text IN (region, departement, contrat))"
    " AND ($2::text = '' OR e.financeur = $2::text) AND ($3::int = 0 OR exercice = $3::int))"
    " SELECT depuis::text, (now() AT TIME ZONE 'Europe/Paris')::date - depuis, ";
constexpr char kPage[] =
    " FROM u WHERE (now() AT TIME ZONE 'Europe/Paris')::date - depuis >= $4::int"
    " AND (depuis, name) > ($5::date, $6::text) ORDER BY depuis, name LIMIT $7::int";
constexpr int kPremiereColonne = 2;

const store::Table& Lignes() { return store::Table::Of<v1::Ligne>(); }

void Jour(std::string_view texte, google::type::Date* date) {
  const std::string jour(texte);  // AAAA-MM-JJ
  date->set_year(std::atoi(jour.substr(0, 4).c_str()));
  date->set_month(std::atoi(jour.substr(5, 2).c_str()));
  date->set_day(std::atoi(jour.substr(8, 2).c_str()));
}

}  // namespace

absl::StatusOr<v1::ListEcheancesResponse> ListEcheances(pg::Session& session,
                                                        const v1::ListEcheancesRequest& request,
                                                        std::string_view token_key) {
  static const std::string sql = absl::StrCat(kIndecises, Lignes().select_list(), kPage);
  const std::string scope =
      absl::StrCat("echeances\n", request.perimetre(), "\n", request.financeur(), "\n",
                   request.exercice(), "\n", request.age_minimal_jours());
  std::vector<std::string> last{"-infinity", ""};
  if (!request.page_token().empty()) {
    auto opened = store::OpenToken(token_key, scope, request.page_token());
    if (!opened.ok()) return opened.status();
    last = *std::move(opened);
  }
  const int size = request.page_size() == 0 ? 50 : std::min(request.page_size(), 1000);
  pg::Params params;
  params.Text(request.perimetre()).Text(request.financeur()).Int64(request.exercice());
  params.Int64(request.age_minimal_jours()).Text(last[0]).Text(last[1]).Int64(size + 1);
  absl::StatusOr<pg::Result> rows = session.Exec(sql, params);
  if (!rows.ok()) return rows.status();
  v1::ListEcheancesResponse answer;
  for (int row = 0; row < std::min(rows->rows(), size); ++row) {
    v1::Echeance* echeance = answer.add_echeances();
    Jour(rows->Text(row, 0), echeance->mutable_depuis());
    echeance->set_age_jours(static_cast<int32_t>(rows->Int64(row, 1)));
    absl::Status read = Lignes().FromRow(*rows, row, echeance->mutable_ligne(), kPremiereColonne);
    if (!read.ok()) return read;
  }
  if (rows->rows() > size)
    answer.set_next_page_token(store::SealToken(
        token_key, scope,
        {std::string(rows->Text(size - 1, 0)), answer.echeances(size - 1).ligne().name()}));
  return answer;
}

absl::StatusOr<v1::EvaluerFinancementResponse> EvaluerFinancement(
    pg::Session& session, const v1::EvaluerFinancementRequest& request) {
  static const std::string sql = absl::StrCat(
      "SELECT coalesce((SELECT e.programme FROM enveloppe e WHERE e.name = "
      "ligne.enveloppe), ''), ",
      Lignes().select_list(), " FROM ligne WHERE action = $1::text ORDER BY name");
  pg::Params params;
  params.Text(request.action());
  absl::StatusOr<pg::Result> rows = session.Exec(sql, params);
  if (!rows.ok()) return rows.status();
  if (rows->rows() == 0) return status::NotFound(request.action());
  std::vector<LigneEvaluee> lignes;
  for (int row = 0; row < rows->rows(); ++row) {
    LigneEvaluee& one = lignes.emplace_back();
    one.programme = std::string(rows->Text(row, 0));
    absl::Status read = Lignes().FromRow(*rows, row, &one.ligne, 1);
    if (!read.ok()) return read;
  }
  v1::EvaluerFinancementResponse answer;
  for (v1::ConstatFinancement& constat : Evaluer(lignes))
    *answer.add_constats() = std::move(constat);
  return answer;
}

}  // namespace pdv::financement
