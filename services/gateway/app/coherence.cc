#include "services/gateway/app/coherence.h"

#include <map>
#include <set>
#include <string>

#include "absl/strings/str_cat.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "pdv/evaluation/v1/evaluation.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/gateway/domain/decisions.h"

namespace pdv::gateway {
namespace {

constexpr int kPage = 1000;

class Walk {
 public:
  Walk(const Pairs& pairs, const rpc::Call& call, int limit)
      : pairs_(pairs), options_(rpc::CallOptions::OnBehalfOf(call)), limit_(limit) {}

  v1::RapportCoherence& report() { return report_; }

  void Add(const char* type, const std::string& name, const std::string& message) {
    if (report_.incoherences_size() >= limit_) return;
    v1::Incoherence* found = report_.add_incoherences();
    found->set_type(type);
    found->set_name(name);
    found->set_message(message);
  }

  void Walked(int64_t count) {
    report_.set_elements_verifies(report_.elements_verifies() + count);
  }

  // False when the service cannot be reached: nothing is known of it.
  template <class Response>
  bool Ask(const char* service, const char* method, const google::protobuf::Message& request,
           Response* response) {
    if (lost_.contains(service)) return false;
    const Pairs::Pair& pair = pairs_[service];
    absl::Status status =
        pair.canal->Call(absl::StrCat(pair.service, "/", method), request, response, options_);
    if (status.ok()) return true;
    lost_.insert(service);
    report_.add_injoignables(service);
    return false;
  }

  // Calls `visit` with every resource of a List method.
  template <class Request, class Response, class Visit>
  bool Each(const char* service, const char* method, const Visit& visit) {
    Request request;
    request.set_page_size(kPage);
    do {
      Response page;
      if (!Ask(service, method, request, &page)) return false;
      visit(page);
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return true;
  }

 private:
  const Pairs& pairs_;
  const rpc::CallOptions options_;
  const int limit_;
  std::set<std::string> lost_;
  v1::RapportCoherence report_;
};

std::set<std::string> Contrats(Walk& walk, bool* known) {
  std::set<std::string> names;
  *known = walk.Each<contrats::v1::ListContratsRequest, contrats::v1::ListContratsResponse>(
      "contrats", "ListContrats", [&](const contrats::v1::ListContratsResponse& page) {
        walk.Walked(page.contrats_size());
        for (const auto& contrat : page.contrats()) names.insert(contrat.name());
      });
  return names;
}

// An action and what the lines copied of it must say the same, and its decision not contradict
// theirs.
struct Faits {
  int32_t exercice;
  std::string contrat, thematique;
  // Decided in the suite; UNSPECIFIED where an import states it, as the past was.
  actions::v1::EtatAction decision;
};

std::map<std::string, Faits> Actions(Walk& walk, const std::set<std::string>& contrats,
                                     bool contrats_known, bool* known) {
  std::map<std::string, Faits> facts;
  *known = walk.Each<actions::v1::ListActionsRequest, actions::v1::ListActionsResponse>(
      "actions", "ListActions", [&](const actions::v1::ListActionsResponse& page) {
        walk.Walked(page.actions_size());
        for (const auto& action : page.actions()) {
          facts[action.name()] = {action.exercice(), action.contrat(), action.thematique(),
                                  DecisionDansLaSuite(action)};
          if (contrats_known && !action.contrat().empty() && !contrats.contains(action.contrat()))
            walk.Add("REFERENCE_PENDANTE", action.name(),
                     absl::StrCat("Elle cite ", action.contrat(), ", que contrats ne connaît pas."));
        }
      });
  return facts;
}

void Ligne(Walk& walk, const std::map<std::string, Faits>& actions,
           const financement::v1::Ligne& ligne) {
  auto action = actions.find(ligne.action());
  if (action == actions.end()) {
    walk.Add("REFERENCE_PENDANTE", ligne.name(),
             absl::StrCat("Elle finance ", ligne.action(), ", qui n'existe pas."));
  } else if (action->second.exercice != ligne.exercice() ||
             action->second.contrat != ligne.contrat() ||
             action->second.thematique != ligne.thematique()) {
    walk.Add("MIROIR_EN_RETARD", ligne.name(),
             "Elle ne dit pas la même chose que son action (exercice, contrat ou thématique).");
  }
}

void Lignes(Walk& walk, const std::map<std::string, Faits>& actions) {
  std::set<std::string> votees;  // actions of which a line is voted
  const bool known =
      walk.Each<financement::v1::ListLignesRequest, financement::v1::ListLignesResponse>(
          "financement", "ListLignes", [&](const financement::v1::ListLignesResponse& page) {
            walk.Walked(page.lignes_size());
            for (const auto& ligne : page.lignes()) {
              if (Votee(ligne.etat())) votees.insert(ligne.action());
              Ligne(walk, actions, ligne);
            }
          });
  if (!known) return;
  // The lines were read after the actions, and a vote is not taken back: what contradicts is not
  // two moments of a suite that moves.
  for (const auto& [name, faits] : actions) {
    const char* why = Contradiction(faits.decision, votees.contains(name));
    if (why != nullptr) walk.Add("DECISIONS_CONTRAIRES", name, why);
  }
}

void Totaux(Walk& walk) {
  financement::v1::VerifierAgregatsResponse sums;
  if (walk.Ask("financement", "VerifierAgregats", financement::v1::VerifierAgregatsRequest(),
               &sums)) {
    for (const std::string& gap : sums.ecarts()) walk.Add("AGREGAT_FAUX", "agregats", gap);
    for (const std::string& name : sums.lignes_orphelines())
      walk.Add("MIROIR_EN_RETARD", name, "Le miroir de financement ne connaît pas son action.");
  }
  actions::v1::VerifierComptesResponse counts;
  if (walk.Ask("actions", "VerifierComptes", actions::v1::VerifierComptesRequest(), &counts)) {
    for (const std::string& gap : counts.ecarts()) walk.Add("COMPTE_FAUX", "comptes", gap);
  }
}

void Mesures(Walk& walk, const std::map<std::string, Faits>& actions, bool actions_known) {
  walk.Each<evaluation::v1::ListMesuresRequest, evaluation::v1::ListMesuresResponse>(
      "evaluation", "ListMesures", [&](const evaluation::v1::ListMesuresResponse& page) {
        walk.Walked(page.mesures_size());
        for (const auto& mesure : page.mesures()) {
          if (actions_known && mesure.objet().starts_with("actions/") &&
              !actions.contains(mesure.objet()))
            walk.Add("REFERENCE_PENDANTE", mesure.name(),
                     absl::StrCat("Elle mesure ", mesure.objet(), ", qui n'existe pas."));
        }
      });
}

}  // namespace

absl::StatusOr<v1::RapportCoherence> VerifierCoherence(
    const Pairs& pairs, const rpc::Call& call, const v1::VerifierCoherenceRequest& request) {
  Walk walk(pairs, call, request.limite() == 0 ? 1000 : request.limite());
  bool contrats_known = false, actions_known = false;
  const std::set<std::string> contrats = Contrats(walk, &contrats_known);
  const std::map<std::string, Faits> actions =
      Actions(walk, contrats, contrats_known, &actions_known);
  if (actions_known) Lignes(walk, actions);
  Totaux(walk);
  Mesures(walk, actions, actions_known);
  return std::move(walk.report());
}

}  // namespace pdv::gateway
