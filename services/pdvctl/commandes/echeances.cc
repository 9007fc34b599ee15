#include "services/pdvctl/commandes/echeances.h"

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/appel.pb.h"
#include "pdv/financement/v1/echeance.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/appels.h"

namespace pdv::pdvctl {
namespace {

// How long before its last day an appel is told.
constexpr int kJoursAvantCloture = 30;

void DireLignes(const financement::v1::ListEcheancesResponse& waiting, Contexte& contexte) {
  Tableau table(
      {{"Attend", true}, {"Depuis"}, {"Ligne"}, {"Financeur"}, {"Demandé", true}, {"État"}});
  int64_t total = 0;
  for (const auto& one : waiting.echeances()) {
    const auto& ligne = one.ligne();
    const int64_t asked =
        ligne.demande_droit_commun_centimes() + ligne.demande_specifiques_centimes();
    total += asked;
    table.Ajouter({CompterFr(one.age_jours(), "jour", "jours"), DateFr(one.depuis()),
                   std::string(types::DernierSegment(ligne.name())),
                   std::string(types::DernierSegment(ligne.financeur())), EurosFr(asked),
                   LibelleEtat(ligne)});
  }
  if (table.vide()) {
    contexte.sortie << "Aucune ligne n'attend de décision.\n";
    return;
  }
  table.Tracer();
  table.Ajouter(
      {"", "", CompterFr(waiting.echeances_size(), "ligne", "lignes"), "", EurosFr(total), ""});
  contexte.sortie << table.Rendre(contexte.terminal_sortie);
}

void DireAppels(const actions::v1::ListAppelsAProjetsResponse& open, Contexte& contexte) {
  Tableau table({{"Reste"}, {"Appel à projets"}, {"Libellé"}, {"Dernier jour"}});
  for (const auto& appel : open.appels()) {
    const int64_t days = JoursRestants(appel);
    if (days < 0 || days > kJoursAvantCloture) continue;
    table.Ajouter({days == 0 ? "aujourd'hui" : CompterFr(days, "jour", "jours"), appel.name(),
                   appel.libelle(), DateFr(DernierJour(appel))});
  }
  if (table.vide()) return;
  contexte.sortie << "\nAppels qui ferment\n" << table.Rendre(contexte.terminal_sortie);
}

}  // namespace

CommandeDeclaree DeclarationEcheances() {
  return {
      "echeances",
      "Ce qui attend : les lignes que personne n'a décidées, les plus anciennes d'abord, et les "
      "appels qui ferment.",
      {},
      {{"contrat", GenreOption::kTexte, "NOM", "un seul contrat", false, {}},
       {"departement", GenreOption::kTexte, "CODE", "un seul département", false, {}},
       {"financeur", GenreOption::kTexte, "NOM", "un seul financeur", false, {}},
       {"exercice", GenreOption::kEntier, "AAAA", "un seul exercice", false, {}},
       {"age", GenreOption::kEntier, "JOURS", "celles qui attendent depuis autant", false, {}},
       {"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json"}},
       OptionPasserelle()},
      {}};
}

int ExecuterEcheances(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  financement::v1::ListEcheancesRequest request;
  if (const auto name = arguments.Texte("contrat"))
    request.set_perimetre(NomComplet("contrats", *name));
  else if (const auto code = arguments.Texte("departement"))
    request.set_perimetre(NomComplet("departements", *code));
  if (const auto name = arguments.Texte("financeur"))
    request.set_financeur(NomComplet("financeurs", *name));
  request.set_exercice(static_cast<int32_t>(arguments.Entier("exercice").value_or(0)));
  request.set_age_minimal_jours(static_cast<int32_t>(arguments.Entier("age").value_or(0)));
  auto waiting = ToutesLesPages<financement::v1::ListEcheancesResponse>(
      passerelle, "pdv.financement.v1.FinancementService/ListEcheances", request);
  if (!waiting.ok()) return DireErreur(waiting.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*waiting);
    return kReussite;
  }
  actions::v1::ListAppelsAProjetsRequest open;
  open.set_filter("etat = \"PUBLIE\"");
  auto appels = ToutesLesPages<actions::v1::ListAppelsAProjetsResponse>(
      passerelle, "pdv.actions.v1.ActionsService/ListAppelsAProjets", open);
  if (!appels.ok()) return DireErreur(appels.status(), contexte);
  DireLignes(*waiting, contexte);
  DireAppels(*appels, contexte);
  return kReussite;
}

}  // namespace pdv::pdvctl
