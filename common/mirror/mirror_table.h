#ifndef PDV_COMMON_MIRROR_MIRROR_TABLE_H_
#define PDV_COMMON_MIRROR_MIRROR_TABLE_H_

#include <string>
#include <vector>

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
  absl::StatusOr<Progress> Load(pg::Session& session) const;

  // Applies a lot and its cursor in one transaction. Idempotent by (name, revision): an older
  // revision never replaces a newer one. Events of other types are ignored.
  absl::Status Apply(pg::Session& session, const commun::type::v1::LotEvenements& lot) const;

  // Full names of the resource types that are mirrored.
  std::vector<std::string> Types() const;

 private:
  struct Target {
    const store::Table* table;
    std::string upsert_sql;
  };
  std::string source_;
  std::vector<Target> targets_;
};

}  // namespace pdv::mirror

#endif  // PDV_COMMON_MIRROR_MIRROR_TABLE_H_
