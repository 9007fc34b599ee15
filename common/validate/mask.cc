#include "common/validate/mask.h"

#include <memory>

#include "common/validate/rules.h"
#include "google/protobuf/util/json_util.h"

namespace pdv::validate {
namespace {

using google::protobuf::Message;
using google::protobuf::Reflection;

constexpr char kMasked[] = "***";

void HideField(const FieldRules& field, Message* message) {
  const Reflection& reflection = *message->GetReflection();
  if (field.kind != Kind::kText) return reflection.ClearField(message, field.field);
  if (!field.field->is_repeated()) {
    if (reflection.HasField(*message, field.field)) {
      reflection.SetString(message, field.field, kMasked);
    }
    return;
  }
  for (int i = 0; i < reflection.FieldSize(*message, field.field); ++i) {
    reflection.SetRepeatedString(message, field.field, i, kMasked);
  }
}

void Hide(Message* message) {
  const Reflection& reflection = *message->GetReflection();
  for (const FieldRules& field : RulesOf(message->GetDescriptor()).fields) {
    if (field.options.secret()) {
      HideField(field, message);
      continue;
    }
    if (field.kind != Kind::kMessage) continue;
    if (!field.field->is_repeated()) {
      if (reflection.HasField(*message, field.field)) {
        Hide(reflection.MutableMessage(message, field.field));
      }
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(*message, field.field); ++i) {
      Hide(reflection.MutableRepeatedMessage(message, field.field, i));
    }
  }
}

}  // namespace

void HideSecrets(Message* message) { Hide(message); }

std::string MaskSecrets(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  copy->DiscardUnknownFields();
  Hide(copy.get());
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  std::string json;
  const auto printed = google::protobuf::util::MessageToJsonString(*copy, &json, options);
  return printed.ok() ? json : "{}";
}

}  // namespace pdv::validate
