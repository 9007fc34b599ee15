#ifndef PDV_SERVICES_GATEWAY_DOMAIN_COMPOSER_TABLEAU_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_COMPOSER_TABLEAU_H_

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pdv/actions/v1/comptes.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"
#include "pdv/financement/v1/agregat.pb.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/gateway/v1/tableau.pb.h"

namespace pdv::gateway {

// What the services told of a perimeter. A part that a service did not tell is empty.
struct Matiere {
  v1::GetTableauDeBordRequest demande;
  financement::v1::Agregats agregats;  // of the perimeter, and by funder of each contrat
  actions::v1::Comptes comptes;
  std::vector<contrats::v1::Thematique> thematiques;
  std::vector<contrats::v1::Correspondance> correspondances;
  std::vector<financement::v1::Enveloppe> enveloppes;   // of the perimeter
  std::vector<financement::v1::Enveloppe> delegations;  // what they delegated to, at any depth
  std::set<std::string> financeurs_etat;                // funders of category ETAT
  std::map<std::string, std::string> libelles;          // of any resource, by name
};

// The pillar of a thématique: its root in the founding document's tree, through the mapping when it
// is of another nomenclature; its own root where it is not mapped; "" when it is not known.
std::map<std::string, std::string> PiliersParThematique(const Matiere& matiere);

// The dashboard: sums, shares beside reference shares, ranks, alerts. Pure; the same matter gives
// the same dashboard.
v1::TableauDeBord ComposerTableau(const Matiere& matiere);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_COMPOSER_TABLEAU_H_
