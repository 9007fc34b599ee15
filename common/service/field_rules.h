#ifndef PDV_COMMON_SERVICE_FIELD_RULES_H_
#define PDV_COMMON_SERVICE_FIELD_RULES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/message.h"

namespace pdv::service {

// The name of a new resource: parent + collection + id. The caller chooses the id (AIP-133), or
// gives a whole name, or neither (a random id). INVALID_ARGUMENT when it is not a valid id or does
// not fit the pattern. `field` names the resource's field in the request, for the violation.
absl::StatusOr<std::string> ChooseName(std::string_view pattern, std::string_view parent,
                                       std::string_view id, std::string_view name,
                                       std::string_view field);
// INVALID_ARGUMENT unless the name fits the pattern ("contrats/*/avenants/*").
absl::Status CheckName(std::string_view pattern, std::string_view name, std::string_view field);
// "contrats/cv110" of "contrats/cv110/avenants/1"; "" for a top-level name.
std::string ParentOf(std::string_view name);

// The request's update_mask (AIP-134); empty when it has none.
google::protobuf::FieldMask MaskOf(const google::protobuf::Message& request);
// Copies from `given` the fields of the mask: all that are set where the mask is empty, all where it
// is "*". Output-only fields and the name are never taken. INVALID_ARGUMENT for an unknown path.
absl::Status MergeByMask(const google::protobuf::Message& given,
                         const google::protobuf::FieldMask& mask,
                         google::protobuf::Message* after);
// INVALID_ARGUMENT that lists every field with the option `immutable` that differs.
absl::Status CheckImmutable(const google::protobuf::Message& before,
                            const google::protobuf::Message& after);
// True when the resource carries a delete_time (AIP-164).
bool IsDeleted(const google::protobuf::Message& row);
// Copies the output-only fields of `before` into `after` (an import replaces all others).
void KeepOutputOnly(const google::protobuf::Message& before, google::protobuf::Message* after);
// True when two rows differ in nothing but etag and update_time.
bool SameContent(const google::protobuf::Message& a, const google::protobuf::Message& b);

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_FIELD_RULES_H_
