#include "services/pdvctl/commandes/actes_dossier.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/commandes/complements.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/libelles.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

absl::Status Manque(const char* texte) { return absl::InvalidArgumentError(texte); }

absl::Status Completer(Passerelle&, const Arguments& arguments,
                       v1::DemanderComplementsRequest* request) {
  auto asked = LireDemandes(arguments.Textes("objet"), arguments.Textes("champ"));
  if (!asked.ok()) return asked.status();
  request->mutable_demandes()->Assign(asked->begin(), asked->end());
  return absl::OkStatus();
}

absl::Status Completer(Passerelle& passerelle, const Arguments& arguments,
                       v1::RepondreComplementsRequest* request) {
  auto open = ComplementsOuverts(passerelle, request->name());
  if (!open.ok()) return open.status();
  auto answers = LireReponses(*open, arguments.Textes("reponse"));
  if (!answers.ok()) return answers.status();
  request->mutable_reponses()->Assign(answers->begin(), answers->end());
  return absl::OkStatus();
}

// As what an opinion is given follows from the role that its author plays.
v1::QualiteAvis QualiteDe(const Passerelle& passerelle) {
  static const std::pair<const char*, v1::QualiteAvis> kQualites[] = {
      {"delegue_prefet", v1::QUALITE_AVIS_DELEGUE_PREFET},
      {"chef_projet", v1::QUALITE_AVIS_CHEF_PROJET},
      {"instructeur", v1::QUALITE_AVIS_SERVICE},
      {"conseil_citoyen", v1::QUALITE_AVIS_CONSEIL_CITOYEN}};
  for (const auto& [role, qualite] : kQualites)
    if (passerelle.Joue(role)) return qualite;
  return v1::QUALITE_AVIS_UNSPECIFIED;
}

absl::Status Completer(Passerelle& passerelle, const Arguments& arguments,
                       v1::CreateAvisRequest* request) {
  const std::string sens = arguments.TexteOu("sens", "");
  if (sens.empty()) return Manque("--sens dit l'avis : favorable, reserve ou defavorable");
  auto* avis = request->mutable_avis();
  avis->set_sens(sens == "favorable" ? v1::SENS_AVIS_FAVORABLE
                 : sens == "reserve" ? v1::SENS_AVIS_RESERVE
                                     : v1::SENS_AVIS_DEFAVORABLE);
  avis->set_texte(arguments.TexteOu("motif", ""));
  avis->set_qualite(QualiteDe(passerelle));
  if (avis->qualite() == v1::QUALITE_AVIS_UNSPECIFIED)
    return Manque(
        "--role dit en quelle qualité : delegue_prefet, chef_projet, instructeur ou "
        "conseil_citoyen");
  return absl::OkStatus();
}

absl::Status Completer(Passerelle&, const Arguments& arguments,
                       v1::CreateCotationRequest* request) {
  const auto text = arguments.Texte("notes");
  if (!text) return Manque("--notes donne une note à chaque critère : mixite=8,ancrage=5");
  auto notes = LireNotes(*text);
  if (!notes.ok()) return notes.status();
  for (v1::Note& note : *notes) *request->mutable_cotation()->add_notes() = std::move(note);
  request->mutable_cotation()->set_commentaire(arguments.TexteOu("motif", ""));
  return absl::OkStatus();
}

absl::Status Completer(Passerelle&, const Arguments& arguments,
                       v1::CreateConflitInteretsRequest* request) {
  const auto interest = arguments.Texte("interet");
  if (!interest) return Manque("--interet dit lequel : « membre du bureau de l'association »");
  request->mutable_conflit()->set_interet(*interest);
  request->mutable_conflit()->set_personne(arguments.TexteOu("personne", ""));
  return absl::OkStatus();
}

absl::Status Completer(Passerelle&, const Arguments& arguments,
                       v1::ReconduireActionRequest* request) {
  const auto year = arguments.Entier("exercice");
  if (!year) return Manque("--exercice dit l'année du nouveau dossier");
  request->set_exercice(static_cast<int32_t>(*year));
  request->set_action_id(std::string(types::DernierSegment(arguments.TexteOu("vers", ""))));
  return absl::OkStatus();
}

// The requests that ask for more than a name; the first that `requete` is, is filled.
template <class... Requests>
absl::Status CompleterParmi(Passerelle& passerelle, const Arguments& arguments,
                            google::protobuf::Message* requete) {
  absl::Status status;
  (void)(... || [&] {
    auto* request = dynamic_cast<Requests*>(requete);
    if (request != nullptr) status = Completer(passerelle, arguments, request);
    return request != nullptr;
  }());
  return status;
}

template <class Enum>
std::string Valeur(const google::protobuf::EnumDescriptor* type, Enum value) {
  const auto* known = type->FindValueByNumber(value);
  return known == nullptr ? "" : LibelleValeur(*known);
}

}  // namespace

std::vector<OptionDeclaree> OptionsActes() {
  return {
      {"objet",
       GenreOption::kTexte,
       "TEXTE",
       "completer : ce qui manque ; répétée pour chaque chose demandée",
       false,
       {},
       true},
      {"champ",
       GenreOption::kTexte,
       "CHAMP",
       "completer : le champ de chaque --objet, dans le même ordre (- : aucun)",
       false,
       {},
       true},
      {"reponse",
       GenreOption::kTexte,
       "N=TEXTE",
       "repondre : la réponse au complément N (suivre donne les numéros) ; N= s'omet s'il n'y en a "
       "qu'un",
       false,
       {},
       true},
      {"sens",
       GenreOption::kChoix,
       "",
       "avis : ce qu'il dit (--motif dit pourquoi)",
       false,
       {"favorable", "reserve", "defavorable"}},
      {"notes", GenreOption::kTexte, "CRITÈRE=NOTE,…", "noter : une note par critère", false, {}},
      {"interet", GenreOption::kTexte, "TEXTE", "conflit : quel intérêt", false, {}},
      {"personne",
       GenreOption::kTexte,
       "QUI",
       "conflit : qui est récusé (préfet ; soi-même sinon)",
       false,
       {}},
      {"vers", GenreOption::kTexte, "NOM", "reconduire : le nom du nouveau dossier", false, {}}};
}

absl::Status CompleterActe(Passerelle& passerelle, const Arguments& arguments,
                           google::protobuf::Message* requete) {
  return CompleterParmi<v1::DemanderComplementsRequest, v1::RepondreComplementsRequest,
                        v1::CreateAvisRequest, v1::CreateCotationRequest,
                        v1::CreateConflitInteretsRequest, v1::ReconduireActionRequest>(
      passerelle, arguments, requete);
}

absl::StatusOr<std::vector<v1::Note>> LireNotes(std::string_view texte) {
  std::vector<v1::Note> notes;
  for (absl::string_view one : absl::StrSplit(absl::string_view(texte.data(), texte.size()),
                                              absl::ByAnyChar(", ;"), absl::SkipEmpty())) {
    const std::pair<std::string, std::string> parts =
        absl::StrSplit(one, absl::MaxSplits(absl::ByAnyChar("=:"), 1));
    int32_t mark = 0;
    if (parts.first.empty() || !absl::SimpleAtoi(parts.second, &mark))
      return absl::InvalidArgumentError(
          absl::StrCat("« ", one, " » n'est pas une note : mixite=8,ancrage=5"));
    notes.emplace_back().set_critere(parts.first);
    notes.back().set_note(mark);
  }
  return notes;
}

void DireActe(const google::protobuf::Message& ressource, const Arguments& arguments,
              Contexte& contexte) {
  std::string said;
  if (const auto* avis = dynamic_cast<const v1::Avis*>(&ressource)) {
    said = absl::StrCat("avis ", Valeur(v1::SensAvis_descriptor(), avis->sens()), " donné sur ",
                        avis->action(), avis->consultatif() ? " (consultatif)" : "");
  } else if (const auto* cotation = dynamic_cast<const v1::Cotation*>(&ressource)) {
    said = absl::StrCat(cotation->action(),
                        " noté : ", CompterFr(cotation->notes_size(), "critère", "critères"), ", ",
                        PourcentageFr(cotation->total_points(), 10'000), " du maximum");
  } else if (const auto* conflit = dynamic_cast<const v1::ConflitInterets*>(&ressource)) {
    said = absl::StrCat("intérêt déclaré sur ", conflit->action(), " : ", conflit->personne(),
                        " n'y prend plus part");
  }
  if (said.empty() || contexte.json) return DireRessource(ressource, arguments, contexte);
  contexte.sortie << (arguments.Drapeau("simulation") ? "(simulation) " : "") << said << "\n";
}

}  // namespace pdv::pdvctl
