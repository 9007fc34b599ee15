#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_REGLE_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_REGLE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/types/date.h"
#include "pdv/actions/v1/appel.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/actions/v1/regle.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions::regles {

// Everything that a dossier is judged on. A pointer is null where the thing is not known here, or
// was deleted; it outlives the evaluation.
struct Faits {
  const v1::Action* action = nullptr;
  const v1::Porteur* porteur = nullptr;
  const contrats::v1::Contrat* contrat = nullptr;
  // What maps the action's thématique to another one, in either direction.
  std::vector<const contrats::v1::Correspondance*> correspondances;
  const v1::AppelAProjets* appel = nullptr;
  // Its budget, without its amounts: this service knows whether it balances.
  const financement::v1::Budget* budget = nullptr;
  // The day of the evaluation, in Paris.
  types::Date jour;
};

// What the dossier lacks, a French sentence; nullopt where the rule is kept.
using Manque = std::optional<std::string>;

// A national rule: what it asks, who says so, since when, what a refusal blocks.
struct Regle {
  std::string_view id;
  std::string_view raison;  // of enum Raison
  std::string_view texte;
  std::string_view citation;
  v1::SeveriteRegle severite;
  std::string_view champ;  // field of the Action, or "budget"
  types::Periode en_vigueur;
  Verbe garde;
  Manque (*manque)(const Faits& faits);
};

// The national rules, in the order in which they are examined: the law first.
std::span<const Regle> Nationales();

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_REGLE_H_
