// The streamed import of a resource: upsert by name, element by element.
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/service/field_rules.h"
#include "common/service/references.h"
#include "common/service/resource.h"
#include "common/status/error.h"
#include "common/validate/validator.h"
#include "pdv/commun/type/v1/importation.pb.h"

namespace pdv::service {
namespace {

using commun::type::v1::RapportImport;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kMaxFindings = 1000;
enum Outcome { kUnchanged, kCreated, kModified };

void AddFinding(RapportImport* report, int64_t rank, const std::string& name,
                const absl::Status& error) {
  report->set_rejetes(report->rejetes() + 1);
  if (report->constats_size() >= kMaxFindings) return;
  auto* finding = report->add_constats();
  finding->set_rang(rank);
  finding->set_name(name);
  finding->set_rejet(true);
  const std::vector<status::Violation> violations = status::ViolationsOf(error);
  const std::string reason = status::ReasonOf(error);
  finding->set_champ(violations.empty() ? status::MetadataOf(error, "champ")
                                        : violations.front().field);
  finding->set_raison(violations.empty() ? (reason.empty() ? "ERREUR_INTERNE" : reason)
                                         : violations.front().reason);
  finding->set_message(violations.empty() ? std::string(error.message())
                                          : violations.front().description);
}

void Merge(const RapportImport& part, RapportImport* whole) {
  whole->set_lus(whole->lus() + part.lus());
  whole->set_crees(whole->crees() + part.crees());
  whole->set_modifies(whole->modifies() + part.modifies());
  whole->set_inchanges(whole->inchanges() + part.inchanges());
  whole->set_rejetes(whole->rejetes() + part.rejetes());
  for (const auto& finding : part.constats()) {
    if (whole->constats_size() < kMaxFindings) *whole->add_constats() = finding;
  }
}

}  // namespace

absl::Status ResourceMethods::ImportOne(const Message& element, store::Changes& changes,
                                        int* outcome) const {
  const std::string name = store::NameOf(element);
  absl::Status named = CheckName(table_.pattern(), name, "name");
  if (!named.ok()) return named;
  const Row row = store::CopyOf(element);
  validate::ClearOutputOnly(row.get());
  const Message* before = changes.FindRow(table_, name);
  if (before == nullptr) {
    *outcome = kCreated;
    return InsertChecked(row.get(), changes);
  }
  KeepOutputOnly(*before, row.get());
  if (row->SerializeAsString() == before->SerializeAsString()) {
    *outcome = kUnchanged;
    return absl::OkStatus();
  }
  *outcome = kModified;
  const size_t mark = changes.staged();
  const Row kept = store::CopyOf(*before);
  absl::Status updated = UpdateChecked(*kept, row.get(), changes);
  if (!updated.ok()) return updated;
  // A rule may have computed the row back to what it was: then nothing changed.
  if (SameContent(*kept, *row)) {
    changes.RollBackTo(mark);
    *outcome = kUnchanged;
  }
  return absl::OkStatus();
}

store::Mutation ResourceMethods::ImportChunk(rpc::MessagePtr chunk, int64_t first) const {
  const FieldDescriptor* field = FieldIn(chunk->GetDescriptor());
  const auto* reflection = chunk->GetReflection();
  store::Mutation mutation;
  std::vector<ConstRow> elements;
  for (int i = 0; i < reflection->FieldSize(*chunk, field); ++i) {
    // A part of the chunk, which it keeps alive.
    elements.emplace_back(chunk, &reflection->GetRepeatedMessage(*chunk, field, i));
    std::vector<store::Read> reads = ReadsFor(*elements.back());
    mutation.reads.insert(mutation.reads.end(), std::make_move_iterator(reads.begin()),
                          std::make_move_iterator(reads.end()));
  }
  mutation.decide = [self = shared_from_this(), chunk, field,
                     first](store::Changes& changes) -> absl::StatusOr<Row> {
    auto report = std::make_shared<RapportImport>();
    const auto* reflection = chunk->GetReflection();
    for (int i = 0; i < reflection->FieldSize(*chunk, field); ++i) {
      const Message& element = reflection->GetRepeatedMessage(*chunk, field, i);
      const size_t mark = changes.staged();
      int outcome = kUnchanged;
      absl::Status status = self->ImportOne(element, changes, &outcome);
      report->set_lus(report->lus() + 1);
      if (!status.ok()) {
        changes.RollBackTo(mark);
        AddFinding(report.get(), first + i, store::NameOf(element), status);
      } else if (outcome == kCreated) {
        report->set_crees(report->crees() + 1);
      } else if (outcome == kModified) {
        report->set_modifies(report->modifies() + 1);
      } else {
        report->set_inchanges(report->inchanges() + 1);
      }
    }
    return Row(report);
  };
  Follow(std::move(elements), &mutation);
  return mutation;
}

absl::StatusOr<rpc::MessagePtr> ResourceMethods::Import(rpc::CallPtr call,
                                                        rpc::StreamSource& source) const {
  auto whole = std::make_shared<RapportImport>();
  while (true) {
    absl::StatusOr<rpc::MessagePtr> chunk = source.Next();
    if (!chunk.ok()) return chunk.status();
    if (*chunk == nullptr) return rpc::MessagePtr(whole);
    const int64_t first = whole->lus();
    absl::StatusOr<rpc::MessagePtr> part =
        store_->MutateAndWait(call, *chunk, ImportChunk(*chunk, first));
    if (part.ok()) {
      Merge(static_cast<const RapportImport&>(**part), whole.get());
      continue;
    }
    const absl::StatusCode code = part.status().code();
    const bool element_at_fault = code == absl::StatusCode::kFailedPrecondition ||
                                  code == absl::StatusCode::kAlreadyExists ||
                                  code == absl::StatusCode::kInvalidArgument;
    if (!element_at_fault) return part.status();
    // A constraint of the database refused the chunk: element by element, only the one at fault
    // is refused.
    const FieldDescriptor* field = FieldIn((*chunk)->GetDescriptor());
    const auto* reflection = (*chunk)->GetReflection();
    for (int i = 0; i < reflection->FieldSize(**chunk, field); ++i) {
      const std::shared_ptr<Message> alone = store::CopyOf(**chunk);
      reflection->ClearField(alone.get(), field);
      const Message& element = reflection->GetRepeatedMessage(**chunk, field, i);
      reflection->AddMessage(alone.get(), field)->MergeFrom(element);
      absl::StatusOr<rpc::MessagePtr> one =
          store_->MutateAndWait(call, alone, ImportChunk(alone, first + i));
      if (one.ok()) {
        Merge(static_cast<const RapportImport&>(**one), whole.get());
      } else {
        whole->set_lus(whole->lus() + 1);
        AddFinding(whole.get(), first + i, store::NameOf(element), one.status());
      }
    }
  }
}

}  // namespace pdv::service
