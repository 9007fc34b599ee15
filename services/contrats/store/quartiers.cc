#include "services/contrats/store/quartiers.h"

#include <vector>

#include "absl/time/clock.h"
#include "common/store/list.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

// Grows with every contour that is added or changed, in the order of the commits, which the
// instants of transactions do not follow.
constexpr char kVersion[] = "SELECT coalesce(sum(revision), 0)::text FROM contour";

}  // namespace

absl::StatusOr<std::shared_ptr<const Quartiers::Surfaces>> Quartiers::Fresh(pg::Session& session) {
  absl::StatusOr<pg::Result> newest = session.Exec(kVersion);
  if (!newest.ok()) return newest.status();
  std::string version(newest->Text(0, 0));
  std::lock_guard lock(mu_);
  if (surfaces_ != nullptr && version == version_) return surfaces_;
  const store::Table& table = store::Table::Of<v1::Contour>();
  absl::StatusOr<pg::Result> rows = session.Exec("SELECT " + table.select_list() + " FROM contour");
  if (!rows.ok()) return rows.status();
  auto surfaces = std::make_shared<Surfaces>();
  for (int row = 0; row < rows->rows(); ++row) {
    v1::Contour contour;
    absl::Status read = table.FromRow(*rows, row, &contour);
    if (!read.ok()) return read;
    surfaces->emplace(contour.qpv(), Surface(contour));
  }
  surfaces_ = std::move(surfaces);
  version_ = std::move(version);
  return surfaces_;
}

absl::StatusOr<v1::QuartierAtResponse> Quartiers::At(pg::Session& session,
                                                     const v1::QuartierAtRequest& request) {
  absl::StatusOr<std::shared_ptr<const Surfaces>> surfaces = Fresh(session);
  if (!surfaces.ok()) return surfaces.status();
  const Point point = PointDe(request.longitude(), request.latitude());
  const types::Date date = request.has_date() ? DateDe(request.date())
                                              : absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  std::map<std::string, Position> found;
  for (const auto& [name, surface] : **surfaces) {
    const Position position = surface.Situer(point);
    if (position != Position::kDehors) found.emplace(name, position);
  }
  std::vector<std::string> names;
  for (const auto& [name, position] : found) names.push_back(name);
  auto rows = store::RowsByName(session, store::Table::Of<v1::Qpv>(), names);
  if (!rows.ok()) return rows.status();
  v1::QuartierAtResponse answer;
  for (const auto& [name, row] : *rows) {
    const auto& qpv = static_cast<const v1::Qpv&>(*row);
    if (!EnVigueurLe(qpv, date)) continue;
    v1::QuartierTrouve* one = answer.add_quartiers();
    *one->mutable_qpv() = qpv;
    one->set_sur_limite(found.at(name) == Position::kSurLimite);
  }
  return answer;
}

}  // namespace pdv::contrats
