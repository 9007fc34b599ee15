#include "services/actions/store/coffre.h"

#include <vector>

#include "absl/strings/match.h"
#include "common/pg/error.h"
#include "common/status/error.h"
#include "common/types/sha256.h"

namespace pdv::actions {
namespace {

// One content at a time, whoever keeps or sweeps it away: the row and the file stay together.
constexpr char kVerrou[] = "SELECT pg_advisory_xact_lock(hashtextextended($1 || '/' || $2, 7401))";
constexpr char kRanger[] =
    "INSERT INTO contenu_document (porteur, empreinte, taille_octets) VALUES ($1, $2, $3) "
    "ON CONFLICT (porteur, empreinte) DO UPDATE SET envoi_time = now() RETURNING xmax = 0";
constexpr char kOrphelins[] =
    "SELECT c.porteur, c.empreinte FROM contenu_document c "
    "WHERE c.envoi_time < now() - make_interval(secs => $1::bigint) AND NOT EXISTS (SELECT 1 FROM "
    "document d WHERE d.porteur = c.porteur AND d.empreinte = c.empreinte)";
constexpr char kOter[] =
    "DELETE FROM contenu_document c WHERE c.porteur = $1 AND c.empreinte = $2 "
    "AND c.envoi_time < now() - make_interval(secs => $3::bigint) AND NOT EXISTS (SELECT 1 FROM "
    "document d WHERE d.porteur = c.porteur AND d.empreinte = c.empreinte)";

// BEGIN … COMMIT around `work`, or nothing of it.
absl::Status EnTransaction(pg::Session& session, const std::function<absl::Status()>& work) {
  absl::Status status = session.Exec("BEGIN", {}, false).status();
  if (!status.ok()) return status;
  status = work();
  if (status.ok()) status = session.Exec("COMMIT", {}, false).status();
  if (!status.ok() && session.ok() && session.in_transaction())
    session.Exec("ROLLBACK", {}, false).status().IgnoreError();
  return status;
}

absl::Status Altere(const std::string& porteur, const std::string& empreinte) {
  return status::Error(absl::StatusCode::kDataLoss, "CONTENU_ALTERE",
                       "Ce document n'est plus celui qui a été envoyé : il est à restaurer.")
      .With("porteur", porteur)
      .With("empreinte", empreinte);
}

}  // namespace

absl::StatusOr<std::unique_ptr<Coffre>> Coffre::Ouvrir(const std::string& lieu, pg::Pool* pool) {
  if (lieu.empty() || lieu == "postgres") return CoffrePostgres(pool);
  if (lieu.starts_with('/')) return CoffreVolume(lieu, pool);
  return absl::InvalidArgumentError("--documents est « postgres » ou un chemin absolu");
}

absl::Status Coffre::Ranger(const std::string& porteur, const std::string& empreinte, Envoi& envoi,
                            absl::Time deadline) {
  absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(deadline);
  if (!session.ok()) return pg::ToPublic(session.status());
  return pg::ToPublic(EnTransaction(**session, [&]() -> absl::Status {
    pg::Params key, row;
    key.Text(porteur).Text(empreinte);
    row.Text(porteur).Text(empreinte).Int64(envoi.taille());
    const absl::Status locked = (*session)->Exec(kVerrou, key).status();
    if (!locked.ok()) return locked;
    absl::StatusOr<pg::Result> fresh = (*session)->Exec(kRanger, row);
    if (!fresh.ok()) return fresh.status();
    return fresh->Bool(0, 0) ? Poser(**session, porteur, empreinte, envoi) : absl::OkStatus();
  }));
}

absl::Status Coffre::Lire(const std::string& porteur, const std::string& empreinte,
                          absl::Time deadline, const Prendre& prendre) {
  types::Sha256 sha256;
  // One part is held back: whoever reads to the end has read the truth.
  std::string held;
  bool any = false;
  const absl::Status read =
      LireMorceaux(porteur, empreinte, deadline, [&](std::string part) -> absl::Status {
        sha256.Add(part);
        held.swap(part);
        if (!any) {
          any = true;
          return absl::OkStatus();
        }
        return prendre(std::move(part));
      });
  if (!read.ok()) return absl::IsNotFound(read) ? Altere(porteur, empreinte) : read;
  if (!any || sha256.Hex() != empreinte) return Altere(porteur, empreinte);
  return prendre(std::move(held));
}

absl::StatusOr<bool> Coffre::BalayerUn(pg::Session& session, const std::string& porteur,
                                       const std::string& empreinte, absl::Duration age) {
  bool gone = false;
  const absl::Status done = EnTransaction(session, [&]() -> absl::Status {
    pg::Params key, old;
    key.Text(porteur).Text(empreinte);
    old.Text(porteur).Text(empreinte).Int64(absl::ToInt64Seconds(age));
    const absl::Status locked = session.Exec(kVerrou, key).status();
    if (!locked.ok()) return locked;
    absl::StatusOr<pg::Result> removed = session.Exec(kOter, old);
    if (!removed.ok()) return removed.status();
    gone = removed->affected() > 0;
    return gone ? Oter(porteur, empreinte) : absl::OkStatus();
  });
  if (!done.ok()) return done;
  return gone;
}

absl::StatusOr<int> Coffre::Balayer(absl::Duration age, absl::Time deadline) {
  absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(deadline);
  if (!session.ok()) return session.status();
  pg::Params old;
  old.Int64(absl::ToInt64Seconds(age));
  absl::StatusOr<pg::Result> orphans = (*session)->Exec(kOrphelins, old);
  if (!orphans.ok()) return orphans.status();
  int swept = 0;
  for (int row = 0; row < orphans->rows(); ++row) {
    absl::StatusOr<bool> gone = BalayerUn(**session, std::string(orphans->Text(row, 0)),
                                          std::string(orphans->Text(row, 1)), age);
    if (!gone.ok()) return gone.status();
    swept += *gone;
  }
  const absl::Status remains = OterRestes(age);
  if (!remains.ok()) return remains;
  return swept;
}

}  // namespace pdv::actions
