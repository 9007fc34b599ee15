// A mirror is the peer's facts as its feed tells them: each change once, from where it was left.
#include <algorithm>
#include <thread>

#include "absl/strings/str_cat.h"
#include "common/mirror/mirror.h"
#include "common/rpc/server.h"
#include "common/store/base_migration.h"
#include "common/watch/feed.h"
#include "gmock/gmock.h"
#include "pdv/contrats/v1/commune.pb.h"
#include "pdv/contrats/v1/flux.pb.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::mirror {
namespace {

using commun::type::v1::LotEvenements;
using contrats::v1::Commune;

constexpr char kService[] = "pdv.contrats.v1.ContratsService";

const store::Table& Communes() {
  static const store::Table table(Commune::descriptor(), "miroir_commune",
                                  {"name", "etag", "libelle"});
  return table;
}

Commune Make(const std::string& name, int64_t revision, const std::string& libelle) {
  Commune commune;
  commune.set_name(name);
  commune.set_etag(absl::StrCat(revision));
  commune.set_libelle(libelle);
  return commune;
}

// The peer's journal and feed, served; the follower's tables, which note each write.
class MirrorTest : public ::testing::Test {
 protected:
  MirrorTest()
      : peer_(testing::FreshDatabase({store::BaseMigration()})),
        conninfo_(testing::FreshDatabase({store::BaseMigration()})) {
    peer_sql_ = *pg::Session::Connect(peer_);
    sql_ = *pg::Session::Connect(conninfo_);
    const absl::Status made = sql_->Script(R"sql(
      CREATE TABLE miroir_commune (name text PRIMARY KEY, revision bigint NOT NULL, libelle text);
      CREATE TABLE ecrit (rang bigint GENERATED ALWAYS AS IDENTITY, fait text NOT NULL);
      CREATE FUNCTION noter() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO ecrit (fait) VALUES (NEW.name || ' ' || NEW.revision); RETURN NULL; END $$;
      CREATE TRIGGER noter AFTER INSERT OR UPDATE ON miroir_commune
        FOR EACH ROW EXECUTE FUNCTION noter())sql");
    EXPECT_TRUE(made.ok()) << made;
    Serve();
  }

  void Serve(int port = 0) {
    feed_ = std::make_unique<watch::Feed>(peer_);
    rpc::ServiceTable table(kService);
    table.Stream(
        "WatchContrats", [this](rpc::CallPtr, rpc::MessagePtr request, rpc::StreamSinkPtr sink) {
          const auto& asked = static_cast<const contrats::v1::WatchContratsRequest&>(*request);
          feed_->Subscribe(asked.curseur(), {asked.types().begin(), asked.types().end()},
                           std::move(sink));
        });
    // Its other methods are for nobody here.
    const auto* service =
        google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(kService);
    for (int i = 0; i < service->method_count(); ++i) {
      const auto* method = service->method(i);
      if (method->server_streaming()) continue;
      if (method->client_streaming()) {
        table.ClientStream(method->name(), [](rpc::CallPtr, rpc::StreamSource&) {
          return absl::UnimplementedError("");
        });
      } else {
        table.Blocking(method->name(),
                       [](rpc::CallPtr, rpc::MessagePtr) { return absl::UnimplementedError(""); });
      }
    }
    rpc::ServerOptions options;
    options.service = "contrats";
    options.listen = absl::StrCat("127.0.0.1:", port);
    std::vector<rpc::ServiceTable> tables;
    tables.push_back(std::move(table));
    auto started = rpc::Server::Start(std::move(options), std::move(tables));
    ASSERT_TRUE(started.ok()) << started.status();
    server_ = *std::move(started);
    port_ = server_->port();
  }

  void Journal(pg::Session& session, const std::string& name, int64_t revision,
               const std::string& libelle) {
    pg::Params params;
    params.Text(name).Int64(revision).Bytes(Make(name, revision, libelle).SerializeAsString());
    const auto done = session.Exec(
        "INSERT INTO journal (type, name, revision, evenement, ressource, methode, request_id, "
        "acteur, "
        "instant) VALUES ('pdv.contrats.v1.Commune', $1, $2, 'MODIFICATION', $3, 'm', '', 'test', "
        "now())",
        params);
    ASSERT_TRUE(done.ok()) << done.status();
  }
  // The feed waits for older transactions, of whatever database of the cluster: so does this.
  void Settle() {
    for (int i = 0; i < 1000 && PeerText("SELECT bool_and(xid < pg_snapshot_xmin("
                                         "pg_current_snapshot()))::text FROM journal") != "true";
         ++i)
      absl::SleepFor(absl::Milliseconds(10));
  }
  // The peer journals a revision, as its runner does.
  void Happen(const std::string& name, int64_t revision, const std::string& libelle) {
    Journal(*peer_sql_, name, revision, libelle);
    Settle();
    feed_->Wake();
  }
  // The peer starts again without the rows that its backup had not.
  void Restore(std::string_view lost) {
    Peer(
        absl::StrCat("ALTER TABLE journal DISABLE TRIGGER USER; GRANT DELETE ON journal TO "
                     "CURRENT_USER; DELETE FROM journal WHERE ",
                     std::string(lost), "; ALTER TABLE journal ENABLE TRIGGER USER"));
    server_.reset();
    feed_.reset();
    Serve(port_);
  }
  void Peer(std::string_view sql) {
    const absl::Status done = peer_sql_->Script(std::string(sql));
    EXPECT_TRUE(done.ok()) << done;
  }
  std::string PeerText(std::string_view sql) {
    const auto rows = peer_sql_->Exec(sql, {});
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() && rows->rows() > 0 ? std::string(rows->Text(0, 0)) : "";
  }

  std::unique_ptr<Mirror> Follow() {
    Mirror::Options options;
    options.peer = "contrats";
    options.address = absl::StrCat("127.0.0.1:", port_);
    options.watch_method = absl::StrCat(kService, "/WatchContrats");
    options.conninfo = conninfo_;
    options.tables = {&Communes()};
    return std::make_unique<Mirror>(std::move(options));
  }

  // Once the whole state was taken.
  static int64_t Reached(Mirror& mirror) {
    for (int i = 0; i < 1000 && mirror.position() == 0; ++i) absl::SleepFor(absl::Milliseconds(10));
    return mirror.position();
  }

  std::string Sql(std::string_view sql) {
    const auto rows = sql_->Exec(sql, {});
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() && rows->rows() > 0 ? std::string(rows->Text(0, 0)) : "";
  }
  // "name revision, …": every write to the mirror since it was made, in order.
  std::string Writes() {
    return Sql("SELECT coalesce(string_agg(fait, ', ' ORDER BY rang), '') FROM ecrit");
  }
  // Waits up to 10 s for that many writes.
  std::string Writes(int64_t count) {
    for (int i = 0; i < 1000 && Sql("SELECT (count(*) >= " + absl::StrCat(count) +
                                    ")::text FROM ecrit") != "true";
         ++i)
      absl::SleepFor(absl::Milliseconds(10));
    return Writes();
  }

  const std::string peer_, conninfo_;
  std::unique_ptr<pg::Session> peer_sql_, sql_;
  std::unique_ptr<watch::Feed> feed_;
  std::unique_ptr<rpc::Server> server_;
  int port_ = 0;
};

TEST_F(MirrorTest, TheStateComesFirstThenEachChange) {
  Happen("communes/a", 1, "A");
  Happen("communes/a", 2, "A bis");
  Happen("communes/b", 1, "B");
  const auto mirror = Follow();
  EXPECT_EQ(Writes(2), "communes/a 2, communes/b 1");
  Happen("communes/b", 2, "B bis");
  EXPECT_EQ(Writes(3), "communes/a 2, communes/b 1, communes/b 2");
  EXPECT_EQ(Sql("SELECT libelle FROM miroir_commune WHERE name = 'communes/b'"), "B bis");
}

TEST_F(MirrorTest, AfterARestartItGoesOnWhereItWas) {
  Happen("communes/a", 1, "A");
  auto mirror = Follow();
  EXPECT_EQ(Writes(1), "communes/a 1");
  EXPECT_GT(Reached(*mirror), 0);
  mirror.reset();
  Happen("communes/b", 1, "B");
  Happen("communes/b", 2, "B bis");
  // Were it to read the whole state again, the row that is gone here would come back.
  Sql("DELETE FROM miroir_commune WHERE name = 'communes/a'");
  mirror = Follow();
  Happen("communes/c", 1, "C");
  EXPECT_THAT(Writes(3), ::testing::EndsWith("communes/c 1"));
  EXPECT_EQ(
      Sql("SELECT string_agg(name || ' ' || revision, ', ' ORDER BY name) FROM miroir_commune"),
      "communes/b 2, communes/c 1");
}

TEST_F(MirrorTest, AChangeThatIsToldAgainIsAppliedOnce) {
  MirrorTables tables("contrats", {&Communes()});
  LotEvenements lot;
  auto add = [&](const Commune& commune, int64_t revision) {
    auto* event = lot.add_evenements();
    event->set_name(commune.name());
    event->set_revision(revision);
    event->mutable_ressource()->PackFrom(commune);
  };
  add(Make("communes/a", 2, "A bis"), 2);
  lot.set_curseur("2.1");
  lot.set_position(3);
  for (int i = 0; i < 2; ++i) {
    const absl::Status applied = tables.Apply(*sql_, lot);
    ASSERT_TRUE(applied.ok()) << applied;
  }
  // An older revision, that comes late, changes nothing either, and the position does not go back.
  lot.Clear();
  add(Make("communes/a", 1, "A"), 1);
  lot.set_curseur("1.1");
  lot.set_position(2);
  ASSERT_TRUE(tables.Apply(*sql_, lot).ok());
  EXPECT_EQ(Writes(), "communes/a 2");
  EXPECT_EQ(Sql("SELECT libelle FROM miroir_commune"), "A bis");
  EXPECT_EQ(tables.Load(*sql_)->position, 3);
}

// The peer comes back from a backup: what it has forgotten is forgotten here, and what it does then
// is followed, though its revisions were seen before.
TEST_F(MirrorTest, APeerThatWasRestoredIsFollowedAnew) {
  Happen("communes/a", 1, "A");
  Happen("communes/a", 2, "A bis");
  Happen("communes/b", 1, "B");
  const auto mirror = Follow();
  EXPECT_EQ(Writes(2), "communes/a 2, communes/b 1");
  Restore("revision > 1 OR name > 'communes/a'");
  EXPECT_EQ(Writes(3), "communes/a 2, communes/b 1, communes/a 1");
  Happen("communes/a", 2, "A ter");
  EXPECT_EQ(Writes(4), "communes/a 2, communes/b 1, communes/a 1, communes/a 2");
  EXPECT_EQ(Sql("SELECT string_agg(name || ' ' || libelle, ', ') FROM miroir_commune"),
            "communes/a A ter");
}

// Nobody is told positions of the journal that was before.
TEST_F(MirrorTest, APositionGoesBackWithTheJournal) {
  Happen("communes/a", 1, "A");
  Happen("communes/a", 2, "A bis");
  const auto mirror = Follow();
  const int64_t before = Reached(*mirror);
  Restore("revision > 1");
  EXPECT_EQ(Writes(2), "communes/a 2, communes/a 1");
  EXPECT_LT(Reached(*mirror), before);
  EXPECT_EQ(Sql("SELECT position FROM miroir_curseur"), absl::StrCat(mirror->position()));
}

// Transactions that write nothing to the journal move neither the cursor nor the position: what a
// crash of PostgreSQL takes back of them is not what readers stand on.
TEST_F(MirrorTest, ThePositionIsThatOfTheLastRow) {
  Happen("communes/a", 1, "A");
  const auto mirror = Follow();
  EXPECT_GT(Reached(*mirror), 0);
  const std::string last = PeerText("SELECT max(xid::text::bigint) + 1 FROM journal");
  for (int i = 0; i < 20; ++i) Peer("SELECT pg_current_xact_id()");
  absl::SleepFor(absl::Milliseconds(200));
  EXPECT_EQ(absl::StrCat(mirror->position()), last);
  EXPECT_EQ(Sql("SELECT position FROM miroir_curseur"), last);
}

TEST_F(MirrorTest, AResourceIsToldInTheOrderOfItsRevisions) {
  auto early = *pg::Session::Connect(peer_), late = *pg::Session::Connect(peer_);
  // The one that has its number first gets the row last.
  ASSERT_TRUE(early->Script("BEGIN; SELECT pg_current_xact_id()").ok());
  ASSERT_TRUE(late->Script("BEGIN; SELECT pg_current_xact_id()").ok());
  Journal(*late, "communes/a", 1, "A");
  ASSERT_TRUE(late->Script("COMMIT").ok());
  Journal(*early, "communes/a", 2, "A bis");
  ASSERT_TRUE(early->Script("COMMIT").ok());
  Settle();
  const auto page = watch::ReadJournal(*peer_sql_, {}, {}, 10);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->entries.size(), 2u);
  EXPECT_EQ(page->entries[0].event.revision(), 1);
  EXPECT_EQ(page->entries[1].event.revision(), 2);
  EXPECT_LT(page->entries[0].place, page->entries[1].place);
}

// Each holds a thread.
TEST_F(MirrorTest, ThoseWhoWaitForLongAreFew) {
  Happen("communes/a", 1, "A");
  const auto mirror = Follow();
  const int64_t reached = Reached(*mirror);
  std::vector<absl::Status> ends(9);
  std::vector<std::thread> callers;
  for (absl::Status& end : ends)
    callers.emplace_back(
        [&] { end = mirror->WaitFor(reached + 1000, absl::Now() + absl::Seconds(7)); });
  for (std::thread& caller : callers) caller.join();
  EXPECT_EQ(std::count_if(ends.begin(), ends.end(), absl::IsUnavailable), 3);
  EXPECT_EQ(std::count_if(ends.begin(), ends.end(), absl::IsDeadlineExceeded), 6);
}

TEST_F(MirrorTest, ALotThatCannotBeAppliedDoesNotMoveTheCursor) {
  MirrorTables tables("contrats", {&Communes()});
  Sql("ALTER TABLE miroir_commune ADD CONSTRAINT refus CHECK (libelle <> 'A')");
  LotEvenements lot;
  auto* event = lot.add_evenements();
  event->set_name("communes/a");
  event->set_revision(1);
  event->mutable_ressource()->PackFrom(Make("communes/a", 1, "A"));
  lot.set_curseur("1.1");
  lot.set_position(2);
  EXPECT_FALSE(tables.Apply(*sql_, lot).ok());
  EXPECT_EQ(tables.Load(*sql_)->cursor, "-");
  Sql("ALTER TABLE miroir_commune DROP CONSTRAINT refus");
  ASSERT_TRUE(tables.Apply(*sql_, lot).ok());  // the session is usable
  EXPECT_EQ(tables.Load(*sql_)->cursor, "1.1");
  EXPECT_EQ(Writes(), "communes/a 1");
}

}  // namespace
}  // namespace pdv::mirror
