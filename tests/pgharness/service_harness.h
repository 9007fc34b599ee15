#ifndef PDV_TESTS_PGHARNESS_SERVICE_HARNESS_H_
#define PDV_TESTS_PGHARNESS_SERVICE_HARNESS_H_

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pg/migrations.h"
#include "common/pg/session.h"
#include "common/rpc/client.h"
#include "common/rpc/server.h"
#include "common/service/api.h"
#include "common/store/base_migration.h"
#include "common/store/store.h"
#include "common/watch/feed.h"
#include "gtest/gtest.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::testing {

// What a service is made of, as its main.cc says it.
struct ServiceParts {
  std::string name;           // "actions"
  std::string proto_service;  // "pdv.actions.v1.ActionsService"
  std::vector<pg::Migration> migrations;
  std::vector<const store::Table*> mirrors;  // filled by the test, with SQL
  void (*declare)(service::Api&);
  absl::Status (*seed)(store::Store&) = nullptr;
};

// A whole service, served on a free port over a fresh database, without its peers: tests call it as
// the gateway does, and look at its tables with SQL. Its parts die with it, the server first.
class ServedService {
 public:
  explicit ServedService(const ServiceParts& parts)
      : prefix_(parts.proto_service + "/"), conninfo_(FreshDatabase(AllMigrations(parts))) {
    sql_ = *pg::Session::Connect(conninfo_);
    feed_ = std::make_unique<watch::Feed>(conninfo_);
    store::StoreOptions options;
    options.service = parts.name;
    options.conninfo = conninfo_;
    options.on_commit = [this] { feed_->Wake(); };
    store_ = *store::Store::Open(options);
    for (const store::Table* mirror : parts.mirrors) store_->Register(*mirror);
    rpc::ServiceTable table(parts.proto_service);
    service::Api api(&table, store_.get(), feed_.get());
    parts.declare(api);
    rpc::ServerOptions server;
    server.service = parts.name;
    server.listen = "127.0.0.1:0";
    server_ = *rpc::Server::Start(std::move(server), {std::move(table)});
    if (parts.seed != nullptr) {
      const absl::Status seeded = parts.seed(*store_);
      EXPECT_TRUE(seeded.ok()) << seeded;
    }
    channel_ = rpc::Channel::Open(absl::StrCat("127.0.0.1:", server_->port()));
  }

  // Who calls from now on, as the gateway would say it; nobody at first.
  void As(const std::string& role, const std::string& organisation = "",
          const std::string& acteur = "essai") {
    caller_.metadata = {
        {"x-pdv-acteur", acteur}, {"x-pdv-role", role}, {"x-pdv-organisation", organisation}};
  }
  // How long it waits from now on: until then; as long as any caller at first.
  void Until(absl::Time deadline) { caller_.deadline = deadline; }
  template <class Response>
  absl::StatusOr<Response> Call(const std::string& method,
                                const google::protobuf::Message& request) {
    return channel_->Call<Response>(prefix_ + method, request, caller_);
  }
  // One client stream, message by message.
  template <class Response, class Chunk>
  absl::StatusOr<Response> Send(const std::string& method, const std::vector<Chunk>& chunks) {
    std::shared_ptr<rpc::StreamWriter> stream = channel_->Write(prefix_ + method, caller_);
    for (const Chunk& chunk : chunks) {
      if (!stream->Write(chunk)) break;
    }
    Response response;
    absl::Status finished = stream->Finish(&response);
    if (!finished.ok()) return finished;
    return response;
  }
  // One import, a message per chunk.
  template <class Chunk>
  absl::StatusOr<commun::type::v1::RapportImport> Import(const std::string& method,
                                                         const std::vector<Chunk>& chunks) {
    return Send<commun::type::v1::RapportImport>(method, chunks);
  }
  // One server stream.
  std::shared_ptr<rpc::StreamReader> Read(const std::string& method,
                                          const google::protobuf::Message& request) {
    return channel_->Read(prefix_ + method, request, caller_);
  }

  store::Store& store() { return *store_; }
  pg::Session& sql() { return *sql_; }
  const std::string& conninfo() const { return conninfo_; }
  // The number that a statement answers; -1 (and a failure) when it fails.
  int64_t Number(std::string_view sql) {
    absl::StatusOr<pg::Result> rows = sql_->Exec(sql, {}, false);
    EXPECT_TRUE(rows.ok()) << sql << ": " << rows.status();
    return rows.ok() ? rows->Int64(0, 0) : -1;
  }
  void Script(std::string_view sql) {
    const absl::Status run = sql_->Script(sql);
    EXPECT_TRUE(run.ok()) << sql << ": " << run;
  }

 private:
  static std::vector<pg::Migration> AllMigrations(const ServiceParts& parts) {
    std::vector<pg::Migration> all{store::BaseMigration()};
    all.insert(all.end(), parts.migrations.begin(), parts.migrations.end());
    return all;
  }

  const std::string prefix_;
  const std::string conninfo_;
  std::unique_ptr<pg::Session> sql_;
  std::unique_ptr<watch::Feed> feed_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<rpc::Server> server_;
  std::shared_ptr<rpc::Channel> channel_;
  rpc::CallOptions caller_;
};

}  // namespace pdv::testing

#endif  // PDV_TESTS_PGHARNESS_SERVICE_HARNESS_H_
