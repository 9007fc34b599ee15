#include <algorithm>
#include <cstdio>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/mirror/mirror.h"
#include "common/pg/error.h"
#include "common/rpc/flags.h"
#include "common/rpc/log.h"
#include "common/rpc/server.h"
#include "common/service/main.h"
#include "common/store/base_migration.h"
#include "common/watch/feed.h"

namespace pdv::service {
namespace {

std::vector<pg::Migration> AllMigrations(const Spec& spec) {
  std::vector<pg::Migration> all{store::BaseMigration()};
  all.insert(all.end(), spec.migrations.begin(), spec.migrations.end());
  return all;
}

int Fail(const Spec& spec, const absl::Status& status) {
  std::cerr << spec.name << "d : " << status.message() << "\n";
  return 1;
}

int MigrateCommand(const Spec& spec, const std::string& conninfo) {
  absl::StatusOr<std::unique_ptr<pg::Session>> session = pg::Session::Connect(conninfo);
  if (!session.ok()) return Fail(spec, session.status());
  absl::Status migrated = pg::Migrate(**session, AllMigrations(spec));
  if (!migrated.ok()) return Fail(spec, migrated);
  std::cout << spec.name << " : schéma à jour\n";
  return 0;
}

// "contrats=127.0.0.1:7401,actions=…" -> the address of one peer; "" when absent.
std::string AddressOf(const std::string& peers, const std::string& peer) {
  for (absl::string_view entry : absl::StrSplit(peers, ',', absl::SkipEmpty())) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(entry, absl::MaxSplits('=', 1));
    if (pair.first == peer) return pair.second;
  }
  return "";
}

using Mirrors = std::vector<std::unique_ptr<mirror::Mirror>>;

absl::StatusOr<Mirrors> StartMirrors(const Spec& spec, const std::string& conninfo,
                                     const std::string& peers, store::Store& store) {
  Mirrors mirrors;
  for (const MirrorSpec& wanted : spec.mirrors) {
    for (const store::Table* table : wanted.tables) store.Register(*table);
    const std::string address = AddressOf(peers, wanted.peer);
    if (address.empty())
      return absl::InvalidArgumentError(absl::StrCat("--peers ne donne pas l'adresse de ",
                                                     wanted.peer));
    mirrors.push_back(std::make_unique<mirror::Mirror>(mirror::Mirror::Options{
        wanted.peer, address, wanted.watch_method, conninfo, wanted.tables}));
  }
  return mirrors;
}

// Serves what a caller has seen already: the mirrors reach the positions that it gives, and the
// background has done what they ask for. What was waited for once is not waited for again.
class Positions {
 public:
  Positions(const Mirrors* mirrors, Background* background)
      : mirrors_(*mirrors), background_(background) {}

  absl::Status WaitFor(const rpc::Call& call) {
    bool further = false;
    for (const auto& mirror : mirrors_) {
      auto wanted = call.positions.find(mirror->peer());
      if (wanted == call.positions.end()) continue;
      absl::Status reached = mirror->WaitFor(wanted->second, call.deadline);
      if (!reached.ok()) return reached;
      std::lock_guard lock(mu_);
      further = further || caught_up_[wanted->first] < wanted->second;
    }
    if (!further || background_ == nullptr) return absl::OkStatus();
    absl::Status done = background_->CaughtUp(call.deadline);
    if (!done.ok()) return done;
    std::lock_guard lock(mu_);
    for (const auto& [peer, position] : call.positions)
      caught_up_[peer] = std::max(caught_up_[peer], position);
    return absl::OkStatus();
  }

 private:
  const Mirrors& mirrors_;
  Background* background_;
  std::mutex mu_;
  std::map<std::string, int64_t> caught_up_;
};

// Keeps the health answer true: SERVING while the schema is at its head and the store answers.
class HealthWatch {
 public:
  HealthWatch(rpc::Server& server, std::string conninfo, std::vector<pg::Migration> migrations)
      : thread_([this, &server, conninfo = std::move(conninfo),
                 migrations = std::move(migrations)] {
          std::unique_ptr<pg::Session> session;
          std::unique_lock lock(mu_);
          while (!stop_) {
            lock.unlock();
            server.SetServing(Healthy(session, conninfo, migrations));
            lock.lock();
            wake_.wait_for(lock, std::chrono::seconds(2), [this] { return stop_; });
          }
        }) {}
  ~HealthWatch() {
    {
      std::lock_guard lock(mu_);
      stop_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }

 private:
  static bool Healthy(std::unique_ptr<pg::Session>& session, const std::string& conninfo,
                      const std::vector<pg::Migration>& migrations) {
    if (session == nullptr || !session->ok()) {
      absl::StatusOr<std::unique_ptr<pg::Session>> fresh = pg::Session::Connect(conninfo);
      if (!fresh.ok()) return false;
      session = *std::move(fresh);
    }
    return pg::CheckHead(*session, migrations).ok();
  }

  std::mutex mu_;
  std::condition_variable wake_;
  bool stop_ = false;
  std::thread thread_;
};

// Waits until the store answers, with the schema that this binary serves: a service that starts before its
// PostgreSQL, or while it recovers, needs nobody to start it again. What waiting cannot mend (no such
// database, another schema) is an error at once; CANCELLED when the process is asked to stop.
absl::Status AwaitStore(const Spec& spec, const std::string& conninfo) {
  bool told = false;
  while (true) {
    absl::StatusOr<std::unique_ptr<pg::Session>> session = pg::Session::Connect(conninfo);
    absl::Status head =
        session.ok() ? pg::CheckHead(**session, AllMigrations(spec)) : session.status();
    if (head.ok() || !pg::IsRetryable(head)) return head;
    if (!told) {
      const std::string message(head.message());
      rpc::Log(rpc::Level::kWarning, "base_attendue", {{"message", message}});
      told = true;
    }
    if (rpc::TerminationWithin(absl::Milliseconds(200))) return absl::CancelledError();
  }
}

// How long the answer to a request_id is kept: `--idempotence`, a duration ("720h"); 30 days where it is not
// given. A client that repeats a call later than that asks a new thing.
absl::StatusOr<absl::Duration> KeepAnswers(const rpc::Flags& flags) {
  const std::string text = flags.Get("idempotence");
  absl::Duration keep = absl::Hours(30 * 24);
  if (!text.empty() && (!absl::ParseDuration(text, &keep) || keep < absl::Hours(1)))
    return absl::InvalidArgumentError("--idempotence : une durée d'une heure au moins (« 720h »)");
  return keep;
}

Chore ForgetAnswers(absl::Duration keep) {
  return {"oublier_reponses", absl::Hours(1),
          [keep](store::Store& store, std::stop_token stop) {
            return store.PurgeRecords(keep, std::move(stop)).status();
          }};
}

int Serve(const Spec& spec, const rpc::Flags& flags, const std::string& conninfo) {
  const absl::StatusOr<absl::Duration> keep = KeepAnswers(flags);
  if (!keep.ok()) return Fail(spec, keep.status());
  const absl::Status ready = AwaitStore(spec, conninfo);
  if (absl::IsCancelled(ready)) return 0;
  if (!ready.ok()) return Fail(spec, ready);
  watch::Feed feed(conninfo);
  store::StoreOptions store_options;
  store_options.service = spec.name;
  store_options.conninfo = conninfo;
  store_options.on_commit = [&feed] { feed.Wake(); };
  absl::StatusOr<std::unique_ptr<store::Store>> store = store::Store::Open(store_options);
  if (!store.ok()) return Fail(spec, store.status());
  absl::StatusOr<Mirrors> mirrors =
      StartMirrors(spec, conninfo, flags.Get("peers"), **store);
  if (!mirrors.ok()) return Fail(spec, mirrors.status());

  std::unique_ptr<Background> background = spec.background ? spec.background(**store) : nullptr;
  Positions positions(&*mirrors, background.get());

  if (spec.configure) {
    absl::Status configured = spec.configure(flags, **store);
    if (!configured.ok()) return Fail(spec, configured);
  }
  rpc::ServiceTable table(spec.proto_service);
  Api api(&table, store->get(), &feed);
  spec.declare(api);
  rpc::ServerOptions options = flags.ServerOptions(spec.name);
  options.wait_for_positions = [&positions](const rpc::Call& call) {
    return positions.WaitFor(call);
  };
  absl::StatusOr<std::unique_ptr<rpc::Server>> server =
      rpc::Server::Start(std::move(options), {std::move(table)});
  if (!server.ok()) return Fail(spec, server.status());
  if (spec.seed) {
    absl::Status seeded = spec.seed(**store);
    if (!seeded.ok()) return Fail(spec, seeded);
  }
  std::vector<std::unique_ptr<Periodic>> chores;
  chores.push_back(std::make_unique<Periodic>(ForgetAnswers(*keep), **store));
  for (const Chore& chore : spec.chores)
    chores.push_back(std::make_unique<Periodic>(chore, **store));
  HealthWatch health(**server, conninfo, AllMigrations(spec));
  rpc::WaitForTermination();
  // Nobody is sent here while the background ends what it has begun.
  for (const auto& chore : chores) chore->AskToStop();
  (*server)->Drain(absl::Seconds(20));
  return 0;
}

}  // namespace

int Main(int argc, char** argv, Spec spec) {
  rpc::MaskSignals();
  const bool migrate = argc > 1 && std::string_view(argv[1]) == "migrate";
  std::vector<std::string> known = {"listen", "metrics", "database", "peers", "idempotence"};
  known.insert(known.end(), spec.flags.begin(), spec.flags.end());
  absl::StatusOr<rpc::Flags> flags = rpc::Flags::Parse(argc - migrate, argv + migrate, known);
  if (!flags.ok()) return Fail(spec, flags.status());
  const std::string conninfo = flags->Get("database");
  if (conninfo.empty()) return Fail(spec, absl::InvalidArgumentError("--database est obligatoire"));
  return migrate ? MigrateCommand(spec, conninfo) : Serve(spec, *flags, conninfo);
}

}  // namespace pdv::service
