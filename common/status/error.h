#ifndef PDV_COMMON_STATUS_ERROR_H_
#define PDV_COMMON_STATUS_ERROR_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"

namespace pdv::status {

// One field that breaks a rule. `field` is its path in the request
// ("contrat.signataires[2].siret").
struct Violation {
  std::string field;
  std::string reason;       // UPPER_SNAKE
  std::string description;  // French, complete sentence
};

// Builds the one kind of error that leaves the suite (AIP-193): a canonical code, a reason in
// UPPER_SNAKE from the service's `Raison` enum, a French sentence, and the details of
// google.rpc.Status as payloads of an absl::Status.
//
//   return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_INSUFFISANTE",
//                        "Il reste 1 200,00 € sur l'enveloppe.")
//       .With("reste_centimes", 120000);
//
// Not thread-safe while it is built; the absl::Status that it becomes is a value.
class Error {
 public:
  Error(absl::StatusCode code, std::string_view reason, std::string_view message_fr);
  // One that was built here, taken up again with all that it tells, to say more.
  static Error Of(const absl::Status& built);

  // A dynamic part of the message, for machines (ErrorInfo.metadata).
  Error& With(std::string_view key, std::string_view value);
  Error& With(std::string_view key, int64_t value);
  // The rule of the law that commands the refusal: its id and its citation (metadata
  // `regle` and `reference_legale`).
  Error& Law(std::string_view rule_id, std::string_view citation);
  // BadRequest.field_violations.
  Error& Field(Violation violation);
  // PreconditionFailure.violations: `type` in UPPER_SNAKE, `subject` a resource name.
  Error& Precondition(std::string_view type, std::string_view subject,
                      std::string_view description);
  // RetryInfo: come back after this long.
  Error& RetryAfter(absl::Duration delay);

  absl::Status Build() const;
  operator absl::Status() const { return Build(); }  // NOLINT: reads as a return value

 private:
  absl::StatusCode code_;
  std::string reason_;
  std::string message_;
  std::vector<std::pair<std::string, std::string>> metadata_;
  std::vector<Violation> fields_;
  struct Failure {
    std::string type, subject, description;
  };
  std::vector<Failure> preconditions_;
  std::optional<absl::Duration> retry_;
};

// All violations of a request in one INVALID_ARGUMENT (reason REQUETE_INVALIDE).
absl::Status InvalidRequest(std::vector<Violation> violations);
// NOT_FOUND, reason RESSOURCE_INTROUVABLE, metadata `name`.
absl::Status NotFound(std::string_view name);
// ALREADY_EXISTS, reason RESSOURCE_EXISTANTE.
absl::Status AlreadyExists(std::string_view name);
// ABORTED, reason ETAG_PERIME (AIP-154).
absl::Status EtagMismatch(std::string_view name, std::string_view current_etag);

// Reason of an error built here ("" when it has none), and its field violations.
std::string ReasonOf(const absl::Status& status);
std::vector<Violation> ViolationsOf(const absl::Status& status);
std::string MetadataOf(const absl::Status& status, std::string_view key);

}  // namespace pdv::status

#endif  // PDV_COMMON_STATUS_ERROR_H_
