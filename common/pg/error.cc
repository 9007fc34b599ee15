#include "common/pg/error.h"

#include <map>
#include <mutex>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/cord.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"

namespace pdv::pg {
namespace {

using status::Error;

constexpr char kPayload[] = "pdv.pg/PgError";
// How long a caller is asked to wait before it comes back: a failover takes seconds, a conflict
// between two transactions is over at once, a full disk waits for a person.
constexpr absl::Duration kReconnectDelay = absl::Seconds(1);
constexpr absl::Duration kConflictDelay = absl::Milliseconds(50);
constexpr absl::Duration kShortageDelay = absl::Seconds(5);

bool IsConnection(std::string_view state) {
  // 08: connection; 57P01..57P03: the server stops, crashed, starts; 25006: this is a standby now;
  // 25P03: we were cut for being idle in a transaction; 53300: too many connections.
  return state.starts_with("08") || state == "57P01" || state == "57P02" || state == "57P03" ||
         state == "25006" || state == "25P03" || state == "53300";
}

// 53: disk, memory or a limit of the configuration; 58: what the server asks of its system.
bool IsShortageState(std::string_view state) {
  return !IsConnection(state) && (state.starts_with("53") || state.starts_with("58"));
}

bool IsConflict(std::string_view state) { return state == "40001" || state == "40P01"; }

bool IsTimeout(std::string_view state) { return state == "57014" || state == "55P03"; }

absl::StatusCode CodeOf(const PgError& error) {
  const std::string& state = error.sqlstate;
  if (IsConnection(state) || IsShortageState(state)) return absl::StatusCode::kUnavailable;
  if (IsConflict(state) || IsStalePlan(error)) return absl::StatusCode::kAborted;
  if (IsTimeout(state)) return absl::StatusCode::kDeadlineExceeded;
  if (state == "23505") return absl::StatusCode::kAlreadyExists;
  if (state.starts_with("23")) return absl::StatusCode::kFailedPrecondition;
  return absl::StatusCode::kInternal;
}

struct Meaning {
  std::string reason;
  std::string message;
};

// Declared at start, read for ever after.
struct Meanings {
  std::mutex mu;
  std::map<std::string, Meaning> by_constraint;
};

Meanings& AllMeanings() {
  static Meanings* all = new Meanings;
  return *all;
}

std::optional<Meaning> MeaningOf(const std::string& constraint) {
  Meanings& all = AllMeanings();
  std::lock_guard lock(all.mu);
  auto found = all.by_constraint.find(constraint);
  if (found == all.by_constraint.end()) return std::nullopt;
  return found->second;
}

// A constraint that speaks is worth its own reason; the others say what kind of rule they are.
absl::Status BrokenConstraint(const PgError& error) {
  const absl::StatusCode code = CodeOf(error);
  if (std::optional<Meaning> meaning = MeaningOf(error.constraint)) {
    return Error(code, meaning->reason, meaning->message).With("contrainte", error.constraint);
  }
  if (error.sqlstate == "23505") {
    return Error(code, "RESSOURCE_EXISTANTE", "Une ressource identique existe déjà.")
        .With("contrainte", error.constraint);
  }
  if (error.sqlstate == "23503") {
    return Error(code, "REFERENCE_INCONNUE",
                 "Une ressource citée n'existe pas, ou est encore citée par une autre.")
        .With("contrainte", error.constraint);
  }
  return Error(code, "CONTRAINTE_ENFREINTE", "La demande enfreint une règle de cohérence.")
      .With("contrainte", error.constraint);
}

}  // namespace

absl::Status MakeError(PgError error) {
  absl::Status status(CodeOf(error), error.message);
  // No field can hold a NUL: PostgreSQL's strings end with one.
  std::string bytes = error.sqlstate;
  for (const std::string* field : {&error.constraint, &error.table, &error.message}) {
    bytes.push_back('\0');
    bytes.append(*field);
  }
  status.SetPayload(kPayload, absl::Cord(bytes));
  return status;
}

std::optional<PgError> ErrorOf(const absl::Status& status) {
  absl::optional<absl::Cord> payload = status.GetPayload(kPayload);
  if (!payload.has_value()) return std::nullopt;
  std::vector<std::string> fields = absl::StrSplit(std::string(*payload), '\0');
  fields.resize(4);
  return PgError{fields[0], fields[1], fields[2], fields[3]};
}

bool IsStalePlan(const PgError& error) {
  return error.sqlstate == "26000" ||
         (error.sqlstate == "0A000" && error.message.find("cached plan") != std::string::npos);
}

bool IsRetryable(const absl::Status& status) {
  std::optional<PgError> error = ErrorOf(status);
  return error.has_value() &&
         (IsConnection(error->sqlstate) || IsConflict(error->sqlstate) || IsStalePlan(*error));
}

bool IsShortage(const absl::Status& status) {
  std::optional<PgError> error = ErrorOf(status);
  return error.has_value() && IsShortageState(error->sqlstate);
}

absl::Status ToPublic(const absl::Status& status) {
  std::optional<PgError> error = ErrorOf(status);
  if (!error.has_value()) return status;
  switch (status.code()) {
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kFailedPrecondition:
      return BrokenConstraint(*error);
    case absl::StatusCode::kUnavailable:
      if (IsShortage(status)) {
        return Error(status.code(), "BASE_SATUREE",
                     "La base de données manque de ressources (disque, mémoire) : réessayez plus "
                     "tard, rien n'a été enregistré.")
            .RetryAfter(kShortageDelay);
      }
      return Error(status.code(), "BASE_INDISPONIBLE",
                   "La base de données est momentanément indisponible.")
          .RetryAfter(kReconnectDelay);
    case absl::StatusCode::kAborted:
      return Error(status.code(), "CONFLIT_CONCURRENT",
                   "Une autre opération modifie les mêmes données : recommencez.")
          .RetryAfter(kConflictDelay);
    case absl::StatusCode::kDeadlineExceeded:
      return Error(status.code(), "DELAI_DEPASSE",
                   "L'opération a dépassé le temps qui lui était accordé.");
    default:
      break;
  }
  if (error->sqlstate == "22021") {
    return Error(absl::StatusCode::kInvalidArgument, "CARACTERE_INTERDIT",
                 "Un texte contient un caractère qui ne peut pas être enregistré.");
  }
  return Error(absl::StatusCode::kInternal, "ERREUR_INTERNE", "Une erreur interne est survenue.");
}

void DeclareConstraint(std::string constraint, std::string reason, std::string message_fr) {
  Meanings& all = AllMeanings();
  std::lock_guard lock(all.mu);
  all.by_constraint[std::move(constraint)] = {std::move(reason), std::move(message_fr)};
}

}  // namespace pdv::pg
