#include "services/financement/app/expirer_reservations.h"

#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/rpc/log.h"
#include "common/status/error.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/app/grand_livre.h"
#include "services/financement/app/regles_ressources.h"
#include "services/financement/domain/montants.h"

namespace pdv::financement {
namespace {

constexpr int kParDefaut = 500;

// The oldest first, after a line that was read already: one that cannot be expired stays where it
// is, and the others come after it.
constexpr char kExpirees[] =
    "SELECT name, reserve_expire_time::text FROM ligne WHERE reserve_expire_time <= now()"
    " AND (reserve_expire_time, name) > ($2::timestamptz, $3::text)"
    " ORDER BY reserve_expire_time, name LIMIT $1::int";

// Where a reading of the lines to expire has got to.
struct Rang {
  std::string instant = "-infinity", name;
};

bool Expiree(const v1::Ligne& ligne, absl::Time now) {
  return ligne.has_reserve_expire_time() &&
         absl::FromUnixNanos(google::protobuf::util::TimeUtil::TimestampToNanoseconds(
             ligne.reserve_expire_time())) <= now;
}

absl::StatusOr<std::vector<std::string>> Expirees(store::Store& store, absl::Time deadline,
                                                  int limit, Rang& rang) {
  absl::StatusOr<pg::Pool::Lease> session = store.pool().Acquire(deadline);
  if (!session.ok()) return pg::ToPublic(session.status());
  pg::Params params;
  params.Int64(limit).Text(rang.instant).Text(rang.name);
  absl::StatusOr<pg::Result> rows = (*session)->Exec(kExpirees, params);
  if (!rows.ok()) return pg::ToPublic(rows.status());
  std::vector<std::string> names;
  for (int row = 0; row < rows->rows(); ++row) {
    names.emplace_back(rows->Text(row, 0));
    rang = {std::string(rows->Text(row, 1)), names.back()};
  }
  return names;
}

// One line never keeps the money of the others: it is told and left as it is.
void Passer(const std::string& ligne, const absl::Status& refus) {
  const std::string message(refus.message());
  rpc::Log(rpc::Level::kWarning, "reservation_non_expiree",
           {{"ligne", ligne}, {"raison", status::ReasonOf(refus)}, {"message", message}});
}

}  // namespace

store::Mutation ExpirerLignes(const std::vector<std::string>& lignes) {
  std::vector<store::Read> reads;
  for (const std::string& name : lignes) reads.push_back(store::Read::Of<v1::Ligne>(name));
  return store::DecideFollowing<v1::ExpirerReservationsResponse>(
      std::move(reads),
      [lignes](const store::Changes& changes) {
        std::vector<store::Read> further;
        for (const std::string& name : lignes) {
          const auto* ligne = changes.Find<v1::Ligne>(name);
          if (ligne == nullptr) continue;
          std::vector<store::Read> more = LecturesEnveloppeDe(*ligne);
          further.insert(further.end(), more.begin(), more.end());
        }
        return further;
      },
      [lignes](store::Changes& changes) -> absl::StatusOr<v1::ExpirerReservationsResponse> {
        v1::ExpirerReservationsResponse answer;
        GrandLivre livre(changes);
        for (const std::string& name : lignes) {
          const auto* before = changes.Find<v1::Ligne>(name);
          if (before == nullptr || !Expiree(*before, changes.now())) continue;
          v1::Ligne after = *before;
          Liberer(after);
          absl::Status moved = livre.Mouvoir(before, after, Cause::kExpiration);
          if (!moved.ok()) {
            Passer(name, moved);
            continue;
          }
          absl::StatusOr<v1::Ligne> expired = changes.Update(std::move(after));
          if (!expired.ok()) return expired.status();
          *answer.add_lignes() = *std::move(expired);
        }
        absl::Status closed = livre.Clore();
        if (!closed.ok()) return closed;
        return answer;
      });
}

absl::StatusOr<rpc::MessagePtr> ExpirerReservations(store::Store& store, rpc::CallPtr call,
                                                    rpc::MessagePtr request) {
  const int asked = static_cast<const v1::ExpirerReservationsRequest&>(*request).max_lignes();
  Rang rang;
  auto names = Expirees(store, call->deadline, asked > 0 ? asked : kParDefaut, rang);
  if (!names.ok()) return names.status();
  return store.MutateAndWait(std::move(call), request, ExpirerLignes(*names));
}

absl::Status ExpirerTout(store::Store& store, std::stop_token stop) {
  auto expirer = [&store](const std::vector<std::string>& names) {
    auto call = std::make_shared<rpc::Call>();
    call->deadline = absl::Now() + absl::Seconds(30);
    call->identity.acteur = "financement";
    return store
        .MutateAndWait(call, std::make_shared<v1::ExpirerReservationsRequest>(),
                       ExpirerLignes(names))
        .status();
  };
  Rang rang;
  while (!stop.stop_requested()) {
    auto names = Expirees(store, absl::Now() + absl::Seconds(30), kParDefaut, rang);
    if (!names.ok() || names->empty()) return names.status();
    absl::Status done = expirer(*names);
    if (done.ok()) continue;
    if (absl::IsUnavailable(done) || absl::IsDeadlineExceeded(done)) return done;
    // The database refuses one of them: each for itself.
    for (const std::string& name : *names) {
      done = expirer({name});
      if (!done.ok()) Passer(name, done);
    }
  }
  return absl::OkStatus();
}

}  // namespace pdv::financement
