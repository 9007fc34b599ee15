// The programmation of a contrat as préfectures keep it: one row by action and by funder, with what
// was asked, proposed, voted, committed and paid.
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/types/centimes.h"
#include "common/types/codes.h"
#include "common/types/identifiants.h"
#include "common/types/nom.h"
#include "common/types/sha256.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/importation/connus.h"
#include "services/pdvctl/importation/fichiers.h"
#include "services/pdvctl/importation/types.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

using actions::v1::Action;
using actions::v1::Porteur;
using financement::v1::Ligne;

constexpr const char* kObligatoires[] = {"contrat",  "exercice",  "siret", "porteur",
                                         "intitule", "financeur", "vote"};

// The rows of a file, and the porteurs and actions that they name: an action has a row for each
// funder.
class Programmation {
 public:
  explicit Programmation(const std::set<std::string>& contrats) : contrats_(contrats) {}

  Rangee Traduire(const Champs& fields) {
    Rangee row;
    row.ligne = fields.ligne;
    auto line = std::make_shared<Ligne>();
    Montants(fields, &row, line.get());
    row.centimes = line->vote_droit_commun_centimes() + line->vote_specifiques_centimes();
    auto porteur = LirePorteur(fields, &row);
    auto action = LireAction(fields, &row);
    if (fields["financeur"].empty()) Rejeter(&row, "financeur", "", "qui finance est attendu");
    if (!row.rejets.empty()) {
      noms_.push_back("");
      return row;
    }
    action->set_porteur(porteur->name());
    porteurs_.emplace(porteur->name(), porteur);
    auto& known = actions_[action->name()];
    if (known == nullptr) known = action;
    if (row.centimes > 0) known->set_etat_importe(actions::v1::ETAT_ACTION_PROGRAMMEE);
    line->set_action(action->name());
    line->set_financeur(NomComplet("financeurs", fields["financeur"]));
    line->set_name(absl::StrCat("lignes/", std::string(types::DernierSegment(action->name())), "-",
                                std::string(types::DernierSegment(line->financeur()))));
    line->set_source("programmation");
    if (!lignes_.insert(line->name()).second) {
      Rejeter(&row, "financeur", fields["financeur"],
              "ce financeur a déjà une ligne pour cette action");
      noms_.push_back("");
      return row;
    }
    noms_.push_back(action->name());
    row.ressource = line;
    return row;
  }

  const std::map<std::string, std::shared_ptr<Porteur>>& porteurs() const { return porteurs_; }
  const std::map<std::string, std::shared_ptr<Action>>& actions() const { return actions_; }
  // By row: the action that it finances, "" for a refused one.
  const std::vector<std::string>& noms() const { return noms_; }

 private:
  static void Rejeter(Rangee* row, const char* column, const std::string& value, std::string why) {
    row->rejets.push_back({row->ligne, 0, column, value, std::move(why)});
  }
  static void Avertir(Rangee* row, const char* column, const std::string& value, const char* why) {
    row->avertissements.push_back({row->ligne, 0, column, value, why});
  }

  // Crédits spécifiques for the État, whose programme 147 is made of them; for another funder the
  // file says which, in its column `credits`: it is never guessed.
  void Montants(const Champs& fields, Rangee* row, Ligne* line) {
    const std::string credits = NormaliserEntete(fields["credits"]);
    const bool etat = NomComplet("financeurs", fields["financeur"]) == "financeurs/etat";
    const bool specific = credits == "specifiques" || (credits.empty() && etat);
    if (!specific && credits != "droit_commun")
      Rejeter(row, "credits", fields["credits"],
              "« droit commun » ou « spécifiques » est attendu : ce n'est pas deviné");
    const struct {
      const char* column;
      void (Ligne::*common)(int64_t);
      void (Ligne::*specifics)(int64_t);
    } kStages[] = {
        {"demande", &Ligne::set_demande_droit_commun_centimes,
         &Ligne::set_demande_specifiques_centimes},
        {"propose", &Ligne::set_propose_droit_commun_centimes,
         &Ligne::set_propose_specifiques_centimes},
        {"vote", &Ligne::set_vote_droit_commun_centimes, &Ligne::set_vote_specifiques_centimes},
        {"engage", &Ligne::set_engage_droit_commun_centimes,
         &Ligne::set_engage_specifiques_centimes},
        {"paye", &Ligne::set_paye_droit_commun_centimes, &Ligne::set_paye_specifiques_centimes}};
    for (const auto& stage : kStages) {
      const std::string& text = fields[stage.column];
      if (text.empty()) continue;
      absl::StatusOr<types::Centimes> cents = types::LireMontant(text);
      if (!cents.ok())
        Rejeter(row, stage.column, text, std::string(cents.status().message()));
      else
        (line->*(specific ? stage.specifics : stage.common))(*cents);
    }
  }

  static std::shared_ptr<Porteur> LirePorteur(const Champs& fields, Rangee* row) {
    auto porteur = std::make_shared<Porteur>();
    absl::StatusOr<types::SiretNettoye> siret = types::NettoyerSiret(fields["siret"]);
    if (!siret.ok()) {
      Rejeter(row, "siret", fields["siret"], std::string(siret.status().message()));
      return porteur;
    }
    for (const std::string& repair : siret->reparations)
      Avertir(row, "siret", fields["siret"], repair.c_str());
    if (fields["porteur"].empty()) Rejeter(row, "porteur", "", "le nom du porteur est attendu");
    porteur->set_name(absl::StrCat("porteurs/", siret->valeur));
    porteur->set_raison_sociale(fields["porteur"]);
    porteur->set_identification(actions::v1::IDENTIFICATION_PORTEUR_SIRET);
    porteur->set_siret(siret->valeur);
    return porteur;
  }

  std::shared_ptr<Action> LireAction(const Champs& fields, Rangee* row) {
    auto action = std::make_shared<Action>();
    int32_t year = 0;
    if (!absl::SimpleAtoi(fields["exercice"], &year) || !types::VerifierExercice(year).ok())
      Rejeter(row, "exercice", fields["exercice"], "ce n'est pas un exercice");
    const std::string contrat = NomComplet("contrats", fields["contrat"]);
    if (!contrats_.contains(contrat))
      Rejeter(row, "contrat", fields["contrat"], "contrat inconnu : il n'est pas deviné");
    if (fields["intitule"].empty()) Rejeter(row, "intitule", "", "l'intitulé est attendu");
    action->set_name(absl::StrCat("actions/", Identifiant(fields)));
    action->set_intitule(fields["intitule"]);
    action->set_contrat(contrat);
    action->set_exercice(year);
    action->set_type(actions::v1::TYPE_ACTION_ACTION);
    action->set_identifiant_source(fields["dossier"]);
    action->set_etat_importe(actions::v1::ETAT_ACTION_EN_INSTRUCTION);
    if (!fields["thematique"].empty()) action->set_thematique(fields["thematique"]);
    if (!fields["dispositif"].empty())
      action->set_dispositif(NomComplet("dispositifs", fields["dispositif"]));
    const std::vector<std::string> codes =
        absl::StrSplit(fields["qpv"], absl::ByAnyChar(" ,/"), absl::SkipEmpty());
    if (codes.size() == 1) {
      auto* quartier = action->add_quartiers();
      quartier->set_qpv(NomComplet("qpv", codes[0]));
      quartier->set_part_points(10'000);
    } else if (codes.size() > 1) {
      Avertir(row, "qpv", fields["qpv"],
              "plusieurs quartiers sans leur part : aucune n'est inventée");
    }
    return action;
  }

  // The dossier's number, or else what makes an action one and the same: contrat, exercice,
  // porteur, title.
  static std::string Identifiant(const Champs& fields) {
    if (!fields["dossier"].empty())
      return types::IdentifiantDe(absl::StrCat(fields["exercice"], "-", fields["dossier"]));
    const std::string key = absl::StrCat(fields["contrat"], "|", fields["exercice"], "|",
                                         fields["siret"], "|", fields["intitule"]);
    return absl::StrCat(fields["exercice"], "-", absl::AsciiStrToLower(fields["contrat"]), "-",
                        types::Sha256Hex(key).substr(0, 16));
  }

  const std::set<std::string>& contrats_;
  std::map<std::string, std::shared_ptr<Porteur>> porteurs_;
  std::map<std::string, std::shared_ptr<Action>> actions_;
  std::set<std::string> lignes_;
  std::vector<std::string> noms_;
};

std::string ColonnesManquantes(const std::vector<std::string>& columns) {
  std::set<std::string> known;
  for (const std::string& column : columns) known.insert(NormaliserEntete(column));
  std::string missing;
  for (const char* column : kObligatoires) {
    if (!known.contains(column)) absl::StrAppend(&missing, missing.empty() ? "" : ", ", column);
  }
  return missing.empty() ? "" : absl::StrCat("colonnes manquantes : ", missing);
}

using Messages = std::vector<std::shared_ptr<google::protobuf::Message>>;

}  // namespace

absl::Status ImporterProgrammation(Passerelle& passerelle, const std::string& chemin,
                                   bool simulation, RapportImport* rapport, Contexte& contexte) {
  absl::StatusOr<std::set<std::string>> contrats = ContratsConnus(passerelle);
  if (!contrats.ok()) return contrats.status();
  absl::StatusOr<std::set<std::string>> known = PorteursConnus(passerelle);
  if (!known.ok()) return known.status();
  Programmation programmation(*contrats);
  FichierLu lu;
  const std::vector<Rangee> rows = LireRangees(
      chemin, [&](const Champs& fields) { return programmation.Traduire(fields); }, &lu,
      ColonnesManquantes);
  rapport->OuvrirFichier(std::move(lu));
  Messages porteurs, actions;
  for (const auto& [name, porteur] : programmation.porteurs())
    if (!known->contains(name)) porteurs.push_back(porteur);
  std::vector<std::string> sent_names;
  for (const auto& [name, action] : programmation.actions()) {
    actions.push_back(action);
    sent_names.push_back(name);
  }
  absl::StatusOr<Envoye> sent =
      Envoyer(passerelle, "actions", "ImporterPorteurs", porteurs, simulation, contexte);
  if (!sent.ok()) return sent.status();
  std::set<std::string> made;  // by this run; nothing of it stays after the step, in a simulation
  if (simulation) Retenir(porteurs, *sent, &made);
  sent = Envoyer(passerelle, "actions", "ImporterActions", actions, simulation, contexte);
  if (!sent.ok()) return sent.status();
  Supposer(actions, made, &*sent);
  if (simulation) Retenir(actions, *sent, &made);
  // A refused action refuses each of its rows. Rows that could not be read have no name.
  std::map<std::string, Constat> refused;
  for (const auto& [rank, finding] : sent->rejets) {
    const auto at = static_cast<size_t>(rank);
    refused[sent_names[at]] = Refus(0, finding, *actions[at]);
  }
  std::map<size_t, Constat> upstream;
  size_t at = 0;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].ressource == nullptr) continue;
    while (programmation.noms()[at].empty()) ++at;
    const auto found = refused.find(programmation.noms()[at++]);
    if (found == refused.end()) continue;
    upstream[i] = found->second;
    upstream[i].ligne = rows[i].ligne;
  }
  return EnvoyerRangees(passerelle, "financement", "ImporterLignes", rows, simulation, rapport,
                        contexte, upstream, Ordre::kSuivi, made);
}

}  // namespace pdv::pdvctl
