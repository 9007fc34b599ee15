// Adultes-relais and Fonjep posts: an action each, with a line of the State that was voted and paid.
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/types/centimes.h"
#include "common/types/codes.h"
#include "common/types/identifiants.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/importation/connus.h"
#include "services/pdvctl/importation/fichiers.h"
#include "services/pdvctl/importation/types.h"

namespace pdv::pdvctl {
namespace {

// What one row gives in the three services.
struct Poste {
  std::shared_ptr<actions::v1::Porteur> porteur;
  std::shared_ptr<actions::v1::Action> action;
};

class Postes {
 public:
  explicit Postes(const std::set<std::string>& contrats) : contrats_(contrats) {}

  Rangee Traduire(const Champs& fields) {
    Rangee row;
    row.ligne = fields.ligne;
    absl::StatusOr<int64_t> cents = types::LireMontant(fields["montant"]);
    int32_t year = 0;
    if (!cents.ok())
      row.rejets.push_back({fields.ligne, 0, "montant", fields["montant"],
                            std::string(cents.status().message())});
    if (!absl::SimpleAtoi(fields["annee"], &year) || !types::VerifierExercice(year).ok())
      row.rejets.push_back({fields.ligne, 0, "annee", fields["annee"], "ce n'est pas un exercice"});
    if (fields["id_poste"].empty())
      row.rejets.push_back({fields.ligne, 0, "id_poste", "", "le poste n'a pas d'identifiant"});
    if (!row.rejets.empty()) {
      row.centimes = cents.value_or(0);
      postes_.push_back({});
      return row;
    }
    row.centimes = *cents;
    // Fonjep posts begin with a letter; adultes-relais posts with their département.
    const bool fonjep = absl::ascii_isalpha(fields["id_poste"][0]) != 0 &&
                        fields["id_poste"].size() < 9;
    Poste poste;
    poste.porteur = Porteur(fields, &row);
    poste.action = Action(fields, fonjep, year, *poste.porteur, &row);
    auto ligne = std::make_shared<financement::v1::Ligne>();
    const std::string id(types::DernierSegment(poste.action->name()));
    ligne->set_name(absl::StrCat("lignes/", id, "-etat"));
    ligne->set_action(poste.action->name());
    ligne->set_financeur("financeurs/etat");
    ligne->set_demande_specifiques_centimes(*cents);
    ligne->set_propose_specifiques_centimes(*cents);
    ligne->set_vote_specifiques_centimes(*cents);
    ligne->set_engage_specifiques_centimes(*cents);
    ligne->set_paye_specifiques_centimes(*cents);
    ligne->set_source(fonjep ? "ANCT, postes Fonjep" : "ANCT, adultes-relais");
    if (*cents == 0) Avertir(&row, "montant", "0", "poste à 0 €");
    if (fields["annee_en_texte"] == "oui")
      Avertir(&row, "annee", fields["annee"], "année écrite en texte");
    row.ressource = ligne;
    postes_.push_back(std::move(poste));
    return row;
  }

  const std::vector<Poste>& postes() const { return postes_; }

 private:
  static void Avertir(Rangee* row, const char* column, const std::string& value,
                      const char* why) {
    row->avertissements.push_back({row->ligne, 0, column, value, why});
  }

  std::shared_ptr<actions::v1::Porteur> Porteur(const Champs& fields, Rangee* row) {
    auto porteur = std::make_shared<actions::v1::Porteur>();
    porteur->set_raison_sociale(fields["raison_sociale"].empty() ? "Porteur sans nom"
                                                                 : fields["raison_sociale"]);
    if (!fields["insee_dep"].empty())
      porteur->set_departement(
          absl::StrCat("departements/", absl::AsciiStrToLower(fields["insee_dep"])));
    absl::StatusOr<types::SiretNettoye> siret = types::NettoyerSiret(fields["code_tiers"]);
    if (siret.ok()) {
      for (const std::string& repair : siret->reparations)
        Avertir(row, "code_tiers", fields["code_tiers"], repair.c_str());
      porteur->set_identification(actions::v1::IDENTIFICATION_PORTEUR_SIRET);
      porteur->set_siret(siret->valeur);
      porteur->set_name(absl::StrCat("porteurs/", siret->valeur));
    } else {
      // The euro is kept: a porteur without a valid SIRET is known by its name.
      Avertir(row, "code_tiers", fields["code_tiers"],
              "pas de SIRET valable : porteur connu par son nom seul");
      porteur->set_identification(actions::v1::IDENTIFICATION_PORTEUR_AUCUNE);
      std::string id = types::IdentifiantDe(porteur->raison_sociale());
      if (id.empty()) id = "sans-nom";
      porteur->set_name(absl::StrCat("porteurs/nom-", id, "-",
                                     absl::AsciiStrToLower(fields["insee_dep"].empty()
                                                               ? "xx"
                                                               : fields["insee_dep"])));
    }
    // One organisation, one porteur: the first name that the file gives.
    auto& known = porteurs_[porteur->name()];
    if (known == nullptr) known = porteur;
    return known;
  }

  std::shared_ptr<actions::v1::Action> Action(const Champs& fields, bool fonjep, int32_t year,
                                              const actions::v1::Porteur& porteur, Rangee* row) {
    auto action = std::make_shared<actions::v1::Action>();
    std::string id = absl::StrCat(fonjep ? "fj-" : "ar-", year, "-",
                                  absl::AsciiStrToLower(fields["id_poste"]));
    const int rank = ++posts_[id];
    if (rank > 1) {
      Avertir(row, "id_poste", fields["id_poste"],
              "poste déjà cité dans ce fichier : compté à part");
      absl::StrAppend(&id, "-", rank);
    }
    action->set_name(absl::StrCat("actions/", id));
    action->set_intitule(absl::StrCat(fonjep ? "Poste Fonjep " : "Poste adulte-relais ",
                                      fields["id_poste"]));
    action->set_porteur(porteur.name());
    Contrat(fields["code_cv"], action.get(), row);
    if (!fields["insee_dep"].empty())
      action->set_departement(
          absl::StrCat("departements/", absl::AsciiStrToLower(fields["insee_dep"])));
    if (!fields["insee_reg"].empty())
      action->set_region(absl::StrCat("regions/", fields["insee_reg"]));
    action->set_exercice(year);
    action->mutable_date_debut()->set_year(year);
    action->mutable_date_debut()->set_month(1);
    action->mutable_date_debut()->set_day(1);
    action->mutable_date_fin()->set_year(year);
    action->mutable_date_fin()->set_month(12);
    action->mutable_date_fin()->set_day(31);
    const std::string tree = year >= 2024 ? "nomenclatures/national-2024-2025/thematiques/"
                                          : "nomenclatures/national-2020-2023/thematiques/";
    action->set_thematique(
        absl::StrCat(tree, year < 2024 ? "1-5" : fonjep ? "6-1" : "3-3"));
    action->set_dispositif(fonjep ? "dispositifs/fonjep" : "dispositifs/adultes-relais");
    action->set_type(fonjep ? actions::v1::TYPE_ACTION_POSTE_FONJEP
                            : actions::v1::TYPE_ACTION_POSTE_ADULTE_RELAIS);
    action->set_identifiant_source(fields["id_poste"]);
    action->set_etat_importe(actions::v1::ETAT_ACTION_PROGRAMMEE);
    return action;
  }

  // Only a code that is one known contrat is taken; anything else is kept as it was written.
  void Contrat(const std::string& code, actions::v1::Action* action, Rangee* row) {
    if (code.empty()) return Avertir(row, "code_cv", "", "contrat absent : il n'est pas deviné");
    const std::string name = absl::StrCat("contrats/", absl::AsciiStrToLower(code));
    if (types::VerifierCodeContrat(code).ok() && contrats_.contains(name)) {
      action->set_contrat(name);
      return;
    }
    action->set_contrat_source(code);
    Avertir(row, "code_cv", code,
            types::DecouperCodesContrat(code).size() > 1
                ? "plusieurs codes de contrat collés : aucun n'est choisi"
                : "contrat inconnu : il n'est pas deviné");
  }

  const std::set<std::string>& contrats_;
  std::map<std::string, std::shared_ptr<actions::v1::Porteur>> porteurs_;
  std::map<std::string, int> posts_;
  std::vector<Poste> postes_;
};

}  // namespace

absl::Status ImporterPostes(Passerelle& passerelle, const std::string& chemin, bool simulation,
                            RapportImport* rapport, Contexte& contexte) {
  absl::StatusOr<std::set<std::string>> known = ContratsConnus(passerelle);
  if (!known.ok()) return known.status();
  Postes postes(*known);
  FichierLu lu;
  const std::vector<Rangee> rows = LireRangees(
      chemin, [&postes](const Champs& fields) { return postes.Traduire(fields); }, &lu);
  rapport->OuvrirFichier(std::move(lu));

  std::vector<std::shared_ptr<google::protobuf::Message>> porteurs, actions;
  absl::StatusOr<std::set<std::string>> porteurs_connus = PorteursConnus(passerelle);
  if (!porteurs_connus.ok()) return porteurs_connus.status();
  std::set<std::string> seen = *std::move(porteurs_connus);
  for (size_t i = 0; i < postes.postes().size(); ++i) {
    const Poste& poste = postes.postes()[i];
    if (poste.action == nullptr) continue;
    if (seen.insert(poste.porteur->name()).second) porteurs.push_back(poste.porteur);
    actions.push_back(poste.action);
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
  // rows of the file that are unreadable come without a Poste: they are before or between the others.
  std::map<size_t, Constat> upstream;
  std::vector<size_t> readable;
  for (size_t i = 0; i < rows.size(); ++i) {
    if (rows[i].ressource != nullptr) readable.push_back(i);
  }
  for (const auto& [rank, finding] : sent->rejets) {
    const size_t row = readable[static_cast<size_t>(rank)];
    upstream[row] = Refus(rows[row].ligne, finding, *actions[static_cast<size_t>(rank)]);
  }
  return EnvoyerRangees(passerelle, "financement", "ImporterLignes", rows, simulation, rapport,
                        contexte, upstream, Ordre::kSuivi, made);
}

}  // namespace pdv::pdvctl
