#include "services/actions/app/suivi.h"

#include <future>
#include <map>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/rpc/log.h"
#include "common/status/error.h"
#include "pdv/actions/v1/transitions.pb.h"
#include "services/actions/domain/issue.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

namespace v1f = financement::v1;

constexpr auto kPause = std::chrono::milliseconds(100);
constexpr auto kPauseAfterError = std::chrono::seconds(1);

constexpr char kPointed[] = "SELECT tour, action FROM dossier_a_suivre ORDER BY tour LIMIT 1000";
constexpr char kLignes[] =
    "SELECT l.action, coalesce(l.etat, ''), a.revision, l.revision "
    "FROM miroir_ligne l JOIN action a ON a.name = l.action "
    "WHERE a.name = ANY($1::text[]) AND a.etat = 'EN_INSTRUCTION' AND a.delete_time IS NULL "
    "ORDER BY 1";
// In one order, for several replicas that have looked at the same rows.
constexpr char kForget[] =
    "DELETE FROM dossier_a_suivre WHERE tour IN (SELECT tour FROM dossier_a_suivre "
    "WHERE tour = ANY($1::bigint[]) ORDER BY tour FOR UPDATE)";

v1f::EtatLigne EtatDe(std::string_view text) {
  v1f::EtatLigne etat = v1f::ETAT_LIGNE_UNSPECIFIED;
  (void)v1f::EtatLigne_Parse(absl::StrCat("ETAT_LIGNE_", std::string(text)), &etat);
  return etat;
}

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

store::Mutation SuivreLignes(const std::string& name) {
  return store::Decide<v1::Action>(
      {store::Read::Of<v1::Action>(name), {&MiroirLigne(), "action", name, false}},
      [name](store::Changes& changes) -> absl::StatusOr<v1::Action> {
        absl::StatusOr<v1::Action> action = changes.Get<v1::Action>(name);
        if (!action.ok()) return action;
        std::vector<v1f::EtatLigne> lignes;
        for (const auto* row : changes.RowsWhere(MiroirLigne(), "action", name))
          lignes.push_back(static_cast<const v1f::Ligne*>(row)->etat());
        const std::optional<Verbe> verbe = Issue(lignes);
        // Something moved meanwhile: there is nothing to do any more, which is no error.
        if (!verbe.has_value() || action->etat() != v1::ETAT_ACTION_EN_INSTRUCTION) return action;
        absl::StatusOr<EtatAction> etat = Transition(action->etat(), *verbe);
        if (!etat.ok()) return etat.status();
        action->set_etat(*etat);
        action->set_motif(*verbe == Verbe::kProgrammer
                              ? "Tous les financeurs ont décidé, et l'un au moins a voté."
                              : "Tous les financeurs ont décidé, et aucun n'a voté.");
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
  while (true) {
    absl::StatusOr<std::vector<Regard>> pointed = Pointed();
    if (!pointed.ok()) return pointed.status();
    if (pointed->empty()) return absl::OkStatus();
    absl::StatusOr<std::vector<Decision>> deciding = Decides(*pointed);
    if (!deciding.ok()) return deciding.status();
    for (const Decision& decision : *deciding) {
      absl::Status decided = Decide(decision);
      if (ToutAttend(decided)) return decided;
      if (!decided.ok()) Journaliser(decided);
    }
    absl::Status forgotten = Forget(*pointed);
    if (!forgotten.ok()) return forgotten;
  }
}

absl::StatusOr<std::vector<Suivi::Regard>> Suivi::Pointed() {
  auto session = store_->pool().Acquire(absl::Now() + absl::Seconds(10));
  if (!session.ok()) return session.status();
  absl::StatusOr<pg::Result> rows = (*session)->Exec(kPointed);
  if (!rows.ok()) return rows.status();
  std::vector<Regard> regards;
  for (int row = 0; row < rows->rows(); ++row)
    regards.push_back({std::string(rows->Text(row, 1)), rows->Int64(row, 0)});
  return regards;
}

absl::StatusOr<std::vector<Suivi::Decision>> Suivi::Decides(const std::vector<Regard>& regards) {
  std::vector<std::string> names;
  for (const Regard& regard : regards) names.push_back(regard.action);
  pg::Params params;
  params.TextArray(names);
  auto session = store_->pool().Acquire(absl::Now() + absl::Seconds(10));
  if (!session.ok()) return session.status();
  absl::StatusOr<pg::Result> rows = (*session)->Exec(kLignes, params);
  if (!rows.ok()) return rows.status();
  struct Dossier {
    std::vector<v1f::EtatLigne> lignes;
    int64_t revision = 0, revisions_des_lignes = 0;
  };
  std::map<std::string, Dossier> dossiers;
  for (int row = 0; row < rows->rows(); ++row) {
    Dossier& dossier = dossiers[std::string(rows->Text(row, 0))];
    dossier.lignes.push_back(EtatDe(rows->Text(row, 1)));
    dossier.revision = rows->Int64(row, 2);
    dossier.revisions_des_lignes += rows->Int64(row, 3);
  }
  std::vector<Decision> deciding;
  for (const auto& [action, dossier] : dossiers) {
    const std::optional<Verbe> verbe = Issue(dossier.lignes);
    if (!verbe.has_value()) continue;
    // Revisions only grow and lines are never deleted: this names what was looked at.
    deciding.push_back({action, *verbe,
                        absl::StrCat("suivi/", action, "/", dossier.revision, "/",
                                     dossier.lignes.size(), "/", dossier.revisions_des_lignes)});
  }
  return deciding;
}

absl::Status Suivi::Decide(const Decision& decision) {
  auto request = std::make_shared<v1::ProgrammerActionRequest>();
  request->set_name(decision.action);
  request->set_request_id(decision.request_id);
  return store_->MutateAndWait(Appel(decision.verbe), request, SuivreLignes(decision.action))
      .status();
}

absl::Status Suivi::Forget(const std::vector<Regard>& regards) {
  std::vector<int64_t> tours;
  for (const Regard& regard : regards) tours.push_back(regard.tour);
  pg::Params params;
  params.Int64Array(tours);
  auto session = store_->pool().Acquire(absl::Now() + absl::Seconds(10));
  if (!session.ok()) return session.status();
  return (*session)->Exec(kForget, params).status();
}

}  // namespace pdv::actions
