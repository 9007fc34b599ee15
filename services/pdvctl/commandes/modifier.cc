#include "services/pdvctl/commandes/modifier.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/commandes/fichier_dossier.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/situation.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/ressources/libelles.h"

namespace pdv::pdvctl {
namespace {

using actions::v1::Action;
using financement::v1::Budget;
using financement::v1::Ligne;

// The fields of a demand that its funder reads: both amounts, and the day where it is told.
google::protobuf::FieldMask ChampsDe(const Ligne& demande) {
  google::protobuf::FieldMask mask;
  mask.add_paths("demande_droit_commun_centimes");
  mask.add_paths("demande_specifiques_centimes");
  if (demande.has_demande_le()) mask.add_paths("demande_le");
  return mask;
}

// One change of a dossier, part after part. The action comes first: once it says something else, a
// filed dossier waits for an attestation, and its budget is open.
class Changement {
 public:
  Changement(Passerelle& passerelle, std::string action, const Arguments& arguments)
      : passerelle_(passerelle),
        action_(std::move(action)),
        request_id_(arguments.TexteOu("request-id", NouvelIdentifiantDeRequete())),
        simulation_(arguments.Drapeau("simulation")) {}

  absl::Status Faire(const Modification& change) {
    absl::Status done = change.action ? EcrireAction(*change.action) : LireAction();
    if (done.ok() && !change.lignes.empty()) done = EcrireDemandes(change.lignes);
    if (done.ok() && change.budget) done = EcrireBudget(*change.budget);
    return done;
  }

  // What was taken from the file so far, in words.
  const std::vector<std::string>& ecrits() const { return ecrits_; }
  const Action& dossier() const { return dossier_; }
  const std::optional<Budget>& budget() const { return budget_; }
  // A rehearsal changes no action: the budget of a filed dossier stays closed meanwhile.
  bool budget_a_verifier() const { return budget_a_verifier_; }
  gateway::v1::DossierDepose Resultat() const {
    gateway::v1::DossierDepose result;
    result.mutable_action()->PackFrom(dossier_);
    if (budget_) result.mutable_budget()->PackFrom(*budget_);
    for (const Ligne& ligne : lignes_) result.add_lignes()->PackFrom(ligne);
    return result;
  }

 private:
  template <class Reponse, class Requete>
  absl::StatusOr<Reponse> Ecrire(const std::string& methode, const std::string& etape,
                                 Requete requete) {
    requete.set_request_id(absl::StrCat(request_id_, etape));
    requete.set_validate_only(simulation_);
    return passerelle_.Appeler<Reponse>(methode, requete);
  }

  absl::Status LireAction() {
    actions::v1::GetActionRequest request;
    request.set_name(action_);
    auto read = passerelle_.Appeler<Action>(absl::StrCat(kActions, "GetAction"), request);
    if (read.ok()) dossier_ = *std::move(read);
    return read.status();
  }

  absl::Status EcrireAction(const actions::v1::UpdateActionRequest& request) {
    auto written = Ecrire<Action>(absl::StrCat(kActions, "UpdateAction"), "/action", request);
    if (!written.ok()) return written.status();
    dossier_ = *std::move(written);
    for (const std::string& path : request.update_mask().paths())
      ecrits_.push_back(LibelleChamp(path));
    return absl::OkStatus();
  }

  absl::Status EcrireDemandes(const std::vector<Ligne>& wanted) {
    financement::v1::ListLignesRequest request;
    request.set_filter(absl::StrCat("action = \"", action_, "\""));
    auto known = ToutesLesPages<financement::v1::ListLignesResponse>(
        passerelle_, absl::StrCat(kFinancement, "ListLignes"), request);
    if (!known.ok()) return known.status();
    std::map<std::string, std::string> by_funder;
    for (const Ligne& ligne : known->lignes()) by_funder[ligne.financeur()] = ligne.name();
    for (const Ligne& ligne : wanted) {
      const auto there = by_funder.find(ligne.financeur());
      auto written = there == by_funder.end() ? Demander(ligne) : Redemander(there->second, ligne);
      if (!written.ok()) return written.status();
      lignes_.push_back(*std::move(written));
      ecrits_.push_back(absl::StrCat("Demande à ", Financeur(ligne)));
    }
    return absl::OkStatus();
  }

  static std::string Financeur(const Ligne& ligne) {
    return std::string(types::DernierSegment(ligne.financeur()));
  }

  // Named as a deposit names it.
  absl::StatusOr<Ligne> Demander(const Ligne& wanted) {
    financement::v1::CreateLigneRequest request;
    *request.mutable_ligne() = wanted;
    request.set_ligne_id(
        absl::StrCat(std::string(types::DernierSegment(action_)), "-", Financeur(wanted)));
    return Ecrire<Ligne>(absl::StrCat(kFinancement, "CreateLigne"),
                         absl::StrCat("/", Financeur(wanted)), request);
  }

  absl::StatusOr<Ligne> Redemander(const std::string& name, const Ligne& wanted) {
    financement::v1::UpdateLigneRequest request;
    *request.mutable_ligne() = wanted;
    request.mutable_ligne()->set_name(name);
    *request.mutable_update_mask() = ChampsDe(wanted);
    return Ecrire<Ligne>(absl::StrCat(kFinancement, "UpdateLigne"),
                         absl::StrCat("/", Financeur(wanted)), request);
  }

  absl::Status EcrireBudget(const financement::v1::UpdateBudgetRequest& request) {
    auto written = Ecrire<Budget>(absl::StrCat(kFinancement, "UpdateBudget"), "/budget", request);
    budget_a_verifier_ = simulation_ && status::ReasonOf(written.status()) == "BUDGET_FIGE" &&
                         dossier_.etat() == actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION;
    if (budget_a_verifier_) return absl::OkStatus();
    if (!written.ok()) return written.status();
    budget_ = *std::move(written);
    ecrits_.push_back("Budget");
    return absl::OkStatus();
  }

  Passerelle& passerelle_;
  const std::string action_;
  const std::string request_id_;
  const bool simulation_;
  std::vector<std::string> ecrits_;
  Action dossier_;
  std::vector<Ligne> lignes_;
  std::optional<Budget> budget_;
  bool budget_a_verifier_ = false;
};

void DireChangement(const Changement& done, const Arguments& arguments, Contexte& contexte) {
  const Terminal& terminal = contexte.terminal_sortie;
  DireRessource(done.dossier(), arguments, contexte);
  if (!done.ecrits().empty())
    contexte.sortie << Paragraphe(
        absl::StrCat("Repris du fichier : ", absl::StrJoin(done.ecrits(), ", "), "."), terminal);
  if (done.budget_a_verifier())
    contexte.sortie << Paragraphe(
        "Le budget n'est pas vérifié : celui d'un dossier déposé ne s'ouvre qu'une fois l'action "
        "modifiée.",
        terminal);
  if (done.budget()) {
    contexte.sortie << "Budget : " << EurosFr(done.budget()->charges_centimes()) << " de charges, "
                    << EurosFr(done.budget()->produits_centimes()) << " de produits.\n";
    for (const auto& gap : done.budget()->ecarts())
      contexte.sortie << Styler(Paragraphe(absl::StrCat("⚠ ", gap.message()), terminal),
                                Style::kAttention, terminal);
  }
  const std::string next = ResteAFaire(done.dossier());
  if (!arguments.Drapeau("simulation") && !next.empty()) contexte.sortie << next << "\n";
}

}  // namespace

int ModifierDossier(const std::string& action, const Arguments& arguments, Contexte& contexte) {
  const std::string path = arguments.Valeur("FICHIER");
  if (path.empty())
    return DireErreur(absl::InvalidArgumentError("dossier modifier : FICHIER est attendu"),
                      contexte);
  absl::StatusOr<std::string> bytes = LireFichier(path);
  if (!bytes.ok()) return DireErreur(bytes.status(), contexte);
  const auto change = LireModification(*bytes, action);
  if (!change.ok()) return DireErreur(change.status(), contexte);
  Passerelle passerelle(arguments);
  Changement changement(passerelle, action, arguments);
  if (absl::Status done = changement.Faire(*change); !done.ok()) {
    DireErreur(done, contexte);
    if (!contexte.json && !arguments.Drapeau("simulation") && !changement.ecrits().empty())
      contexte.erreurs << Paragraphe(
          absl::StrCat("Déjà repris du fichier : ", absl::StrJoin(changement.ecrits(), ", "),
                       ". Le corriger et le rejouer fait le reste."),
          contexte.terminal_erreurs, 2);
    return kEchec;
  }
  if (contexte.json)
    contexte.sortie << EcrireJson(changement.Resultat());
  else
    DireChangement(changement, arguments, contexte);
  return kReussite;
}

}  // namespace pdv::pdvctl
