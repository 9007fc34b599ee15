#include "common/store/changes.h"

#include <algorithm>
#include <random>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/status/error.h"
#include "common/store/batch.h"
#include "google/protobuf/timestamp.pb.h"

namespace pdv::store {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// A random UUID (version 4). Uniqueness is all that is asked of it.
std::string NewUid() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  uint64_t high = random(), low = random();
  high = (high & ~0xF000ULL) | 0x4000ULL;
  low = (low & 0x3FFFFFFFFFFFFFFFULL) | 0x8000000000000000ULL;
  return absl::StrFormat("%08x-%04x-%04x-%04x-%012x", high >> 32, (high >> 16) & 0xFFFF,
                         high & 0xFFFF, low >> 48, low & 0xFFFFFFFFFFFFULL);
}

void SetTime(Message* row, const FieldDescriptor* field, absl::Time time) {
  if (field == nullptr) return;
  auto* t =
      static_cast<google::protobuf::Timestamp*>(row->GetReflection()->MutableMessage(row, field));
  t->set_seconds(absl::ToUnixSeconds(time));
  // PostgreSQL keeps microseconds: what is answered now is what is read later.
  const int64_t micros = absl::ToInt64Microseconds(time - absl::FromUnixSeconds(t->seconds()));
  t->set_nanos(static_cast<int32_t>(micros * 1000));
}

}  // namespace

Changes::Changes(const Batch* batch, const rpc::Call* call, absl::Time now,
                 std::string_view request_id)
    : batch_(batch), call_(call), now_(now), request_id_(request_id) {}
Changes::~Changes() = default;

absl::Status Changes::Missing(std::string_view name) { return status::NotFound(name); }

const Message* Changes::FindRow(const Table& table, std::string_view name) const {
  auto staged = newest_.find({&table, std::string(name)});
  if (staged != newest_.end()) return staged_[staged->second].row.get();
  return batch_->Find(table, name);
}

std::vector<const Message*> Changes::RowsWhere(const Table& table, std::string_view column,
                                               std::string_view value) const {
  std::vector<const Message*> found;
  for (const Message* row : batch_->Where(table, column, value)) {
    if (!newest_.contains({&table, NameOf(*row)})) found.push_back(row);
  }
  const Column* by = table.Find(column);
  // Keys are in order of table: the others of a large decision are not looked at.
  for (auto at = newest_.lower_bound({&table, ""}); at != newest_.end(); ++at) {
    if (at->first.first != &table || (by == nullptr && !column.empty())) break;
    const Message* row = staged_[at->second].row.get();
    if (by == nullptr || table.ToText(*row, *by).value_or("") == value) found.push_back(row);
  }
  std::sort(found.begin(), found.end(),
            [](const Message* a, const Message* b) { return NameOf(*a) < NameOf(*b); });
  return found;
}

void Changes::Stage(const Table& table, Message* row, bool insert) {
  newest_[{&table, NameOf(*row)}] = staged_.size();
  staged_.push_back(Change{&table, CopyOf(*row), insert});
}

void Changes::RollBackTo(size_t mark) {
  if (staged_.size() == mark) return;
  staged_.resize(mark);
  newest_.clear();
  for (size_t i = 0; i < staged_.size(); ++i)
    newest_[{staged_[i].table, NameOf(*staged_[i].row)}] = i;
}

absl::Status Changes::InsertRow(const Table& table, Message* row) {
  const std::string& name = NameOf(*row);
  if (FindRow(table, name) != nullptr) return status::AlreadyExists(name);
  const CommonFields& fields = CommonFields::Of(*row);
  const google::protobuf::Reflection* reflection = row->GetReflection();
  if (fields.uid != nullptr) reflection->SetString(row, fields.uid, NewUid());
  if (fields.etag != nullptr) reflection->SetString(row, fields.etag, "1");
  SetTime(row, fields.create_time, now_);
  SetTime(row, fields.update_time, now_);
  Stage(table, row, /*insert=*/true);
  return absl::OkStatus();
}

absl::Status Changes::UpdateRow(const Table& table, Message* row) {
  const Message* before = FindRow(table, NameOf(*row));
  if (before == nullptr) return Missing(NameOf(*row));
  const CommonFields& fields = CommonFields::Of(*row);
  const google::protobuf::Reflection* reflection = row->GetReflection();
  std::string unused;  // these fields are std::string
  int64_t revision = 0;
  if (fields.etag == nullptr ||
      !absl::SimpleAtoi(reflection->GetStringReference(*before, fields.etag, &unused), &revision))
    return absl::InternalError("row without a revision");
  reflection->SetString(row, fields.etag, absl::StrCat(revision + 1));
  if (fields.uid != nullptr)
    reflection->SetString(row, fields.uid, reflection->GetString(*before, fields.uid));
  if (fields.create_time != nullptr && reflection->HasField(*before, fields.create_time))
    static_cast<google::protobuf::Timestamp*>(reflection->MutableMessage(row, fields.create_time))
        ->CopyFrom(static_cast<const google::protobuf::Timestamp&>(
            reflection->GetMessage(*before, fields.create_time)));
  SetTime(row, fields.update_time, now_);
  Stage(table, row, /*insert=*/false);
  return absl::OkStatus();
}

absl::Status CheckEtag(const Message& row, std::string_view given) {
  const std::string current = GetString(row, "etag");
  if (given.empty() || given == current) return absl::OkStatus();
  return status::EtagMismatch(NameOf(row), current);
}

}  // namespace pdv::store
