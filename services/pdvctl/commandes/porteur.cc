#include "services/pdvctl/commandes/porteur.h"

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/libelles.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

const std::vector<Verbe>& Verbes() {
  static const std::vector<Verbe> kVerbes = {
      {"souscrire", absl::StrCat(kActions, "SouscrireContratEngagement"),
       "signataire : souscrit le contrat d'engagement républicain (--jour ; aujourd'hui sinon)"},
      {"retirer", absl::StrCat(kActions, "RetirerContratEngagement"),
       "préfet, financeur : le retire (--jour du manquement, --observations, --motif)"},
      {"nommer", absl::StrCat(kActions, "CreateMembre"),
       "administrateur : dit qui agit pour lui (--personne, --fonction, --jour, --au)"}};
  return kVerbes;
}

std::string Fonction(const v1::Membre& membre) {
  const auto* role = v1::RoleMembre_descriptor()->FindValueByNumber(membre.role());
  return role == nullptr ? "" : LibelleValeur(*role);
}

int ListerMembres(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::ListMembresRequest request;
  request.set_parent(NomComplet("porteurs", arguments.Valeur("NOM")));
  auto all = ToutesLesPages<v1::ListMembresResponse>(
      passerelle, absl::StrCat(kActions, "ListMembres"), request);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  if (contexte.json) {
    contexte.sortie << EcrireJson(*all);
    return kReussite;
  }
  Tableau table({{"Personne", false, true}, {"Fonction"}, {"Du"}, {"Au"}, {"Membre"}});
  for (const v1::Membre& one : all->membres())
    table.Ajouter({one.acteur(), Fonction(one), DateFr(one.du()), DateFr(one.au()),
                   std::string(types::DernierSegment(one.name()))});
  contexte.sortie << (table.vide() ? "Aucun membre n'est nommé : tous ceux de l'organisation "
                                     "agissent pour elle.\n"
                                   : table.Rendre(contexte.terminal_sortie));
  return kReussite;
}

// The day that an option says; today in Paris where it says none.
absl::Status Jour(const Arguments& arguments, const char* option, google::type::Date* date) {
  if (const auto said = arguments.Texte(option)) return LireDate(*said, date);
  const absl::CivilDay today = AujourdhuiAParis();
  date->set_year(static_cast<int32_t>(today.year()));
  date->set_month(today.month());
  date->set_day(today.day());
  return absl::OkStatus();
}

absl::Status CompleterMembre(const Arguments& arguments, v1::Membre* membre) {
  const auto who = arguments.Texte("personne"), role = arguments.Texte("fonction");
  if (!who || !role)
    return absl::InvalidArgumentError(
        "--personne dit qui, et --fonction en quoi : redacteur, signataire ou administrateur");
  membre->set_acteur(*who);
  membre->set_role(*role == "redacteur"    ? v1::ROLE_MEMBRE_REDACTEUR
                   : *role == "signataire" ? v1::ROLE_MEMBRE_SIGNATAIRE
                                           : v1::ROLE_MEMBRE_ADMINISTRATEUR);
  if (const auto last = arguments.Texte("au"))
    if (absl::Status read = LireDate(*last, membre->mutable_au()); !read.ok()) return read;
  return Jour(arguments, "jour", membre->mutable_du());
}

absl::Status Completer(const Arguments& arguments, google::protobuf::Message* message) {
  if (auto* subscribing = dynamic_cast<v1::SouscrireContratEngagementRequest*>(message))
    return Jour(arguments, "jour", subscribing->mutable_date());
  if (auto* naming = dynamic_cast<v1::CreateMembreRequest*>(message))
    return CompleterMembre(arguments, naming->mutable_membre());
  auto* withdrawing = dynamic_cast<v1::RetirerContratEngagementRequest*>(message);
  if (withdrawing == nullptr) return absl::OkStatus();
  if (!arguments.Texte("jour") || !arguments.Texte("observations") || !arguments.Texte("motif"))
    return absl::InvalidArgumentError(
        "--jour (du manquement), --observations (jour où l'association a pu les présenter) et "
        "--motif sont attendus");
  absl::Status read = Jour(arguments, "jour", withdrawing->mutable_date());
  return read.ok() ? Jour(arguments, "observations", withdrawing->mutable_observations_le()) : read;
}

void Dire(const google::protobuf::Message& ressource, const Arguments& arguments,
          Contexte& contexte) {
  if (contexte.json) return DireRessource(ressource, arguments, contexte);
  contexte.sortie << (arguments.Drapeau("simulation") ? "(simulation) " : "");
  if (const auto* membre = dynamic_cast<const v1::Membre*>(&ressource)) {
    contexte.sortie << membre->acteur() << " agit pour " << membre->porteur() << " comme "
                    << Fonction(*membre) << ", à partir du " << DateFr(membre->du());
    if (membre->has_au()) contexte.sortie << " et jusqu'au " << DateFr(membre->au());
  } else if (const auto* porteur = dynamic_cast<const v1::Porteur*>(&ressource)) {
    contexte.sortie << porteur->name() << " (" << porteur->raison_sociale()
                    << ") : contrat d'engagement républicain "
                    << (porteur->has_cer_retire_le()
                            ? "retiré à compter du " + DateFr(porteur->cer_retire_le())
                            : "souscrit le " + DateFr(porteur->cer_souscrit_le()));
  }
  contexte.sortie << "\n";
}

}  // namespace

CommandeDeclaree DeclarationPorteur() {
  CommandeDeclaree declaration{
      "porteur",
      "Un porteur : son contrat d'engagement républicain, et ceux qui agissent pour lui.",
      {ArgumentVerbe({{"membres", "ceux qui agissent pour lui"}}, Verbes(),
                     [](const Verbe& one) -> const Verbe& { return one; }),
       {"NOM", "le porteur (90000144700011)", true, false, {}, {}}},
      {{"jour", GenreOption::kTexte, "JOUR", "souscrire, retirer, nommer : à partir de", false, {}},
       {"au", GenreOption::kTexte, "JOUR", "nommer : son dernier jour", false, {}},
       {"observations",
        GenreOption::kTexte,
        "JOUR",
        "retirer : jour où l'association a pu présenter ses observations",
        false,
        {}},
       {"personne", GenreOption::kTexte, "QUI", "nommer : le compte de la personne", false, {}},
       {"fonction",
        GenreOption::kChoix,
        "",
        "nommer : ce qu'elle fait",
        false,
        {"redacteur", "signataire", "administrateur"}}},
      {}};
  for (OptionDeclaree& option : OptionsVerbe()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterPorteur(const Arguments& arguments, Contexte& contexte) {
  const std::string word = arguments.Valeur("VERBE");
  if (word == "membres") return ListerMembres(arguments, contexte);
  Passerelle passerelle(arguments);
  for (const Verbe& verb : Verbes()) {
    if (verb.mot != word) continue;
    auto moved = Appliquer(
        passerelle, verb, NomComplet("porteurs", arguments.Valeur("NOM")), arguments,
        [&](google::protobuf::Message* request) { return Completer(arguments, request); });
    if (!moved.ok()) return DireErreur(moved.status(), contexte);
    Dire(**moved, arguments, contexte);
  }
  return kReussite;
}

}  // namespace pdv::pdvctl
