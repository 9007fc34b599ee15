#ifndef PDV_SERVICES_PDVCTL_COMMANDES_MODELE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_MODELE_H_

#include <string>

#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// Stands in a model where its reader has to write.
inline constexpr char kARemplir[] = "A-REMPLIR";

// What a model of a dossier is filled with, where it is known.
struct ChoixModele {
  std::string porteur = "porteurs/A-REMPLIR";
  std::string contrat = "contrats/A-REMPLIR";
  std::string appel;  // "": it answers none
  int exercice = 0;
};

// A file that `dossier creer` reads once its blanks are filled, with a comment for each thing to
// write. Pure, thread-safe.
std::string ModeleDossier(const ChoixModele& choix);

// The same for `appel creer`.
std::string ModeleAppel(int exercice);

// `pdvctl appel modele`: prints it.
int DireModeleAppel(const Arguments& arguments, Contexte& contexte);
// `pdvctl dossier modele`: prints it.
int DireModele(const Arguments& arguments, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_MODELE_H_
