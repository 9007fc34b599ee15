// pdvctl: the command-line client of the suite. Results on stdout, everything else on stderr.
#include <iostream>
#include <string>
#include <vector>

#include "services/pdvctl/commandes/commande.h"

int main(int argc, char** argv) {
  using namespace pdv::pdvctl;
  Contexte contexte{std::cout, std::cerr, ObserverTerminal(1), ObserverTerminal(2)};
  const int statut = Lancer(std::vector<std::string>(argv + 1, argv + argc), Commandes(), contexte);
  // A full disk or a closed pipe must not look like a success.
  return std::cout.flush() ? statut : kEchec;
}
