#include "common/pg/migrations.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "common/types/sha256.h"

namespace pdv::pg {
namespace {

// Any constant of our own: two `migrate` on one database wait for each other.
constexpr int64_t kLock = 0x7064766d;

constexpr char kTable[] =
    "CREATE TABLE IF NOT EXISTS migration ("
    " number integer CONSTRAINT migration_pkey PRIMARY KEY,"
    " slug text NOT NULL,"
    " sha256 text NOT NULL,"
    " applied_at timestamptz NOT NULL DEFAULT now())";

struct Applied {
  std::string slug;
  std::string sha256;
};

std::string Name(int number, std::string_view slug) {
  return absl::StrCat(absl::Dec(number, absl::kZeroPad4), "_", std::string(slug));
}

absl::StatusOr<std::map<int, Applied>> ReadApplied(Session& session) {
  std::map<int, Applied> applied;
  absl::StatusOr<Result> table = session.Exec("SELECT to_regclass('migration') IS NOT NULL", {});
  if (!table.ok()) return table.status();
  if (!table->Bool(0, 0)) return applied;
  absl::StatusOr<Result> rows =
      session.Exec("SELECT number, slug, sha256 FROM migration ORDER BY number");
  if (!rows.ok()) return rows.status();
  for (int row = 0; row < rows->rows(); ++row) {
    applied[static_cast<int>(rows->Int64(row, 0))] = {std::string(rows->Text(row, 1)),
                                                      std::string(rows->Text(row, 2))};
  }
  return applied;
}

// What was applied must be a prefix of what the binary carries, byte for byte.
absl::Status CheckHistory(const std::map<int, Applied>& applied,
                          const std::vector<Migration>& migrations) {
  std::map<int, Applied> unknown = applied;
  bool missing = false;
  for (const Migration& migration : migrations) {
    const std::string name = Name(migration.number, migration.slug);
    auto found = unknown.find(migration.number);
    if (found == unknown.end()) {
      missing = true;
      continue;
    }
    if (missing) {
      return absl::FailedPreconditionError(
          absl::StrCat("migration ", name, " was applied before an earlier one"));
    }
    if (found->second.sha256 != types::Sha256Hex(migration.sql)) {
      return absl::FailedPreconditionError(
          absl::StrCat("migration ", name, " was applied with another text (as ",
                       Name(migration.number, found->second.slug),
                       "): a migration never changes, write a new one"));
    }
    unknown.erase(found);
  }
  if (!unknown.empty()) {
    return absl::FailedPreconditionError(absl::StrCat(
        "the database has migration ", Name(unknown.begin()->first, unknown.begin()->second.slug),
        " that this binary does not know: it is older than the schema"));
  }
  return absl::OkStatus();
}

absl::Status CheckNumbers(const std::vector<Migration>& migrations) {
  for (size_t i = 1; i < migrations.size(); ++i) {
    if (migrations[i - 1].number >= migrations[i].number) {
      return absl::InvalidArgumentError(absl::StrCat(
          "migrations out of order at ", Name(migrations[i].number, migrations[i].slug)));
    }
  }
  return absl::OkStatus();
}

absl::Status Apply(Session& session, const Migration& migration) {
  const std::string name = Name(migration.number, migration.slug);
  auto fail = [&](const absl::Status& status) {
    if (session.ok() && session.in_transaction()) (void)session.Script("ROLLBACK");
    absl::Status named(status.code(), absl::StrCat("migration ", name, ": ", status.message()));
    status.ForEachPayload(
        [&](absl::string_view url, const absl::Cord& payload) { named.SetPayload(url, payload); });
    return named;
  };
  if (absl::Status s = session.Script("BEGIN"); !s.ok()) return fail(s);
  if (absl::Status s = session.Script(migration.sql); !s.ok()) return fail(s);
  if (!session.in_transaction()) {
    return fail(absl::FailedPreconditionError("it ends its own transaction"));
  }
  Params params;
  params.Int64(migration.number).Text(migration.slug).Text(types::Sha256Hex(migration.sql));
  absl::StatusOr<std::vector<Result>> done = session.Pipeline(
      {{"INSERT INTO migration (number, slug, sha256) VALUES ($1, $2, $3)", params, false},
       {"COMMIT", {}, false}});
  return done.ok() ? absl::OkStatus() : fail(done.status());
}

absl::Status ApplyMissing(Session& session, const std::vector<Migration>& migrations) {
  if (absl::Status s = session.Script(kTable); !s.ok()) return s;
  absl::StatusOr<std::map<int, Applied>> applied = ReadApplied(session);
  if (!applied.ok()) return applied.status();
  if (absl::Status s = CheckHistory(*applied, migrations); !s.ok()) return s;
  for (const Migration& migration : migrations) {
    if (applied->contains(migration.number)) continue;
    if (absl::Status s = Apply(session, migration); !s.ok()) return s;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status Migrate(Session& session, const std::vector<Migration>& migrations) {
  if (absl::Status s = CheckNumbers(migrations); !s.ok()) return s;
  // A migration may rewrite a large table, and may have to wait for another `migrate`.
  if (absl::Status s = session.Script("SET statement_timeout = 0; SET lock_timeout = 0"); !s.ok()) {
    return s;
  }
  const std::string key = absl::StrCat(kLock);
  absl::Status status = session.Script("SELECT pg_advisory_lock(" + key + ")");
  if (!status.ok()) return status;
  // A lock on a table of a server that is at work must not be waited for without end: it would
  // stop everybody behind it.
  status = session.Script("SET lock_timeout = '10s'");
  if (status.ok()) status = ApplyMissing(session, migrations);
  if (session.ok()) {
    absl::Status unlock = session.Script("SELECT pg_advisory_unlock(" + key +
                                         "); RESET statement_timeout; RESET lock_timeout");
    if (status.ok()) status = unlock;
  }
  return status;
}

absl::Status CheckHead(Session& session, const std::vector<Migration>& migrations) {
  absl::StatusOr<std::map<int, Applied>> applied = ReadApplied(session);
  if (!applied.ok()) return applied.status();
  if (absl::Status s = CheckHistory(*applied, migrations); !s.ok()) return s;
  for (const Migration& migration : migrations) {
    if (!applied->contains(migration.number)) {
      return absl::FailedPreconditionError(absl::StrCat("migration ",
                                                        Name(migration.number, migration.slug),
                                                        " is missing: run `migrate` first"));
    }
  }
  return absl::OkStatus();
}

}  // namespace pdv::pg
