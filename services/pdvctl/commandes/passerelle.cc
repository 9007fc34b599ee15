#include "services/pdvctl/commandes/passerelle.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/rpc/call_metadata.h"
#include "common/status/details.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "google/rpc/error_details.pb.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/affichage/sortie.h"

namespace pdv::pdvctl {

OptionDeclaree OptionPasserelle() {
  return {"gateway",   GenreOption::kTexte,
          "HÔTE:PORT", "adresse de la passerelle (ou $PDV_PASSERELLE ; 127.0.0.1:7400 sinon)",
          false,       {}};
}

OptionDeclaree OptionFormat() {
  return {"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json", "csv"}};
}

std::vector<OptionDeclaree> OptionsIdentite() {
  return {
      {"role",
       GenreOption::kTexte,
       "RÔLE",
       "rôles de qui agit, séparés par des virgules (ou $PDV_ROLE) : redacteur, signataire, "
       "delegue_prefet, chef_projet, instructeur, financeur, prefet, gestionnaire, anct, "
       "conseil_citoyen, auditeur",
       false,
       {}},
      {"organisation",
       GenreOption::kTexte,
       "NOM",
       "pour qui : porteurs/…, financeurs/… (ou $PDV_ORGANISATION)",
       false,
       {}},
      {"acteur", GenreOption::kTexte, "NOM", "qui (ou $PDV_ACTEUR ; le compte sinon)", false, {}}};
}

namespace {

// A service that starts again is back within this: it is asked again meanwhile. Only UNAVAILABLE is
// (AIP-194), and only where somebody answered it: a gateway that is not there is told at once. Reads
// change nothing, and every mutation of pdvctl has its request_id: it is done once.
constexpr absl::Duration kPatienceDeRetour = absl::Seconds(6);
constexpr absl::Duration kPauseMax = absl::Seconds(2);
constexpr char kMuette[] = "la passerelle ne répond pas";

std::string Environnement(const char* name, const std::string& sinon) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : sinon;
}

}  // namespace

std::string LireRoles(std::string_view texte) {
  std::vector<std::string> roles;
  for (const absl::string_view role : absl::StrSplit(absl::string_view(texte.data(), texte.size()), ',')) {
    std::string said =
        absl::StrReplaceAll(types::IdentifiantDe({role.data(), role.size()}), {{"-", "_"}});
    if (!said.empty()) roles.push_back(std::move(said));
  }
  return absl::StrJoin(roles, ",");
}

Passerelle::Passerelle(const Arguments& arguments) {
  adresse_ = arguments.TexteOu("gateway", Environnement("PDV_PASSERELLE", "127.0.0.1:7400"));
  qui_ = {arguments.TexteOu("acteur",
                            Environnement("PDV_ACTEUR", "pdvctl/" + Environnement("USER", "inconnu"))),
          LireRoles(arguments.TexteOu("role", Environnement("PDV_ROLE", ""))),
          arguments.TexteOu("organisation", Environnement("PDV_ORGANISATION", ""))};
  identite_ = rpc::MetadataOf(qui_);
  channel_ = rpc::Channel::Open(adresse_);
  Reprendre();
}

void Passerelle::Reprendre() {
  gardees_ = PositionsGardees::De(adresse_);
  const absl::Time now = absl::Now();
  PositionsGardees::Toutes known = gardees_.Lire(now), doubtful = known;
  // A suite is not made anew in five seconds: the commands of a script ask nothing.
  std::erase_if(doubtful,
                [&](const auto& one) { return now - one.second.ecrite < absl::Seconds(5); });
  if (!doubtful.empty()) doubtful = DUneAutreVie(*channel_, identite_, doubtful);
  gardees_.Oublier(doubtful, now);
  for (const auto& [service, one] : known)
    if (!doubtful.contains(service)) positions_.Retenir(service, one.position);
}

void Passerelle::Retenir(const rpc::Metadata& answered) {
  Positions learned;
  learned.Retenir(answered);
  Retenir(learned);
}

void Passerelle::Retenir(const Positions& apprises) {
  positions_.Retenir(apprises);
  gardees_.Garder(apprises, absl::Now());
}

absl::Status Passerelle::Appeler(std::string_view method, const google::protobuf::Message& request,
                                 google::protobuf::Message* response, absl::Duration patience) {
  const absl::Time until = absl::Now() + std::min(patience, kPatienceDeRetour);
  for (absl::Duration pause = absl::Milliseconds(200);; pause = std::min(pause * 2, kPauseMax)) {
    rpc::Metadata answered;
    absl::Status status = channel_->Call(method, request, response, Options(patience, &answered));
    Retenir(answered);
    const bool passing = absl::IsUnavailable(status) && !status::ReasonOf(status).empty();
    if (absl::IsUnavailable(status) && !passing)
      return absl::UnavailableError(absl::StrCat(kMuette, " à ", adresse_,
                                                 " : --gateway ou PDV_PASSERELLE dit où elle est"));
    if (!passing || absl::Now() + pause > until) return status;
    absl::SleepFor(pause);
  }
}

rpc::CallOptions Passerelle::Options(absl::Duration patience, rpc::Metadata* answered) const {
  rpc::CallOptions options;
  options.deadline = absl::Now() + patience;
  options.answer_metadata = answered;
  options.metadata = identite_;
  positions_.Donner(&options.metadata);
  return options;
}

std::shared_ptr<rpc::StreamWriter> Passerelle::OuvrirEnvoi(std::string_view method,
                                                           rpc::Metadata* answered) {
  return channel_->Write(method, Options(absl::Hours(1), answered));
}

std::shared_ptr<rpc::StreamReader> Passerelle::OuvrirReception(
    std::string_view method, const google::protobuf::Message& request) {
  return channel_->Read(method, request, Options(absl::Hours(1), nullptr));
}

namespace {

// Each thing that stands in the way, where an error tells several: the rules that a dossier breaks.
std::vector<std::string> Preconditions(const absl::Status& status) {
  std::vector<std::string> told;
  if (const auto failure = status::GetDetail<google::rpc::PreconditionFailure>(status))
    for (const auto& one : failure->violations()) told.push_back(one.description());
  return told;
}

// A field of the API that an option gives is told by the option.
std::string Champ(const std::string& field) {
  return field == "motif" || field == "exercice" ? "--" + field : field;
}

// Which option gives what a refusal asks for, "" where none does.
std::string Remede(const absl::Status& status) {
  const std::string reason = status::ReasonOf(status);
  if (reason == "ROLE_INSUFFISANT")
    return "--role et --organisation (ou PDV_ROLE, PDV_ORGANISATION) disent au nom de qui la "
           "commande agit.";
  if (reason == "ENVELOPPE_MANQUANTE") return "--enveloppe=NOM la dit (pdvctl enveloppe lister).";
  if (reason != "PERIMETRE_INSUFFISANT" || !status::MetadataOf(status, "organisation").empty())
    return "";
  for (const char* key : {"financeur", "porteur"})
    if (const std::string whose = status::MetadataOf(status, key); !whose.empty())
      return absl::StrCat("--organisation=", whose, " (ou PDV_ORGANISATION) le dit.");
  return "";
}

// The rules that refuse are told one by one under it: the first is not told twice.
std::string Titre(const absl::Status& status) {
  const std::string rules = status::MetadataOf(status, "refus");
  if (rules.empty() || Preconditions(status).empty()) return std::string(status.message());
  return rules == "1" ? "Une règle refuse ce dossier."
                      : absl::StrCat(rules, " règles refusent ce dossier.");
}

}  // namespace

int DireErreur(const absl::Status& status, Contexte& contexte) {
  const std::string reason = status::ReasonOf(status);
  std::string message(status.message());
  if (reason.empty() && absl::IsUnavailable(status) && !message.starts_with(kMuette))
    message = kMuette;
  if (reason.empty() && absl::IsDeadlineExceeded(status))
    message = "la réponse n'est pas venue à temps";
  const auto violations = status::ViolationsOf(status);
  const std::vector<std::string> preconditions = Preconditions(status);
  if (contexte.json) {
    nlohmann::ordered_json wrong = nlohmann::ordered_json::array();
    for (const auto& violation : violations)
      wrong.push_back({{"champ", violation.field},
                       {"raison", violation.reason},
                       {"message", violation.description}});
    contexte.erreurs << TexteJson({{"code", absl::StatusCodeToString(status.code())},
                                   {"raison", reason},
                                   {"message", message},
                                   {"violations", wrong},
                                   {"preconditions", preconditions}});
    return kEchec;
  }
  std::vector<std::string> lines;
  for (const auto& violation : violations)
    lines.push_back(absl::StrCat(Champ(violation.field), " : ", violation.description));
  // One violation is the message already.
  if (violations.size() == 1 &&
      message == absl::StrCat(violations[0].field, " : ", violations[0].description))
    message = std::exchange(lines, {}).front();
  const Terminal& terminal = contexte.terminal_erreurs;
  if (!preconditions.empty()) message = Titre(status);
  contexte.erreurs << Paragraphe("pdvctl : " + message, terminal);
  for (const std::string& line : lines) contexte.erreurs << Paragraphe(line, terminal, 2);
  for (const std::string& one : preconditions)
    if (one != message) contexte.erreurs << Paragraphe(one, terminal, 2);
  if (const std::string remede = Remede(status); !remede.empty())
    contexte.erreurs << Paragraphe(remede, terminal, 2);
  return kEchec;
}

}  // namespace pdv::pdvctl
