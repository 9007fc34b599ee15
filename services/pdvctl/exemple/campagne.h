#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_CAMPAGNE_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_CAMPAGNE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/appel.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "services/pdvctl/exemple/monde.h"

namespace pdv::pdvctl::exemple {

// An amount, in euro cents, its two kinds apart.
struct Somme {
  int64_t commun = 0;
  int64_t specifiques = 0;
  int64_t total() const { return commun + specifiques; }
};

// How far a line goes.
enum class Issue {
  kPayee,
  kRefusee,
  kSansReponse,  // the funder never answered
};

// What one funder is asked for one dossier, and does.
struct LigneExemple {
  std::string name;  // "lignes/2023-cv110-0042-etat"
  int rang = kEtat;
  std::string financeur;
  std::string enveloppe;
  Somme demande;
  Somme accorde;  // proposed, voted and committed
  Somme paye;
  Issue issue = Issue::kPayee;
};

// A dossier as its porteur files it, and what becomes of it.
struct DossierExemple {
  const ContratExemple* contrat = nullptr;
  std::string id;  // "2023-cv110-0042"
  actions::v1::Action action;
  financement::v1::Budget budget;
  std::vector<LigneExemple> lignes;
};

// An envelope and what it receives: from outside for a root, from its parent otherwise.
struct EnveloppeExemple {
  financement::v1::Enveloppe enveloppe;
  int64_t recu_centimes = 0;
  int rang = kEtat;  // of its funder, on a contrat
  const ContratExemple* contrat = nullptr;
};

// The campaign of one exercice of the 7 contrats: 600 dossiers, six funders each. Amounts, titles
// and issues are drawn; the same call gives the same, to the cent. It shows what the founding
// document says: cohésion sociale near 80 % and cadre de vie near 2 % of what is voted, a PRE on
// each contrat, CLAS, ateliers sociolinguistiques, pilotage, and the État first on every contrat,
// not by the same gap. Past exercices are paid almost wholly, the last one by half, and some
// funders do not answer.
std::vector<DossierExemple> Campagne(int exercice);

// Its call, without its last day.
actions::v1::AppelAProjets Appel(int exercice);

// The envelope from which the lines of a funder take.
std::string EnveloppeDe(int rang, const ContratExemple& contrat, int exercice);

// The envelopes that these dossiers need, parents before children: programme 147 is delegated from
// the nation to the région, the département, the contrats; each other funder has a tree of its own.
std::vector<EnveloppeExemple> Enveloppes(int exercice, const std::vector<DossierExemple>& dossiers);

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_CAMPAGNE_H_
