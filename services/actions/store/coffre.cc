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
// The same, beyond the end of the transaction that takes the row away.
constexpr char kVerrouSession[] =
    "SELECT pg_advisory_lock(hashtextextended($1 || '/' || $2, 7401))";
constexpr char kLiberer[] = "SELECT pg_advisory_unlock(hashtextextended($1 || '/' || $2, 7401))";
constexpr char kLieu[] = "SELECT lieu FROM contenu_document WHERE porteur = $1 AND empreinte = $2";
constexpr char kRanger[] =
    "INSERT INTO contenu_document (porteur, empreinte, taille_octets, lieu) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (porteur, empreinte) DO UPDATE SET envoi_time = now(), lieu = EXCLUDED.lieu";
constexpr char kEssayer[] =
    "INSERT INTO contenu_document (porteur, empreinte, taille_octets, lieu) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (porteur, empreinte) DO NOTHING RETURNING envoi_time::text";
// Sent for good meanwhile, it has another instant.
constexpr char kOublier[] =
    "DELETE FROM contenu_document c WHERE c.porteur = $1 AND c.empreinte = $2 "
    "AND c.envoi_time = $3::timestamptz AND NOT EXISTS (SELECT 1 FROM "
    "document d WHERE d.porteur = c.porteur AND d.empreinte = c.empreinte)";
// What lies on a volume is swept away by those who are on it.
constexpr char kOrphelins[] =
    "SELECT c.porteur, c.empreinte FROM contenu_document c "
    "WHERE c.envoi_time < now() - make_interval(secs => $1::bigint) AND c.lieu IN ('postgres', $2) "
    "AND NOT EXISTS (SELECT 1 FROM "
    "document d WHERE d.porteur = c.porteur AND d.empreinte = c.empreinte)";
constexpr char kOter[] =
    "DELETE FROM contenu_document c WHERE c.porteur = $1 AND c.empreinte = $2 "
    "AND c.envoi_time < now() - make_interval(secs => $3::bigint) AND c.lieu IN ('postgres', $4) "
    "AND NOT EXISTS (SELECT 1 FROM "
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

absl::Status Ailleurs(const std::string& porteur, const std::string& empreinte) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "CONTENU_AILLEURS",
                       "Ce document est gardé sur un autre support que celui que ce service lit : "
                       "prévenez ceux qui l'exploitent, ou envoyez-le de nouveau.")
      .With("porteur", porteur)
      .With("empreinte", empreinte);
}

pg::Params Cle(const std::string& porteur, const std::string& empreinte) {
  pg::Params key;
  key.Text(porteur).Text(empreinte);
  return key;
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
  return pg::ToPublic(
      EnTransaction(**session, [&] { return Deposer(**session, porteur, empreinte, envoi); }));
}

absl::Status Coffre::Deposer(pg::Session& session, const std::string& porteur,
                             const std::string& empreinte, Envoi& envoi) {
  const absl::Status locked = session.Exec(kVerrou, Cle(porteur, empreinte)).status();
  if (!locked.ok()) return locked;
  absl::StatusOr<pg::Result> known = session.Exec(kLieu, Cle(porteur, empreinte));
  if (!known.ok()) return known.status();
  // The row alone does not say that its content is still there.
  absl::StatusOr<bool> whole = false;
  if (known->rows() == 1 && known->Text(0, 0) == lieu())
    whole = Entier(session, porteur, empreinte);
  if (!whole.ok()) return whole.status();
  pg::Params row;
  row.Text(porteur).Text(empreinte).Int64(envoi.taille()).Text(lieu());
  const absl::Status written = session.Exec(kRanger, row).status();
  if (!written.ok() || *whole) return written;
  return Poser(session, porteur, empreinte, envoi);
}

absl::Status Coffre::Simuler(const std::string& porteur, const std::string& empreinte,
                             int64_t taille, absl::Time deadline,
                             const std::function<void()>& work) {
  pg::Params row;
  row.Text(porteur).Text(empreinte).Int64(taille).Text(lieu());
  std::string instant;
  {
    absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(deadline);
    if (!session.ok()) return pg::ToPublic(session.status());
    absl::StatusOr<pg::Result> fresh = (*session)->Exec(kEssayer, row);
    if (!fresh.ok()) return pg::ToPublic(fresh.status());
    if (fresh->rows() == 1) instant = std::string(fresh->Text(0, 0));
  }
  work();
  if (instant.empty()) return absl::OkStatus();
  absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(deadline);
  if (!session.ok()) return pg::ToPublic(session.status());
  pg::Params same = Cle(porteur, empreinte);
  same.Text(instant);
  return pg::ToPublic((*session)->Exec(kOublier, same).status());
}

absl::StatusOr<std::string> Coffre::LieuDe(const std::string& porteur, const std::string& empreinte,
                                           absl::Time deadline) {
  absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(deadline);
  if (!session.ok()) return pg::ToPublic(session.status());
  absl::StatusOr<pg::Result> rows = (*session)->Exec(kLieu, Cle(porteur, empreinte));
  if (!rows.ok()) return pg::ToPublic(rows.status());
  if (rows->rows() == 0) return Altere(porteur, empreinte);
  return std::string(rows->Text(0, 0));
}

absl::Status Coffre::Lire(const std::string& porteur, const std::string& empreinte,
                          absl::Time deadline, const Prendre& prendre) {
  const absl::StatusOr<std::string> place = LieuDe(porteur, empreinte, Echeance(deadline));
  if (!place.ok()) return place.status();
  if (*place != kLieuPostgres && *place != lieu()) return Ailleurs(porteur, empreinte);
  types::Sha256 sha256;
  // One part is held back: whoever reads to the end has read the truth.
  std::string held;
  bool any = false;
  const Prendre retenir = [&](std::string part) -> absl::Status {
    sha256.Add(part);
    held.swap(part);
    if (!any) {
      any = true;
      return absl::OkStatus();
    }
    return prendre(std::move(part));
  };
  const absl::Status read = *place == lieu()
                                ? LireMorceaux(porteur, empreinte, deadline, retenir)
                                : LireRangees(pool_, porteur, empreinte, deadline, retenir);
  if (!read.ok()) return absl::IsNotFound(read) ? Altere(porteur, empreinte) : read;
  if (!any || sha256.Hex() != empreinte) return Altere(porteur, empreinte);
  return prendre(std::move(held));
}

absl::StatusOr<bool> Coffre::BalayerUn(pg::Session& session, const std::string& porteur,
                                       const std::string& empreinte, absl::Duration age) {
  // Held until the file is gone too: who sends the same content waits, and puts it after.
  absl::Status locked = session.Exec(kVerrouSession, Cle(porteur, empreinte)).status();
  if (!locked.ok()) return locked;
  pg::Params old = Cle(porteur, empreinte);
  old.Int64(absl::ToInt64Seconds(age)).Text(lieu());
  absl::StatusOr<pg::Result> removed = session.Exec(kOter, old);
  // Once the row is gone for good: a file that is left is only room, a row that is left and has no
  // file would be a document that was acknowledged and lost.
  absl::Status done = removed.status();
  const bool gone = removed.ok() && removed->affected() > 0;
  if (gone) done = Oter(porteur, empreinte);
  const absl::Status freed = session.Exec(kLiberer, Cle(porteur, empreinte)).status();
  if (!done.ok()) return done;
  if (!freed.ok()) return freed;
  return gone;
}

absl::StatusOr<int> Coffre::Balayer(absl::Duration age, absl::Time deadline) {
  absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(deadline);
  if (!session.ok()) return session.status();
  pg::Params old;
  old.Int64(absl::ToInt64Seconds(age)).Text(lieu());
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
