#include <algorithm>
#include <unordered_map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/exemple/acteurs.h"
#include "services/pdvctl/exemple/demandes.h"
#include "services/pdvctl/exemple/vie.h"

namespace pdv::pdvctl::exemple {
namespace {

namespace v1 = financement::v1;

// FNV-1a: the same everywhere.
uint64_t Empreinte(const std::string& octets) {
  uint64_t h = 0xcbf29ce484222325;
  for (const unsigned char octet : octets) h = (h ^ octet) * 0x100000001b3;
  return h;
}

// Who decides together, in one transaction: one person, for one funder.
struct Seance {
  Identite qui;
  v1::BatchDeciderLignesRequest demande;
};

// The acts of a step, in as many seances as there are deciders.
class Seances {
 public:
  template <class Request>
  Request* Acte(const LigneEnVie& une, const Identite& qui, Request* (v1::ActeLigne::*lequel)()) {
    Seance& seance = par_nom_[absl::StrCat(une.plan->financeur, " ", qui.acteur)];
    seance.qui = qui;
    Request* request = (seance.demande.add_actes()->*lequel)();
    request->set_name(une.plan->name);
    return request;
  }

  // What is asked makes the request_id: asked again it is done once, and another demand is another.
  absl::Status Tenir(Executant& executant, Bilan* bilan) {
    std::vector<std::pair<std::string, Seance>> toutes(par_nom_.begin(), par_nom_.end());
    for (auto& [nom, seance] : toutes)
      seance.demande.set_request_id(
          absl::StrFormat("exemple/%016x", Empreinte(nom + seance.demande.SerializeAsString())));
    return executant.Mener(bilan->etape, toutes.size(), [&](size_t i, Guichet& guichet) {
      v1::BatchDeciderLignesResponse done;
      return guichet.Appeler(toutes[i].second.qui, absl::StrCat(kFinancement, "BatchDeciderLignes"),
                             toutes[i].second.demande, &done);
    });
  }

 private:
  std::map<std::string, Seance> par_nom_;
};

// The lines that are in one of these states. Those of the others that should have gone through the
// step have.
std::vector<LigneEnVie*> Celles(std::vector<LigneEnVie>& lignes,
                                std::initializer_list<v1::EtatLigne> etats, bool toutes,
                                Bilan* bilan) {
  std::vector<LigneEnVie*> trouvees;
  for (LigneEnVie& une : lignes) {
    if (std::find(etats.begin(), etats.end(), une.etat) != etats.end())
      trouvees.push_back(&une);
    else if (toutes || une.plan->issue == Issue::kPayee)
      ++bilan->deja;
  }
  bilan->faits += static_cast<int64_t>(trouvees.size());
  return trouvees;
}

void Instruire(LigneEnVie& une, Seances& seances) {
  const Identite qui = QuiInstruit(une.plan->rang, *une.contrat);
  if (une.etat != v1::ETAT_LIGNE_RECEVABLE)
    seances.Acte(une, qui, &v1::ActeLigne::mutable_declarer_recevable);
  auto* proposer = seances.Acte(une, qui, &v1::ActeLigne::mutable_proposer);
  proposer->set_enveloppe(une.plan->enveloppe);
  proposer->set_propose_droit_commun_centimes(une.plan->accorde.commun);
  proposer->set_propose_specifiques_centimes(une.plan->accorde.specifiques);
  une.etat = v1::ETAT_LIGNE_PROPOSEE;
}

void Refuser(LigneEnVie& une, Seances& seances) {
  seances.Acte(une, QuiVote(une.plan->rang, *une.contrat), &v1::ActeLigne::mutable_refuser)
      ->set_motif("L'action n'est pas une priorité de l'exercice.");
  une.etat = v1::ETAT_LIGNE_REFUSEE;
}

void DireSansReponse(LigneEnVie& une, Seances& seances) {
  seances.Acte(une, ChefDeProjet(*une.contrat), &v1::ActeLigne::mutable_constater_sans_reponse);
  une.etat = v1::ETAT_LIGNE_SANS_REPONSE;
}

// Ten digits, as Chorus gives them.
std::string Ej(const std::string& ligne, int exercice) {
  return absl::StrFormat("21%02d%06d", exercice % 100, Empreinte(ligne) % 1'000'000);
}

}  // namespace

absl::StatusOr<std::vector<LigneEnVie>> LireLignes(Passerelle& passerelle, int exercice,
                                                   const std::vector<DossierExemple>& dossiers) {
  std::unordered_map<std::string, LigneEnVie> plans;
  for (const DossierExemple& dossier : dossiers) {
    for (const LigneExemple& ligne : dossier.lignes)
      plans[ligne.name] = {&ligne, dossier.contrat, v1::ETAT_LIGNE_UNSPECIFIED};
  }
  v1::ListLignesRequest list;
  list.set_filter(absl::StrCat("exercice = ", exercice, " AND departement = \"departements/34\""));
  std::vector<LigneEnVie> lignes;
  absl::Status lu = ParcourirPages<v1::ListLignesResponse>(
      passerelle, absl::StrCat(kFinancement, "ListLignes"), list, [&](const auto& page) {
        for (const auto& one : page.lignes()) {
          const auto plan = plans.find(one.name());
          if (plan == plans.end()) continue;  // somebody else's
          lignes.push_back(plan->second);
          lignes.back().etat = one.etat();
        }
      });
  if (!lu.ok()) return lu;
  return lignes;
}

absl::Status Proposer(Executant& executant, std::vector<LigneEnVie>& lignes, Bilan* bilan) {
  Seances seances;
  for (LigneEnVie* une :
       Celles(lignes,
              {v1::ETAT_LIGNE_DEMANDEE, v1::ETAT_LIGNE_PRISE_EN_CHARGE, v1::ETAT_LIGNE_RECEVABLE},
              /*toutes=*/true, bilan)) {
    switch (une->plan->issue) {
      case Issue::kPayee:
        Instruire(*une, seances);
        break;
      case Issue::kRefusee:
        Refuser(*une, seances);
        break;
      case Issue::kSansReponse:
        DireSansReponse(*une, seances);
        break;
    }
  }
  return seances.Tenir(executant, bilan);
}

absl::Status Voter(Executant& executant, int exercice, std::vector<LigneEnVie>& lignes,
                   Bilan* bilan) {
  std::map<std::string, std::pair<Identite, v1::BatchVoterLignesRequest>> par_financeur;
  for (LigneEnVie* une : Celles(lignes, {v1::ETAT_LIGNE_PROPOSEE}, /*toutes=*/false, bilan)) {
    auto& [qui, request] = par_financeur[une->plan->financeur];
    qui = QuiVote(une->plan->rang, *une->contrat);
    auto* vote = request.add_requests();
    vote->set_name(une->plan->name);
    vote->set_vote_droit_commun_centimes(une->plan->accorde.commun);
    vote->set_vote_specifiques_centimes(une->plan->accorde.specifiques);
    *vote->mutable_vote_le() = Le(exercice, 4, 1);
    une->etat = v1::ETAT_LIGNE_VOTEE;
  }
  std::vector<std::pair<Identite, v1::BatchVoterLignesRequest>> seances;
  for (auto& [financeur, seance] : par_financeur) {
    seance.second.set_request_id(
        absl::StrFormat("exemple/%016x", Empreinte(seance.second.SerializeAsString())));
    seances.push_back(std::move(seance));
  }
  return executant.Mener(bilan->etape, seances.size(), [&](size_t i, Guichet& guichet) {
    v1::BatchVoterLignesResponse voted;
    return guichet.Appeler(seances[i].first, absl::StrCat(kFinancement, "BatchVoterLignes"),
                           seances[i].second, &voted);
  });
}

absl::Status Notifier(Executant& executant, int exercice, std::vector<LigneEnVie>& lignes,
                      Bilan* bilan) {
  Seances seances;
  for (LigneEnVie* une : Celles(lignes, {v1::ETAT_LIGNE_VOTEE}, /*toutes=*/false, bilan)) {
    *seances.Acte(*une, QuiVote(une->plan->rang, *une->contrat), &v1::ActeLigne::mutable_notifier)
         ->mutable_notifie_le() = Le(exercice, 4, 15);
    une->etat = v1::ETAT_LIGNE_NOTIFIEE;
  }
  return seances.Tenir(executant, bilan);
}

absl::Status Payer(Executant& executant, int exercice, std::vector<LigneEnVie>& lignes,
                   Bilan* bilan) {
  Seances seances;
  for (LigneEnVie* une :
       Celles(lignes, {v1::ETAT_LIGNE_NOTIFIEE, v1::ETAT_LIGNE_ENGAGEE}, /*toutes=*/false, bilan)) {
    const LigneExemple& plan = *une->plan;
    const Identite qui = QuiPaie(plan.rang, *une->contrat);
    if (une->etat == v1::ETAT_LIGNE_NOTIFIEE) {
      auto* engager = seances.Acte(*une, qui, &v1::ActeLigne::mutable_engager);
      engager->set_engage_droit_commun_centimes(plan.accorde.commun);
      engager->set_engage_specifiques_centimes(plan.accorde.specifiques);
      if (plan.rang == kEtat) engager->set_ej(Ej(plan.name, exercice));
    }
    auto* verser = seances.Acte(*une, qui, &v1::ActeLigne::mutable_verser);
    verser->set_paye_droit_commun_centimes(plan.paye.commun);
    verser->set_paye_specifiques_centimes(plan.paye.specifiques);
    une->etat = v1::ETAT_LIGNE_VERSEE;
  }
  return seances.Tenir(executant, bilan);
}

}  // namespace pdv::pdvctl::exemple
