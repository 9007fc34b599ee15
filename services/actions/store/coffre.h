#ifndef PDV_SERVICES_ACTIONS_STORE_COFFRE_H_
#define PDV_SERVICES_ACTIONS_STORE_COFFRE_H_

#include <functional>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "common/pg/pool.h"
#include "services/actions/store/envoi.h"

namespace pdv::actions {

// Where the contents of documents lie: each once for a porteur and a fingerprint, however many
// documents have it. The row of contenu_document is the truth; what it stands for is in PostgreSQL
// or on a volume. Thread-safe. Errors of the disk and of the database are INTERNAL and UNAVAILABLE.
class Coffre {
 public:
  using Prendre = std::function<absl::Status(std::string)>;

  // `lieu`: "postgres", or the absolute path of a folder, created where it is missing, that every
  // replica of the service sees.
  static absl::StatusOr<std::unique_ptr<Coffre>> Ouvrir(const std::string& lieu, pg::Pool* pool);
  virtual ~Coffre() = default;

  // A content on its way.
  virtual absl::StatusOr<std::unique_ptr<Envoi>> Recevoir() = 0;
  // Keeps it, durably, before it answers. A content that is there already is kept once.
  absl::Status Ranger(const std::string& porteur, const std::string& empreinte, Envoi& envoi,
                      absl::Time deadline);
  // The content, in parts of at most 256 KiB, until `prendre` refuses one. DATA_LOSS /
  // CONTENU_ALTERE where it is not, or no longer, what was sent; the last part is then not given.
  absl::Status Lire(const std::string& porteur, const std::string& empreinte, absl::Time deadline,
                    const Prendre& prendre);
  // Sweeps away what was sent more than `age` ago and became no document: a process died in
  // between. How many contents that was.
  absl::StatusOr<int> Balayer(absl::Duration age, absl::Time deadline);

 protected:
  static constexpr size_t kMorceau = 256 << 10;
  explicit Coffre(pg::Pool* pool) : pool_(pool) {}
  // In the transaction of the row, under the lock of this content.
  virtual absl::Status Poser(pg::Session& session, const std::string& porteur,
                             const std::string& empreinte, Envoi& envoi) = 0;
  virtual absl::Status Oter(const std::string& porteur, const std::string& empreinte) = 0;
  // What no content is made of any more: files of sendings that a process left when it died.
  virtual absl::Status OterRestes(absl::Duration age) = 0;
  virtual absl::Status LireMorceaux(const std::string& porteur, const std::string& empreinte,
                                    absl::Time deadline, const Prendre& prendre) = 0;
  pg::Pool* const pool_;

 private:
  absl::StatusOr<bool> BalayerUn(pg::Session& session, const std::string& porteur,
                                 const std::string& empreinte, absl::Duration age);
};

// The two places.
std::unique_ptr<Coffre> CoffrePostgres(pg::Pool* pool);
absl::StatusOr<std::unique_ptr<Coffre>> CoffreVolume(const std::string& racine, pg::Pool* pool);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_COFFRE_H_
