#include "common/validate/rules.h"

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <unordered_map>

#include "google/protobuf/field_mask.pb.h"

namespace pdv::validate {
namespace {

namespace options = ::pdv::commun::options::v1;
using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

// Whoever needs more says so in the .proto; these only keep a request from being a weapon.
constexpr size_t kDefaultMaxLen = 10'000;
constexpr int kDefaultMaxItems = 1'000;

Kind KindOf(const FieldDescriptor& field) {
  if (field.is_map()) return Kind::kOther;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return field.type() == FieldDescriptor::TYPE_STRING ? Kind::kText : Kind::kBytes;
    case FieldDescriptor::CPPTYPE_ENUM:
      return Kind::kEnum;
    case FieldDescriptor::CPPTYPE_BOOL:
      return Kind::kOther;
    case FieldDescriptor::CPPTYPE_MESSAGE:
      if (field.message_type()->full_name() == "google.type.Date") return Kind::kDate;
      if (field.message_type()->full_name() == "google.protobuf.Timestamp") return Kind::kInstant;
      return Kind::kMessage;
    default:
      return Kind::kNumber;
  }
}

// Types may contain themselves: a type is entered in the map before its fields are compiled.
class Compiler {
 public:
  const MessageRules& Of(const Descriptor* type) {
    std::lock_guard lock(mu_);
    return *Compile(type);
  }

 private:
  const MessageRules* Compile(const Descriptor* type) {
    auto [entry, inserted] = rules_.try_emplace(type);
    if (!inserted) return entry->second.get();
    auto* rules = new MessageRules;
    entry->second.reset(rules);
    rules->is_resource = type->options().HasExtension(options::resource);
    rules->fields.reserve(type->field_count());
    for (int i = 0; i < type->field_count(); ++i) {
      rules->fields.push_back(CompileField(type->field(i)));
      const FieldDescriptor* field = type->field(i);
      if (field->message_type() == google::protobuf::FieldMask::descriptor() &&
          field->name() == "update_mask") {
        rules->update_mask = field;
      }
    }
    return rules;
  }

  FieldRules CompileField(const FieldDescriptor* field) {
    FieldRules rules;
    rules.field = field;
    rules.options = field->options().GetExtension(options::field);
    rules.kind = KindOf(*field);
    rules.max_len = rules.options.max_len() > 0 ? rules.options.max_len() : kDefaultMaxLen;
    rules.max_items = rules.options.max_items() > 0 ? rules.options.max_items() : kDefaultMaxItems;
    if (!rules.options.pattern().empty()) {
      rules.pattern = std::make_unique<RE2>(rules.options.pattern(), RE2::Quiet);
      if (!rules.pattern->ok()) {
        std::fprintf(stderr, "pdv: %s: pattern: %s\n", field->full_name().c_str(),
                     rules.pattern->error().c_str());
        std::abort();
      }
    }
    if (rules.kind == Kind::kMessage) rules.message = Compile(field->message_type());
    return rules;
  }

  std::mutex mu_;
  std::unordered_map<const Descriptor*, std::unique_ptr<MessageRules>> rules_;
};

}  // namespace

const MessageRules& RulesOf(const Descriptor* type) {
  static Compiler* compiler = new Compiler;
  // Each thread remembers what it has seen: no lock in the path of a call.
  thread_local std::unordered_map<const Descriptor*, const MessageRules*> seen;
  const MessageRules*& rules = seen[type];
  if (rules == nullptr) rules = &compiler->Of(type);
  return *rules;
}

}  // namespace pdv::validate
