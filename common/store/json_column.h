#ifndef PDV_COMMON_STORE_JSON_COLUMN_H_
#define PDV_COMMON_STORE_JSON_COLUMN_H_

#include <optional>
#include <string>
#include <string_view>

#include "google/protobuf/descriptor.h"
#include "google/protobuf/message.h"

namespace pdv::store {

// A message or list field as it lies in a jsonb column: proto JSON with the original field names
// (64-bit integers are strings, enums are names, Timestamp is RFC 3339, unset fields are absent), the
// format of protobuf's own json_util, which resolves the type again at each call and costs ten times
// as much as the rest of the row. Thread-safe.

// nullopt (NULL) for an unset message and an empty list.
std::optional<std::string> JsonText(const google::protobuf::Message& message,
                                    const google::protobuf::FieldDescriptor* field);

// Sets the field from its column. Names that the message does not know are passed over: a later
// version wrote them. False where the text is not JSON, or not of the field's shape.
bool SetFromJson(std::string_view json, const google::protobuf::FieldDescriptor* field,
                 google::protobuf::Message* message);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_JSON_COLUMN_H_
