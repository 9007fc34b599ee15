#include "services/financement/store/releve.h"

#include <algorithm>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/page_token.h"
#include "services/financement/store/ecritures.h"
#include "services/financement/store/instants.h"

namespace pdv::financement {
namespace {

// $1 the line or envelope, $2 the instant, $3 one account or '', then the last row of the page
// before. Balances are of each account since its first entry: a page that begins in the middle
// tells them too.
constexpr char kMouvements[] =
    "m AS (SELECT e.*, c.compte, c.m, sum(c.m) OVER (PARTITION BY c.compte ORDER BY e.instant, "
    "e.seq)"
    " AS solde FROM e, LATERAL (VALUES (e.credit, e.montant_centimes),"
    " (e.debit, -e.montant_centimes)) c (compte, m)"
    " WHERE starts_with(c.compte, $1::text || '/comptes/') AND ($3::text = '' OR c.compte = $3))";
constexpr char kPage[] =
    "SELECT m.compte, m.m, m.solde, m.seq, m.instant::text, %COLUMNS% FROM m WHERE"
    " (m.instant, m.seq, m.compte) > ($4::timestamptz, $5::bigint, $6::text)"
    " ORDER BY m.instant, m.seq, m.compte LIMIT $7::int";
constexpr char kSoldes[] = "SELECT compte, sum(m)::bigint FROM m GROUP BY compte ORDER BY compte";
constexpr int kPremiereColonne = 5;  // of %COLUMNS%

struct Textes {
  std::string existe, page, soldes;
};

Textes Ecrire(const char* existe, const char* entries) {
  const std::string with = absl::StrCat("WITH e AS (", entries, "), ", kMouvements, " ");
  std::string page = kPage;
  const size_t at = page.find("%COLUMNS%");
  page.replace(at, sizeof("%COLUMNS%") - 1, TableEcritureLue().select_list());
  return {existe, absl::StrCat(with, page), absl::StrCat(with, kSoldes)};
}

const Textes& TextesDe(bool ligne) {
  static const Textes lignes =
      Ecrire("SELECT 1 FROM ligne WHERE name = $1::text",
             "SELECT * FROM ecriture WHERE ligne = $1::text AND instant <= $2::timestamptz");
  static const Textes enveloppes = Ecrire(
      "SELECT 1 FROM enveloppe WHERE name = $1::text",
      "SELECT * FROM ecriture WHERE enveloppe = $1::text AND instant <= $2::timestamptz UNION ALL "
      "SELECT * FROM ecriture WHERE contrepartie = $1::text AND instant <= $2::timestamptz");
  return ligne ? lignes : enveloppes;
}

absl::Status Lire(const pg::Result& rows, int row, v1::MouvementCompte* mouvement) {
  mouvement->set_compte(std::string(rows.Text(row, 0)));
  mouvement->set_montant_centimes(rows.Int64(row, 1));
  mouvement->set_solde_centimes(rows.Int64(row, 2));
  absl::Status read =
      TableEcritureLue().FromRow(rows, row, mouvement->mutable_ecriture(), kPremiereColonne);
  mouvement->mutable_ecriture()->set_name(absl::StrCat("ecritures/", rows.Int64(row, 3)));
  return read;
}

}  // namespace

absl::StatusOr<v1::ReleveCompteResponse> ReleveCompte(pg::Session& session,
                                                      const v1::ReleveCompteRequest& request,
                                                      std::string_view token_key) {
  const std::string titulaire = request.compte().substr(0, request.compte().find("/comptes/"));
  const std::string compte = titulaire == request.compte() ? "" : request.compte();
  const std::string instant = InstantSql(request.has_read_time(), request.read_time());
  const std::string scope = absl::StrCat("releve\n", request.compte(), "\n", instant);
  std::vector<std::string> last{"-infinity", "0", ""};
  if (!request.page_token().empty()) {
    auto opened = store::OpenToken(token_key, scope, request.page_token());
    if (!opened.ok()) return opened.status();
    last = *std::move(opened);
  }
  if (request.has_read_time()) {
    absl::Status reached = AttendreInstant(session, request.read_time());
    if (!reached.ok()) return reached;
  }
  const int size = request.page_size() == 0 ? 50 : std::min(request.page_size(), 1000);
  const Textes& textes = TextesDe(absl::StartsWith(titulaire, "lignes/"));
  pg::Params known, totals;
  known.Text(titulaire);
  totals.Text(titulaire).Text(instant).Text(compte);
  pg::Params page = totals;
  page.Text(last[0]).Text(last[1]).Text(last[2]).Int64(size + 1);
  // One snapshot: the balances are those of the movements.
  auto results = session.Pipeline({{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}, false},
                                   {textes.existe, known, true},
                                   {textes.page, page, true},
                                   {textes.soldes, totals, true},
                                   {"COMMIT", {}, false}});
  if (!results.ok()) return results.status();
  if ((*results)[1].rows() == 0) return status::NotFound(titulaire);
  v1::ReleveCompteResponse answer;
  const pg::Result &rows = (*results)[2], &soldes = (*results)[3];
  for (int row = 0; row < std::min(rows.rows(), size); ++row) {
    absl::Status read = Lire(rows, row, answer.add_mouvements());
    if (!read.ok()) return read;
  }
  if (rows.rows() > size)
    answer.set_next_page_token(
        store::SealToken(token_key, scope,
                         {std::string(rows.Text(size - 1, 4)), std::string(rows.Text(size - 1, 3)),
                          std::string(rows.Text(size - 1, 0))}));
  for (int row = 0; row < soldes.rows(); ++row) {
    v1::SoldeCompte* solde = answer.add_soldes();
    solde->set_compte(std::string(soldes.Text(row, 0)));
    solde->set_solde_centimes(soldes.Int64(row, 1));
  }
  return answer;
}

}  // namespace pdv::financement
