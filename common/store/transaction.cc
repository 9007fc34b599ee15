#include "common/store/transaction.h"

#include <map>
#include <random>
#include <set>
#include <tuple>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/pg/error.h"
#include "common/rpc/call_metadata.h"
#include "common/status/error.h"
#include "common/store/column_text.h"
#include "common/store/sql_text.h"

namespace pdv::store {
namespace {

using google::protobuf::Message;

// With the position of what was journalled. One row by key: EXISTS may be planned as a hash of the
// whole journal.
constexpr char kRecords[] =
    "SELECT request_id, methode, empreinte, reponse_type, reponse, "
    "coalesce((SELECT j.xid::text FROM journal j WHERE j.xid = i.xid LIMIT 1), '0') "
    "FROM idempotence i WHERE request_id = ANY($1::text[])";
constexpr char kClock[] = "SELECT pg_current_xact_id()::text, now()";
constexpr char kInsertRecords[] =
    "INSERT INTO idempotence (request_id, methode, empreinte, reponse_type, reponse, instant) "
    "SELECT r, m, e, t, p, now() FROM unnest($1::text[], $2::text[], $3::bytea[], $4::text[], "
    "$5::bytea[]) AS u(r, m, e, t, p)";
constexpr char kInsertJournal[] =
    "INSERT INTO journal (type, name, revision, evenement, ressource, methode, request_id, acteur,"
    " instant) SELECT t, n, v, k, p, m, r, a, now() FROM unnest($1::text[], $2::text[], "
    "$3::bigint[], $4::text[], $5::bytea[], $6::text[], $7::text[], $8::text[]) "
    "WITH ORDINALITY AS u(t, n, v, k, p, m, r, a, i) ORDER BY i";

bool Internal(const std::string& request_id) { return absl::StartsWith(request_id, "~"); }

}  // namespace

std::string InternalRequestId() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return absl::StrFormat("~%016x%016x", random(), random());
}

absl::StatusOr<std::vector<pg::Result>> Transaction::Load(const std::vector<Pending>& group,
                                                          const std::vector<Read>& reads,
                                                          std::vector<pg::Statement> first) {
  // (mirror, table, column, unlocked) -> values; own tables first, by name; a row that is wanted
  // both locked and not is taken locked.
  std::map<std::tuple<bool, std::string, std::string, bool>,
           std::pair<const Table*, std::set<std::string>>>
      grouped;
  for (const Read& read : reads) {
    const bool lock = read.lock && !read.table->mirror();
    auto& [table, values] = grouped[{read.table->mirror(), read.table->name(), read.column, !lock}];
    table = read.table;
    values.insert(read.value);
  }
  std::vector<const Table*> tables(first.size(), nullptr);
  for (const auto& [key, read] : grouped) {
    pg::Params params;
    const std::string& column = std::get<2>(key);
    if (column.empty()) {
      first.push_back({SelectAll(*read.first), {}, true});
    } else {
      params.TextArray({read.second.begin(), read.second.end()});
      first.push_back({SelectWhere(*read.first, column, !std::get<3>(key)), params, true});
    }
    tables.push_back(read.first);
  }
  std::vector<std::string> ids;
  for (const Pending& pending : group) {
    if (!pending.request_id.empty()) ids.push_back(pending.request_id);
  }
  pg::Params id_params;
  id_params.TextArray(ids);
  first.push_back({kRecords, std::move(id_params), true});
  absl::StatusOr<std::vector<pg::Result>> results = session_.Pipeline(first);
  if (!results.ok()) return results;
  for (size_t i = 0; i < tables.size(); ++i) {
    if (tables[i] == nullptr) continue;
    const Message* prototype =
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(tables[i]->type());
    for (int row = 0; row < (*results)[i].rows(); ++row) {
      std::shared_ptr<Message> message(prototype->New());
      absl::Status read = tables[i]->FromRow((*results)[i], row, message.get());
      if (!read.ok()) return read;
      batch_.Load(*tables[i], std::move(message));
    }
  }
  return results;
}

absl::Status Transaction::Open(const std::vector<Pending>& group) {
  std::vector<Read> reads;
  for (const Pending& pending : group)
    reads.insert(reads.end(), pending.mutation.reads.begin(), pending.mutation.reads.end());
  std::vector<pg::Statement> first;
  first.push_back({"BEGIN", {}, true});
  first.push_back({kClock, {}, true});
  absl::StatusOr<std::vector<pg::Result>> results = Load(group, reads, std::move(first));
  if (!results.ok()) return results.status();
  xid_ = (*results)[1].Int64(0, 0);
  if (!ParseTimeText((*results)[1].Text(0, 1), &now_)) return absl::InternalError("clock");
  answers_.assign(group.size(), absl::UnknownError("undecided"));
  replayed_.assign(group.size(), false);
  positions_.assign(group.size(), 0);
  Replay(group, results->back());

  std::vector<Read> further;
  for (size_t i = 0; i < group.size(); ++i) {
    if (replayed_[i] || group[i].mutation.follow == nullptr) continue;
    std::vector<Read> more = group[i].mutation.follow(Changes(&batch_, group[i].call.get(), now_));
    further.insert(further.end(), more.begin(), more.end());
  }
  if (further.empty()) return absl::OkStatus();
  results = Load(group, further, {});
  if (!results.ok()) return results.status();
  Replay(group, results->back());
  return absl::OkStatus();
}

void Transaction::Replay(const std::vector<Pending>& group, const pg::Result& records) {
  std::map<std::string, int, std::less<>> known;
  for (int row = 0; row < records.rows(); ++row)
    known.emplace(std::string(records.Text(row, 0)), row);
  for (size_t i = 0; i < group.size(); ++i) {
    auto record = known.find(group[i].request_id);
    if (record == known.end()) continue;
    const int row = record->second;
    replayed_[i] = true;
    if (records.Text(row, 1) != group[i].method || records.Bytes(row, 2) != group[i].input_hash) {
      answers_[i] = status::Error(absl::StatusCode::kInvalidArgument, "REQUEST_ID_REUTILISE",
                                  "Ce request_id a déjà servi pour une autre demande.")
                        .With("request_id", group[i].request_id)
                        .Build();
      continue;
    }
    const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
        std::string(records.Text(row, 3)));
    std::shared_ptr<Message> answer(
        google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
    if (!answer->ParseFromString(records.Bytes(row, 4))) {
      answers_[i] = absl::DataLossError("unreadable idempotency record");
      continue;
    }
    answers_[i] = rpc::MessagePtr(std::move(answer));
    positions_[i] = records.Int64(row, 5);
  }
}

void Transaction::Decide(const std::vector<Pending>& group) {
  for (size_t i = 0; i < group.size(); ++i) {
    if (replayed_[i]) continue;
    const std::string& id = group[i].request_id;
    Changes changes(&batch_, group[i].call.get(), now_, Internal(id) ? "" : id);
    absl::StatusOr<std::shared_ptr<Message>> answer = group[i].mutation.decide(changes);
    if (!answer.ok()) {
      answers_[i] = answer.status();
      continue;
    }
    answers_[i] = rpc::MessagePtr(*std::move(answer));
    batch_.Accept(std::move(changes), i);
  }
}

bool Transaction::Kept(const Pending& pending, size_t rank) const {
  return !replayed_[rank] && answers_[rank].ok() && !pending.request_id.empty();
}

pg::Params Transaction::Records(const std::vector<Pending>& group) const {
  std::vector<std::string> ids, methods, hashes, types, bodies;
  for (size_t i = 0; i < group.size(); ++i) {
    if (!Kept(group[i], i)) continue;
    ids.push_back(group[i].request_id);
    methods.push_back(group[i].method);
    hashes.push_back(group[i].input_hash);
    types.push_back((*answers_[i])->GetDescriptor()->full_name());
    bodies.push_back((*answers_[i])->SerializeAsString());
  }
  pg::Params params;
  params.TextArray(ids).TextArray(methods).BytesArray(hashes).TextArray(types).BytesArray(bodies);
  return params;
}

pg::Params Transaction::Journal(const std::vector<Pending>& group) const {
  std::vector<std::string> types, names, kinds, bodies, methods, ids, actors;
  std::vector<int64_t> revisions;
  for (const Batch::Event& event : batch_.events()) {
    if (event.table->append_only()) continue;
    const Pending& pending = group[event.mutation];
    const auto* delete_time = CommonFields::Of(*event.row).delete_time;
    const bool deleted =
        delete_time != nullptr && event.row->GetReflection()->HasField(*event.row, delete_time);
    types.push_back(event.table->type()->full_name());
    names.push_back(NameOf(*event.row));
    revisions.push_back(std::max<int64_t>(1, std::atoll(GetString(*event.row, "etag").c_str())));
    kinds.push_back(event.insert ? "CREATION" : deleted ? "SUPPRESSION" : "MODIFICATION");
    bodies.push_back(event.row->SerializeAsString());
    methods.push_back(pending.method);
    ids.push_back(Internal(pending.request_id) ? "" : pending.request_id);
    actors.push_back(pending.call->identity.acteur);
  }
  pg::Params params;
  params.TextArray(types).TextArray(names).Int64Array(revisions).TextArray(kinds);
  params.BytesArray(bodies).TextArray(methods).TextArray(ids).TextArray(actors);
  return params;
}

absl::Status Transaction::Close(const std::vector<Pending>& group, bool dry) {
  std::vector<pg::Statement> statements;
  std::vector<std::pair<size_t, size_t>> expected;  // statement -> rows that it must touch
  // First: the same request under way elsewhere is met here, not on one of its rows.
  bool kept = false;
  for (size_t i = 0; i < group.size(); ++i) kept = kept || Kept(group[i], i);
  if (kept)
    statements.push_back({.sql = kInsertRecords, .write_params = [&] { return Records(group); }});
  const std::vector<Batch::Write> writes = batch_.Writes();
  bool journalled = false;
  for (const Batch::Write& write : writes) {
    journalled = journalled || !write.table->append_only();
    expected.emplace_back(statements.size(), write.rows.size());
    statements.push_back(
        {.sql = Batch::Sql(write), .write_params = [&write] { return Batch::RowParams(write); }});
  }
  if (journalled) {
    statements.push_back({.sql = kInsertJournal, .write_params = [&] { return Journal(group); }});
    for (size_t i = 0; i < group.size(); ++i)
      if (!replayed_[i]) positions_[i] = xid_;
  }
  if (dry) {
    // Deferred constraints are checked too: the dry run is the real one, undone.
    statements.push_back({"SET CONSTRAINTS ALL IMMEDIATE", {}, true});
  }
  statements.push_back({dry || statements.empty() ? "ROLLBACK" : "COMMIT", {}, true});
  absl::StatusOr<std::vector<pg::Result>> results = session_.Pipeline(statements);
  if (!results.ok()) return results.status();
  for (const auto& [statement, rows] : expected) {
    // Locked rows cannot have moved: a miss is a programmer's mistake, found before it is
    // acknowledged (the transaction is already closed, so it is loud).
    if ((*results)[statement].affected() != static_cast<int64_t>(rows))
      return absl::InternalError("an update missed its row");
  }
  return absl::OkStatus();
}

void Transaction::Answer(std::vector<Pending>& group) {
  for (size_t i = 0; i < group.size(); ++i) {
    if (answers_[i].ok() && !group[i].validate_only && positions_[i] > 0)
      group[i].call->AddMetadata(rpc::kPositionKey, absl::StrCat(service_, "=", positions_[i]));
    if (answers_[i].ok() && replayed_[i]) group[i].call->AddMetadata(rpc::kReplayedKey, "1");
    group[i].reply(std::move(answers_[i]));
  }
}

}  // namespace pdv::store
