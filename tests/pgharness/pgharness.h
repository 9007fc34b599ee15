#ifndef PDV_TESTS_PGHARNESS_PGHARNESS_H_
#define PDV_TESTS_PGHARNESS_PGHARNESS_H_

#include <string>
#include <vector>

#include "common/pg/migrations.h"

// What a _pgtest.cc stands on. The library carries gtest's main: it fails at once, and says why,
// when PDV_TEST_PG is missing (run the binary through tests/with-postgres).
namespace pdv::testing {

// Connection string of a new database that nobody else uses, with `migrations` applied. As in
// production its owner is a role without privileges (`pdv_test`), so that grants bite. One template
// database per set of migrations: the second call costs a copy (about 50 ms). Dropped at the end of
// the process. Ends the process when the cluster cannot be reached or a migration fails: no test
// means anything then. Thread-safe.
std::string FreshDatabase(const std::vector<pdv::pg::Migration>& migrations = {});

// A cluster of one's own, for tests that stop and restart the server. Removed with the object.
class PrivateCluster {
 public:
  PrivateCluster();
  ~PrivateCluster();
  PrivateCluster(const PrivateCluster&) = delete;
  PrivateCluster& operator=(const PrivateCluster&) = delete;

  void Start();
  void Stop();  // fast: sessions are told
  void Kill();  // immediate: as after a crash
  // Of the administrator.
  const std::string& conninfo() const { return conninfo_; }

 private:
  std::string folder_;
  std::string conninfo_;
};

}  // namespace pdv::testing

#endif  // PDV_TESTS_PGHARNESS_PGHARNESS_H_
