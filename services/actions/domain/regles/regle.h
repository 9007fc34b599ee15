#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_REGLE_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_REGLE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/types/date.h"
#include "pdv/actions/v1/appel.pb.h"
#include "pdv/actions/v1/document.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/actions/v1/regle.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"
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
  // The quartiers that the action names, and the documents that it brings, those that are known.
  std::vector<const contrats::v1::Qpv*> quartiers = {};
  std::vector<const v1::Document*> documents = {};
};

// What the dossier lacks at one place.
struct Manque {
  std::string phrase;  // French, a whole sentence
  // Path in the Action ("publics[2].effectif_qpv"); empty: the field of the rule.
  std::string champ = {};
};
// Everything that it lacks under one rule; empty where the rule is kept.
using Manques = std::vector<Manque>;

// A national rule: what it asks, who says so, since when, what a refusal blocks.
struct Regle {
  std::string_view id;
  std::string_view raison;  // of enum Raison
  std::string_view texte;
  std::string_view citation;
  v1::SeveriteRegle severite;
  std::string_view champ;  // field of the Action, or "budget"
  // The days on which it holds; nullopt: it says how an appel is answered, and holds with it.
  std::optional<types::Periode> en_vigueur;
  Verbe garde;
  Manques (*manques)(const Faits& faits);
};

// The national rules, in the order in which they are examined: the law first.
std::span<const Regle> Nationales();

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_REGLE_H_
