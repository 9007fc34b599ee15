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
constexpr char kRevisions[] = "SELECT name, revision FROM contour";

}  // namespace

absl::StatusOr<std::shared_ptr<const Quartiers::Contours>> Quartiers::Reread(
    pg::Session& session) const {
  absl::StatusOr<pg::Result> revisions = session.Exec(kRevisions);
  if (!revisions.ok()) return revisions.status();
  auto contours = std::make_shared<Contours>();
  std::vector<std::string> stale;
  for (int row = 0; row < revisions->rows(); ++row) {
    std::string name(revisions->Text(row, 0));
    auto known = contours_->find(name);
    if (known != contours_->end() && known->second->revision == revisions->Int64(row, 1))
      contours->insert(*known);
    else
      stale.push_back(std::move(name));
  }
  auto rows = store::RowsByName(session, store::Table::Of<v1::Contour>(), stale);
  if (!rows.ok()) return rows.status();
  for (const auto& [name, row] : *rows) {
    const auto& contour = static_cast<const v1::Contour&>(*row);
    (*contours)[name] = std::make_shared<const Connu>(
        Connu{std::stoll(contour.etag()), contour.qpv(), Surface(contour)});
  }
  return contours;
}

absl::StatusOr<std::shared_ptr<const Quartiers::Contours>> Quartiers::Fresh(pg::Session& session) {
  absl::StatusOr<pg::Result> newest = session.Exec(kVersion);
  if (!newest.ok()) return newest.status();
  std::string version(newest->Text(0, 0));
  // One caller rereads, the others wait for it: they need the same.
  std::lock_guard lock(mu_);
  if (version == version_) return contours_;
  absl::StatusOr<std::shared_ptr<const Contours>> reread = Reread(session);
  if (!reread.ok()) return reread;
  contours_ = *std::move(reread);
  version_ = std::move(version);
  return contours_;
}

absl::StatusOr<v1::QuartierAtResponse> Quartiers::At(pg::Session& session,
                                                     const v1::QuartierAtRequest& request) {
  absl::StatusOr<std::shared_ptr<const Contours>> contours = Fresh(session);
  if (!contours.ok()) return contours.status();
  const Point point = PointDe(request.longitude(), request.latitude());
  const types::Date date = request.has_date() ? DateDe(request.date())
                                              : absl::ToCivilDay(absl::Now(), absl::UTCTimeZone());
  std::map<std::string, Position> found;
  for (const auto& [name, contour] : **contours) {
    const Position position = contour->surface.Situer(point);
    if (position != Position::kDehors) found.emplace(contour->qpv, position);
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
