#include "services/contrats/store/quartiers.h"

#include <cmath>
#include <vector>

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "common/store/list.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

constexpr char kVersion[] =
    "SELECT coalesce(max(update_time)::text, ''), count(*) FROM contour";

bool ValidOn(const v1::Qpv& qpv, types::Date date) {
  if (qpv.has_valide_du() && date < DateDe(qpv.valide_du())) return false;
  return !qpv.has_valide_au() || date < DateDe(qpv.valide_au());
}

absl::Status CheckPoint(const v1::QuartierAtRequest& request) {
  std::vector<status::Violation> violations;
  if (!(std::abs(request.longitude()) <= 180))
    violations.push_back({"longitude", "VALEUR_HORS_BORNES",
                          "La longitude va de -180 à 180 degrés."});
  if (!(std::abs(request.latitude()) <= 90))
    violations.push_back({"latitude", "VALEUR_HORS_BORNES", "La latitude va de -90 à 90 degrés."});
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

}  // namespace

absl::StatusOr<std::shared_ptr<const Quartiers::Surfaces>> Quartiers::Fresh(
    pg::Session& session) {
  absl::StatusOr<pg::Result> newest = session.Exec(kVersion);
  if (!newest.ok()) return newest.status();
  std::string version = std::string(newest->Text(0, 0)) + "/" + std::string(newest->Text(0, 1));
  std::lock_guard lock(mu_);
  if (surfaces_ != nullptr && version == version_) return surfaces_;
  const store::Table& table = store::Table::Of<v1::Contour>();
  absl::StatusOr<pg::Result> rows =
      session.Exec("SELECT " + table.select_list() + " FROM contour");
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
  absl::Status valid = CheckPoint(request);
  if (!valid.ok()) return valid;
  absl::StatusOr<std::shared_ptr<const Surfaces>> surfaces = Fresh(session);
  if (!surfaces.ok()) return surfaces.status();
  const Point point = PointDe(request.longitude(), request.latitude());
  const types::Date date = request.has_date()
                               ? DateDe(request.date())
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
    if (!ValidOn(qpv, date)) continue;
    v1::QuartierTrouve* one = answer.add_quartiers();
    *one->mutable_qpv() = qpv;
    one->set_sur_limite(found.at(name) == Position::kSurLimite);
  }
  return answer;
}

}  // namespace pdv::contrats
