#include "services/financement/store/enveloppes.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/list.h"
#include "common/store/table.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/store/instants.h"

namespace pdv::financement {
namespace {

// No row for an envelope that never moved.
constexpr char kSoldes[] =
    "SELECT name, sum(disponible)::bigint, sum(reserve)::bigint, sum(consomme)::bigint,"
    " sum(gele)::bigint, sum(delegue)::bigint, sum(recu)::bigint FROM mouvement_enveloppe"
    " WHERE name = ANY($1::text[]) AND instant <= $2::timestamptz GROUP BY name";
constexpr char kExplication[] =
    "SELECT nature, coalesce(sum(disponible) FILTER (WHERE disponible > 0), 0)::bigint,"
    " coalesce(-sum(disponible) FILTER (WHERE disponible < 0), 0)::bigint, count(*)"
    " FROM mouvement_enveloppe WHERE name = $1::text AND instant <= $2::timestamptz"
    " AND disponible <> 0 GROUP BY nature ORDER BY min(seq)";

void PorterSoldes(const pg::Result& soldes, v1::Enveloppe& enveloppe) {
  int row = 0;
  while (row < soldes.rows() && soldes.Text(row, 0) != enveloppe.name()) ++row;
  auto solde = [&](int column) { return row < soldes.rows() ? soldes.Int64(row, column) : 0; };
  enveloppe.set_disponible_centimes(solde(1));
  enveloppe.set_reserve_centimes(solde(2));
  enveloppe.set_consomme_centimes(solde(3));
  enveloppe.set_gele_centimes(solde(4));
  enveloppe.set_delegue_centimes(solde(5));
  enveloppe.set_recu_centimes(solde(6));
  enveloppe.set_montant_centimes(solde(1) + solde(2) + solde(3) + solde(4));
}

}  // namespace

absl::StatusOr<v1::Enveloppe> GetEnveloppe(pg::Session& session,
                                           const v1::GetEnveloppeRequest& request) {
  if (request.has_read_time()) {
    absl::Status reached = VerifierInstant(session, request.read_time());
    if (!reached.ok()) return reached;
  }
  const store::Table& table = store::Table::Of<v1::Enveloppe>();
  static const std::string select =
      absl::StrCat("SELECT ", table.select_list(),
                   " FROM enveloppe WHERE name = $1::text AND create_time <= $2::timestamptz");
  pg::Params params;
  const std::string instant = InstantSql(request.has_read_time(), request.read_time());
  params.Text(request.name()).Text(instant);
  pg::Params names;
  names.TextArray({request.name()}).Text(instant);
  // One snapshot: the explanation is that of the amounts.
  auto results = session.Pipeline({{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}, false},
                                   {select, params, true},
                                   {kSoldes, names, true},
                                   {kExplication, params, true},
                                   {"COMMIT", {}, false}});
  if (!results.ok()) return results.status();
  if ((*results)[1].rows() == 0) return status::NotFound(request.name());
  v1::Enveloppe enveloppe;
  absl::Status read = table.FromRow((*results)[1], 0, &enveloppe);
  if (!read.ok()) return read;
  if (request.has_read_time()) PorterSoldes((*results)[2], enveloppe);
  const pg::Result& parts = (*results)[3];
  for (int row = 0; row < parts.rows(); ++row) {
    v1::PartEnveloppe* part = enveloppe.add_explication();
    v1::NatureEcriture nature = v1::NATURE_ECRITURE_UNSPECIFIED;
    v1::NatureEcriture_Parse(absl::StrCat("NATURE_ECRITURE_", std::string(parts.Text(row, 0))),
                             &nature);
    part->set_nature(nature);
    part->set_entrees_centimes(parts.Int64(row, 1));
    part->set_sorties_centimes(parts.Int64(row, 2));
    part->set_nombre(parts.Int64(row, 3));
  }
  return enveloppe;
}

absl::StatusOr<v1::ListEnveloppesResponse> ListEnveloppes(pg::Session& session,
                                                          const v1::ListEnveloppesRequest& request,
                                                          std::string_view token_key) {
  if (request.has_read_time()) {
    absl::Status reached = VerifierInstant(session, request.read_time());
    if (!reached.ok()) return reached;
  }
  auto rows = store::ListRows(session, store::Table::Of<v1::Enveloppe>(), request,
                              v1::ListEnveloppesResponse::descriptor(), token_key);
  if (!rows.ok()) return rows.status();
  auto page = static_cast<const v1::ListEnveloppesResponse&>(**rows);
  if (!request.has_read_time()) return page;
  using google::protobuf::util::TimeUtil;
  auto* enveloppes = page.mutable_enveloppes();
  const auto later =
      std::remove_if(enveloppes->begin(), enveloppes->end(), [&](const v1::Enveloppe& one) {
        return TimeUtil::TimestampToMicroseconds(one.create_time()) >
               TimeUtil::TimestampToMicroseconds(request.read_time());
      });
  enveloppes->erase(later, enveloppes->end());
  std::vector<std::string> names;
  for (const v1::Enveloppe& one : *enveloppes) names.push_back(one.name());
  pg::Params params;
  params.TextArray(names).Text(InstantSql(true, request.read_time()));
  absl::StatusOr<pg::Result> soldes = session.Exec(kSoldes, params);
  if (!soldes.ok()) return soldes.status();
  for (v1::Enveloppe& one : *enveloppes) PorterSoldes(*soldes, one);
  return page;
}

}  // namespace pdv::financement
