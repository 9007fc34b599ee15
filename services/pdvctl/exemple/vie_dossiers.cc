#include <set>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "pdv/gateway/v1/gateway.pb.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/exemple/acteurs.h"
#include "services/pdvctl/exemple/demandes.h"
#include "services/pdvctl/exemple/vie.h"

namespace pdv::pdvctl::exemple {
namespace {

namespace av1 = actions::v1;
namespace fv1 = financement::v1;

std::string NomAction(const DossierExemple& dossier) {
  return absl::StrCat("actions/", dossier.id);
}

gateway::v1::DeposerDossierRequest Depot(const DossierExemple& dossier) {
  gateway::v1::DeposerDossierRequest request;
  request.mutable_action()->PackFrom(dossier.action);
  request.mutable_budget()->PackFrom(dossier.budget);
  for (const LigneExemple& one : dossier.lignes) {
    fv1::Ligne ligne;
    ligne.set_financeur(one.financeur);
    ligne.set_demande_droit_commun_centimes(one.demande.commun);
    ligne.set_demande_specifiques_centimes(one.demande.specifiques);
    *ligne.mutable_demande_le() = Le(dossier.action.exercice() - 1, 12, 15);
    request.add_lignes()->PackFrom(ligne);
  }
  request.set_action_id(dossier.id);
  request.set_attester(true);
  request.set_request_id(absl::StrCat("exemple/", dossier.id));
  return request;
}

// Waits, for the follower of actions decides by itself once it has seen the last vote.
absl::Status AttendreDecisions(Passerelle& passerelle, int exercice, int64_t indecis) {
  av1::GetComptesRequest request;
  request.set_perimetre("departements/34");
  request.set_exercice_debut(exercice);
  request.add_axes("etat");
  for (const absl::Time limite = absl::Now() + absl::Minutes(2); absl::Now() < limite;
       absl::SleepFor(absl::Milliseconds(200))) {
    auto comptes = passerelle.Appeler<av1::Comptes>(absl::StrCat(kActions, "GetComptes"), request);
    if (!comptes.ok()) return comptes.status();
    int64_t reste = 0;
    for (const auto& one : comptes->axes())
      if (one.cle() == "EN_INSTRUCTION") reste += one.nb_actions();
    if (reste <= indecis) return absl::OkStatus();
  }
  return absl::DeadlineExceededError(
      "les dossiers n'ont pas suivi le vote de leurs lignes en deux minutes");
}

absl::Status Arreter(Guichet& guichet, const ContratExemple& contrat, int exercice) {
  fv1::CreateProgrammationRequest creer;
  const std::string id = absl::StrCat(IdContrat(contrat), "-", exercice);
  creer.set_programmation_id(id);
  creer.set_request_id(absl::StrCat("exemple/programmations/", id, "/creer"));
  creer.mutable_programmation()->set_contrat(NomContrat(contrat));
  creer.mutable_programmation()->set_exercice(exercice);
  fv1::Programmation programmation;
  absl::Status status = guichet.Appeler(Prefet(), absl::StrCat(kFinancement, "CreateProgrammation"),
                                        creer, &programmation);
  if (!status.ok() && status.code() != absl::StatusCode::kAlreadyExists) return status;
  auto arreter =
      Verbe<fv1::ArreterProgrammationRequest>(absl::StrCat("programmations/", id), "arreter");
  *arreter.mutable_date() = Le(exercice, 3, 20);
  return guichet.Appeler(Prefet(), absl::StrCat(kFinancement, "ArreterProgrammation"), arreter,
                         &programmation);
}

}  // namespace

absl::StatusOr<EtatsDossiers> LireDossiers(Passerelle& passerelle, int exercice) {
  EtatsDossiers etats;
  av1::ListActionsRequest list;
  list.set_filter(absl::StrCat("appel = \"", Appel(exercice).name(), "\""));
  absl::Status lu = ParcourirPages<av1::ListActionsResponse>(
      passerelle, absl::StrCat(kActions, "ListActions"), list, [&](const auto& page) {
        for (const auto& one : page.actions())
          etats[one.name()] = {one.etat(), one.has_depot_time()};
      });
  if (!lu.ok()) return lu;
  return etats;
}

std::vector<const DossierExemple*> ADeposer(const std::vector<DossierExemple>& dossiers,
                                            const EtatsDossiers& etats) {
  std::vector<const DossierExemple*> restent;
  for (const DossierExemple& one : dossiers) {
    const auto known = etats.find(NomAction(one));
    if (known == etats.end() ||
        (!known->second.depose && (known->second.etat == av1::ETAT_ACTION_BROUILLON ||
                                   known->second.etat == av1::ETAT_ACTION_EN_ATTENTE_ATTESTATION)))
      restent.push_back(&one);
  }
  return restent;
}

absl::Status Deposer(Executant& executant, const std::vector<const DossierExemple*>& dossiers,
                     Bilan* bilan) {
  bilan->faits += static_cast<int64_t>(dossiers.size());
  return executant.Mener(bilan->etape, dossiers.size(), [&](size_t i, Guichet& guichet) {
    gateway::v1::DossierDepose depose;
    return guichet.Appeler(Porteur(dossiers[i]->action.porteur()),
                           "pdv.gateway.v1.GatewayService/DeposerDossier", Depot(*dossiers[i]),
                           &depose);
  });
}

absl::Status Instruire(Executant& executant, const std::vector<DossierExemple>& dossiers,
                       const EtatsDossiers& etats, Bilan* bilan) {
  std::vector<std::pair<std::string, av1::EtatAction>> restent;
  for (const DossierExemple& one : dossiers) {
    const auto known = etats.find(NomAction(one));
    if (known == etats.end()) continue;
    const av1::EtatAction etat = known->second.etat;
    if (etat == av1::ETAT_ACTION_DEPOSEE || etat == av1::ETAT_ACTION_COMPLETE)
      restent.emplace_back(known->first, etat);
    else
      ++bilan->deja;
  }
  bilan->faits += static_cast<int64_t>(restent.size());
  return executant.Mener(bilan->etape, restent.size(), [&](size_t i, Guichet& guichet) {
    const auto& [name, etat] = restent[i];
    av1::Action action;
    absl::Status status;
    if (etat == av1::ETAT_ACTION_DEPOSEE)
      status = guichet.Appeler(Instructeur(), absl::StrCat(kActions, "DeclarerComplete"),
                               Verbe<av1::DeclarerCompleteRequest>(name, "complet"), &action);
    if (!status.ok()) return status;
    return guichet.Appeler(Instructeur(), absl::StrCat(kActions, "InstruireAction"),
                           Verbe<av1::InstruireActionRequest>(name, "instruire"), &action);
  });
}

absl::Status Programmer(Passerelle& passerelle, Executant& executant, int exercice,
                        const std::vector<DossierExemple>& dossiers, Bilan* bilan) {
  int64_t indecis = 0;
  for (const DossierExemple& one : dossiers) {
    for (const LigneExemple& ligne : one.lignes) {
      if (ligne.issue != Issue::kSansReponse) continue;
      ++indecis;
      break;
    }
  }
  absl::Status decides = AttendreDecisions(passerelle, exercice, indecis);
  if (!decides.ok() || exercice == kDernier) return decides;
  std::set<std::string> arretees;
  fv1::ListProgrammationsRequest list;
  list.set_filter(absl::StrCat("exercice = ", exercice));
  absl::Status lu = ParcourirPages<fv1::ListProgrammationsResponse>(
      passerelle, absl::StrCat(kFinancement, "ListProgrammations"), list, [&](const auto& page) {
        for (const auto& one : page.programmations())
          if (one.etat() == fv1::ETAT_PROGRAMMATION_ARRETEE) arretees.insert(one.contrat());
      });
  if (!lu.ok()) return lu;
  std::vector<const ContratExemple*> restent;
  for (const ContratExemple& one : kContrats) {
    if (arretees.count(NomContrat(one)) == 0) restent.push_back(&one);
  }
  bilan->faits += static_cast<int64_t>(restent.size());
  bilan->deja += static_cast<int64_t>(arretees.size());
  return executant.Mener(bilan->etape, restent.size(), [&](size_t i, Guichet& guichet) {
    return Arreter(guichet, *restent[i], exercice);
  });
}

}  // namespace pdv::pdvctl::exemple
