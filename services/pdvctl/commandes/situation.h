#ifndef PDV_SERVICES_PDVCTL_COMMANDES_SITUATION_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_SITUATION_H_

#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

// Somebody still has to act on a dossier in this state, and it may be changed: it is neither
// decided nor given up. Pure.
bool SeModifie(actions::v1::EtatAction etat);
// The command that comes next of those who write the dossier; "" where nothing is theirs to do.
std::string ResteAFaire(const actions::v1::Action& dossier);

// How long a line has waited for its decision, or the day of its vote; "" where it was refused, or
// voted on a day that is not known. Pure.
std::string Depuis(const financement::v1::Ligne& ligne, absl::CivilDay aujourdhui);

// Where a dossier stands: its state, who acts next, what lacks, what each funder says and since
// when.
int DireSituation(Passerelle& passerelle, const std::string& action, const Arguments& arguments,
                  Contexte& contexte);

// What a dossier breaks of the rules of a day. Exit status: 0 nothing, 1 a refusal.
int DireEvaluation(Passerelle& passerelle, const std::string& action, const Arguments& arguments,
                   Contexte& contexte);

// What is out of balance in the budget of an action, in words and euros; nothing where it balances
// or cannot be read.
std::vector<std::string> EcartsDuBudget(Passerelle& passerelle, const std::string& action);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_SITUATION_H_
