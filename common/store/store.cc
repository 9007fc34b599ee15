#include "common/store/store.h"

#include <openssl/evp.h>

#include <future>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/error.h"

namespace pdv::store {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// What makes two requests the same: every byte but the request_id.
std::string InputHash(const Message& request) {
  const std::shared_ptr<Message> input = CopyOf(request);
  const FieldDescriptor* id = request.GetDescriptor()->FindFieldByName("request_id");
  if (id != nullptr) input->GetReflection()->ClearField(input.get(), id);
  const std::string bytes = input->SerializeAsString();
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr);
  return std::string(reinterpret_cast<char*>(digest), size);
}

bool ValidateOnly(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("validate_only");
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

}  // namespace

Store::Store(StoreOptions options) : options_(std::move(options)) {}

absl::StatusOr<std::unique_ptr<Store>> Store::Open(StoreOptions options) {
  std::unique_ptr<Store> store(new Store(std::move(options)));
  const StoreOptions& o = store->options_;
  store->pool_ = std::make_unique<pg::Pool>(o.conninfo, o.pool_size);
  {
    absl::StatusOr<pg::Pool::Lease> session =
        store->pool_->Acquire(absl::Now() + absl::Seconds(30));
    if (!session.ok()) return session.status();
    absl::StatusOr<pg::Result> key = (*session)->Exec("SELECT cle FROM cle_jeton");
    if (!key.ok()) return key.status();
    store->token_key_ = std::string(key->Text(0, 0));
  }
  store->reader_ = std::make_unique<Reader>(o.conninfo, o.reader_lanes);
  RunnerOptions runner;
  runner.service = o.service;
  runner.conninfo = o.conninfo;
  runner.lanes = o.writer_lanes;
  runner.on_commit = o.on_commit;
  store->runner_ = std::make_unique<Runner>(std::move(runner));
  return store;
}

void Store::Register(const Table& table) { by_pattern_[table.pattern()] = &table; }

const Table* Store::ByPattern(std::string_view pattern) const {
  auto table = by_pattern_.find(pattern);
  return table == by_pattern_.end() ? nullptr : table->second;
}

void Store::Mutate(rpc::CallPtr call, const rpc::MessagePtr& request, Mutation mutation,
                   rpc::Reply reply) {
  Pending pending;
  pending.call = std::move(call);
  pending.mutation = std::move(mutation);
  pending.reply = std::move(reply);
  const auto* method = pending.call->method;
  pending.method = method == nullptr ? std::string("interne")
                                     : absl::StrCat(method->service()->full_name(), "/",
                                                    method->name());
  pending.request_id = GetString(*request, "request_id");
  if (absl::StartsWith(pending.request_id, "~")) {  // the runner's own ids begin so
    return pending.reply(status::InvalidRequest(
        {{"request_id", "FORMAT_INVALIDE", "Un request_id ne commence pas par « ~ »."}}));
  }
  pending.validate_only = ValidateOnly(*request);
  if (!pending.request_id.empty()) pending.input_hash = InputHash(*request);
  runner_->Submit(std::move(pending));
}

absl::StatusOr<rpc::MessagePtr> Store::MutateAndWait(rpc::CallPtr call,
                                                     const rpc::MessagePtr& request,
                                                     Mutation mutation) {
  auto done = std::make_shared<std::promise<absl::StatusOr<rpc::MessagePtr>>>();
  std::future<absl::StatusOr<rpc::MessagePtr>> answer = done->get_future();
  Mutate(std::move(call), request, std::move(mutation),
         [done](absl::StatusOr<rpc::MessagePtr> result) { done->set_value(std::move(result)); });
  return answer.get();
}

absl::StatusOr<int64_t> Store::PurgeRecords(absl::Duration keep, std::stop_token stop) {
  // By slices: no lock is held for long, and a failure half-way leaves what is left to the next time.
  constexpr char kPurge[] =
      "DELETE FROM idempotence WHERE request_id IN (SELECT request_id FROM idempotence "
      "WHERE instant < now() - make_interval(secs => $1) LIMIT 5000)";
  absl::StatusOr<pg::Pool::Lease> session = pool_->Acquire(absl::Now() + absl::Seconds(30));
  if (!session.ok()) return session.status();
  int64_t purged = 0;
  while (!stop.stop_requested()) {
    pg::Params params;
    params.Int64(absl::ToInt64Seconds(keep));
    absl::StatusOr<pg::Result> deleted = (*session)->Exec(kPurge, params);
    if (!deleted.ok()) return deleted.status();
    if (deleted->affected() == 0) return purged;
    purged += deleted->affected();
  }
  return purged;
}

}  // namespace pdv::store
