#include "services/pdvctl/commandes/fiche_instruction.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "pdv/actions/v1/avis.pb.h"
#include "pdv/actions/v1/complement.pb.h"
#include "pdv/actions/v1/conflit.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/commandes/complements.h"
#include "services/pdvctl/commandes/fiche_sections.h"
#include "services/pdvctl/ressources/libelles.h"
#include "services/pdvctl/ressources/presentation.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;
using Champs = std::vector<std::pair<std::string, std::string>>;

// What was said by someone who declared an interest since.
constexpr char kEcarte[] = " ; ne compte plus (intérêt déclaré)";

std::string Suite(const std::string& text) {
  return text.empty() ? "" : absl::StrCat(" : ", Assainir(text));
}

const char* QualiteLisible(v1::QualiteAvis qualite) {
  switch (qualite) {
    case v1::QUALITE_AVIS_DELEGUE_PREFET:
      return "délégué du préfet";
    case v1::QUALITE_AVIS_CHEF_PROJET:
      return "chef de projet";
    case v1::QUALITE_AVIS_SERVICE:
      return "service instructeur";
    case v1::QUALITE_AVIS_CONSEIL_CITOYEN:
      return "conseil citoyen";
    default:
      return "qualité inconnue";
  }
}

Champs Complements(const gateway::v1::FicheAction& fiche) {
  Champs said;
  for (const auto& one : ParNumero(Deballer<v1::Complement>(fiche.complements()))) {
    said.emplace_back(
        NumeroDe(one),
        absl::StrCat("demandé par ", one.demandeur(), " le ", InstantFr(one.create_time()),
                     one.champ().empty() ? "" : absl::StrCat(" (champ ", one.champ(), ")"),
                     Suite(one.objet())));
    said.emplace_back("", one.reponse().empty() ? "sans réponse"
                                                : absl::StrCat("répondu par ", one.repondant(),
                                                               Suite(one.reponse())));
  }
  return said;
}

Champs LesAvis(const gateway::v1::FicheAction& fiche) {
  Champs said;
  for (const auto& one : Deballer<v1::Avis>(fiche.avis())) {
    const auto* sens = v1::SensAvis_descriptor()->FindValueByNumber(one.sens());
    said.emplace_back(
        sens == nullptr ? "" : LibelleValeur(*sens),
        absl::StrCat(QualiteLisible(one.qualite()), ", ", one.auteur(),
                     one.organisation().empty() ? "" : absl::StrCat(" (", one.organisation(), ")"),
                     ", le ", InstantFr(one.create_time()),
                     one.consultatif() ? " ; consultatif" : "", one.ecarte() ? kEcarte : "",
                     Suite(one.texte())));
  }
  return said;
}

Champs Notes(const gateway::v1::FicheAction& fiche) {
  Champs said;
  for (const auto& one : Deballer<v1::Cotation>(fiche.cotations())) {
    const std::string marks =
        absl::StrJoin(one.notes(), ", ", [](std::string* out, const v1::Note& note) {
          absl::StrAppend(out, note.critere(), " ", note.note());
        });
    said.emplace_back(one.auteur(),
                      absl::StrCat(PourcentageFr(one.total_points(), 10'000), " du maximum (",
                                   marks, "), le ", InstantFr(one.create_time()),
                                   one.ecartee() ? kEcarte : "", Suite(one.commentaire())));
  }
  return said;
}

Champs Conflits(const gateway::v1::FicheAction& fiche) {
  Champs said;
  for (const auto& one : Deballer<v1::ConflitInterets>(fiche.conflits()))
    said.emplace_back(one.personne(),
                      absl::StrCat("déclaré par ", one.declarant(), " le ",
                                   InstantFr(one.create_time()), Suite(one.interet())));
  return said;
}

}  // namespace

void DireInstruction(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  const auto say = [&](const char* title, const Champs& said) {
    DireSection(title, RendreChamps(said, contexte.terminal_sortie), contexte);
  };
  say("Compléments", Complements(fiche));
  say("Avis", LesAvis(fiche));
  say("Notes", Notes(fiche));
  say("Conflits d'intérêts", Conflits(fiche));
}

}  // namespace pdv::pdvctl
