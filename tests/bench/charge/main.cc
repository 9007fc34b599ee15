// The load of the bench: `charge COMMANDE --option=valeur…`. It knows no proto of the suite but the
// feed's: requests come from a file, so that what is timed is the same client for every server.
#include <cstring>
#include <iostream>

#include "tests/bench/charge/mesure.h"

int main(int argc, char** argv) {
  using namespace pdv::bench;
  const std::map<std::string, int (*)(const Options&)> commands = {{"echo", Echo},
                                                                   {"unaire", Unary},
                                                                   {"synchrone", Blocking},
                                                                   {"veilleurs", Watchers},
                                                                   {"flux", Stream},
                                                                   {"import", Import}};
  const auto command = commands.find(argc > 1 ? argv[1] : "");
  if (command == commands.end()) {
    std::cerr << "usage : charge echo|unaire|synchrone|veilleurs|flux|import --option=valeur…\n";
    return 2;
  }
  return command->second(ReadOptions(argc - 2, argv + 2));
}
