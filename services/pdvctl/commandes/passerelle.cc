#include "services/pdvctl/commandes/passerelle.h"

#include <cstdlib>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/call_metadata.h"
#include "common/status/error.h"
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
       "instructeur, financeur, prefet…",
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

std::string Environnement(const char* name, const std::string& sinon) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0' ? value : sinon;
}

}  // namespace

Passerelle::Passerelle(const Arguments& arguments) {
  adresse_ = arguments.TexteOu("gateway", Environnement("PDV_PASSERELLE", "127.0.0.1:7400"));
  identite_ = {
      {rpc::kActeurKey,
       arguments.TexteOu(
           "acteur", Environnement("PDV_ACTEUR", "pdvctl/" + Environnement("USER", "inconnu")))},
      {rpc::kRoleKey, arguments.TexteOu("role", Environnement("PDV_ROLE", ""))},
      {rpc::kOrganisationKey,
       arguments.TexteOu("organisation", Environnement("PDV_ORGANISATION", ""))}};
  std::erase_if(identite_, [](const auto& pair) { return pair.second.empty(); });
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
  rpc::Metadata answered;
  absl::Status status = channel_->Call(method, request, response, Options(patience, &answered));
  Retenir(answered);
  return status;
}

rpc::CallOptions Passerelle::Options(absl::Duration patience, rpc::Metadata* answered) const {
  rpc::CallOptions options;
  options.deadline = absl::Now() + patience;
  options.answer_metadata = answered;
  options.metadata = identite_;
  positions_.Donner(&options.metadata);
  return options;
}

absl::StatusOr<commun::type::v1::RapportImport> Passerelle::Envoyer(
    std::string_view method,
    const std::function<bool(std::shared_ptr<google::protobuf::Message>*)>& suivant) {
  rpc::Metadata answered;
  std::shared_ptr<rpc::StreamWriter> writer =
      channel_->Write(method, Options(absl::Hours(1), &answered));
  std::shared_ptr<google::protobuf::Message> message;
  while (suivant(&message)) {
    if (!writer->Write(*message)) break;  // refused already: Finish says why
  }
  commun::type::v1::RapportImport report;
  absl::Status status = writer->Finish(&report);
  if (!status.ok()) return status;
  Retenir(answered);
  return report;
}

std::shared_ptr<rpc::StreamWriter> Passerelle::OuvrirEnvoi(std::string_view method,
                                                           rpc::Metadata* answered) {
  return channel_->Write(method, Options(absl::Hours(1), answered));
}

std::shared_ptr<rpc::StreamReader> Passerelle::OuvrirReception(
    std::string_view method, const google::protobuf::Message& request) {
  return channel_->Read(method, request, Options(absl::Hours(1), nullptr));
}

int DireErreur(const absl::Status& status, Contexte& contexte) {
  const std::string reason = status::ReasonOf(status);
  std::string message(status.message());
  if (reason.empty() && absl::IsUnavailable(status)) message = "la passerelle ne répond pas";
  if (reason.empty() && absl::IsDeadlineExceeded(status))
    message = "la réponse n'est pas venue à temps";
  const auto violations = status::ViolationsOf(status);
  if (contexte.json) {
    nlohmann::ordered_json wrong = nlohmann::ordered_json::array();
    for (const auto& violation : violations)
      wrong.push_back({{"champ", violation.field},
                       {"raison", violation.reason},
                       {"message", violation.description}});
    contexte.erreurs << TexteJson({{"code", absl::StatusCodeToString(status.code())},
                                   {"raison", reason},
                                   {"message", message},
                                   {"violations", wrong}});
    return kEchec;
  }
  contexte.erreurs << "pdvctl : " << message << "\n";
  for (const auto& violation : violations)
    contexte.erreurs << "  " << violation.field << " : " << violation.description << "\n";
  return kEchec;
}

}  // namespace pdv::pdvctl
