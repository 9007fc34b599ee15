#include "common/status/error.h"

#include "common/status/details.h"
#include "google/protobuf/unknown_field_set.h"
#include "google/rpc/error_details.pb.h"

namespace pdv::status {

using google::rpc::BadRequest;
using google::rpc::ErrorInfo;
using google::rpc::PreconditionFailure;
using google::rpc::RetryInfo;

Error::Error(absl::StatusCode code, std::string_view reason, std::string_view message_fr)
    : code_(code), reason_(reason), message_(message_fr) {}

Error& Error::With(std::string_view key, std::string_view value) {
  metadata_.emplace_back(key, value);
  return *this;
}

Error& Error::With(std::string_view key, int64_t value) { return With(key, std::to_string(value)); }

Error& Error::Law(std::string_view rule_id, std::string_view citation) {
  return With("regle", rule_id).With("reference_legale", citation);
}

Error& Error::Field(Violation violation) {
  fields_.push_back(std::move(violation));
  return *this;
}

Error& Error::Precondition(std::string_view type, std::string_view subject,
                           std::string_view description) {
  preconditions_.push_back({std::string(type), std::string(subject), std::string(description)});
  return *this;
}

Error& Error::RetryAfter(absl::Duration delay) {
  retry_ = delay;
  return *this;
}

namespace {

// google.rpc.BadRequest.FieldViolation.reason. The package's copy of error_details.proto is older
// than that field, so it is written and read by its number: a client with today's file sees it.
constexpr int kReasonField = 3;

BadRequest ToBadRequest(const std::vector<Violation>& violations) {
  BadRequest bad;
  for (const Violation& violation : violations) {
    BadRequest::FieldViolation* field = bad.add_field_violations();
    field->set_field(violation.field);
    field->set_description(violation.description);
    field->GetReflection()->MutableUnknownFields(field)->AddLengthDelimited(kReasonField,
                                                                            violation.reason);
  }
  return bad;
}

Violation FromFieldViolation(const BadRequest::FieldViolation& field) {
  Violation violation{field.field(), "", field.description()};
  const auto& unknown = field.GetReflection()->GetUnknownFields(field);
  for (int i = 0; i < unknown.field_count(); ++i) {
    const google::protobuf::UnknownField& one = unknown.field(i);
    if (one.number() == kReasonField &&
        one.type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED) {
      violation.reason = one.length_delimited();
    }
  }
  return violation;
}

absl::Duration DelayOf(const RetryInfo& retry) {
  return absl::Seconds(retry.retry_delay().seconds()) +
         absl::Nanoseconds(retry.retry_delay().nanos());
}

}  // namespace

Error Error::Of(const absl::Status& built) {
  const absl::string_view message = built.message();
  Error error(built.code(), ReasonOf(built), {message.data(), message.size()});
  if (const auto info = GetDetail<ErrorInfo>(built))
    for (const auto& [key, value] : info->metadata()) error.With(key, value);
  error.fields_ = ViolationsOf(built);
  if (const auto failure = GetDetail<PreconditionFailure>(built))
    for (const auto& one : failure->violations())
      error.Precondition(one.type(), one.subject(), one.description());
  if (const auto retry = GetDetail<RetryInfo>(built)) error.RetryAfter(DelayOf(*retry));
  return error;
}

absl::Status Error::Build() const {
  absl::Status status(code_, message_);
  ErrorInfo info;
  info.set_reason(reason_);
  for (const auto& [key, value] : metadata_) (*info.mutable_metadata())[key] = value;
  SetDetail(info, &status);
  if (!fields_.empty()) SetDetail(ToBadRequest(fields_), &status);
  if (!preconditions_.empty()) {
    PreconditionFailure failure;
    for (const Failure& one : preconditions_) {
      PreconditionFailure::Violation* violation = failure.add_violations();
      violation->set_type(one.type);
      violation->set_subject(one.subject);
      violation->set_description(one.description);
    }
    SetDetail(failure, &status);
  }
  if (retry_.has_value()) {
    RetryInfo retry;
    absl::Duration rest = *retry_;
    retry.mutable_retry_delay()->set_seconds(absl::IDivDuration(rest, absl::Seconds(1), &rest));
    retry.mutable_retry_delay()->set_nanos(static_cast<int>(absl::ToInt64Nanoseconds(rest)));
    SetDetail(retry, &status);
  }
  return status;
}

absl::Status InvalidRequest(std::vector<Violation> violations) {
  const bool one = violations.size() == 1;
  Error error(absl::StatusCode::kInvalidArgument, "REQUETE_INVALIDE",
              one ? violations.front().field + " : " + violations.front().description
                  : std::to_string(violations.size()) + " champs de la requête sont à corriger.");
  for (Violation& violation : violations) error.Field(std::move(violation));
  return error;
}

absl::Status NotFound(std::string_view name) {
  return Error(absl::StatusCode::kNotFound, "RESSOURCE_INTROUVABLE",
               "« " + std::string(name) + " » n'existe pas.")
      .With("name", name);
}

absl::Status AlreadyExists(std::string_view name) {
  return Error(absl::StatusCode::kAlreadyExists, "RESSOURCE_EXISTANTE",
               "« " + std::string(name) + " » existe déjà.")
      .With("name", name);
}

absl::Status EtagMismatch(std::string_view name, std::string_view current_etag) {
  return Error(absl::StatusCode::kAborted, "ETAG_PERIME",
               "« " + std::string(name) +
                   " » a changé depuis votre lecture : relisez avant de modifier.")
      .With("name", name)
      .With("etag", current_etag);
}

std::string ReasonOf(const absl::Status& status) {
  const auto info = GetDetail<ErrorInfo>(status);
  return info.has_value() ? info->reason() : "";
}

std::vector<Violation> ViolationsOf(const absl::Status& status) {
  std::vector<Violation> violations;
  const auto bad = GetDetail<BadRequest>(status);
  if (!bad.has_value()) return violations;
  for (const auto& field : bad->field_violations()) violations.push_back(FromFieldViolation(field));
  return violations;
}

std::string MetadataOf(const absl::Status& status, std::string_view key) {
  const auto info = GetDetail<ErrorInfo>(status);
  if (!info.has_value()) return "";
  const auto found = info->metadata().find(std::string(key));
  return found == info->metadata().end() ? "" : found->second;
}

}  // namespace pdv::status
