#include "common/service/references.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

void Collect(const Message& message, const std::string& prefix, std::vector<Reference>* found) {
  const auto* reflection = message.GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(message, &fields);
  for (const FieldDescriptor* field : fields) {
    const std::string path = absl::StrCat(prefix, field->name());
    const int count = field->is_repeated() ? reflection->FieldSize(message, field) : 1;
    for (int i = 0; i < count; ++i) {
      const std::string at = field->is_repeated() ? absl::StrCat(path, "[", i, "]") : path;
      if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE) {
        if (field->message_type()->file()->package() == "google.protobuf") continue;
        Collect(field->is_repeated() ? reflection->GetRepeatedMessage(message, field, i)
                                     : reflection->GetMessage(message, field),
                at + ".", found);
      } else if (field->type() == FieldDescriptor::TYPE_STRING) {
        const std::string& pattern =
            field->options().GetExtension(commun::options::v1::field).reference();
        if (pattern.empty()) continue;
        std::string name = field->is_repeated()
                               ? reflection->GetRepeatedString(message, field, i)
                               : reflection->GetString(message, field);
        if (!name.empty()) found->push_back({at, pattern, std::move(name)});
      }
    }
  }
}

bool Deleted(const Message& row) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName("delete_time");
  return field != nullptr && row.GetReflection()->HasField(row, field);
}

}  // namespace

std::vector<Reference> ReferencesOf(const Message& resource) {
  std::vector<Reference> found;
  Collect(resource, "", &found);
  return found;
}

std::vector<store::Read> ReferenceReads(const store::Store& store, const Message& resource) {
  std::vector<store::Read> reads;
  for (const Reference& reference : ReferencesOf(resource)) {
    const store::Table* table = store.ByPattern(reference.pattern);
    if (table != nullptr) reads.push_back({table, "name", reference.name, /*lock=*/false});
  }
  return reads;
}

absl::Status CheckReferences(const store::Store& store, const Message* before,
                             const Message& resource, const store::Changes& changes) {
  std::set<std::string> cited;
  if (before != nullptr) {
    for (Reference& reference : ReferencesOf(*before)) cited.insert(std::move(reference.name));
  }
  status::Error error(absl::StatusCode::kFailedPrecondition, "REFERENCE_INCONNUE",
                      "Un élément cité n'existe pas ou n'est pas encore connu de ce service.");
  bool failed = false;
  for (const Reference& reference : ReferencesOf(resource)) {
    const store::Table* table = store.ByPattern(reference.pattern);
    if (table == nullptr || cited.contains(reference.name)) continue;
    const Message* row = changes.FindRow(*table, reference.name);
    if (row != nullptr && !Deleted(*row)) continue;
    if (reference.name == store::NameOf(resource)) continue;  // the root of a tree names itself
    if (!failed) error.With("name", reference.name).With("champ", reference.path);
    failed = true;
    error.Precondition("REFERENCE_INCONNUE", reference.name,
                       absl::StrCat(reference.path, " : « ", reference.name, " » est inconnu."));
  }
  return failed ? error.Build() : absl::OkStatus();
}

}  // namespace pdv::service
