#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_VIE_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_VIE_H_

#include <map>
#include <string>
#include <vector>

#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/exemple/campagne.h"
#include "services/pdvctl/exemple/chargement.h"
#include "services/pdvctl/exemple/executant.h"

namespace pdv::pdvctl::exemple {

// The life of the dossiers and of their lines, from the deposit to the payment. Each step takes up
// those that are where the step before left them, and moves them on.

// In what state the dossiers are, by name; one that does not exist is not there. `depose`: attested
// once, whatever its porteur changed since.
struct EtatDossier {
  actions::v1::EtatAction etat = actions::v1::ETAT_ACTION_UNSPECIFIED;
  bool depose = false;
};
using EtatsDossiers = std::map<std::string, EtatDossier>;
absl::StatusOr<EtatsDossiers> LireDossiers(Passerelle& passerelle, int exercice);

// Absent, or left half-way by a deposit that was cut → DEPOSEE, by DeposerDossier.
std::vector<const DossierExemple*> ADeposer(const std::vector<DossierExemple>& dossiers,
                                            const EtatsDossiers& etats);
absl::Status Deposer(Executant& executant, const std::vector<const DossierExemple*>& dossiers,
                     Bilan* bilan);
// DEPOSEE → COMPLETE → EN_INSTRUCTION.
absl::Status Instruire(Executant& executant, const std::vector<DossierExemple>& dossiers,
                       const EtatsDossiers& etats, Bilan* bilan);

// A line of the example, as it should go on and as it is.
struct LigneEnVie {
  const LigneExemple* plan = nullptr;
  const ContratExemple* contrat = nullptr;
  financement::v1::EtatLigne etat = financement::v1::ETAT_LIGNE_UNSPECIFIED;
};
absl::StatusOr<std::vector<LigneEnVie>> LireLignes(Passerelle& passerelle, int exercice,
                                                   const std::vector<DossierExemple>& dossiers);

// Each decider decides its lines of the exercice in one BatchDeciderLignes: a committee, a payment
// run. Taken up: admissible, proposed on an envelope; or refused; or without an answer.
absl::Status Proposer(Executant& executant, std::vector<LigneEnVie>& lignes, Bilan* bilan);
// PROPOSEE → VOTEE, by a BatchVoterLignes for each funder.
absl::Status Voter(Executant& executant, int exercice, std::vector<LigneEnVie>& lignes,
                   Bilan* bilan);
// VOTEE → NOTIFIEE.
absl::Status Notifier(Executant& executant, int exercice, std::vector<LigneEnVie>& lignes,
                      Bilan* bilan);
// NOTIFIEE → ENGAGEE → VERSEE.
absl::Status Payer(Executant& executant, int exercice, std::vector<LigneEnVie>& lignes,
                   Bilan* bilan);

// Waits until the dossiers have followed their lines, then closes the programmation of each
// contrat. That of the last exercice stays open: some of its funders have not answered.
absl::Status Programmer(Passerelle& passerelle, Executant& executant, int exercice,
                        const std::vector<DossierExemple>& dossiers, Bilan* bilan);

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_VIE_H_
