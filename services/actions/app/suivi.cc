#include "services/actions/app/suivi.h"

#include <chrono>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/log.h"
#include "common/status/error.h"
#include "pdv/actions/v1/transitions.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "services/actions/domain/issue.h"
#include "services/actions/store/dossiers_suivis.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

constexpr auto kPause = std::chrono::milliseconds(100);
constexpr absl::Duration kPatience = absl::Seconds(10);
constexpr auto kPauseAfterError = std::chrono::seconds(1);

// The store does not answer: everything waits for it. Any other refusal is of one dossier, which a
// person will look at.
bool ToutAttend(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status) ||
         absl::IsResourceExhausted(status) || absl::IsAborted(status);
}

void Journaliser(const absl::Status& status) {
  const std::string message(status.message());
  rpc::Log(rpc::Level::kWarning, "suivi_refuse", {{"erreur", std::string_view(message)}});
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
  // The caller holds a thread.
  const absl::Time until = std::min(deadline, absl::Now() + kPatience);
  const bool done =
      moved_.wait_until(lock, absl::ToChronoTime(until), [&] { return stop_ || done_ >= mine; });
  if (done && !stop_) return absl::OkStatus();
  return status::Error(until == deadline ? absl::StatusCode::kDeadlineExceeded
                                         : absl::StatusCode::kUnavailable,
                       "MIROIR_EN_RETARD",
                       "Ce service n'a pas encore suivi ce que vous avez écrit : réessayez.")
      .RetryAfter(absl::Seconds(1));
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
  while (true) {
    auto session = store_->pool().Acquire(absl::Now() + absl::Seconds(10));
    if (!session.ok()) return session.status();
    absl::StatusOr<std::vector<Regard>> regards = Regards(**session);
    if (!regards.ok()) return regards.status();
    if (regards->empty()) return absl::OkStatus();
    auto dossiers = DossiersSuivis(**session, *regards);
    if (!dossiers.ok()) return dossiers.status();
    std::vector<std::future<absl::Status>> decisions;
    for (const DossierSuivi& dossier : *dossiers) {
      const auto consequence = ConsequenceDe(dossier.action, dossier.lignes, dossier.budget_etag);
      if (consequence.has_value())
        decisions.push_back(Decide(dossier.action.name(), consequence->verbe, dossier.revisions));
    }
    absl::Status attend;
    for (std::future<absl::Status>& decision : decisions) {
      const absl::Status decided = decision.get();
      if (ToutAttend(decided))
        attend.Update(decided);
      else if (!decided.ok())
        Journaliser(decided);
    }
    if (!attend.ok()) return attend;
    absl::Status forgotten = OublierRegards(**session, *regards);
    if (!forgotten.ok()) return forgotten;
  }
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
