#include "services/financement/store/enveloppes.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/store/table.h"
#include "services/financement/store/instants.h"

namespace pdv::financement {
namespace {

constexpr char kSoldes[] =
    "SELECT coalesce(sum(disponible), 0)::bigint, coalesce(sum(reserve), 0)::bigint,"
    " coalesce(sum(consomme), 0)::bigint, coalesce(sum(gele), 0)::bigint,"
    " coalesce(sum(delegue), 0)::bigint"
    " FROM mouvement_enveloppe WHERE name = $1::text AND instant <= $2::timestamptz";
constexpr char kExplication[] =
    "SELECT nature, coalesce(sum(disponible) FILTER (WHERE disponible > 0), 0)::bigint,"
    " coalesce(-sum(disponible) FILTER (WHERE disponible < 0), 0)::bigint, count(*)"
    " FROM mouvement_enveloppe WHERE name = $1::text AND instant <= $2::timestamptz"
    " AND disponible <> 0 GROUP BY nature ORDER BY min(seq)";

void PorterSoldes(const pg::Result& soldes, v1::Enveloppe& enveloppe) {
  enveloppe.set_disponible_centimes(soldes.Int64(0, 0));
  enveloppe.set_reserve_centimes(soldes.Int64(0, 1));
  enveloppe.set_consomme_centimes(soldes.Int64(0, 2));
  enveloppe.set_gele_centimes(soldes.Int64(0, 3));
  enveloppe.set_delegue_centimes(soldes.Int64(0, 4));
  enveloppe.set_montant_centimes(soldes.Int64(0, 0) + soldes.Int64(0, 1) + soldes.Int64(0, 2) +
                                 soldes.Int64(0, 3));
}

}  // namespace

absl::StatusOr<v1::Enveloppe> GetEnveloppe(pg::Session& session,
                                           const v1::GetEnveloppeRequest& request) {
  if (request.has_read_time()) {
    absl::Status reached = AttendreInstant(session, request.read_time());
    if (!reached.ok()) return reached;
  }
  const store::Table& table = store::Table::Of<v1::Enveloppe>();
  static const std::string select =
      absl::StrCat("SELECT ", table.select_list(),
                   " FROM enveloppe WHERE name = $1::text AND create_time <= $2::timestamptz");
  pg::Params params;
  params.Text(request.name()).Text(InstantSql(request.has_read_time(), request.read_time()));
  // One snapshot: the explanation is that of the amounts.
  auto results = session.Pipeline({{"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}, false},
                                   {select, params, true},
                                   {kSoldes, params, true},
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

}  // namespace pdv::financement
