#include "tests/pgharness/pgharness.h"

#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>

#include "absl/strings/str_cat.h"
#include "common/types/sha256.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::testing {
namespace {

using pg::Session;

[[noreturn]] void Die(const std::string& why) {
  std::fprintf(stderr, "pgharness: %s\n", why.c_str());
  std::abort();
}

void MustRun(Session& session, const std::string& sql) {
  if (absl::Status s = session.Script(sql); !s.ok()) Die(absl::StrCat(sql, ": ", s.message()));
}

std::unique_ptr<Session> MustConnect(const std::string& conninfo) {
  absl::StatusOr<std::unique_ptr<Session>> session = Session::Connect(conninfo);
  if (!session.ok()) Die(absl::StrCat(conninfo, ": ", session.status().message()));
  return *std::move(session);
}

std::string AdminConninfo() {
  const char* admin = std::getenv("PDV_TEST_PG");
  if (admin == nullptr) Die("PDV_TEST_PG is not set");
  return admin;
}

// libpq keeps the last value of a keyword.
std::string ConninfoOf(const std::string& database, const std::string& user) {
  return absl::StrCat(AdminConninfo(), " dbname=", database, " user=", user);
}

std::string TemplateName(const std::vector<pg::Migration>& migrations) {
  std::string all;
  for (const pg::Migration& m : migrations) {
    absl::StrAppend(&all, m.number, "_", std::string(m.slug), "\n", std::string(m.sql), "\n");
  }
  return absl::StrCat("pdv_modele_", types::Sha256Hex(all).substr(0, 16));
}

bool Exists(Session& admin, const std::string& sql, const std::string& name) {
  absl::StatusOr<pg::Result> found = admin.Exec(sql, pg::Params().Text(name));
  if (!found.ok()) Die(std::string(found.status().message()));
  return found->rows() > 0;
}

// Made under another name and renamed once whole: a process that dies half-way leaves no template
// that looks finished.
void MakeTemplate(Session& admin, const std::string& name,
                  const std::vector<pg::Migration>& migrations) {
  if (Exists(admin, "SELECT 1 FROM pg_database WHERE datname = $1", name)) return;
  if (!Exists(admin, "SELECT 1 FROM pg_roles WHERE rolname = $1", "pdv_test")) {
    MustRun(admin, "CREATE ROLE pdv_test LOGIN");
  }
  const std::string draft = absl::StrCat(name, "_", getpid());
  MustRun(admin, absl::StrCat("CREATE DATABASE ", draft, " OWNER pdv_test TEMPLATE template0"));
  {
    std::unique_ptr<Session> session = MustConnect(ConninfoOf(draft, "pdv_test"));
    if (absl::Status s = pg::Migrate(*session, migrations); !s.ok()) {
      Die(std::string(s.message()));
    }
  }
  // The server may take a moment to see that our session has ended.
  for (int attempt = 0; attempt < 50; ++attempt) {
    if (admin.Script(absl::StrCat("ALTER DATABASE ", draft, " RENAME TO ", name)).ok()) return;
    usleep(20'000);
  }
  Die("the template database stays in use: " + draft);
}

std::mutex& Mutex() {
  static std::mutex* mutex = new std::mutex;
  return *mutex;
}

std::vector<std::string>& Created() {
  static auto* created = new std::vector<std::string>;
  return *created;
}

void DropCreated() {
  std::lock_guard lock(Mutex());
  if (Created().empty()) return;
  std::unique_ptr<Session> admin = MustConnect(AdminConninfo());
  for (const std::string& database : Created()) {
    (void)admin->Script(absl::StrCat("DROP DATABASE IF EXISTS ", database, " WITH (FORCE)"));
  }
  Created().clear();
}

void Cluster(const std::string& arguments) {
  const char* script = std::getenv("PDV_TEST_CLUSTER");
  if (script == nullptr) Die("PDV_TEST_CLUSTER is not set: run through tests/with-postgres");
  const std::string command = absl::StrCat("'", script, "' ", arguments);
  if (std::system(command.c_str()) != 0) Die(command);
}

}  // namespace

std::string FreshDatabase(const std::vector<pg::Migration>& migrations) {
  static std::atomic<int> count{0};
  const std::string model = TemplateName(migrations);
  const std::string database = absl::StrCat("pdv_essai_", getpid(), "_", count++);
  std::lock_guard lock(Mutex());
  std::unique_ptr<Session> admin = MustConnect(AdminConninfo());
  // Test binaries run side by side: one makes the template, the others wait.
  MustRun(*admin, "SET lock_timeout = '60s'; SET statement_timeout = '120s'");
  MustRun(*admin, "SELECT pg_advisory_lock(7064001)");
  MakeTemplate(*admin, model, migrations);
  MustRun(*admin, absl::StrCat("CREATE DATABASE ", database, " OWNER pdv_test TEMPLATE ", model));
  Created().push_back(database);
  return ConninfoOf(database, "pdv_test");
}

PrivateCluster::PrivateCluster() {
  char folder[] = "/tmp/pdv-grappe.XXXXXX";
  if (mkdtemp(folder) == nullptr) Die("mkdtemp");
  folder_ = folder;
  if (std::system(absl::StrCat("chmod 711 ", folder_).c_str()) != 0) Die("chmod");
  Cluster(absl::StrCat("init ", folder_, " 'fsync = off' 'shared_buffers = 16MB'"));
  conninfo_ = absl::StrCat("host=", folder_, "/socket user=postgres dbname=postgres");
  Start();
}

PrivateCluster::~PrivateCluster() {
  Kill();
  if (std::system(absl::StrCat("rm -rf ", folder_).c_str()) != 0) std::perror("rm");
}

void PrivateCluster::Start() { Cluster("start " + folder_); }
void PrivateCluster::Stop() { Cluster("stop " + folder_ + " fast"); }
void PrivateCluster::Kill() { Cluster("stop " + folder_ + " immediate"); }

}  // namespace pdv::testing

int main(int argc, char** argv) {
  ::testing::InitGoogleMock(&argc, argv);
  const char* admin = std::getenv("PDV_TEST_PG");
  // Listing the tests needs no database.
  if (!::testing::GTEST_FLAG(list_tests) && (admin == nullptr || *admin == '\0')) {
    std::fprintf(stderr, "PDV_TEST_PG est absent : lancez ce test par « tests/with-postgres %s »\n",
                 argv[0]);
    return 2;
  }
  const int status = RUN_ALL_TESTS();
  pdv::testing::DropCreated();
  return status;
}
