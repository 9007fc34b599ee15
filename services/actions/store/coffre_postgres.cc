// Contents as rows of PostgreSQL: one backup, one thing to operate.
#include <filesystem>

#include "common/pg/error.h"
#include "services/actions/store/coffre.h"

namespace pdv::actions {
namespace {

constexpr char kPoser[] =
    "INSERT INTO morceau_contenu (porteur, empreinte, rang, octets) VALUES ($1, $2, $3, $4)";
constexpr char kEffacer[] = "DELETE FROM morceau_contenu WHERE porteur = $1 AND empreinte = $2";
constexpr char kEmpreinte[] =
    "SELECT coalesce(encode(sha256(string_agg(octets, ''::bytea ORDER BY rang)), 'hex'), '') "
    "FROM morceau_contenu WHERE porteur = $1 AND empreinte = $2";
constexpr char kLire[] =
    "SELECT octets FROM morceau_contenu WHERE porteur = $1 AND empreinte = $2 AND rang = $3";

absl::StatusOr<std::string> LireUn(pg::Pool* pool, const std::string& porteur,
                                   const std::string& empreinte, int64_t rank,
                                   absl::Time deadline) {
  absl::StatusOr<pg::Pool::Lease> session = pool->Acquire(deadline);
  if (!session.ok()) return pg::ToPublic(session.status());
  pg::Params key;
  key.Text(porteur).Text(empreinte).Int64(rank);
  absl::StatusOr<pg::Result> rows = (*session)->Exec(kLire, key);
  if (!rows.ok()) return pg::ToPublic(rows.status());
  if (rows->rows() == 0) return absl::NotFoundError("no such part");
  return rows->Bytes(0, 0);
}

class Postgres : public Coffre {
 public:
  explicit Postgres(pg::Pool* pool) : Coffre(pool) {}

  absl::StatusOr<std::unique_ptr<Envoi>> Recevoir() override {
    std::error_code error;
    const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
    if (error) return absl::InternalError("no temporary folder: " + error.message());
    return Envoi::Ouvrir(folder, /*nomme=*/false);
  }

 protected:
  std::string_view lieu() const override { return kLieuPostgres; }
  absl::Status Poser(pg::Session& session, const std::string& porteur, const std::string& empreinte,
                     Envoi& envoi) override {
    pg::Params key;
    key.Text(porteur).Text(empreinte);
    const absl::Status cleared = session.Exec(kEffacer, key).status();
    if (!cleared.ok()) return cleared;
    int64_t rank = 0;
    return envoi.Relire(kMorceau, [&](std::string_view part) {
      pg::Params row;
      row.Text(porteur).Text(empreinte).Int64(rank++).Bytes(part);
      return session.Exec(kPoser, row).status();
    });
  }
  absl::StatusOr<bool> Entier(pg::Session& session, const std::string& porteur,
                              const std::string& empreinte) override {
    pg::Params key;
    key.Text(porteur).Text(empreinte);
    absl::StatusOr<pg::Result> found = session.Exec(kEmpreinte, key);
    if (!found.ok()) return found.status();
    return found->Text(0, 0) == empreinte;
  }
  // The parts go with the row.
  absl::Status Oter(const std::string&, const std::string&) override { return absl::OkStatus(); }
  absl::Status OterRestes(absl::Duration) override { return absl::OkStatus(); }

  absl::Status LireMorceaux(const std::string& porteur, const std::string& empreinte,
                            absl::Time deadline, const Prendre& prendre) override {
    return LireRangees(pool_, porteur, empreinte, deadline, prendre);
  }
};

}  // namespace

// A session for each part: a slow reader holds none.
absl::Status LireRangees(pg::Pool* pool, const std::string& porteur, const std::string& empreinte,
                         absl::Time deadline, const Coffre::Prendre& prendre) {
  for (int64_t rank = 0;; ++rank) {
    absl::StatusOr<std::string> part = LireUn(pool, porteur, empreinte, rank, Echeance(deadline));
    if (absl::IsNotFound(part.status()) && rank > 0) return absl::OkStatus();
    if (!part.ok()) return part.status();
    const absl::Status taken = prendre(*std::move(part));
    if (!taken.ok()) return taken;
  }
}

std::unique_ptr<Coffre> CoffrePostgres(pg::Pool* pool) { return std::make_unique<Postgres>(pool); }

}  // namespace pdv::actions
