#include "services/pdvctl/commandes/passerelle.h"

#include <algorithm>
#include <cstdlib>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/status/error.h"

namespace pdv::pdvctl {

OptionDeclaree OptionPasserelle() {
  return {"gateway", GenreOption::kTexte, "HÔTE:PORT",
          "adresse de la passerelle (ou $PDV_PASSERELLE ; 127.0.0.1:7400 sinon)", false, {}};
}

OptionDeclaree OptionFormat() {
  return {"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json", "csv"}};
}

Passerelle::Passerelle(const Arguments& arguments) {
  const char* environment = std::getenv("PDV_PASSERELLE");
  adresse_ = arguments.TexteOu(
      "gateway", environment != nullptr && *environment != '\0' ? environment : "127.0.0.1:7400");
  channel_ = rpc::Channel::Open(adresse_);
}

rpc::CallOptions Passerelle::Options(absl::Duration patience, rpc::Metadata* answered) const {
  rpc::CallOptions options;
  options.deadline = absl::Now() + patience;
  options.answer_metadata = answered;
  const char* user = std::getenv("USER");
  options.metadata.emplace_back("x-pdv-acteur",
                                absl::StrCat("pdvctl/", user != nullptr ? user : "inconnu"));
  if (!positions_.empty())
    options.metadata.emplace_back("x-pdv-position",
                                  absl::StrJoin(positions_, ",", absl::PairFormatter("=")));
  return options;
}

void Passerelle::Retenir(const rpc::Metadata& answered) {
  for (const auto& [key, value] : answered) {
    if (key != "x-pdv-position") continue;
    for (absl::string_view one : absl::StrSplit(value, ',')) {
      const std::pair<std::string, std::string> pair = absl::StrSplit(one, absl::MaxSplits('=', 1));
      int64_t position;
      if (absl::SimpleAtoi(pair.second, &position))
        positions_[pair.first] = std::max(positions_[pair.first], position);
    }
  }
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

int DireErreur(const absl::Status& status, Contexte& contexte) {
  const std::string reason = status::ReasonOf(status);
  contexte.erreurs << "pdvctl : "
                   << (reason.empty() && status.code() == absl::StatusCode::kUnavailable
                           ? "la passerelle ne répond pas"
                           : std::string(status.message()))
                   << "\n";
  for (const auto& violation : status::ViolationsOf(status))
    contexte.erreurs << "  " << violation.field << " : " << violation.description << "\n";
  return kEchec;
}

}  // namespace pdv::pdvctl
