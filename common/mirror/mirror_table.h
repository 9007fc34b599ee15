#ifndef PDV_COMMON_MIRROR_MIRROR_TABLE_H_
#define PDV_COMMON_MIRROR_MIRROR_TABLE_H_

#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "common/store/table.h"
#include "pdv/commun/type/v1/evenement.pb.h"

namespace pdv::mirror {

// The local copies of one peer's resources, and how far they have followed its feed. One thread.
class MirrorTables {
 public:
  // `tables` outlive this. `source` is the peer's name, the key in miroir_curseur.
  MirrorTables(std::string source, std::vector<const store::Table*> tables);

  // Where to resume: the stored cursor, or "-" (everything) the first time; and its position.
  struct Progress {
    std::string cursor;
    int64_t position = 0;
  };
  absl::StatusOr<Progress> Load(pg::Session& session);

  // Applies a lot and its cursor in one transaction. Idempotent by (name, revision): an older
  // revision never replaces a newer one. Events of other types are ignored. The lots of the whole
  // state (position 0) replace whatever is here, and the first one after them takes away what they
  // did not name: the peer may have been restored from before it. Until then the cursor stays as it
  // was.
  absl::Status Apply(pg::Session& session, const commun::type::v1::LotEvenements& lot);

  // Full names of the resource types that are mirrored.
  std::vector<std::string> Types() const;

 private:
  struct Target {
    const store::Table* table;
    std::string newer_sql;  // replaces an older revision
    std::string state_sql;  // replaces any
    std::string delete_sql;
    absl::flat_hash_set<size_t> named;  // by the lots of the whole state: hashes of the names
  };
  // The rows here that the whole state did not name, a statement for each table.
  absl::StatusOr<std::vector<pg::Statement>> Sweep(pg::Session& session) const;

  std::string source_;
  std::vector<Target> targets_;
  bool whole_state_ = false;  // being taken
  std::string saved_;         // cursor
};

}  // namespace pdv::mirror

#endif  // PDV_COMMON_MIRROR_MIRROR_TABLE_H_
