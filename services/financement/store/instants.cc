#include "services/financement/store/instants.h"

#include "common/status/error.h"
#include "google/protobuf/util/time_util.h"

namespace pdv::financement {
namespace {

// The writers of entries take their xid at their first statement, and the instant of their entries
// after: one that has no xid yet will write later than this look.
constexpr char kEcrivains[] =
    "SELECT $1::timestamptz > statement_timestamp(), coalesce(min(xact_start) <= $1::timestamptz, "
    "false)"
    " FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_xid IS NOT NULL";

}  // namespace

std::string InstantSql(bool set, const google::protobuf::Timestamp& read_time) {
  return set ? google::protobuf::util::TimeUtil::ToString(read_time) : "infinity";
}

absl::Status VerifierInstant(pg::Session& session, const google::protobuf::Timestamp& read_time) {
  pg::Params instant;
  instant.Text(InstantSql(true, read_time));
  absl::StatusOr<pg::Result> rows = session.Exec(kEcrivains, instant);
  if (!rows.ok()) return rows.status();
  if (rows->Text(0, 0) == "t")
    return status::Error(absl::StatusCode::kInvalidArgument, "INSTANT_FUTUR",
                         "On ne lit pas un instant à venir.")
        .Field({"read_time", "INSTANT_FUTUR", "L'instant demandé n'est pas encore passé."});
  if (rows->Text(0, 1) == "f") return absl::OkStatus();
  return status::Error(absl::StatusCode::kUnavailable, "INSTANT_NON_ATTEINT",
                       "Des écritures de cet instant sont encore en cours : réessayez.")
      .RetryAfter(absl::Seconds(1));
}

}  // namespace pdv::financement
