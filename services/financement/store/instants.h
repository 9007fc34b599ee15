#ifndef PDV_SERVICES_FINANCEMENT_STORE_INSTANTS_H_
#define PDV_SERVICES_FINANCEMENT_STORE_INSTANTS_H_

#include <string>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "google/protobuf/timestamp.pb.h"

namespace pdv::financement {

// Whether the ledger may be read as of an instant (ADR « lire à un instant »): OK once every
// transaction that could still write an entry of that instant or before is finished, so that the
// statements which follow answer the same for ever. One look, no wait: nobody holds a session for a
// writer (see service::Patience). `read_time` has microseconds. INVALID_ARGUMENT / INSTANT_FUTUR;
// UNAVAILABLE / INSTANT_NON_ATTEINT with RetryInfo.
absl::Status VerifierInstant(pg::Session& session, const google::protobuf::Timestamp& read_time);

// The instant for SQL; "infinity" when it is not set: everything that is committed.
std::string InstantSql(bool set, const google::protobuf::Timestamp& read_time);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_INSTANTS_H_
