#include "services/pdvctl/exemple/preparation.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/exemple/acteurs.h"
#include "services/pdvctl/exemple/demandes.h"
#include "services/pdvctl/exemple/referentiel.h"
#include "services/pdvctl/importation/lot.h"
#include "services/pdvctl/ressources/appels.h"

namespace pdv::pdvctl::exemple {
namespace {

namespace av1 = actions::v1;
namespace fv1 = financement::v1;

google::type::Date Demain() {
  const absl::CivilDay day = AujourdhuiAParis() + 1;
  return Le(static_cast<int>(day.year()), day.month(), day.day());
}

absl::Status CreerAppel(Guichet& guichet, int exercice, av1::AppelAProjets* appel) {
  av1::CreateAppelAProjetsRequest request;
  *request.mutable_appel() = Appel(exercice);
  *request.mutable_appel()->mutable_date_cloture() = Demain();
  request.set_appel_id(std::string(types::DernierSegment(request.appel().name())));
  request.set_request_id(absl::StrCat("exemple/", request.appel().name(), "/creer"));
  return guichet.Appeler(Prefet(), absl::StrCat(kActions, "CreateAppelAProjets"), request, appel);
}

absl::Status RouvrirAppel(Guichet& guichet, av1::AppelAProjets* appel) {
  auto request = Verbe<av1::RouvrirAppelRequest>(appel->name(), "rouvrir");
  *request.mutable_jusquau() = Demain();
  request.set_motif("Le chargement de l'exemple reprend là où il a été interrompu.");
  request.set_request_id(absl::StrCat(request.request_id(), "/", appel->etag()));
  return guichet.Appeler(Prefet(), absl::StrCat(kActions, "RouvrirAppel"), request, appel);
}

// The État follows every euro that it votes: no vote of it is without an envelope.
absl::Status ImputerLesVotesDeLEtat(Passerelle& passerelle, Guichet& guichet) {
  fv1::GetFinanceurRequest get;
  get.set_name("financeurs/etat");
  auto etat = passerelle.Appeler<fv1::Financeur>(absl::StrCat(kFinancement, "GetFinanceur"), get);
  if (!etat.ok()) return etat.status();
  if (etat->impute_ses_votes()) return absl::OkStatus();
  fv1::UpdateFinanceurRequest request;
  request.mutable_financeur()->set_name(etat->name());
  request.mutable_financeur()->set_impute_ses_votes(true);
  request.mutable_update_mask()->add_paths("impute_ses_votes");
  request.set_request_id("exemple/financeurs/etat/imputer");
  fv1::Financeur impute;
  return guichet.Appeler(Anct(), absl::StrCat(kFinancement, "UpdateFinanceur"), request, &impute);
}

// Money from outside for a root, from the parent otherwise.
absl::Status Doter(const EnveloppeExemple& une, Guichet& guichet) {
  const fv1::Enveloppe& e = une.enveloppe;
  const Identite qui =
      QuiDote(une.rang, *une.contrat,
              e.perimetre() != "departements/34" && e.perimetre() != NomContrat(*une.contrat));
  fv1::Enveloppe dotee;
  if (e.parent().empty()) {
    auto request = Verbe<fv1::AbonderEnveloppeRequest>(e.name(), "abonder");
    request.set_montant_centimes(une.recu_centimes);
    request.set_motif(absl::StrCat("Budget ", e.exercice(), "."));
    return guichet.Appeler(qui, absl::StrCat(kFinancement, "AbonderEnveloppe"), request, &dotee);
  }
  auto request = Verbe<fv1::DeleguerEnveloppeRequest>(e.parent(), "deleguer");
  request.set_request_id(absl::StrCat("exemple/", e.name(), "/deleguer"));
  request.set_enfant(e.name());
  request.set_montant_centimes(une.recu_centimes);
  request.set_motif("Dialogue de gestion.");
  return guichet.Appeler(qui, absl::StrCat(kFinancement, "DeleguerEnveloppe"), request, &dotee);
}

}  // namespace

absl::Status ImporterReferentiel(Passerelle& passerelle, Contexte& contexte, Bilan* bilan) {
  for (const Etape& etape : Referentiel()) {
    auto envoye = Envoyer(passerelle, etape.service, etape.methode, etape.ressources,
                          /*simulation=*/false, contexte);
    if (!envoye.ok()) return envoye.status();
    if (!envoye->rejets.empty()) {
      const auto& refus = envoye->rejets.begin()->second;
      return absl::FailedPreconditionError(absl::StrCat(refus.name(), " : ", refus.message()));
    }
    bilan->faits += envoye->rapport.crees() + envoye->rapport.modifies();
    bilan->deja += envoye->rapport.inchanges();
  }
  return absl::OkStatus();
}

absl::Status SouscrireEngagements(Passerelle& passerelle, Executant& executant, Bilan* bilan) {
  std::set<std::string> tenus;
  av1::ListPorteursRequest list;
  list.set_filter("departement = \"departements/34\"");
  absl::Status lu = ParcourirPages<av1::ListPorteursResponse>(
      passerelle, absl::StrCat(kActions, "ListPorteurs"), list, [&](const auto& page) {
        for (const auto& one : page.porteurs())
          if (one.has_cer_souscrit_le()) tenus.insert(one.name());
      });
  if (!lu.ok()) return lu;
  std::vector<std::string> manquent;
  for (int i = 0; i < kAssociations; ++i) {
    if (tenus.count(NomPorteur(i)) == 0) manquent.push_back(NomPorteur(i));
  }
  bilan->faits += static_cast<int64_t>(manquent.size());
  bilan->deja += kAssociations - static_cast<int64_t>(manquent.size());
  return executant.Mener(bilan->etape, manquent.size(), [&](size_t i, Guichet& guichet) {
    auto request = Verbe<av1::SouscrireContratEngagementRequest>(manquent[i], "engagement");
    *request.mutable_date() = Le(2022, 1, 2);
    av1::Porteur porteur;
    return guichet.Appeler(Porteur(manquent[i]),
                           absl::StrCat(kActions, "SouscrireContratEngagement"), request, &porteur);
  });
}

absl::Status OuvrirAppel(Passerelle& passerelle, Executant& executant, int exercice, Bilan* bilan) {
  av1::GetAppelAProjetsRequest get;
  get.set_name(Appel(exercice).name());
  auto known =
      passerelle.Appeler<av1::AppelAProjets>(absl::StrCat(kActions, "GetAppelAProjets"), get);
  if (!known.ok() && known.status().code() != absl::StatusCode::kNotFound) return known.status();
  return executant.Mener(bilan->etape, 1, [&](size_t, Guichet& guichet) {
    av1::AppelAProjets appel;
    if (known.ok()) appel = *known;
    absl::Status status = known.ok() ? absl::OkStatus() : CreerAppel(guichet, exercice, &appel);
    if (status.ok() && appel.etat() == av1::ETAT_APPEL_PREPARATION)
      status = guichet.Appeler(Prefet(), absl::StrCat(kActions, "PublierAppel"),
                               Verbe<av1::PublierAppelRequest>(appel.name(), "publier"), &appel);
    if (status.ok() && (appel.etat() == av1::ETAT_APPEL_CLOS || JoursRestants(appel) < 0))
      status = RouvrirAppel(guichet, &appel);
    return status;
  });
}

absl::Status CloreAppel(Executant& executant, int exercice) {
  return executant.Mener("clôture de l'appel", 1, [&](size_t, Guichet& guichet) {
    auto request = Verbe<av1::CloreAppelRequest>(Appel(exercice).name(), "clore");
    request.set_motif("Les dossiers de l'exemple sont déposés.");
    av1::AppelAProjets appel;
    return guichet.Appeler(Prefet(), absl::StrCat(kActions, "CloreAppel"), request, &appel);
  });
}

absl::Status DoterEnveloppes(Passerelle& passerelle, Executant& executant, int exercice,
                             const std::vector<EnveloppeExemple>& enveloppes, Bilan* bilan) {
  std::set<std::string> connues, dotees;
  fv1::ListEnveloppesRequest list;
  list.set_filter(absl::StrCat("exercice = ", exercice));
  absl::Status lu = ParcourirPages<fv1::ListEnveloppesResponse>(
      passerelle, absl::StrCat(kFinancement, "ListEnveloppes"), list, [&](const auto& page) {
        for (const auto& one : page.enveloppes()) {
          connues.insert(one.name());
          if (one.montant_centimes() + one.delegue_centimes() > 0) dotees.insert(one.name());
        }
      });
  if (!lu.ok()) return lu;
  // Few, and a parent comes before its children: one after the other.
  return executant.Mener(bilan->etape, 1, [&](size_t, Guichet& guichet) {
    absl::Status status = ImputerLesVotesDeLEtat(passerelle, guichet);
    if (!status.ok()) return status;
    for (const EnveloppeExemple& one : enveloppes) {
      const bool deja = dotees.count(one.enveloppe.name()) != 0;
      ++(deja ? bilan->deja : bilan->faits);
      if (deja) continue;
      fv1::CreateEnveloppeRequest request;
      *request.mutable_enveloppe() = one.enveloppe;
      request.set_enveloppe_id(std::string(types::DernierSegment(one.enveloppe.name())));
      request.set_request_id(absl::StrCat("exemple/", one.enveloppe.name(), "/creer"));
      fv1::Enveloppe creee;
      if (connues.count(one.enveloppe.name()) == 0)
        status = guichet.Appeler(QuiDote(one.rang, *one.contrat, false),
                                 absl::StrCat(kFinancement, "CreateEnveloppe"), request, &creee);
      if (status.ok()) status = Doter(one, guichet);
      if (!status.ok()) break;
    }
    return status;
  });
}

}  // namespace pdv::pdvctl::exemple
