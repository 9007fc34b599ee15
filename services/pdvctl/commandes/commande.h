#ifndef PDV_SERVICES_PDVCTL_COMMANDES_COMMANDE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_COMMANDE_H_

#include <ostream>
#include <string>
#include <vector>

#include "services/pdvctl/affichage/terminal.h"
#include "services/pdvctl/arguments/arguments.h"

namespace pdv::pdvctl {

// Where a command speaks: results on `sortie`, everything else on `erreurs`, so that a pipe only
// receives results.
struct Contexte {
  std::ostream& sortie;
  std::ostream& erreurs;
  Terminal terminal_sortie;
  Terminal terminal_erreurs;
  // The result is wanted by a machine: an error is told to it too.
  bool json = false;
};

// Exit statuses shared by all commands.
inline constexpr int kReussite = 0;
inline constexpr int kIncomplet = 1;  // part of the input was refused
inline constexpr int kEchec = 2;      // nothing could be done: usage, unreadable input, no gateway

// A command: what it accepts and what it does with it (returns the exit status).
struct Commande {
  CommandeDeclaree declaration;
  int (*executer)(const Arguments&, Contexte&);
};

// Every command of pdvctl, in the order of the usage text. A new command is one line there.
const std::vector<Commande>& Commandes();

// Runs `pdvctl <mots>`: finds the command, reads its arguments, executes it. `aide [commande]`,
// `--aide` anywhere and `version` are answered here. Returns the exit status.
int Lancer(const std::vector<std::string>& mots, const std::vector<Commande>& commandes,
           Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_COMMANDE_H_
