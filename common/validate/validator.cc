#include "common/validate/validator.h"

#include <optional>
#include <string>
#include <string_view>

#include "common/validate/rules.h"
#include "common/validate/values.h"
#include "google/protobuf/field_mask.pb.h"
#include "google/protobuf/unknown_field_set.h"

namespace pdv::validate {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Where the walk is, as a chain on the stack: the path is written only when something is wrong.
struct Place {
  const Place* parent = nullptr;
  std::string_view name;
  int index = -1;  // in a list

  std::string Path() const {
    std::string path = parent == nullptr ? "" : parent->Path();
    if (!path.empty()) path += '.';
    path += name;
    if (index >= 0) path += '[' + std::to_string(index) + ']';
    return path;
  }
};

// Which `required` hold in a message.
struct Asked {
  bool required = true;             // false: none, at any depth
  const FieldMask* mask = nullptr;  // of an update: only the fields that it covers
};

bool Names(const FieldMask& mask, const std::string& field) {
  for (const std::string& path : mask.paths()) {
    if (path == "*" || path == field) return true;
  }
  return false;
}

class Walk {
 public:
  void Run(const Message& message, const MessageRules& rules, const Place* at, const Asked& asked) {
    CheckUnknown(message, at);
    const FieldMask* mask = MaskOf(message, rules);
    for (const FieldRules& field : rules.fields) {
      // What a client says there is ignored, so it cannot be wrong (AIP-203).
      if (field.options.output_only()) continue;
      const bool covered = asked.mask == nullptr || Covers(*asked.mask, message, field);
      const bool required = IsRequired(field, rules, asked, covered);
      // Not given and not covered by the mask: it does not change, so there is nothing to check.
      if (!covered && !required && IsAbsent(message, field)) continue;
      CheckField(message, field, at, required, {asked.required && covered, mask});
    }
  }

  std::vector<status::Violation> Take() { return std::move(violations_); }

 private:
  // An empty mask is of every field that is set: what it sets is written, and must be whole.
  static bool Covers(const FieldMask& mask, const Message& message, const FieldRules& field) {
    if (mask.paths_size() == 0) return !IsAbsent(message, field);
    return Names(mask, field.field->name());
  }

  // The mask speaks of the resource beside it, not of what lies deeper.
  static const FieldMask* MaskOf(const Message& message, const MessageRules& rules) {
    if (rules.update_mask == nullptr) return nullptr;
    return static_cast<const FieldMask*>(
        &message.GetReflection()->GetMessage(message, rules.update_mask));
  }

  static bool IsRequired(const FieldRules& field, const MessageRules& rules, const Asked& asked,
                         bool covered) {
    if (!asked.required) return false;
    // The name of a new resource is made by the server (AIP-133); that of an update says which.
    if (rules.is_resource && field.field->name() == "name") return asked.mask != nullptr;
    return field.options.required() && covered;
  }

  void CheckField(const Message& message, const FieldRules& rules, const Place* at, bool required,
                  const Asked& asked) {
    const Reflection& reflection = *message.GetReflection();
    const Place place{at, rules.field->name()};
    if (rules.field->is_repeated()) {
      const int size = reflection.FieldSize(message, rules.field);
      if (size == 0 && required) Add(place, Missing());
      if (size > rules.max_items) {
        // What exceeds the bound is not worth a line for each element.
        return Add(place, {"LISTE_TROP_LONGUE",
                           "La liste compte " + std::to_string(size) + " éléments ; " +
                               std::to_string(rules.max_items) + " au plus sont admis."});
      }
      if (rules.field->is_map()) return;
      for (int i = 0; i < size; ++i) {
        CheckValue(message, rules, i, Place{at, rules.field->name(), i}, asked);
      }
      return;
    }
    if (IsAbsent(message, rules)) {
      if (required && CanBeMissing(rules)) Add(place, Missing());
      if (rules.field->has_presence() || rules.kind == Kind::kText) return;
    }
    CheckValue(message, rules, -1, place, asked);
  }

  static bool IsAbsent(const Message& message, const FieldRules& rules) {
    const Reflection& reflection = *message.GetReflection();
    return rules.field->is_repeated() ? reflection.FieldSize(message, rules.field) == 0
                                      : !reflection.HasField(message, rules.field);
  }
  // Zero is a number like any other: a number without presence is never missing.
  static bool CanBeMissing(const FieldRules& rules) {
    return rules.field->has_presence() ||
           (rules.kind != Kind::kNumber && rules.kind != Kind::kOther);
  }
  static Fault Missing() { return {"CHAMP_OBLIGATOIRE", "Ce champ est obligatoire."}; }

  void CheckValue(const Message& message, const FieldRules& rules, int index, const Place& place,
                  const Asked& asked) {
    const Reflection& reflection = *message.GetReflection();
    switch (rules.kind) {
      case Kind::kText:
      case Kind::kBytes: {
        std::string scratch;
        const std::string& text =
            index < 0
                ? reflection.GetStringReference(message, rules.field, &scratch)
                : reflection.GetRepeatedStringReference(message, rules.field, index, &scratch);
        if (index >= 0 && text.empty() && rules.options.required()) return Add(place, Missing());
        if (!text.empty() || index >= 0) AddIf(place, CheckText(rules, text));
        return;
      }
      case Kind::kEnum:
        return AddIf(place,
                     CheckEnum(rules, index < 0 ? reflection.GetEnumValue(message, rules.field)
                                                : reflection.GetRepeatedEnumValue(
                                                      message, rules.field, index)));
      case Kind::kNumber:
        return AddIf(place, CheckNumber(message, rules, index));
      case Kind::kDate:
        return AddIf(place, CheckDate(Nested(message, rules, index)));
      case Kind::kInstant:
        return AddIf(place, CheckInstant(Nested(message, rules, index)));
      case Kind::kMessage:
        return Run(Nested(message, rules, index), *rules.message, &place, asked);
      case Kind::kOther:
        return;
    }
  }

  static const Message& Nested(const Message& message, const FieldRules& rules, int index) {
    const Reflection& reflection = *message.GetReflection();
    return index < 0 ? reflection.GetMessage(message, rules.field)
                     : reflection.GetRepeatedMessage(message, rules.field, index);
  }

  static std::optional<Fault> CheckNumber(const Message& message, const FieldRules& rules, int i) {
    const Reflection& r = *message.GetReflection();
    const FieldDescriptor* f = rules.field;
    switch (f->cpp_type()) {
      case FieldDescriptor::CPPTYPE_INT32:
        return CheckInteger(rules,
                            i < 0 ? r.GetInt32(message, f) : r.GetRepeatedInt32(message, f, i));
      case FieldDescriptor::CPPTYPE_INT64:
        return CheckInteger(rules,
                            i < 0 ? r.GetInt64(message, f) : r.GetRepeatedInt64(message, f, i));
      case FieldDescriptor::CPPTYPE_UINT32:
        return CheckUnsigned(rules,
                             i < 0 ? r.GetUInt32(message, f) : r.GetRepeatedUInt32(message, f, i));
      case FieldDescriptor::CPPTYPE_UINT64:
        return CheckUnsigned(rules,
                             i < 0 ? r.GetUInt64(message, f) : r.GetRepeatedUInt64(message, f, i));
      case FieldDescriptor::CPPTYPE_FLOAT:
        return CheckReal(rules, i < 0 ? r.GetFloat(message, f) : r.GetRepeatedFloat(message, f, i));
      default:
        return CheckReal(rules,
                         i < 0 ? r.GetDouble(message, f) : r.GetRepeatedDouble(message, f, i));
    }
  }

  void CheckUnknown(const Message& message, const Place* at) {
    const auto& unknown = message.GetReflection()->GetUnknownFields(message);
    for (int i = 0; i < unknown.field_count(); ++i) {
      const std::string number = std::to_string(unknown.field(i).number());
      Add(Place{at, number},
          {"CHAMP_INCONNU",
           "Le champ n° " + number + " n'est pas connu de cette version du service."});
    }
  }

  void AddIf(const Place& place, std::optional<Fault> fault) {
    if (fault.has_value()) Add(place, *std::move(fault));
  }
  void Add(const Place& place, Fault fault) {
    violations_.push_back({place.Path(), std::string(fault.reason), std::move(fault.description)});
  }

  std::vector<status::Violation> violations_;
};

}  // namespace

std::vector<status::Violation> Check(const Message& request) {
  Walk walk;
  walk.Run(request, RulesOf(request.GetDescriptor()), nullptr, {});
  return walk.Take();
}

void ClearOutputOnly(Message* message) {
  const MessageRules& rules = RulesOf(message->GetDescriptor());
  const Reflection& reflection = *message->GetReflection();
  for (const FieldRules& field : rules.fields) {
    if (field.options.output_only() && !(rules.is_resource && field.field->name() == "name")) {
      reflection.ClearField(message, field.field);
      continue;
    }
    if (field.kind != Kind::kMessage) continue;
    if (!field.field->is_repeated()) {
      if (reflection.HasField(*message, field.field)) {
        ClearOutputOnly(reflection.MutableMessage(message, field.field));
      }
      continue;
    }
    for (int i = 0; i < reflection.FieldSize(*message, field.field); ++i) {
      ClearOutputOnly(reflection.MutableRepeatedMessage(message, field.field, i));
    }
  }
}

}  // namespace pdv::validate
