#include "services/pdvctl/commandes/echeances.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/appel.pb.h"
#include "pdv/financement/v1/echeance.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
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
      {{"Attend", true}, {"Depuis"}, {"Ligne", true}, {"Financeur"}, {"Demandé", true}, {"État"}});
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

// The appels whose last day comes within a month.
std::vector<actions::v1::AppelAProjets> QuiFerment(
    const actions::v1::ListAppelsAProjetsResponse& open) {
  std::vector<actions::v1::AppelAProjets> closing;
  for (const auto& appel : open.appels())
    if (JoursRestants(appel) >= 0 && JoursRestants(appel) <= kJoursAvantCloture)
      closing.push_back(appel);
  std::stable_sort(closing.begin(), closing.end(), [](const auto& a, const auto& b) {
    return JoursRestants(a) < JoursRestants(b);
  });
  return closing;
}

void DireAppels(const std::vector<actions::v1::AppelAProjets>& closing, Contexte& contexte) {
  if (closing.empty()) return;
  Tableau table({{"Reste"}, {"Appel à projets"}, {"Libellé"}, {"Dernier jour"}});
  for (const auto& appel : closing) {
    const int64_t days = JoursRestants(appel);
    table.Ajouter({days == 0 ? "aujourd'hui" : CompterFr(days, "jour", "jours"), appel.name(),
                   appel.libelle(), DateFr(DernierJour(appel))});
  }
  contexte.sortie << "\nAppels qui ferment\n" << table.Rendre(contexte.terminal_sortie);
}

std::string DateIso(const google::type::Date& date) {
  return absl::FormatCivilTime(JourCivil(date));
}

// The answer of the API, and the appels beside the lines.
void DireJson(const financement::v1::ListEcheancesResponse& waiting,
              const std::vector<actions::v1::AppelAProjets>& closing, Contexte& contexte) {
  auto document = nlohmann::ordered_json::parse(EcrireJson(waiting));
  if (!document.contains("echeances")) document["echeances"] = nlohmann::ordered_json::array();
  document["appels"] = nlohmann::ordered_json::array();
  for (const auto& appel : closing)
    document["appels"].push_back({{"appel", nlohmann::ordered_json::parse(EcrireJson(appel))},
                                  {"dernier_jour", DateIso(DernierJour(appel))},
                                  {"reste_jours", JoursRestants(appel)}});
  contexte.sortie << TexteJson(document);
}

void DireCsv(const financement::v1::ListEcheancesResponse& waiting,
             const std::vector<actions::v1::AppelAProjets>& closing, Contexte& contexte) {
  contexte.sortie << EnregistrementCsvDe({"genre", "nom", "libelle", "financeur", "exercice",
                                          "demande", "etat", "attend_depuis", "attend_jours",
                                          "dernier_jour", "reste_jours"});
  for (const auto& one : waiting.echeances()) {
    const auto& l = one.ligne();
    contexte.sortie << EnregistrementCsvDe(
        {"ligne", l.name(), "", l.financeur(), absl::StrCat(l.exercice()),
         EurosDecimal(l.demande_droit_commun_centimes() + l.demande_specifiques_centimes()),
         LibelleEtat(l), DateIso(one.depuis()), absl::StrCat(one.age_jours()), "", ""});
  }
  for (const auto& appel : closing)
    contexte.sortie << EnregistrementCsvDe({"appel", appel.name(), appel.libelle(), "",
                                            absl::StrCat(appel.exercice()), "", LibelleEtat(appel),
                                            "", "", DateIso(DernierJour(appel)),
                                            absl::StrCat(JoursRestants(appel))});
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
       OptionFormat(),
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
  actions::v1::ListAppelsAProjetsRequest open;
  open.set_filter("etat = \"PUBLIE\"");
  auto appels = ToutesLesPages<actions::v1::ListAppelsAProjetsResponse>(
      passerelle, "pdv.actions.v1.ActionsService/ListAppelsAProjets", open);
  if (!appels.ok()) return DireErreur(appels.status(), contexte);
  const auto closing = QuiFerment(*appels);
  const std::string format = arguments.TexteOu("format", "table");
  if (format == "json") {
    DireJson(*waiting, closing, contexte);
  } else if (format == "csv") {
    DireCsv(*waiting, closing, contexte);
  } else {
    DireLignes(*waiting, contexte);
    DireAppels(closing, contexte);
  }
  return kReussite;
}

}  // namespace pdv::pdvctl
