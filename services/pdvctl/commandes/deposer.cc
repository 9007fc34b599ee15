#include "services/pdvctl/commandes/deposer.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/commandes/fichier_dossier.h"
#include "services/pdvctl/commandes/situation.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/lecture/fichier.h"

namespace pdv::pdvctl {
namespace {

// A file that names its dossier can be played as often as one likes: the gateway looks at what is
// there. One that names none is known by its content: played again, it makes no second dossier.
std::string IdentifiantDuDepot(const gateway::v1::DeposerDossierRequest& request,
                               const std::string& bytes) {
  if (!request.action_id().empty()) return NouvelIdentifiantDeRequete();
  return IdentifiantDuContenu(request.attester() ? "depot-attester" : "depot", bytes);
}

// True where the dossier was filed already, and is still to be decided.
bool DeposeEtModifiable(const absl::Status& refused) {
  actions::v1::EtatAction etat = actions::v1::ETAT_ACTION_UNSPECIFIED;
  return status::ReasonOf(refused) == "DOSSIER_DEPOSE" &&
         actions::v1::EtatAction_Parse(
             absl::StrCat("ETAT_ACTION_", status::MetadataOf(refused, "etat")), &etat) &&
         SeModifie(etat);
}

// What to do next, where the dossier was filed already, or was written and a rule keeps it from
// being filed.
void DireSuite(Passerelle& passerelle, const absl::Status& refused, bool nomme,
               Contexte& contexte) {
  const std::string kept = status::MetadataOf(refused, "action");
  if (contexte.json || kept.empty()) return;
  if (DeposeEtModifiable(refused))
    contexte.erreurs << "  pdvctl dossier modifier " << types::DernierSegment(kept) << " FICHIER\n";
  if (status::MetadataOf(refused, "refus").empty()) return;
  for (const std::string& gap : EcartsDuBudget(passerelle, kept))
    contexte.erreurs << "  Budget : " << gap << "\n";
  contexte.erreurs << Paragraphe(
      absl::StrCat("Le brouillon ", kept, " est gardé. Corriger le fichier",
                   nomme ? "" : absl::StrCat(", lui donner son nom (\"name\": \"", kept, "\")"),
                   " et le rejouer."),
      contexte.terminal_erreurs);
}

void DireDepot(const gateway::v1::DossierDepose& filed, const Arguments& arguments,
               Contexte& contexte) {
  actions::v1::Action action;
  financement::v1::Budget budget;
  filed.action().UnpackTo(&action);
  filed.budget().UnpackTo(&budget);
  DireRessource(action, arguments, contexte);
  if (!filed.has_budget()) {  // of an action that does not exist yet: nothing was added up
    contexte.sortie << "Le budget et les demandes sont bien écrits ; leurs sommes se vérifient au "
                       "dépôt. Les règles du dossier et de l'appel n'ont pas été évaluées.\n";
    return;
  }
  contexte.sortie << "Budget : " << EurosFr(budget.charges_centimes()) << " de charges, "
                  << EurosFr(budget.produits_centimes()) << " de produits ; "
                  << CompterFr(filed.lignes_size(), "financeur sollicité", "financeurs sollicités")
                  << ".\n";
  if (const std::string next = ResteAFaire(action); !next.empty()) contexte.sortie << next << "\n";
}

}  // namespace

int DeposerFichier(const Arguments& arguments, Contexte& contexte) {
  absl::StatusOr<std::string> bytes = LireFichier(arguments.Valeur("NOM"));
  if (!bytes.ok()) return DireErreur(bytes.status(), contexte);
  auto request = LireDossier(*bytes);
  if (!request.ok()) return DireErreur(request.status(), contexte);
  request->set_attester(arguments.Drapeau("attester"));
  request->set_validate_only(arguments.Drapeau("simulation"));
  request->set_request_id(arguments.TexteOu("request-id", IdentifiantDuDepot(*request, *bytes)));
  Passerelle passerelle(arguments);
  auto filed = passerelle.Appeler<gateway::v1::DossierDepose>(
      "pdv.gateway.v1.GatewayService/DeposerDossier", *request);
  if (!filed.ok()) {
    DireErreur(filed.status(), contexte);
    DireSuite(passerelle, filed.status(), !request->action_id().empty(), contexte);
    return kEchec;
  }
  if (contexte.json)
    contexte.sortie << EcrireJson(*filed);
  else
    DireDepot(*filed, arguments, contexte);
  return kReussite;
}

}  // namespace pdv::pdvctl
