#include "services/actions/app/suivi.h"

#include <chrono>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/log.h"
#include "common/status/error.h"
#include "pdv/actions/v1/transitions.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "services/actions/domain/issue.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

constexpr auto kPause = std::chrono::milliseconds(100);
constexpr auto kPauseAfterError = std::chrono::seconds(1);

// How long a dossier is left alone that fails for a reason of its own.
constexpr absl::Duration kReport = absl::Minutes(1);

// The store does not answer: everything waits for it. Any other failure is of one dossier.
bool ToutAttend(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status) || absl::IsAborted(status);
}

// Looking again would find the same: a person will.
bool Definitif(const absl::Status& status) {
  return status.ok() || absl::IsFailedPrecondition(status) || absl::IsNotFound(status) ||
         absl::IsInvalidArgument(status);
}

void Journaliser(const absl::Status& status, std::string_view action = "") {
  const std::string message(status.message());
  rpc::Log(rpc::Level::kWarning, "suivi_refuse",
           {{"action", action}, {"erreur", std::string_view(message)}});
}

// The suite acts in its own name, by the method that a person would call.
rpc::CallPtr Appel(Verbe verbe) {
  auto call = std::make_shared<rpc::Call>();
  call->method = v1::Action::descriptor()->file()->pool()->FindMethodByName(
      absl::StrCat("pdv.actions.v1.ActionsService.", std::string(ActeDe(verbe).methode)));
  call->identity.acteur = "suite";
  call->received = absl::Now();
  call->deadline = call->received + absl::Seconds(30);
  return call;
}

}  // namespace

store::Mutation SuivreFinancement(const std::string& name) {
  return store::Decide<v1::Action>(
      {store::Read::Of<v1::Action>(name),
       {&MiroirLigne(), "action", name, false},
       {&MiroirBudget(), "action", name, false}},
      [name](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(name);
        if (!action.ok()) return action;
        std::vector<v1f::EtatLigne> lignes;
        for (const auto* row : changes.RowsWhere(MiroirLigne(), "action", name))
          lignes.push_back(static_cast<const v1f::Ligne*>(row)->etat());
        std::optional<std::string> budget_etag;
        for (const auto* row : changes.RowsWhere(MiroirBudget(), "action", name))
          budget_etag = static_cast<const v1f::Budget*>(row)->etag();
        const auto consequence = ConsequenceDe(*action, lignes, budget_etag);
        // Something moved meanwhile: there is nothing to do any more, which is no error.
        if (!consequence.has_value()) return action;
        absl::StatusOr<EtatAction> etat = Transition(action->etat(), consequence->verbe);
        if (!etat.ok()) return etat.status();
        action->set_etat(*etat);
        action->set_motif(std::string(consequence->motif));
        return changes.Update(*std::move(action));
      });
}

Suivi::Suivi(store::Store* store) : store_(store) {
  thread_ = std::thread([this] { Run(); });
}

Suivi::~Suivi() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  moved_.notify_all();
  thread_.join();
}

absl::Status Suivi::CaughtUp(absl::Time deadline) {
  std::unique_lock lock(mu_);
  const int64_t mine = ++asked_;
  moved_.notify_all();
  const bool done =
      moved_.wait_until(lock, absl::ToChronoTime(deadline), [&] { return stop_ || done_ >= mine; });
  if (done && !stop_) return absl::OkStatus();
  return status::Error(absl::StatusCode::kDeadlineExceeded, "MIROIR_EN_RETARD",
                       "Ce service n'a pas encore suivi ce que vous avez écrit : réessayez.")
      .Build();
}

void Suivi::Run() {
  std::unique_lock lock(mu_);
  while (!stop_) {
    const int64_t round = asked_;
    lock.unlock();
    const absl::Status drained = Drain();
    if (!drained.ok()) Journaliser(drained);
    lock.lock();
    if (drained.ok() && done_ < round) {
      done_ = round;
      moved_.notify_all();
    }
    moved_.wait_for(lock, drained.ok() ? kPause : kPauseAfterError,
                    [&] { return stop_ || (drained.ok() && asked_ > round); });
  }
}

absl::Status Suivi::Drain() {
  const absl::Time now = absl::Now();
  std::erase_if(reportes_, [now](const auto& reporte) { return reporte.second <= now; });
  for (int64_t vu = 0;;) {
    auto session = store_->pool().Acquire(absl::Now() + absl::Seconds(10));
    if (!session.ok()) return session.status();
    absl::StatusOr<std::vector<Regard>> regards = Regards(**session, vu);
    if (!regards.ok()) return regards.status();
    if (regards->empty()) return absl::OkStatus();
    vu = regards->back().tour;
    std::erase_if(*regards, [this](const Regard& r) { return reportes_.contains(r.tour); });
    absl::StatusOr<std::set<std::string>> en_echec = Suivre(**session, *regards);
    if (!en_echec.ok()) return en_echec.status();
    std::erase_if(*regards, [&](const Regard& regard) {
      return en_echec->contains(regard.action) &&
             reportes_.emplace(regard.tour, now + kReport).second;
    });
    absl::Status forgotten = OublierRegards(**session, *regards);
    if (!forgotten.ok()) return forgotten;
  }
}

absl::StatusOr<std::set<std::string>> Suivi::Suivre(pg::Session& session,
                                                    const std::vector<Regard>& regards) {
  auto dossiers = DossiersSuivis(session, regards);
  if (!dossiers.ok()) return dossiers.status();
  std::map<std::string, std::future<absl::Status>> decisions;
  for (const DossierSuivi& dossier : *dossiers) {
    const auto consequence = ConsequenceDe(dossier.action, dossier.lignes, dossier.budget_etag);
    const std::string& name = dossier.action.name();
    if (consequence.has_value())
      decisions.emplace(name, Decide(name, consequence->verbe, dossier.revisions));
  }
  absl::Status attend;
  std::set<std::string> en_echec;
  for (auto& [name, decision] : decisions) {
    const absl::Status decided = decision.get();
    if (ToutAttend(decided)) {
      attend.Update(decided);
      continue;
    }
    if (!decided.ok()) Journaliser(decided, name);
    if (!Definitif(decided)) en_echec.insert(name);
  }
  if (!attend.ok()) return attend;
  return en_echec;
}

std::future<absl::Status> Suivi::Decide(const std::string& action, Verbe verbe,
                                        const std::string& revisions) {
  auto request = std::make_shared<v1::ProgrammerActionRequest>();
  request->set_name(action);
  request->set_request_id(absl::StrCat("suivi/", action, "/", revisions));
  const auto decided = std::make_shared<std::promise<absl::Status>>();
  store_->Mutate(
      Appel(verbe), request, SuivreFinancement(action),
      [decided](absl::StatusOr<rpc::MessagePtr> answer) { decided->set_value(answer.status()); });
  return decided->get_future();
}

}  // namespace pdv::actions
