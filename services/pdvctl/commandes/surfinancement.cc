#include "services/pdvctl/commandes/surfinancement.h"

#include "absl/strings/str_cat.h"
#include "pdv/financement/v1/surfinancement.pb.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
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

}  // namespace

CommandeDeclaree DeclarationSurfinancement() {
  return {
      "surfinancement",
      "Ce qui paraît payé en trop, ou deux fois, à un porteur : des constats, jamais des refus.",
      {{"PORTEUR", "le porteur : porteurs/77554402601284", true, false, {}}},
      {{"exercice", GenreOption::kEntier, "AAAA", "un seul exercice", false, {}},
       {"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json"}},
       OptionPasserelle()},
      {}};
}

int ExecuterSurfinancement(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::DetecterSurfinancementRequest request;
  request.set_porteur(NomComplet("porteurs", arguments.Valeur("PORTEUR")));
  request.set_exercice(static_cast<int32_t>(arguments.Entier("exercice").value_or(0)));
  auto found = passerelle.Appeler<v1::DetecterSurfinancementResponse>(
      "pdv.financement.v1.FinancementService/DetecterSurfinancement", request);
  if (!found.ok()) return DireErreur(found.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*found);
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
