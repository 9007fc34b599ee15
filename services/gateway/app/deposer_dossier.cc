#include "services/gateway/app/deposer_dossier.h"

#include <algorithm>
#include <map>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/gateway/app/enchainement.h"
#include "services/gateway/domain/dossier.h"
#include "services/gateway/domain/refus_depot.h"

namespace pdv::gateway {
namespace {

using actions::v1::Action;
using financement::v1::Budget;
using financement::v1::Ligne;

// The caller wrote `lignes[2].financeur`, and the service was asked `requests[0].ligne.financeur`.
absl::Status DansLesTermesDeLAppelant(const absl::Status& refused,
                                      const std::map<std::string, std::string>& chemins) {
  std::vector<status::Violation> violations = status::ViolationsOf(refused);
  if (violations.empty()) return refused;
  for (status::Violation& violation : violations) {
    for (const auto& [asked, written] : chemins)
      if (absl::StartsWith(violation.field, asked + "."))
        violation.field.replace(0, asked.size(), written);
  }
  return status::InvalidRequest(std::move(violations));
}

std::string LigneDuDepot(size_t rang) { return absl::StrCat("lignes[", rang, "]"); }

// One deposit, step after step.
class Depot {
 public:
  Depot(const Pairs& pairs, rpc::Call& call, const v1::DeposerDossierRequest& request,
        Dossier dossier)
      : steps_(pairs, call), request_(request), dossier_(std::move(dossier)) {}

  absl::StatusOr<v1::DossierDepose> Faire() {
    absl::StatusOr<Action> written = EcrireAction();
    if (!written.ok()) return written.status();
    if (request_.validate_only()) return EnRepetition(*written);
    Nommer(written->name(), &dossier_);
    action_ = *std::move(written);
    if (rejoue_) {
      // What the first step answered then is not what stands now.
      absl::StatusOr<Action> now = LireAction();
      if (!now.ok()) return now.status();
      if (now->etag() != action_.etag()) return Reprendre(*now);
    } else if (EstDepose(action_)) {
      return Relire();
    }
    absl::Status done = Solliciter();
    if (done.ok()) done = Chiffrer();
    if (done.ok() && !request_.attester()) done = Verifier();
    if (done.ok() && !Soumise()) done = Finir();
    if (!done.ok()) return Modifie(done) ? RefusModifie(action_) : done;
    return neuf_ ? Montrer() : Relire();
  }

 private:
  const std::string& action() const { return dossier_.action.action().name(); }

  // Creates it; or, where the porteur has it as a draft already, gives it the content of the
  // deposit.
  absl::StatusOr<Action> EcrireAction() {
    auto created = steps_.Appeler<Action>("actions", "CreateAction", dossier_.action);
    rejoue_ = created.ok() && steps_.rejoue();
    neuf_ = created.ok() && !rejoue_;
    if (!absl::IsAlreadyExists(created.status()) || request_.action_id().empty()) return created;
    Nommer(absl::StrCat("actions/", request_.action_id()), &dossier_);
    absl::StatusOr<Action> known = LireAction();
    if (absl::IsNotFound(known.status())) return created;
    if (!known.ok()) return known.status();
    if (known->porteur() != dossier_.action.action().porteur()) return created;
    if (!EstDepose(*known)) {
      auto corrected = steps_.Appeler<Action>("actions", "UpdateAction", Correction(dossier_));
      rejoue_ = corrected.ok() && steps_.rejoue();
      return corrected;
    }
    absl::StatusOr<bool> same = DitLaMemeChose(*known);
    if (!same.ok()) return same.status();
    return *same ? known : RefusDejaDepose(*known);
  }

  // The dossier moved on since the first step of this request: by its last step, which then answers
  // again what it did, or by somebody else, whose dossier this request neither undoes nor files.
  absl::StatusOr<v1::DossierDepose> Reprendre(const Action& now) {
    const absl::Status done = Finir();
    if (done.ok()) return Relire();
    if (!absl::IsAborted(done) && !absl::IsFailedPrecondition(done)) return done;
    if (!EstDepose(now)) return RefusModifie(now);
    absl::StatusOr<bool> same = DitLaMemeChose(now);
    if (!same.ok()) return same.status();
    return *same ? Relire() : absl::StatusOr<v1::DossierDepose>(RefusDejaDepose(now));
  }

  // Another request wrote what this one was writing.
  static bool Modifie(const absl::Status& refused) {
    return status::ReasonOf(refused) == "ETAG_PERIME" || absl::IsAlreadyExists(refused);
  }

  absl::StatusOr<bool> DitLaMemeChose(const Action& known) {
    if (!MemeAction(dossier_, known)) return false;
    auto lines = LireLignes();
    if (!lines.ok()) return lines.status();
    auto budget = LireBudget();
    if (absl::IsNotFound(budget.status())) return false;
    if (!budget.ok()) return budget.status();
    return DemandesQuiManquent(dossier_, *lines).aucune() && MemeBudget(dossier_, *budget);
  }

  absl::Status Solliciter() {
    absl::StatusOr<std::vector<Ligne>> known = std::vector<Ligne>();
    if (!neuf_) known = LireLignes();
    if (!known.ok()) return known.status();
    Demandes asked = DemandesQuiManquent(dossier_, *known);
    if (!asked.rangs.empty()) {
      auto lines = steps_.Appeler<financement::v1::BatchCreateLignesResponse>(
          "financement", "BatchCreateLignes", asked.nouvelles);
      std::map<std::string, std::string> paths;
      for (size_t i = 0; i < asked.rangs.size(); ++i)
        paths[absl::StrCat("requests[", i, "].ligne")] = LigneDuDepot(asked.rangs[i]);
      if (!lines.ok()) return DansLesTermesDeLAppelant(lines.status(), paths);
      lignes_.assign(lines->lignes().begin(), lines->lignes().end());
    }
    for (const Demandes::Changement& one : asked.changees) {
      auto line = steps_.Appeler<Ligne>("financement", "UpdateLigne", one.requete);
      if (line.ok()) continue;
      if (one.rang < 0) return line.status();
      return DansLesTermesDeLAppelant(line.status(),
                                      {{"ligne", LigneDuDepot(static_cast<size_t>(one.rang))}});
    }
    return absl::OkStatus();
  }

  absl::Status Chiffrer() {
    absl::StatusOr<Budget> known = absl::NotFoundError("");
    if (!neuf_) known = LireBudget();
    if (!known.ok() && !absl::IsNotFound(known.status())) return known.status();
    if (known.ok() && MemeBudget(dossier_, *known)) return absl::OkStatus();
    auto written = known.ok() ? steps_.Appeler<Budget>("financement", "UpdateBudget",
                                                       CorrectionBudget(dossier_, *known))
                              : steps_.Appeler<Budget>("financement", "CreateBudget",
                                                       CreationBudget(dossier_));
    if (written.ok()) budget_ = *std::move(written);
    return written.status();
  }

  // The last step, of the dossier that the first one wrote and of no other: whoever writes and
  // signs files it at once. What a rule refuses is still a draft.
  absl::Status Finir() {
    if (!request_.attester())
      return Avancer("SoumettreAction", "/soumettre", actions::v1::SoumettreActionRequest());
    actions::v1::AttesterActionRequest request;
    request.set_soumettre(true);
    return Avancer("AttesterAction", "/deposer", request);
  }

  // The rules of the attestation, before it: what they refuse is still a draft. Whoever files is
  // told them by the last step.
  absl::Status Verifier() {
    actions::v1::EvaluerDossierRequest rules;
    rules.set_name(action());
    auto evaluation =
        steps_.Appeler<actions::v1::EvaluerDossierResponse>("actions", "EvaluerDossier", rules);
    return evaluation.ok() ? RefusDesRegles(*evaluation, action()) : evaluation.status();
  }

  // Nothing is left to do: it waits for its attestation.
  bool Soumise() const {
    return !request_.attester() && action_.etat() != actions::v1::ETAT_ACTION_BROUILLON;
  }

  template <class Request>
  absl::Status Avancer(const char* methode, const char* etape, Request request) {
    request.set_name(action());
    request.set_etag(action_.etag());
    request.set_request_id(absl::StrCat(dossier_.request_id, etape));
    auto moved = steps_.Appeler<Action>("actions", methode, request);
    if (moved.ok()) action_ = *std::move(moved);
    return moved.status();
  }

  absl::StatusOr<Action> LireAction() {
    actions::v1::GetActionRequest request;
    request.set_name(action());
    return steps_.Appeler<Action>("actions", "GetAction", request);
  }

  absl::StatusOr<Budget> LireBudget() {
    financement::v1::GetBudgetRequest request;
    request.set_name(dossier_.budget.name());
    return steps_.Appeler<Budget>("financement", "GetBudget", request);
  }

  // All of them: a dossier asks fifty funders at most.
  absl::StatusOr<std::vector<Ligne>> LireLignes() {
    financement::v1::ListLignesRequest request;
    request.set_filter(absl::StrCat("action = \"", action(), "\""));
    request.set_page_size(1000);
    auto page =
        steps_.Appeler<financement::v1::ListLignesResponse>("financement", "ListLignes", request);
    if (!page.ok()) return page.status();
    return std::vector<Ligne>(page->lignes().begin(), page->lignes().end());
  }

  static v1::DossierDepose EnRepetition(const Action& action) {
    v1::DossierDepose rehearsed;
    rehearsed.mutable_action()->PackFrom(action);
    return rehearsed;
  }

  // As it stands, where steps were done before.
  absl::StatusOr<v1::DossierDepose> Relire() {
    auto lines = LireLignes();
    if (!lines.ok()) return lines.status();
    lignes_ = *std::move(lines);
    auto budget = LireBudget();
    if (!budget.ok()) return budget.status();
    budget_ = *std::move(budget);
    auto now = LireAction();
    if (!now.ok()) return now.status();
    action_ = *std::move(now);
    return Montrer();
  }

  v1::DossierDepose Montrer() {
    std::sort(lignes_.begin(), lignes_.end(),
              [](const Ligne& a, const Ligne& b) { return a.name() < b.name(); });
    v1::DossierDepose deposited;
    deposited.mutable_action()->PackFrom(action_);
    deposited.mutable_budget()->PackFrom(budget_);
    for (const Ligne& line : lignes_) deposited.add_lignes()->PackFrom(line);
    return deposited;
  }

  Enchainement steps_;
  const v1::DeposerDossierRequest& request_;
  Dossier dossier_;
  // This call created the action: nothing of the dossier was there before, and what its steps
  // answer is what stands.
  bool neuf_ = false;
  bool rejoue_ = false;  // the first step was done by an earlier call of the same request
  Action action_;        // as the first step wrote it, then as the last one did
  Budget budget_;
  std::vector<Ligne> lignes_;
};

}  // namespace

absl::StatusOr<v1::DossierDepose> DeposerDossier(const Pairs& pairs, rpc::Call& call,
                                                 const v1::DeposerDossierRequest& request) {
  absl::StatusOr<Dossier> dossier = LireDossier(request);
  if (!dossier.ok()) return dossier.status();
  if (request.attester() && !call.identity.HasRole("signataire"))
    return status::Error(absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
                         "Attester un dossier demande le rôle signataire.")
        .With("roles", "signataire")
        .Build();
  return Depot(pairs, call, request, *std::move(dossier)).Faire();
}

}  // namespace pdv::gateway
