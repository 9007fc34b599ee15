#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_ACTEURS_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_ACTEURS_H_

#include <string>

#include "services/pdvctl/exemple/executant.h"
#include "services/pdvctl/exemple/monde.h"

namespace pdv::pdvctl::exemple {

// Who does what in the example: the tables of roles of actions and financement, with names.

inline Identite Anct() { return {"anct", "financeurs/etat", "exemple/anct"}; }
inline Identite Prefet() { return {"prefet", "financeurs/etat", "exemple/prefet"}; }
inline Identite Instructeur() { return {"instructeur", "services/ddets-34", "exemple/ddets"}; }
inline Identite ChefDeProjet(const ContratExemple& contrat) {
  return {"chef_projet", NomEpci(contrat), "exemple/chef-de-projet-" + IdContrat(contrat)};
}
// Writes and signs for its organisation.
inline Identite Porteur(const std::string& porteur) {
  return {"redacteur,signataire", porteur, "exemple/" + porteur};
}

// For a funder that does not use the suite, the chef de projet records everything.
inline Identite QuiInstruit(int rang, const ContratExemple& contrat) {
  if (!UtiliseLaSuite(rang)) return ChefDeProjet(contrat);
  const std::string financeur = NomFinanceur(rang, contrat);
  return {"instructeur", financeur, "exemple/instructeur-" + financeur};
}
inline Identite QuiVote(int rang, const ContratExemple& contrat) {
  if (rang == kEtat) return Prefet();
  if (!UtiliseLaSuite(rang)) return ChefDeProjet(contrat);
  const std::string financeur = NomFinanceur(rang, contrat);
  return {"financeur", financeur, "exemple/" + financeur};
}
inline Identite QuiPaie(int rang, const ContratExemple& contrat) {
  if (rang == kEtat) return {"gestionnaire", "financeurs/etat", "exemple/gestion"};
  return QuiVote(rang, contrat);
}
// Gives envelopes their money.
inline Identite QuiDote(int rang, const ContratExemple& contrat, bool nation) {
  if (rang == kEtat && nation) return Anct();
  return QuiVote(rang, contrat);
}

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_ACTEURS_H_
