#ifndef PDV_SERVICES_ACTIONS_STORE_COFFRE_H_
#define PDV_SERVICES_ACTIONS_STORE_COFFRE_H_

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "common/pg/pool.h"
#include "services/actions/store/envoi.h"

namespace pdv::actions {

// How long the database may take for one thing, whatever the patience of the caller.
inline absl::Time Echeance(absl::Time deadline) {
  return std::min(deadline, absl::Now() + absl::Seconds(30));
}

// Where the contents of documents lie: each once for a porteur and a fingerprint, however many
// documents have it. The row of contenu_document is the truth, and says where what it stands for
// lies: in PostgreSQL, which every coffre reads, or on a volume. Thread-safe. Errors of the disk
// and of the database are INTERNAL and UNAVAILABLE.
class Coffre {
 public:
  using Prendre = std::function<absl::Status(std::string)>;

  // `lieu`: "postgres", or the absolute path of a folder, created where it is missing, that every
  // replica of the service sees.
  static absl::StatusOr<std::unique_ptr<Coffre>> Ouvrir(const std::string& lieu, pg::Pool* pool);
  virtual ~Coffre() = default;

  // A content on its way.
  virtual absl::StatusOr<std::unique_ptr<Envoi>> Recevoir() = 0;
  // Keeps it, durably and here, before it answers. What is there already, and whole, is kept once;
  // what was lost, altered, or kept elsewhere is put again: to send a document again heals it.
  absl::Status Ranger(const std::string& porteur, const std::string& empreinte, Envoi& envoi,
                      absl::Time deadline);
  // Room for a content that is only tried: a simulated document finds its row, and `work` is done.
  // Nothing of it is left, unless somebody sends it for good meanwhile.
  absl::Status Simuler(const std::string& porteur, const std::string& empreinte, int64_t taille,
                       absl::Time deadline, const std::function<void()>& work);
  // The content, in parts of at most 256 KiB, until `prendre` refuses one; the database has its
  // time for each of them. DATA_LOSS / CONTENU_ALTERE where it is not, or no longer, what was sent;
  // the last part is then not given. FAILED_PRECONDITION / CONTENU_AILLEURS where it lies on a
  // volume that this coffre is not on.
  absl::Status Lire(const std::string& porteur, const std::string& empreinte, absl::Time deadline,
                    const Prendre& prendre);
  // Sweeps away what was sent more than `age` ago and became no document: a process died in
  // between. How many contents that was.
  absl::StatusOr<int> Balayer(absl::Duration age, absl::Time deadline);

 protected:
  static constexpr size_t kMorceau = 256 << 10;
  explicit Coffre(pg::Pool* pool) : pool_(pool) {}
  // What contenu_document.lieu says of what this coffre keeps.
  virtual std::string_view lieu() const = 0;
  // In the transaction of the row, under the lock of this content. Takes the place of what is
  // there.
  virtual absl::Status Poser(pg::Session& session, const std::string& porteur,
                             const std::string& empreinte, Envoi& envoi) = 0;
  // Whether it is here, to the last byte.
  virtual absl::StatusOr<bool> Entier(pg::Session& session, const std::string& porteur,
                                      const std::string& empreinte) = 0;
  // Under the lock of this content, once its row is gone for good.
  virtual absl::Status Oter(const std::string& porteur, const std::string& empreinte) = 0;
  // What no content is made of any more: files of sendings that a process left when it died.
  virtual absl::Status OterRestes(absl::Duration age) = 0;
  // From the place that this coffre is.
  virtual absl::Status LireMorceaux(const std::string& porteur, const std::string& empreinte,
                                    absl::Time deadline, const Prendre& prendre) = 0;
  pg::Pool* const pool_;

 private:
  absl::Status Deposer(pg::Session& session, const std::string& porteur,
                       const std::string& empreinte, Envoi& envoi);
  absl::StatusOr<std::string> LieuDe(const std::string& porteur, const std::string& empreinte,
                                     absl::Time deadline);
  absl::StatusOr<bool> BalayerUn(pg::Session& session, const std::string& porteur,
                                 const std::string& empreinte, absl::Duration age);
};

inline constexpr std::string_view kLieuPostgres = "postgres", kLieuVolume = "volume";
// The parts of a content that lies in PostgreSQL, a session for each. NOT_FOUND without any.
absl::Status LireRangees(pg::Pool* pool, const std::string& porteur, const std::string& empreinte,
                         absl::Time deadline, const Coffre::Prendre& prendre);

// The two places.
std::unique_ptr<Coffre> CoffrePostgres(pg::Pool* pool);
absl::StatusOr<std::unique_ptr<Coffre>> CoffreVolume(const std::string& racine, pg::Pool* pool);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_STORE_COFFRE_H_
