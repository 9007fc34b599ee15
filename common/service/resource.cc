#include "common/service/resource.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/service/field_rules.h"
#include "common/service/references.h"
#include "common/status/error.h"
#include "common/validate/validator.h"
#include "google/protobuf/timestamp.pb.h"

namespace pdv::service {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

namespace {

// An update asks for what its mask covers: one that creates is held to what a creation is asked.
absl::Status CheckWhole(const Message& fresh, const std::string& field) {
  std::vector<status::Violation> violations = validate::Check(fresh);
  if (violations.empty()) return absl::OkStatus();
  for (status::Violation& violation : violations)
    violation.field = absl::StrCat(field, ".", violation.field);
  return status::InvalidRequest(std::move(violations));
}

}  // namespace

ResourceMethods::ResourceMethods(store::Store* store, const Descriptor* type, ResourceHooks hooks)
    : store_(store), table_(store::Table::Of(type)), hooks_(std::move(hooks)) {
  std::vector<std::string> segments = absl::StrSplit(table_.pattern(), '/');
  if (segments.size() > 2) {
    segments.resize(segments.size() - 2);
    parent_pattern_ = absl::StrJoin(segments, "/");
  }
}

const FieldDescriptor* ResourceMethods::FieldIn(const Descriptor* message) const {
  for (int i = 0; i < message->field_count(); ++i) {
    if (message->field(i)->message_type() == table_.type()) return message->field(i);
  }
  return nullptr;
}

absl::StatusOr<ResourceMethods::Row> ResourceMethods::Named(const Message& request) const {
  const FieldDescriptor* field = FieldIn(request.GetDescriptor());
  const Row row = store::CopyOf(request.GetReflection()->GetMessage(request, field));
  validate::ClearOutputOnly(row.get());
  const std::string id = store::GetString(request, absl::StrCat(field->name(), "_id"));
  const std::string parent = store::GetString(request, "parent");
  absl::StatusOr<std::string> name =
      ChooseName(table_.pattern(), parent, id, store::NameOf(*row), field->name());
  if (!name.ok()) return name.status();
  store::SetString(row.get(), "name", *name);
  return row;
}

std::vector<store::Read> ResourceMethods::ReadsFor(const Message& resource) const {
  const std::string name = store::NameOf(resource);
  std::vector<store::Read> reads = ReferenceReads(*store_, resource);
  reads.push_back({&table_, "name", name, /*lock=*/true});
  const store::Table* parent = store_->ByPattern(parent_pattern_);
  if (parent != nullptr) reads.push_back({parent, "name", ParentOf(name), /*lock=*/false});
  if (hooks_.reads) {
    std::vector<store::Read> more = hooks_.reads(resource);
    reads.insert(reads.end(), more.begin(), more.end());
  }
  return reads;
}

absl::Status ResourceMethods::InsertChecked(Message* row, store::Changes& changes) const {
  const store::Table* parent = store_->ByPattern(parent_pattern_);
  const std::string name = store::NameOf(*row);
  if (parent != nullptr && changes.FindRow(*parent, ParentOf(name)) == nullptr)
    return status::NotFound(ParentOf(name));
  absl::Status known = CheckReferences(*store_, nullptr, *row, changes);
  if (!known.ok()) return known;
  if (hooks_.check) {
    absl::Status allowed = hooks_.check(nullptr, row, changes);
    if (!allowed.ok()) return allowed;
  }
  return changes.InsertRow(table_, row);
}

absl::Status ResourceMethods::UpdateChecked(const Message& before, Message* after,
                                            store::Changes& changes) const {
  absl::Status status = CheckImmutable(before, *after);
  if (status.ok()) status = CheckReferences(*store_, &before, *after, changes);
  if (status.ok() && hooks_.check) status = hooks_.check(&before, after, changes);
  if (!status.ok()) return status;
  return changes.UpdateRow(table_, after);
}

void ResourceMethods::Follow(std::vector<ConstRow> resources, store::Mutation* mutation) const {
  if (hooks_.follow == nullptr) return;
  mutation->follow = [self = shared_from_this(),
                      resources = std::move(resources)](const store::Changes& changes) {
    std::vector<store::Read> reads;
    for (const ConstRow& resource : resources) {
      for (store::Read& read : self->hooks_.follow(*resource, changes))
        reads.push_back(std::move(read));
    }
    return reads;
  };
}

store::Mutation ResourceMethods::Create(rpc::MessagePtr request) const {
  absl::StatusOr<Row> row = Named(*request);
  if (!row.ok()) return store::Refuse(row.status());
  store::Mutation mutation;
  mutation.reads = ReadsFor(**row);
  mutation.decide = [self = shared_from_this(),
                     row = *row](store::Changes& changes) -> absl::StatusOr<Row> {
    const Row fresh = store::CopyOf(*row);
    absl::Status status = self->InsertChecked(fresh.get(), changes);
    if (!status.ok()) return status;
    return fresh;
  };
  Follow({*row}, &mutation);
  return mutation;
}

store::Mutation ResourceMethods::BatchCreate(rpc::MessagePtr request,
                                             const Descriptor* response) const {
  const FieldDescriptor* requests = request->GetDescriptor()->FindFieldByName("requests");
  const auto* reflection = request->GetReflection();
  std::vector<Row> rows;
  store::Mutation mutation;
  for (int i = 0; i < reflection->FieldSize(*request, requests); ++i) {
    absl::StatusOr<Row> row = Named(reflection->GetRepeatedMessage(*request, requests, i));
    if (!row.ok()) return store::Refuse(row.status());
    std::vector<store::Read> reads = ReadsFor(**row);
    mutation.reads.insert(mutation.reads.end(), reads.begin(), reads.end());
    rows.push_back(*std::move(row));
  }
  mutation.decide = [self = shared_from_this(), rows,
                     response](store::Changes& changes) -> absl::StatusOr<Row> {
    Row answer(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(response)->New());
    const FieldDescriptor* field = self->FieldIn(response);
    for (const Row& row : rows) {
      Message* fresh = answer->GetReflection()->AddMessage(answer.get(), field);
      fresh->MergeFrom(*row);
      absl::Status status = self->InsertChecked(fresh, changes);
      if (!status.ok()) return status;
    }
    return answer;
  };
  Follow({rows.begin(), rows.end()}, &mutation);
  return mutation;
}

absl::StatusOr<ResourceMethods::Row> ResourceMethods::Merged(const Message& before,
                                                             const Message& request) const {
  const FieldDescriptor* field = FieldIn(request.GetDescriptor());
  const Message& given = request.GetReflection()->GetMessage(request, field);
  absl::Status fresh = store::CheckEtag(before, store::GetString(given, "etag"));
  if (!fresh.ok()) return fresh;
  const Row after = store::CopyOf(before);
  absl::Status merged = MergeByMask(given, MaskOf(request), after.get());
  if (!merged.ok()) return merged;
  return after;
}

store::Mutation ResourceMethods::Update(rpc::MessagePtr request) const {
  const FieldDescriptor* field = FieldIn(request->GetDescriptor());
  const Message& given = request->GetReflection()->GetMessage(*request, field);
  const std::string name = store::NameOf(given);
  absl::Status named = CheckName(table_.pattern(), name, absl::StrCat(field->name(), ".name"));
  if (!named.ok()) return store::Refuse(named);
  const FieldDescriptor* missing = request->GetDescriptor()->FindFieldByName("allow_missing");
  const bool allow_missing =
      missing != nullptr && request->GetReflection()->GetBool(*request, missing);
  store::Mutation mutation;
  mutation.reads = ReadsFor(given);
  mutation.decide = [self = shared_from_this(), request, name, allow_missing,
                     field](store::Changes& changes) -> absl::StatusOr<Row> {
    const Message* before = changes.FindRow(self->table_, name);
    if (before == nullptr && allow_missing) {
      const Message& given = request->GetReflection()->GetMessage(*request, field);
      const Row fresh = store::CopyOf(given);
      validate::ClearOutputOnly(fresh.get());
      absl::Status status = CheckWhole(*fresh, field->name());
      if (status.ok()) status = self->InsertChecked(fresh.get(), changes);
      if (!status.ok()) return status;
      return fresh;
    }
    if (before == nullptr || IsDeleted(*before)) return status::NotFound(name);
    absl::StatusOr<Row> after = self->Merged(*before, *request);
    if (!after.ok()) return after.status();
    absl::Status status = self->UpdateChecked(*before, after->get(), changes);
    if (!status.ok()) return status;
    return *after;
  };
  const Row asked = store::CopyOf(given);
  Follow({std::move(asked)}, &mutation);
  return mutation;
}

store::Mutation ResourceMethods::Delete(rpc::MessagePtr request) const {
  const std::string name = store::GetString(*request, "name");
  const std::string etag = store::GetString(*request, "etag");
  store::Mutation mutation;
  mutation.reads.push_back({&table_, "name", name, true});
  // The request has a name only: what the rules look at is that of the row.
  mutation.follow = [self = shared_from_this(), name](const store::Changes& changes) {
    std::vector<store::Read> reads;
    const Message* row = changes.FindRow(self->table_, name);
    if (row == nullptr) return reads;
    if (self->hooks_.reads) reads = self->hooks_.reads(*row);
    if (self->hooks_.follow == nullptr) return reads;
    for (store::Read& read : self->hooks_.follow(*row, changes)) reads.push_back(std::move(read));
    return reads;
  };
  mutation.decide = [self = shared_from_this(), name,
                     etag](store::Changes& changes) -> absl::StatusOr<Row> {
    const Message* before = changes.FindRow(self->table_, name);
    if (before == nullptr || IsDeleted(*before)) return status::NotFound(name);
    absl::Status fresh = store::CheckEtag(*before, etag);
    if (!fresh.ok()) return fresh;
    const Row after = store::CopyOf(*before);
    const FieldDescriptor* field = after->GetDescriptor()->FindFieldByName("delete_time");
    auto* time = static_cast<google::protobuf::Timestamp*>(
        after->GetReflection()->MutableMessage(after.get(), field));
    time->set_seconds(absl::ToUnixSeconds(changes.now()));
    absl::Status status =
        self->hooks_.check ? self->hooks_.check(before, after.get(), changes) : absl::OkStatus();
    if (status.ok()) status = changes.UpdateRow(self->table_, after.get());
    if (!status.ok()) return status;
    return after;
  };
  return mutation;
}

}  // namespace pdv::service
