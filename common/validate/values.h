#ifndef PDV_COMMON_VALIDATE_VALUES_H_
#define PDV_COMMON_VALIDATE_VALUES_H_

#include <optional>
#include <string>
#include <string_view>

#include "common/validate/rules.h"
#include "google/protobuf/message.h"

namespace pdv::validate {

// What is wrong with one value. `reason` is a literal.
struct Fault {
  std::string_view reason;
  std::string description;  // French, complete sentence, never quotes the value (it may be secret)
};

// The rules of one present value; nullopt when it keeps them all. Pure.
std::optional<Fault> CheckText(const FieldRules& rules, std::string_view text);
std::optional<Fault> CheckInteger(const FieldRules& rules, int64_t value);
std::optional<Fault> CheckUnsigned(const FieldRules& rules, uint64_t value);
std::optional<Fault> CheckReal(const FieldRules& rules, double value);
std::optional<Fault> CheckEnum(const FieldRules& rules, int value);
// google.type.Date: a complete day of the calendar. google.protobuf.Timestamp: years 1 to 9999.
std::optional<Fault> CheckDate(const google::protobuf::Message& date);
std::optional<Fault> CheckInstant(const google::protobuf::Message& timestamp);

}  // namespace pdv::validate

#endif  // PDV_COMMON_VALIDATE_VALUES_H_
