#include "services/gateway/app/pairs.h"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"

namespace pdv::gateway {
namespace {

constexpr std::pair<const char*, const char*> kServices[] = {
    {"contrats", "pdv.contrats.v1.ContratsService"},
    {"actions", "pdv.actions.v1.ActionsService"},
    {"financement", "pdv.financement.v1.FinancementService"},
    {"evaluation", "pdv.evaluation.v1.EvaluationService"},
};

// Without a deadline of the caller's, a service that hangs is not waited for longer.
constexpr absl::Duration kPatience = absl::Seconds(5);
constexpr absl::Duration kMargin = absl::Milliseconds(20);

bool Unreachable(const absl::Status& status) {
  return status.code() == absl::StatusCode::kUnavailable ||
         status.code() == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

absl::StatusOr<Pairs> Pairs::Ouvrir(const std::string& adresses) {
  std::map<std::string, std::string> given;
  for (absl::string_view entry : absl::StrSplit(adresses, ',', absl::SkipEmpty()))
    given.insert(absl::StrSplit(entry, absl::MaxSplits('=', 1)));
  Pairs pairs;
  std::vector<std::string> missing;
  for (const auto& [nom, service] : kServices) {
    auto address = given.find(nom);
    if (address == given.end()) {
      missing.push_back(nom);
      continue;
    }
    pairs.pairs_.push_back({nom, service, address->second, rpc::Channel::Open(address->second)});
  }
  if (!missing.empty())
    return absl::InvalidArgumentError(
        absl::StrCat("--peers ne donne pas l'adresse de : ", absl::StrJoin(missing, ", ")));
  return pairs;
}

const Pairs::Pair& Pairs::operator[](std::string_view nom) const {
  for (const Pair& pair : pairs_) {
    if (pair.nom == nom) return pair;
  }
  std::abort();  // a programmer's mistake: the four are always there
}

struct Ensemble::Etat {
  std::mutex mu;
  std::condition_variable fini;
  size_t en_cours = 0;
  std::vector<absl::Status> statuts;
  std::vector<std::string> services;
};

Ensemble::Ensemble(const Pairs& pairs, const rpc::Call& call)
    : pairs_(pairs),
      options_(rpc::CallOptions::OnBehalfOf(call)),
      etat_(std::make_shared<Etat>()) {
  options_.deadline = std::min(options_.deadline - kMargin, absl::Now() + kPatience);
}

size_t Ensemble::Demander(std::string_view service, std::string_view methode,
                          const google::protobuf::Message& request,
                          std::shared_ptr<google::protobuf::Message> response) {
  const Pairs::Pair& pair = pairs_[service];
  size_t numero;
  {
    std::lock_guard lock(etat_->mu);
    numero = etat_->statuts.size();
    etat_->statuts.push_back(absl::UnknownError("en cours"));
    etat_->services.emplace_back(service);
    ++etat_->en_cours;
  }
  const std::string path = absl::StrCat(pair.service, "/",
                                        absl::string_view(methode.data(), methode.size()));
  pair.canal->CallAsync(path, request, std::move(response), options_,
                        [etat = etat_, numero](absl::Status status) {
                          std::lock_guard lock(etat->mu);
                          etat->statuts[numero] = std::move(status);
                          if (--etat->en_cours == 0) etat->fini.notify_all();
                        });
  return numero;
}

absl::Status Ensemble::Attendre() {
  std::unique_lock lock(etat_->mu);
  etat_->fini.wait(lock, [this] { return etat_->en_cours == 0; });
  for (const absl::Status& status : etat_->statuts) {
    if (!status.ok() && !Unreachable(status) && status.code() != absl::StatusCode::kNotFound)
      return status;
  }
  return absl::OkStatus();
}

bool Ensemble::Repondu(size_t numero) const {
  std::lock_guard lock(etat_->mu);
  return etat_->statuts[numero].ok();
}

const absl::Status& Ensemble::Statut(size_t numero) const {
  std::lock_guard lock(etat_->mu);
  return etat_->statuts[numero];
}

std::vector<std::string> Ensemble::Injoignables() const {
  std::lock_guard lock(etat_->mu);
  std::set<std::string> names;
  for (size_t i = 0; i < etat_->statuts.size(); ++i) {
    if (Unreachable(etat_->statuts[i])) names.insert(etat_->services[i]);
  }
  return {names.begin(), names.end()};
}

}  // namespace pdv::gateway
