#ifndef PDV_COMMON_STORE_COLUMN_TEXT_H_
#define PDV_COMMON_STORE_COLUMN_TEXT_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "common/store/table.h"
#include "google/protobuf/message.h"

namespace pdv::store {

// The text form, as PostgreSQL reads it, of the field behind `column`; nullopt is NULL.
std::optional<std::string> ColumnText(const google::protobuf::Message& message,
                                      const Column& column);
// Whether two rows have the same value there, without writing it.
bool SameValue(const google::protobuf::Message& a, const google::protobuf::Message& b,
               const Column& column);
// Sets the field from PostgreSQL's text form. False where it cannot be read.
bool SetFromText(const Column& column, std::string_view text, google::protobuf::Message* message);

// An enum value's name without the enum's prefix: ETAT_CONTRAT_EN_VIGUEUR -> "EN_VIGUEUR".
std::string EnumText(const google::protobuf::EnumValueDescriptor* value);
const google::protobuf::EnumValueDescriptor* EnumFromText(
    const google::protobuf::EnumDescriptor* type, std::string_view text);

// "2026-11-23 15:03:28.123456+00" <-> absl::Time, to the microsecond. Sessions of common/pg have the
// time zone UTC.
std::string TimeText(absl::Time time);
bool ParseTimeText(std::string_view text, absl::Time* time);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_COLUMN_TEXT_H_
