#ifndef PDV_COMMON_VALIDATE_MASK_H_
#define PDV_COMMON_VALIDATE_MASK_H_

#include <string>

#include "google/protobuf/message.h"

namespace pdv::validate {

// The message as JSON for a log line (original field names), without what must not be written
// there: a text marked `secret` is replaced by "***", any other secret value is left out, and so
// are the fields that the server does not know. Thread-safe.
std::string MaskSecrets(const google::protobuf::Message& message);
// The same on the message itself, for what is shown to people.
void HideSecrets(google::protobuf::Message* message);

}  // namespace pdv::validate

#endif  // PDV_COMMON_VALIDATE_MASK_H_
