#include "services/actions/api/actions_api.h"

#include "common/pg/error.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/actions/app/appels.h"
#include "services/actions/app/changer_etat.h"
#include "services/actions/app/complements.h"
#include "services/actions/app/contrat_engagement.h"
#include "services/actions/app/documents.h"
#include "services/actions/app/instruction.h"
#include "services/actions/app/porteur.h"
#include "services/actions/app/reconduction.h"
#include "services/actions/app/regles_ressources.h"
#include "services/actions/domain/regles/evaluation.h"
#include "services/actions/store/comptes.h"
#include "services/actions/store/faits.h"

namespace pdv::actions {

namespace {

// What the constraints of the migrations mean to a caller.
void DeclareConstraints() {
  pg::DeclareConstraint("porteur_siret_key", "PORTEUR_EXISTANT",
                        "Un autre porteur a déjà ce SIRET.");
  pg::DeclareConstraint("porteur_rna_key", "PORTEUR_EXISTANT",
                        "Un autre porteur a déjà ce numéro RNA.");
  pg::DeclareConstraint("porteur_ridet_key", "PORTEUR_EXISTANT",
                        "Un autre porteur a déjà ce numéro RIDET.");
  pg::DeclareConstraint("porteur_tahiti_key", "PORTEUR_EXISTANT",
                        "Un autre porteur a déjà ce numéro TAHITI.");
  pg::DeclareConstraint("porteur_identifiant", "IDENTIFICATION_INCOHERENTE",
                        "L'identifiant annoncé manque.");
  pg::DeclareConstraint("porteur_engagement", "DATES_INCOHERENTES",
                        "Le retrait ne précède ni la souscription, ni la reconnaissance ou "
                        "l'agrément qui en dispensait.");
  pg::DeclareConstraint("document_contenu_key", "DOCUMENT_EXISTANT",
                        "Ce porteur a déjà ce document : citez-le.");
  pg::DeclareConstraint("document_dates", "DATES_INCOHERENTES",
                        "Le document cesse de valoir avant de commencer.");
  pg::DeclareConstraint("action_reconduite_key", "RECONDUCTION_EXISTANTE",
                        "Ce dossier est déjà reconduit sur cet exercice.");
  pg::DeclareConstraint("membre_dates", "DATES_INCOHERENTES",
                        "Le mandat finit avant de commencer.");
  pg::DeclareConstraint("porteur_avec_actions", "PORTEUR_AVEC_ACTIONS",
                        "Ce porteur a des actions : il ne s'efface pas.");
  pg::DeclareConstraint("action_porteur_present", "PORTEUR_SUPPRIME",
                        "Le porteur de cette action est effacé.");
  pg::DeclareConstraint("action_dates", "DATES_INCOHERENTES", "L'action finit avant de commencer.");
  pg::DeclareConstraint("action_attestee", "ATTESTATION_ABSENTE",
                        "Une action déposée a été attestée.");
  pg::DeclareConstraint("action_etape", "TRANSITION_INTERDITE",
                        "Une action ne passe pas de cet état à celui-là.");
  pg::DeclareConstraint("action_attestation", "ATTESTATION_ABSENTE",
                        "Une attestation ne se reprend pas, et un dépôt en demande une.");
  pg::DeclareConstraint("action_appel_fixe", "APPEL_DU_DEPOT",
                        "Ce dossier est déposé : il répond toujours au même appel à projets.");
  pg::DeclareConstraint("action_porteur_fixe", "PORTEUR_DU_DEPOT",
                        "Ce dossier est déposé : il reste au porteur qui l'a déposé.");
  pg::DeclareConstraint("appel_dates", "DATES_INCOHERENTES", "L'appel clôt avant d'ouvrir.");
  pg::DeclareConstraint("appel_publie", "APPEL_PUBLIE",
                        "Cet appel est publié : il ne change plus.");
  pg::DeclareConstraint("avis_auteur_key", "DEJA_DONNE",
                        "Cette personne a déjà donné son avis en cette qualité.");
  pg::DeclareConstraint("cotation_auteur_key", "DEJA_DONNE",
                        "Cette personne a déjà noté ce dossier.");
  pg::DeclareConstraint("conflit_interets_personne_key", "DEJA_DONNE",
                        "L'intérêt de cette personne est déjà déclaré.");
  pg::DeclareConstraint("sans_conflit_interets", "CONFLIT_D_INTERETS",
                        "Cette personne a un intérêt dans ce dossier.");
  pg::DeclareConstraint("action_parts", "PARTS_INCOHERENTES",
                        "Les parts des quartiers ne font pas le tout (10 000 points de base).");
}

}  // namespace

void Declare(service::Api& api) {
  Declare(api, CoffrePostgres(&api.store().pool()));
}

void Declare(service::Api& api, std::shared_ptr<Coffre> coffre) {
  DeclareConstraints();

  api.Resource<v1::Porteur>(ReglesPorteur, nullptr, SuiteDuPorteur);
  api.Resource<v1::Action>(ReglesAction, nullptr, SuiteDeLAction);
  api.Resource<v1::Complement>();
  api.Resource<v1::AppelAProjets>(ReglesAppel, CitesParLAppel, CitesParLAppelConnu);
  api.Resource<v1::Avis>(ReglesAvis, DossierDeLAvis);
  api.Resource<v1::Cotation>(ReglesCotation, DossierDeLaCotation, AppelDeLaCotation);
  api.Resource<v1::ConflitInterets>(ReglesConflit, DossierDuConflit);

  api.Resource<v1::Membre>(ReglesMembre, MembresDuPorteur);
  api.Resource<v1::Document>(ReglesDocument, PorteurDuDocument);
  auto documents = std::make_shared<Documents>(&api.store(), std::move(coffre));
  api.table().ClientStream("EnvoyerDocument", [documents](auto call, auto& source) {
    return documents->Envoyer(std::move(call), source);
  });
  api.table().StreamBlocking("RecevoirDocument", [documents](auto call, auto request, auto sink) {
    documents->Recevoir(std::move(call), std::move(request), std::move(sink));
  });

  api.Mutation<v1::SouscrireContratEngagementRequest>("SouscrireContratEngagement",
                                                      SouscrireContratEngagement);
  api.Mutation<v1::RetirerContratEngagementRequest>("RetirerContratEngagement",
                                                    RetirerContratEngagement);

  api.Mutation<v1::PublierAppelRequest>("PublierAppel", PublierAppel);
  api.Mutation<v1::CloreAppelRequest>("CloreAppel", CloreAppel);
  api.Mutation<v1::RouvrirAppelRequest>("RouvrirAppel", RouvrirAppel);
  api.Query<v1::EvaluerDossierRequest, v1::EvaluerDossierResponse>("EvaluerDossier",
                                                                   EvaluerDossier);
  api.table().Unary<v1::ListReglesRequest, v1::ListReglesResponse>(
      "ListRegles",
      [](rpc::Call&, const v1::ListReglesRequest& request)
          -> absl::StatusOr<v1::ListReglesResponse> { return regles::Lister(request); });

  api.Mutation<v1::ReconduireActionRequest>("ReconduireAction", ReconduireAction);
  api.Query<v1::GetLigneeRequest, v1::Lignee>("GetLignee", GetLignee);

  using enum Verbe;
  api.Mutation<v1::SoumettreActionRequest>("SoumettreAction",
                                           ChangerEtatPar<kSoumettre, v1::SoumettreActionRequest>);
  api.Mutation<v1::AttesterActionRequest>("AttesterAction", AttesterAction);
  api.Mutation<v1::DemanderComplementsRequest>("DemanderComplements", DemanderComplements);
  api.Mutation<v1::RepondreComplementsRequest>("RepondreComplements", RepondreComplements);
  api.Mutation<v1::DeclarerCompleteRequest>("DeclarerComplete", DeclarerComplete);
  api.Mutation<v1::InstruireActionRequest>("InstruireAction",
                                           ChangerEtatPar<kInstruire, v1::InstruireActionRequest>);
  api.Mutation<v1::ProgrammerActionRequest>(
      "ProgrammerAction", ChangerEtatPar<kProgrammer, v1::ProgrammerActionRequest>);
  api.Mutation<v1::RefuserActionRequest>("RefuserAction",
                                         ChangerEtatPar<kRefuser, v1::RefuserActionRequest>);
  api.Mutation<v1::AjournerActionRequest>("AjournerAction",
                                          ChangerEtatPar<kAjourner, v1::AjournerActionRequest>);
  api.Mutation<v1::ReprendreActionRequest>("ReprendreAction",
                                           ChangerEtatPar<kReprendre, v1::ReprendreActionRequest>);
  api.Mutation<v1::DeclarerActionIrrecevableRequest>(
      "DeclarerActionIrrecevable",
      ChangerEtatPar<kDeclarerIrrecevable, v1::DeclarerActionIrrecevableRequest>);
  api.Mutation<v1::AbandonnerActionRequest>(
      "AbandonnerAction", ChangerEtatPar<kAbandonner, v1::AbandonnerActionRequest>);

  api.Query<v1::GetComptesRequest, v1::Comptes>("GetComptes", GetComptes);
  api.Query<v1::VerifierComptesRequest, v1::VerifierComptesResponse>("VerifierComptes",
                                                                     VerifierComptes);
  api.Watch("WatchActions", "ListEvenements");
}

}  // namespace pdv::actions
