#include "services/pdvctl/commandes/fiche_financement.h"

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/commandes/etats.h"
#include "services/pdvctl/commandes/fiche_sections.h"

namespace pdv::pdvctl {
namespace {

std::string FinanceurDe(const financement::v1::LigneBudget& line) {
  return absl::StrCat(std::string(types::DernierSegment(line.financeur())),
                      line.programme().empty() ? "" : absl::StrCat(" (", line.programme(), ")"));
}

void DireBudget(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  financement::v1::Budget budget;
  if (!fiche.has_budget() || !fiche.budget().UnpackTo(&budget)) return;
  Tableau table({{"Compte"}, {"Libellé"}, {"Financeur"}, {"Montant", true}});
  for (const auto& line : budget.lignes())
    table.Ajouter(
        {line.compte(), line.libelle(), FinanceurDe(line), EurosFr(line.montant_centimes())});
  table.Tracer();
  const auto total = [&](const char* title, int64_t cents) {
    table.Ajouter({title, "", "", EurosFr(cents)}, Style::kTitre);
  };
  total("Charges", budget.charges_centimes());
  total("Produits", budget.produits_centimes());
  total("dont subventions", budget.subventions_centimes());
  if (budget.emplois_volontaires_centimes() + budget.ressources_volontaires_centimes() > 0) {
    total("Contributions volontaires (86)", budget.emplois_volontaires_centimes());
    total("Contributions volontaires (87)", budget.ressources_volontaires_centimes());
  }
  DireTable("Budget", table, contexte);
  for (const auto& gap : budget.ecarts())
    contexte.sortie << Styler(
        Paragraphe(absl::StrCat("⚠ ", gap.message()), contexte.terminal_sortie), Style::kAttention,
        contexte.terminal_sortie);
}

// What one funder does at the five stages, both kinds of credits together or one of them.
struct Etapes {
  int64_t montants[5] = {};
  void Ajouter(const financement::v1::Ligne& l, bool droit_commun, bool specifiques) {
    const int64_t commun[] = {l.demande_droit_commun_centimes(), l.propose_droit_commun_centimes(),
                              l.vote_droit_commun_centimes(), l.engage_droit_commun_centimes(),
                              l.paye_droit_commun_centimes()};
    const int64_t special[] = {l.demande_specifiques_centimes(), l.propose_specifiques_centimes(),
                               l.vote_specifiques_centimes(), l.engage_specifiques_centimes(),
                               l.paye_specifiques_centimes()};
    for (int i = 0; i < 5; ++i)
      montants[i] += (droit_commun ? commun[i] : 0) + (specifiques ? special[i] : 0);
  }
  std::vector<std::string> Cellules(const std::string& title, const std::string& etat) const {
    std::vector<std::string> cells = {title};
    for (const int64_t cents : montants) cells.push_back(EurosFr(cents));
    cells.push_back(etat);
    return cells;
  }
};

void DireLignes(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  Tableau table({{"Financeur"},
                 {"Demandé", true},
                 {"Proposé", true},
                 {"Voté", true},
                 {"Engagé", true},
                 {"Payé", true},
                 {"État"}});
  Etapes common, specific, all;
  for (const auto& line : Deballer<financement::v1::Ligne>(fiche.lignes())) {
    Etapes own;
    own.Ajouter(line, true, true);
    all.Ajouter(line, true, true);
    common.Ajouter(line, true, false);
    specific.Ajouter(line, false, true);
    table.Ajouter(
        own.Cellules(std::string(types::DernierSegment(line.financeur())), LibelleEtat(line)));
  }
  if (table.vide()) return;
  table.Tracer();
  table.Ajouter(common.Cellules("Droit commun", ""));
  table.Ajouter(specific.Cellules("Crédits spécifiques", ""));
  table.Ajouter(all.Cellules("Total", ""), Style::kTitre);
  DireTable("Financement", table, contexte);
}

}  // namespace

void DireFinancement(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  DireBudget(fiche, contexte);
  DireLignes(fiche, contexte);
}

}  // namespace pdv::pdvctl
