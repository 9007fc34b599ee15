#ifndef PDV_COMMON_SERVICE_REFERENCES_H_
#define PDV_COMMON_SERVICE_REFERENCES_H_

#include <string>
#include <vector>

#include "common/store/changes.h"
#include "common/store/store.h"
#include "google/protobuf/message.h"

namespace pdv::service {

// A field with the option `reference`, and the name that it holds.
struct Reference {
  std::string path;     // "territoires[1].territoire"
  std::string pattern;  // "epci/*"
  std::string name;     // "epci/243400017"
};

// Every non-empty reference in the message and in what it nests, in order of fields.
std::vector<Reference> ReferencesOf(const google::protobuf::Message& resource);
// The reads that let CheckReferences see them; references to tables that the service neither owns
// nor mirrors are not read, and not checked.
std::vector<store::Read> ReferenceReads(const store::Store& store,
                                        const google::protobuf::Message& resource);
// FAILED_PRECONDITION / REFERENCE_INCONNUE that lists every reference whose resource does not exist
// or was deleted. `before` (may be null) is the row that it replaces: what it cited already is not
// asked again, so that an old citation never blocks another change.
absl::Status CheckReferences(const store::Store& store, const google::protobuf::Message* before,
                             const google::protobuf::Message& resource,
                             const store::Changes& changes);

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_REFERENCES_H_
