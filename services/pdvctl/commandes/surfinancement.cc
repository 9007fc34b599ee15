#include "services/pdvctl/commandes/surfinancement.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/surfinancement.pb.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;

void DireConstat(const v1::ConstatSurfinancement& constat, Contexte& contexte) {
  const Terminal& terminal = contexte.terminal_sortie;
  const bool alert = constat.gravite() == v1::GRAVITE_FINANCEMENT_ALERTE;
  contexte.sortie << Styler(absl::StrCat(alert ? "À régler" : "À regarder", " — exercice ",
                                         constat.exercice(), ", ",
                                         EurosFr(constat.montant_centimes())),
                            alert ? Style::kAlerte : Style::kAttention, terminal)
                  << "\n";
  for (const std::string& line : Plier(constat.message(), terminal.largeur))
    contexte.sortie << line << "\n";
  for (const std::string& line : Plier(constat.reference(), terminal.largeur))
    contexte.sortie << Styler(line, Style::kDiscret, terminal) << "\n";
  Tableau facts({{"Fait"}, {"Libellé"}, {"Financeur"}, {"Montant", true}});
  for (const auto& fact : constat.faits())
    facts.Ajouter(
        {fact.name(), fact.libelle(), fact.financeur(), EurosFr(fact.montant_centimes())});
  contexte.sortie << facts.Rendre(terminal) << "\n";
}

// Whose actions are looked at: one porteur, or each one of a contrat.
absl::StatusOr<std::set<std::string>> Porteurs(Passerelle& passerelle, const Arguments& arguments) {
  const std::string porteur = arguments.Valeur("PORTEUR");
  const auto contrat = arguments.Texte("contrat");
  if (porteur.empty() != contrat.has_value())
    return absl::InvalidArgumentError("surfinancement : un PORTEUR, ou --contrat, est attendu");
  if (!contrat) return std::set<std::string>{NomComplet("porteurs", porteur)};
  actions::v1::ListActionsRequest request;
  std::string filter = absl::StrCat("contrat = \"", NomComplet("contrats", *contrat), "\"");
  if (const auto year = arguments.Entier("exercice"))
    absl::StrAppend(&filter, " AND exercice = ", *year);
  request.set_filter(filter);
  auto all = ToutesLesPages<actions::v1::ListActionsResponse>(
      passerelle, "pdv.actions.v1.ActionsService/ListActions", request);
  if (!all.ok()) return all.status();
  std::set<std::string> names;
  for (const auto& action : all->actions()) names.insert(action.porteur());
  return names;
}

// What is found of each, together: all the actions of a porteur are compared, wherever they are.
absl::StatusOr<v1::DetecterSurfinancementResponse> Detecter(Passerelle& passerelle,
                                                            const std::set<std::string>& porteurs,
                                                            const Arguments& arguments) {
  v1::DetecterSurfinancementResponse all;
  for (const std::string& porteur : porteurs) {
    v1::DetecterSurfinancementRequest request;
    request.set_porteur(porteur);
    request.set_exercice(static_cast<int32_t>(arguments.Entier("exercice").value_or(0)));
    auto found = passerelle.Appeler<v1::DetecterSurfinancementResponse>(
        "pdv.financement.v1.FinancementService/DetecterSurfinancement", request);
    if (!found.ok()) return found.status();
    all.mutable_constats()->MergeFrom(found->constats());
    all.set_actions(all.actions() + found->actions());
    all.set_actions_sans_budget(all.actions_sans_budget() + found->actions_sans_budget());
    all.set_subventions(all.subventions() + found->subventions());
  }
  return all;
}

// A row for each fact: the rank of the finding holds together those that were compared.
void DireCsv(const v1::DetecterSurfinancementResponse& found, Contexte& contexte) {
  contexte.sortie << EnregistrementCsvDe({"constat", "regle", "gravite", "exercice", "en_cause",
                                          "fait", "libelle", "financeur", "montant", "message",
                                          "reference"});
  for (int i = 0; i < found.constats_size(); ++i) {
    const v1::ConstatSurfinancement& c = found.constats(i);
    const bool alert = c.gravite() == v1::GRAVITE_FINANCEMENT_ALERTE;
    for (const v1::FaitFinancement& fact : c.faits())
      contexte.sortie << EnregistrementCsvDe(
          {absl::StrCat(i + 1), c.regle(), alert ? "alerte" : "avertissement",
           absl::StrCat(c.exercice()), EurosDecimal(c.montant_centimes()), fact.name(),
           fact.libelle(), fact.financeur(), EurosDecimal(fact.montant_centimes()), c.message(),
           c.reference()});
  }
}

}  // namespace

CommandeDeclaree DeclarationSurfinancement() {
  return {
      "surfinancement",
      "Ce qui paraît payé en trop, ou deux fois, à un porteur : des constats, jamais des refus.",
      {{"PORTEUR", "le porteur : porteurs/77554402601284", false, false, {}}},
      {{"contrat", GenreOption::kTexte, "NOM", "tous les porteurs d'un contrat", false, {}},
       {"exercice", GenreOption::kEntier, "AAAA", "un seul exercice", false, {}},
       OptionFormat(),
       OptionPasserelle()},
      {}};
}

int ExecuterSurfinancement(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  const auto porteurs = Porteurs(passerelle, arguments);
  if (!porteurs.ok()) return DireErreur(porteurs.status(), contexte);
  const auto found = Detecter(passerelle, *porteurs, arguments);
  if (!found.ok()) return DireErreur(found.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*found);
    return kReussite;
  }
  if (arguments.TexteOu("format", "table") == "csv") {
    DireCsv(*found, contexte);
    return kReussite;
  }
  for (const auto& constat : found->constats()) DireConstat(constat, contexte);
  contexte.sortie << CompterFr(found->constats_size(), "constat", "constats") << " sur "
                  << CompterFr(found->actions(), "action", "actions") << " et "
                  << CompterFr(found->subventions(), "subvention publiée", "subventions publiées");
  if (found->actions_sans_budget() > 0)
    contexte.sortie << " ; " << found->actions_sans_budget()
                    << " sans budget : leur coût n'est pas connu";
  contexte.sortie << ".\n";
  return kReussite;
}

}  // namespace pdv::pdvctl
