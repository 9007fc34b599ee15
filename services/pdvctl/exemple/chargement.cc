#include "services/pdvctl/exemple/chargement.h"

#include "absl/strings/str_cat.h"
#include "services/pdvctl/exemple/campagne.h"
#include "services/pdvctl/exemple/executant.h"
#include "services/pdvctl/exemple/preparation.h"
#include "services/pdvctl/exemple/vie.h"

namespace pdv::pdvctl::exemple {
namespace {

// One exercice, from its envelopes to its programmations.
class Exercice {
 public:
  Exercice(Passerelle& passerelle, Contexte& contexte, int annee, std::vector<Bilan>* bilans)
      : passerelle_(passerelle),
        executant_(passerelle, contexte, absl::StrCat("exemple ", annee, ", ")),
        annee_(annee),
        bilans_(bilans) {}

  absl::Status Jouer() {
    absl::Status status = DoterEnveloppes(
        passerelle_, executant_, annee_, Enveloppes(annee_, dossiers_), Etape("enveloppes dotées"));
    if (status.ok()) status = DeposerDossiers();
    if (status.ok()) status = DeciderLignes();
    return status;
  }

 private:
  absl::Status DeposerDossiers() {
    auto etats = LireDossiers(passerelle_, annee_);
    if (!etats.ok()) return etats.status();
    const auto restent = ADeposer(dossiers_, *etats);
    Bilan* bilan = Etape("dossiers déposés");
    bilan->deja = static_cast<int64_t>(dossiers_.size() - restent.size());
    if (!restent.empty()) {
      absl::Status status = OuvrirAppel(passerelle_, executant_, annee_, bilan);
      if (status.ok()) status = Deposer(executant_, restent, bilan);
      if (status.ok()) status = CloreAppel(executant_, annee_);
      if (!status.ok()) return status;
      etats = LireDossiers(passerelle_, annee_);
      if (!etats.ok()) return etats.status();
    }
    return Instruire(executant_, dossiers_, *etats, Etape("dossiers mis en instruction"));
  }

  absl::Status DeciderLignes() {
    auto lignes = LireLignes(passerelle_, annee_, dossiers_);
    if (!lignes.ok()) return lignes.status();
    absl::Status status = Proposer(executant_, *lignes, Etape("lignes examinées par les comités"));
    if (status.ok()) status = Voter(executant_, annee_, *lignes, Etape("lignes votées"));
    if (status.ok()) status = Notifier(executant_, annee_, *lignes, Etape("lignes notifiées"));
    if (status.ok())
      status = Payer(executant_, annee_, *lignes, Etape("lignes engagées et payées"));
    if (status.ok())
      status =
          Programmer(passerelle_, executant_, annee_, dossiers_, Etape("programmations arrêtées"));
    return status;
  }

  // The steps of all the exercices add up.
  Bilan* Etape(const char* nom) {
    for (Bilan& one : *bilans_) {
      if (one.etape == nom) return &one;
    }
    bilans_->push_back({nom});
    return &bilans_->back();
  }

  Passerelle& passerelle_;
  Executant executant_;
  const int annee_;
  const std::vector<DossierExemple> dossiers_ = Campagne(annee_);
  std::vector<Bilan>* bilans_;
};

}  // namespace

absl::Status Charger(Passerelle& passerelle, Contexte& contexte, Exercices exercices,
                     bool sans_dossier, std::vector<Bilan>* bilans) {
  bilans->push_back({"territoire, porteurs, financeurs"});
  absl::Status status = ImporterReferentiel(passerelle, contexte, &bilans->back());
  if (!status.ok()) return status;
  Executant executant(passerelle, contexte, "exemple, ");
  bilans->push_back({"contrats d'engagement souscrits"});
  status = SouscrireEngagements(passerelle, executant, &bilans->back());
  for (int annee = exercices.premier; status.ok() && !sans_dossier && annee <= exercices.dernier;
       ++annee)
    status = Exercice(passerelle, contexte, annee, bilans).Jouer();
  return status;
}

}  // namespace pdv::pdvctl::exemple
