#include "services/pdvctl/commandes/passerelle.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
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

void Positions::Retenir(const rpc::Metadata& answered) {
  for (const auto& [key, value] : answered) {
    if (key != rpc::kPositionKey) continue;
    for (absl::string_view one : absl::StrSplit(value, ',')) {
      const std::pair<std::string, std::string> pair = absl::StrSplit(one, absl::MaxSplits('=', 1));
      int64_t position;
      if (absl::SimpleAtoi(pair.second, &position)) Retenir(pair.first, position);
    }
  }
}

void Positions::Retenir(const Positions& autres) {
  for (const auto& [service, position] : autres.positions_) Retenir(service, position);
}

void Positions::Retenir(const std::string& service, int64_t position) {
  int64_t& known = positions_[service];
  known = std::max(known, position);
}

void Positions::Donner(rpc::Metadata* metadata) const {
  if (!positions_.empty())
    metadata->emplace_back(rpc::kPositionKey,
                           absl::StrJoin(positions_, ",", absl::PairFormatter("=")));
}

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
}

absl::Status Passerelle::Appeler(std::string_view method, const google::protobuf::Message& request,
                                 google::protobuf::Message* response, absl::Duration patience) {
  rpc::Metadata answered;
  absl::Status status = channel_->Call(method, request, response, Options(patience, &answered));
  positions_.Retenir(answered);
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
  positions_.Retenir(answered);
  return report;
}

std::shared_ptr<rpc::StreamWriter> Passerelle::OuvrirEnvoi(std::string_view method) {
  return channel_->Write(method, Options(absl::Hours(1), nullptr));
}

std::shared_ptr<rpc::StreamReader> Passerelle::OuvrirReception(
    std::string_view method, const google::protobuf::Message& request) {
  return channel_->Read(method, request, Options(absl::Hours(1), nullptr));
}

int DireErreur(const absl::Status& status, Contexte& contexte) {
  const std::string reason = status::ReasonOf(status);
  const std::string message = reason.empty() && status.code() == absl::StatusCode::kUnavailable
                                  ? "la passerelle ne répond pas"
                                  : std::string(status.message());
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
