#ifndef PDV_COMMON_SERVICE_MAIN_H_
#define PDV_COMMON_SERVICE_MAIN_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "common/pg/migrations.h"
#include "common/rpc/flags.h"
#include "common/service/api.h"
#include "common/service/background.h"
#include "common/service/periodic.h"
#include "common/store/table.h"

namespace pdv::service {

// A peer whose facts this service mirrors: which of its resources, into which tables.
struct MirrorSpec {
  std::string peer;          // "contrats"
  std::string watch_method;  // "pdv.contrats.v1.ContratsService/WatchContrats"
  // store::Table(Contrat::descriptor(), "miroir_contrat", {"name", "etat", …})
  std::vector<const store::Table*> tables;
};

struct Spec {
  std::string name;           // "actions"
  std::string proto_service;  // "pdv.actions.v1.ActionsService"
  std::vector<pg::Migration> migrations;
  std::vector<MirrorSpec> mirrors;
  std::function<void(Api&)> declare;
  // Flags of the service's own, without dashes, and what it makes of them once the store is open and
  // before `declare`; a refusal is said, and the service does not start. May be null.
  std::vector<std::string> flags;
  std::function<absl::Status(const rpc::Flags&, store::Store&)> configure;
  // Reference data that the service brings along, written through the store with fixed request_ids
  // so that a second start changes nothing. May be null.
  std::function<absl::Status(store::Store&)> seed;
  // Work that what the mirrors bring asks for. A call that gives a position waits for it too: it sees
  // what its own earlier calls caused. May be null.
  std::function<std::unique_ptr<Background>(store::Store&)> background;
  // What the service does by itself, each on a thread of its own.
  std::vector<Chore> chores;
};

// main() of a service with a store: `<service>d --listen= --metrics= --database= --peers=` serves
// until SIGTERM, `<service>d migrate --database=` brings the schema to its head. Returns the exit
// status.
int Main(int argc, char** argv, Spec spec);

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_MAIN_H_
