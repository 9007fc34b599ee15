#include "common/service/field_rules.h"

#include <memory>
#include <random>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/store/table.h"
#include "google/protobuf/util/field_mask_util.h"
#include "google/protobuf/util/message_differencer.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::service {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::FieldMask;
using google::protobuf::Message;
using google::protobuf::util::FieldMaskUtil;

constexpr size_t kMaxId = 100;

absl::string_view View(std::string_view text) { return {text.data(), text.size()}; }

const commun::options::v1::Field& Rules(const FieldDescriptor* field) {
  return field->options().GetExtension(commun::options::v1::field);
}

bool ValidId(std::string_view id) {
  if (id.empty() || id.size() > kMaxId) return false;
  for (char c : id) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (!plain && c != '-' && c != '.' && c != '_' && c != '~') return false;
  }
  return id.front() != '-' && id.front() != '.';
}

std::string RandomId() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return absl::StrFormat("%013x", random() >> 12);
}

absl::Status Refuse(std::string_view field, std::string_view reason, std::string description) {
  return status::InvalidRequest({{std::string(field), std::string(reason),
                                  std::move(description)}});
}

// Replaces one field of `after` by that of `given`, unset included.
void Take(const Message& given, const FieldDescriptor* field, Message* after) {
  FieldMask one;
  one.add_paths(field->name());
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  after->GetReflection()->ClearField(after, field);
  FieldMaskUtil::MergeMessageTo(given, one, options, after);
}

}  // namespace

absl::Status CheckName(std::string_view pattern, std::string_view name, std::string_view field) {
  const std::vector<std::string> want = absl::StrSplit(View(pattern), '/');
  const std::vector<std::string> have = absl::StrSplit(View(name), '/');
  bool fits = want.size() == have.size();
  for (size_t i = 0; fits && i < want.size(); ++i)
    fits = want[i] == "*" ? ValidId(have[i]) : want[i] == have[i];
  if (fits) return absl::OkStatus();
  return Refuse(field, "NOM_INVALIDE",
                absl::StrCat("« ", View(name), " » n'est pas un nom de la forme ", View(pattern),
                             " (minuscules, chiffres, « - . _ ~ », 100 caractères au plus)."));
}

absl::StatusOr<std::string> ChooseName(std::string_view pattern, std::string_view parent,
                                       std::string_view id, std::string_view name,
                                       std::string_view field) {
  const std::vector<std::string> segments = absl::StrSplit(View(pattern), '/');
  const std::string& collection = segments[segments.size() - 2];
  std::string chosen(name);
  std::string at = absl::StrCat(View(field), ".name");
  if (!id.empty() || name.empty()) {
    const std::string last = id.empty() ? RandomId() : std::string(id);
    chosen = segments.size() > 2 ? absl::StrCat(View(parent), "/", collection, "/", last)
                                 : absl::StrCat(collection, "/", last);
    at = absl::StrCat(View(field), "_id");
  }
  absl::Status fits = CheckName(pattern, chosen, at);
  if (!fits.ok()) return fits;
  return chosen;
}

std::string ParentOf(std::string_view name) {
  const size_t last = name.rfind('/');
  if (last == std::string_view::npos || last == 0) return "";
  const size_t before = name.rfind('/', last - 1);
  return before == std::string_view::npos ? "" : std::string(name.substr(0, before));
}

FieldMask MaskOf(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("update_mask");
  if (field == nullptr) return {};
  return static_cast<const FieldMask&>(request.GetReflection()->GetMessage(request, field));
}

absl::Status MergeByMask(const Message& given, const FieldMask& mask, Message* after) {
  const auto* type = given.GetDescriptor();
  std::vector<const FieldDescriptor*> fields;
  const bool all = mask.paths_size() == 1 && mask.paths(0) == "*";
  if (all) {
    for (int i = 0; i < type->field_count(); ++i) fields.push_back(type->field(i));
  } else if (mask.paths_size() == 0) {
    given.GetReflection()->ListFields(given, &fields);
  } else {
    std::vector<status::Violation> unknown;
    for (const std::string& path : mask.paths()) {
      const FieldDescriptor* field = type->FindFieldByName(path);
      if (field == nullptr) {
        unknown.push_back({"update_mask", "CHAMP_INCONNU",
                           absl::StrCat("« ", path, " » n'est pas un champ de la ressource.")});
      } else {
        fields.push_back(field);
      }
    }
    if (!unknown.empty()) return status::InvalidRequest(std::move(unknown));
  }
  for (const FieldDescriptor* field : fields) {
    if (field->name() != "name" && !Rules(field).output_only()) Take(given, field, after);
  }
  return absl::OkStatus();
}

absl::Status CheckImmutable(const Message& before, const Message& after) {
  std::vector<status::Violation> violations;
  for (int i = 0; i < before.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = before.GetDescriptor()->field(i);
    if (!Rules(field).immutable()) continue;
    google::protobuf::util::MessageDifferencer differencer;
    if (differencer.CompareWithFields(before, after, {field}, {field})) continue;
    violations.push_back({field->name(), "CHAMP_IMMUABLE",
                          "Ce champ ne change plus après la création."});
  }
  if (violations.empty()) return absl::OkStatus();
  return status::InvalidRequest(std::move(violations));
}

bool IsDeleted(const Message& row) {
  const FieldDescriptor* field = row.GetDescriptor()->FindFieldByName("delete_time");
  return field != nullptr && row.GetReflection()->HasField(row, field);
}

void KeepOutputOnly(const Message& before, Message* after) {
  for (int i = 0; i < before.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = before.GetDescriptor()->field(i);
    if (Rules(field).output_only()) Take(before, field, after);
  }
}

bool SameContent(const Message& a, const Message& b) {
  auto content = [](const Message& row) {
    const std::shared_ptr<Message> copy = store::CopyOf(row);
    for (const char* name : {"etag", "update_time"}) {
      const FieldDescriptor* field = copy->GetDescriptor()->FindFieldByName(name);
      if (field != nullptr) copy->GetReflection()->ClearField(copy.get(), field);
    }
    return copy->SerializeAsString();
  };
  return content(a) == content(b);
}

}  // namespace pdv::service
