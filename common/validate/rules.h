#ifndef PDV_COMMON_VALIDATE_RULES_H_
#define PDV_COMMON_VALIDATE_RULES_H_

#include <memory>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "pdv/commun/options/v1/options.pb.h"
#include "re2/re2.h"

namespace pdv::validate {

// What a field holds, as far as its rules go.
enum class Kind { kText, kBytes, kNumber, kEnum, kDate, kInstant, kMessage, kOther };

struct MessageRules;

// The rules of one field, compiled from its options.
struct FieldRules {
  const google::protobuf::FieldDescriptor* field = nullptr;
  ::pdv::commun::options::v1::Field options;
  Kind kind = Kind::kOther;
  std::unique_ptr<RE2> pattern;           // null: none
  size_t max_len = 0;                     // of texts, in characters
  int max_items = 0;                      // of lists
  const MessageRules* message = nullptr;  // of the nested message, when kind is kMessage
};

// The rules of one type of message. Immutable once made; lives for ever.
struct MessageRules {
  std::vector<FieldRules> fields;  // in order of declaration
  bool is_resource = false;
  const google::protobuf::FieldDescriptor* update_mask = nullptr;  // of an Update request
};

// The rules of a type, compiled at its first use. Thread-safe.
const MessageRules& RulesOf(const google::protobuf::Descriptor* type);

}  // namespace pdv::validate

#endif  // PDV_COMMON_VALIDATE_RULES_H_
