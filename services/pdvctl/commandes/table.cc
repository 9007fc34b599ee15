#include "services/pdvctl/commandes/appel.h"
#include "services/pdvctl/commandes/commande.h"
#include "services/pdvctl/commandes/document.h"
#include "services/pdvctl/commandes/dossier.h"
#include "services/pdvctl/commandes/echeances.h"
#include "services/pdvctl/commandes/enveloppe.h"
#include "services/pdvctl/commandes/etat.h"
#include "services/pdvctl/commandes/examiner.h"
#include "services/pdvctl/commandes/exemple.h"
#include "services/pdvctl/commandes/fiche.h"
#include "services/pdvctl/commandes/importer.h"
#include "services/pdvctl/commandes/ligne.h"
#include "services/pdvctl/commandes/porteur.h"
#include "services/pdvctl/commandes/releve.h"
#include "services/pdvctl/commandes/suivre.h"
#include "services/pdvctl/commandes/surfinancement.h"
#include "services/pdvctl/commandes/tableau.h"

namespace pdv::pdvctl {

const std::vector<Commande>& Commandes() {
  static const std::vector<Commande> kCommandes = {
      {DeclarationTableau(), ExecuterTableau},
      {DeclarationImporter(), ExecuterImporter},
      {DeclarationExaminer(), ExecuterExaminer},
      {DeclarationExemple(), ExecuterExemple},
      {DeclarationEtat(), ExecuterEtat},
      {DeclarationFiche(), ExecuterFiche},
      {DeclarationSuivre(), ExecuterSuivre},
      // What people do day by day.
      {DeclarationAppel(), ExecuterAppel},
      {DeclarationDossier(), ExecuterDossier},
      {DeclarationPorteur(), ExecuterPorteur},
      {DeclarationDocument(), ExecuterDocument},
      {DeclarationEnveloppe(), ExecuterEnveloppe},
      {DeclarationLigne(), ExecuterLigne},
      {DeclarationReleve(), ExecuterReleve},
      {DeclarationEcheances(), ExecuterEcheances},
      {DeclarationSurfinancement(), ExecuterSurfinancement},
  };
  return kCommandes;
}

}  // namespace pdv::pdvctl
