#ifndef PDV_SERVICES_GATEWAY_DOMAIN_DOSSIER_H_
#define PDV_SERVICES_GATEWAY_DOMAIN_DOSSIER_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/gateway/v1/depot.pb.h"

namespace pdv::gateway {

// A deposit, taken out of its envelopes.
struct Dossier {
  std::string request_id;
  actions::v1::CreateActionRequest action;  // the first step
  financement::v1::Budget budget;
  std::vector<financement::v1::Ligne> lignes;
};

// The parts of a deposit, and its first step. INVALID_ARGUMENT with every violation at once, of the
// action, the budget and the lines: a part that is another message, a field that its own rules
// refuse or that a deposit does not say, a funder asked twice. Fields that the gateway sets are not
// asked for. Pure.
absl::StatusOr<Dossier> LireDossier(const v1::DeposerDossierRequest& request);

// The budget and the lines are the action's: names them after it. A line is named after its funder,
// so that the same deposit never asks one twice.
void Nommer(const std::string& action, Dossier* dossier);

// The first step where the action is there already: its draft takes the content of the deposit.
actions::v1::UpdateActionRequest Correction(const Dossier& dossier);
// The budget, where there is none; else the one that is known, corrected unless somebody changes it
// meanwhile.
financement::v1::CreateBudgetRequest CreationBudget(const Dossier& dossier);
financement::v1::UpdateBudgetRequest CorrectionBudget(const Dossier& dossier,
                                                      const financement::v1::Budget& connu);

// What is left to ask of the funders.
struct Demandes {
  financement::v1::BatchCreateLignesRequest nouvelles;
  std::vector<size_t> rangs;  // of each new one in the deposit
  struct Changement {
    financement::v1::UpdateLigneRequest requete;
    int rang = -1;  // in the deposit; -1: a funder who is asked nothing any more
  };
  std::vector<Changement> changees;

  bool aucune() const { return rangs.empty() && changees.empty(); }
};

// What lacks for the lines that the action has to be those of the deposit, which is named. Each
// request has an id made of its content: played again, it does nothing twice. None changes a line
// that somebody changes meanwhile.
Demandes DemandesQuiManquent(const Dossier& dossier,
                             const std::vector<financement::v1::Ligne>& connues);

// True once it was filed, or given up: a deposit no longer changes it.
bool EstDepose(const actions::v1::Action& action);

// True where the action says what the deposit says. What services fill in where nothing is said
// (the place, the chart of accounts) does not count.
bool MemeAction(const Dossier& dossier, const actions::v1::Action& action);
bool MemeBudget(const Dossier& dossier, const financement::v1::Budget& budget);

}  // namespace pdv::gateway

#endif  // PDV_SERVICES_GATEWAY_DOMAIN_DOSSIER_H_
