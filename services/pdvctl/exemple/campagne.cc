#include "services/pdvctl/exemple/campagne.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "common/types/centimes.h"
#include "common/types/nom.h"

namespace pdv::pdvctl::exemple {
namespace {

struct Theme {
  const char* id;
  const char* dispositif;
  const char* intitule;
  int poids;    // per thousand of the actions
  int millier;  // mean of what is granted, thousands of euros
};

constexpr Theme kReussiteEducative = {"education", "pre", "Projet de réussite éducative", 0, 60};
constexpr Theme kEquipeProjet = {"equipes-projet", "equipe-projet",
                                 "Équipe projet du contrat de ville", 0, 70};
constexpr Theme kCentreDeRessources = {"centre-de-ressources", "centre-de-ressources",
                                       "Centre de ressources", 0, 45};
constexpr Theme kThemes[] = {
    {"education", "clas", "Accompagnement à la scolarité", 158, 16},
    {"education", "", "Ouverture culturelle des collégiens", 58, 13},
    {"sante", "", "Médiation santé", 70, 18},
    {"parentalite", "", "Lieu d'accueil parents-enfants", 80, 15},
    {"culture", "", "Atelier d'expression artistique", 60, 12},
    {"fracture-numerique", "", "Accompagnement au numérique", 50, 12},
    {"jeunesse", "vvv", "Chantier éducatif de jeunes", 70, 14},
    {"ateliers-sociolinguistiques", "asl", "Atelier sociolinguistique", 80, 15},
    {"mediation", "adultes-relais", "Médiation sociale", 60, 19},
    {"sport-loisirs", "", "Sport au pied des immeubles", 60, 11},
    {"acces-services-publics", "", "Point d'accès aux droits", 50, 14},
    {"vacances-apprenantes", "vacances-apprenantes", "Vacances apprenantes", 40, 12},
    {"gestion-urbaine", "", "Gestion urbaine de proximité", 25, 13},
    {"insertion-emploi", "reperage-des-invisibles", "Repérage des invisibles", 70, 17},
    {"creation-activite", "", "Appui à la création d'activité", 35, 17},
    {"animation-clas", "secretariat-clas", "Secrétariat du CLAS", 16, 14},
    {"conseils-citoyens", "conseil-citoyen", "Animation du conseil citoyen", 18, 10},
};

constexpr char kThematiques[] = "nomenclatures/piliers-2015-2023/thematiques/";
constexpr int64_t kEuro = 100;

class Redaction {
 public:
  // `rang` on its contrat, `ordre` in the campaign.
  Redaction(const ContratExemple& contrat, int exercice, int rang, int ordre)
      : contrat_(contrat),
        exercice_(exercice),
        rang_(rang),
        ordre_(ordre),
        // Each dossier has its own draw, so that an exercice is the same with or without the
        // others.
        tirage_((static_cast<uint64_t>(exercice) * 100 + (&contrat - kContrats)) * 10'000 + rang) {}

  DossierExemple Ecrire() {
    const Theme& theme = SonTheme();
    dossier_.contrat = &contrat_;
    dossier_.id = absl::StrFormat("%d-%s-%04d", exercice_, IdContrat(contrat_), rang_);
    Action(theme);
    Quartiers();
    Publics();
    // Whole tens of euros, as people ask them.
    Lignes(theme.millier * tirage_.Entre(60, 140) * 10);
    Budget();
    return std::move(dossier_);
  }

 private:
  // The project team of each contrat is its first action, its PRE the second; the largest contrat
  // has the département's centre de ressources.
  const Theme& SonTheme() {
    if (rang_ == 1) return kEquipeProjet;
    if (rang_ == 2) return kReussiteEducative;
    if (rang_ == 3 && contrat_.actions_par_an > 200) return kCentreDeRessources;
    // 617 has no factor in common with 1000: dossiers that follow each other fall everywhere, and
    // each theme has its share of an exercice, to a dossier or so.
    int reste = (ordre_ * 617 + exercice_ * 131) % 1000 + 1;
    for (const Theme& one : kThemes) {
      reste -= one.poids;
      if (reste <= 0) return one;
    }
    return kThemes[0];
  }

  void Action(const Theme& theme) {
    auto& action = dossier_.action;
    action.set_intitule(rang_ <= 2 ? theme.intitule : absl::StrCat(theme.intitule, " ", rang_));
    action.set_objet("Dossier d'exemple : le porteur, l'action et les montants sont inventés.");
    action.set_porteur(NomPorteur(rang_ == 1   ? EquipeProjet(contrat_)
                                  : rang_ == 2 ? ReussiteEducative(contrat_)
                                               : tirage_.Entre(0, kAssociations - 1)));
    action.set_contrat(NomContrat(contrat_));
    action.set_exercice(exercice_);
    action.set_appel(Appel(exercice_).name());
    *action.mutable_date_debut() = Le(exercice_, 1, 1);
    *action.mutable_date_fin() = Le(exercice_, 12, 31);
    action.set_thematique(absl::StrCat(kThematiques, theme.id));
    if (*theme.dispositif != '\0')
      action.set_dispositif(absl::StrCat("dispositifs/", theme.dispositif));
    if (tirage_.Entre(1, 5) == 1)
      action.add_marques_transversales(absl::StrCat(kThematiques, "valeurs-republique"));
    action.set_type(rang_ == 1 ? actions::v1::TYPE_ACTION_INGENIERIE
                               : actions::v1::TYPE_ACTION_ACTION);
    auto* reponse = action.add_reponses();
    reponse->set_critere("mixite");
    reponse->set_texte("Les créneaux et les lieux sont choisis avec les habitantes.");
  }

  void Quartiers() {
    int premier = 1;
    for (const ContratExemple* other = kContrats; other != &contrat_; ++other)
      premier += other->quartiers;
    const int nombre = static_cast<int>(tirage_.Entre(1, std::min(contrat_.quartiers, 3)));
    const std::vector<int64_t> parts =
        types::RepartirAuPlusFortReste(10'000, std::vector<int64_t>(nombre, 1));
    for (int i = 0; i < nombre; ++i) {
      auto* part = dossier_.action.add_quartiers();
      part->set_qpv(absl::StrFormat("qpv/qp034%03d", premier + i));
      part->set_part_points(static_cast<int32_t>(parts[i]));
    }
  }

  void Publics() {
    const auto age = static_cast<actions::v1::TrancheAge>(
        tirage_.Entre(actions::v1::TRANCHE_AGE_DE_6_A_15, actions::v1::TRANCHE_AGE_DE_26_A_64));
    for (const auto sexe : {actions::v1::SEXE_FEMME, actions::v1::SEXE_HOMME}) {
      auto* public_vise = dossier_.action.add_publics();
      public_vise->set_sexe(sexe);
      public_vise->set_age(age);
      public_vise->set_effectif(static_cast<int32_t>(tirage_.Entre(10, 60)));
      // Between 60 and 95 %: the call asks for half.
      public_vise->set_effectif_qpv(
          public_vise->effectif() * static_cast<int32_t>(tirage_.Entre(60, 95)) / 100 + 1);
    }
  }

  void Lignes(int64_t euros) {
    const int reste = 100 - contrat_.part_etat;
    // What the État does not give is shared by the five others, the EPCI first among them.
    const std::vector<int64_t> parts = types::RepartirAuPlusFortReste(
        euros, {contrat_.part_etat * 100 + tirage_.Entre(-300, 300), reste * 34, reste * 22,
                reste * 18, reste * 16, reste * 10});
    const bool refuse = rang_ > 2 && tirage_.Entre(1, 100) <= 6;
    for (int rang = 0; rang < kFinanceurs; ++rang) Ligne(rang, parts[rang], refuse);
  }

  void Ligne(int rang, int64_t euros, bool refuse) {
    LigneExemple ligne;
    ligne.rang = rang;
    ligne.financeur = NomFinanceur(rang, contrat_);
    ligne.name = absl::StrCat("lignes/", dossier_.id, "-",
                              std::string(types::DernierSegment(ligne.financeur)));
    ligne.enveloppe = EnveloppeDe(rang, contrat_, exercice_);
    // The État gives crédits spécifiques of programme 147; the others nine tenths of droit commun.
    const int64_t specifiques = rang == kEtat ? euros : euros / 10;
    ligne.accorde = {(euros - specifiques) * kEuro, specifiques * kEuro};
    // More is asked than granted; past exercices are almost all paid, the last one by half.
    const int64_t plus = tirage_.Entre(105, 140), paye = exercice_ == kDernier ? 50 : 97;
    ligne.demande = {(euros - specifiques) * plus / 100 * kEuro, specifiques * plus / 100 * kEuro};
    ligne.paye = {ligne.accorde.commun * paye / 100, ligne.accorde.specifiques * paye / 100};
    const int64_t sort = tirage_.Entre(1, 100);
    if (refuse || (rang != kEtat && rang_ > 2 && sort <= 3))
      ligne.issue = Issue::kRefusee;
    else if (rang == kCommunes && rang_ > 2 && exercice_ == kDernier && sort <= 7)
      ligne.issue = Issue::kSansReponse;
    dossier_.lignes.push_back(std::move(ligne));
  }

  // Charges on the lines of the form; products: what each funder is asked, the rest by the porteur.
  void Budget() {
    auto ecrire = [this](const char* compte, int64_t centimes) {
      auto* ligne = dossier_.budget.add_lignes();
      ligne->set_compte(compte);
      ligne->set_montant_centimes(centimes);
      return ligne;
    };
    int64_t produits = 0;
    for (const LigneExemple& ligne : dossier_.lignes) {
      ecrire(CompteSubvention(ligne.rang), ligne.demande.total())->set_financeur(ligne.financeur);
      produits += ligne.demande.total();
    }
    const int64_t propres = produits * tirage_.Entre(8, 20) / 100, cotisations = propres / 4;
    ecrire("756", cotisations);
    ecrire("propres", propres - cotisations);
    produits += propres;
    constexpr const char* kCharges[] = {"641", "645", "601", "613", "616", "622", "625"};
    const std::vector<int64_t> charges =
        types::RepartirAuPlusFortReste(produits, {48, 17, 12, 9, 2, 8, 4});
    for (size_t i = 0; i < charges.size(); ++i) ecrire(kCharges[i], charges[i]);
    const int64_t benevolat = tirage_.Entre(5, 40) * 100 * kEuro;
    ecrire("864", benevolat);
    ecrire("870", benevolat);
  }

  const ContratExemple& contrat_;
  const int exercice_, rang_, ordre_;
  Tirage tirage_;
  DossierExemple dossier_;
};

}  // namespace

std::vector<DossierExemple> Campagne(int exercice) {
  std::vector<DossierExemple> dossiers;
  int ordre = 0;
  for (const ContratExemple& contrat : kContrats) {
    for (int rang = 1; rang <= contrat.actions_par_an; ++rang)
      dossiers.push_back(Redaction(contrat, exercice, rang, ++ordre).Ecrire());
  }
  return dossiers;
}

actions::v1::AppelAProjets Appel(int exercice) {
  actions::v1::AppelAProjets appel;
  appel.set_name(absl::StrCat("appels/herault-", exercice));
  appel.set_libelle(absl::StrCat("Contrats de ville de l'Hérault, appel à projets ", exercice));
  appel.set_reglement(
      "Appel d'exemple d'un exercice passé : il reste ouvert le temps de charger ses dossiers, qui "
      "sont déposés selon les règles du jour du chargement.");
  appel.set_exercice(exercice);
  for (const ContratExemple& contrat : kContrats) appel.add_contrats(NomContrat(contrat));
  *appel.mutable_date_ouverture() = Le(exercice - 1, 10, 1);
  appel.set_part_qpv_min_points(5000);
  auto* critere = appel.add_criteres();
  critere->set_id("mixite");
  critere->set_question("Comment l'action touche-t-elle les femmes et les filles des quartiers ?");
  critere->set_reponse_obligatoire(true);
  critere->set_note_max(20);
  appel.add_financeurs("financeurs/etat");
  return appel;
}

}  // namespace pdv::pdvctl::exemple
