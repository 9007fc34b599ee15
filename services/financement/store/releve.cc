#include "services/financement/store/releve.h"

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/page_token.h"
#include "services/financement/store/ecritures.h"
#include "services/financement/store/instants.h"

namespace pdv::financement {
namespace {

// What of the ledger is stated, and whether it was there. $1 is the line, the envelope or the
// funder, $2 the instant.
struct Titulaire {
  const char* existe;
  const char* mouvements;  // compte, montant_centimes, instant, seq, xid
};
constexpr Titulaire kLigne = {
    "SELECT 1 FROM ligne WHERE name = $1::text AND create_time <= $2::timestamptz",
    "SELECT * FROM mouvement_ligne_compte WHERE ligne = $1::text AND instant <= $2::timestamptz"};
constexpr Titulaire kEnveloppe = {
    "SELECT 1 FROM enveloppe WHERE name = $1::text AND create_time <= $2::timestamptz",
    "SELECT * FROM mouvement_enveloppe_compte WHERE name = $1::text AND instant <= "
    "$2::timestamptz"};
// By its two indexes, which hold the names of funders only.
constexpr Titulaire kFinanceur = {
    "SELECT 1 FROM financeur WHERE name = $1::text AND create_time <= $2::timestamptz",
    "SELECT credit AS compte, montant_centimes, instant, seq, xid FROM ecriture"
    " WHERE credit LIKE 'financeurs/%' AND credit = $1::text || '/comptes/exterieur'"
    " AND instant <= $2::timestamptz UNION ALL "
    "SELECT debit, -montant_centimes, instant, seq, xid FROM ecriture"
    " WHERE debit LIKE 'financeurs/%' AND debit = $1::text || '/comptes/exterieur'"
    " AND instant <= $2::timestamptz"};

// $3 one account or '', then the last row of the page before. Balances are of each account since
// its first entry: a page that begins in the middle tells them too.
constexpr char kSoldesCourants[] =
    "m AS (SELECT compte, montant_centimes AS m, instant, seq, xid, sum(montant_centimes) OVER"
    " (PARTITION BY compte ORDER BY instant, seq) AS solde FROM t"
    " WHERE $3::text = '' OR compte = $3::text)";
// The entries themselves are read for the rows of the page.
constexpr char kPage[] =
    ", p AS (SELECT compte, m, solde, seq AS rang, instant AS quand, xid AS acte FROM m"
    " WHERE (instant, seq, compte) > ($4::timestamptz, $5::bigint, $6::text)"
    " ORDER BY instant, seq, compte LIMIT $7::int)"
    " SELECT p.compte, p.m, p.solde, p.rang, p.quand::text, %COLUMNS%"
    " FROM p JOIN ecriture e ON e.xid = p.acte AND e.seq = p.rang"
    " ORDER BY p.quand, p.rang, p.compte";
constexpr char kSoldes[] = " SELECT compte, sum(m)::bigint FROM m GROUP BY compte ORDER BY compte";
constexpr int kPremiereColonne = 5;  // of %COLUMNS%

struct Textes {
  std::string existe, page, soldes;
};

Textes Ecrire(const Titulaire& titulaire) {
  const std::string with =
      absl::StrCat("WITH t AS (", titulaire.mouvements, "), ", kSoldesCourants);
  std::string page = kPage;
  page.replace(page.find("%COLUMNS%"), sizeof("%COLUMNS%") - 1, TableEcritureLue().select_list());
  return {titulaire.existe, absl::StrCat(with, page), absl::StrCat(with, kSoldes)};
}

const Textes& TextesDe(std::string_view titulaire) {
  static const Textes lignes = Ecrire(kLigne), enveloppes = Ecrire(kEnveloppe),
                      financeurs = Ecrire(kFinanceur);
  if (titulaire.starts_with("lignes/")) return lignes;
  return titulaire.starts_with("enveloppes/") ? enveloppes : financeurs;
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
    absl::Status reached = VerifierInstant(session, request.read_time());
    if (!reached.ok()) return reached;
  }
  const int size = request.page_size() == 0 ? 50 : std::min(request.page_size(), 1000);
  const Textes& textes = TextesDe(titulaire);
  pg::Params known, totals;
  known.Text(titulaire).Text(instant);
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
