#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_DOSSIER_TEST_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_DOSSIER_TEST_H_

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/evaluation.h"

namespace pdv::actions::regles {

// A dossier that breaks no rule on any day, and what it is judged on; tests break one thing at a
// time.
class DossierTest : public ::testing::Test {
 protected:
  DossierTest() {
    porteur_.set_name("porteurs/p");
    porteur_.set_forme(v1::FORME_PORTEUR_ASSOCIATION);
    porteur_.set_siret("77554402601284");
    v1::FaitEngagement* souscription = porteur_.add_cer_historique();
    souscription->set_nature(v1::NATURE_FAIT_ENGAGEMENT_SOUSCRIPTION);
    Ecrire(types::Date(2022, 1, 2), souscription->mutable_date());
    Ecrire(types::Date(2015, 1, 1), contrat_.mutable_date_debut());
    Ecrire(types::Date(2023, 12, 31), contrat_.mutable_date_fin());
    contrat_.set_nomenclature("nomenclatures/piliers-2015-2023");
    appel_.set_libelle("Hérault 2023");
    appel_.add_contrats("contrats/cv110");
    appel_.set_exercice(2023);
    appel_.set_etat(v1::ETAT_APPEL_PUBLIE);
    appel_.set_part_qpv_min_points(6000);
    Ecrire(types::Date(1990, 1, 1), appel_.mutable_date_ouverture());
    Ecrire(types::Date(2100, 1, 1), appel_.mutable_date_cloture());
    v1::Critere* critere = appel_.add_criteres();
    critere->set_id("mixite");
    critere->set_question("Comment touchez-vous les femmes ?");
    critere->set_reponse_obligatoire(true);
    appel_.add_criteres()->set_id("lien");
    v1::PieceRequise* piece = appel_.add_pieces();
    piece->set_code("rib");
    piece->set_libelle("Relevé d'identité bancaire");
    piece->set_obligatoire(true);
    piece->set_nature(v1::NATURE_DOCUMENT_RIB);
    appel_.add_pieces()->set_code("photo");
    budget_.set_equilibre(true);
    budget_.set_part_subventions_points(8000);
    budget_.set_part_aides_publiques_points(7000);
    budget_.set_part_ressources_propres_points(2000);
    qpv_.set_name("qpv/qp034001");
    qpv_.set_code("QP034001");
    qpv_.set_departement("departements/34");
    rib_.set_name("porteurs/p/documents/rib");
    rib_.set_titre("RIB de l'association");
    rib_.set_nature(v1::NATURE_DOCUMENT_RIB);
    RemplirAction();
    faits_ = {&action_, &porteur_, &contrat_, {}, &appel_, &budget_, types::Date(2022, 12, 1),
              {&qpv_},  {&rib_}};
  }
  void RemplirAction() {
    action_.set_name("actions/2023-cv110-0042");
    action_.set_porteur("porteurs/p");
    action_.set_contrat("contrats/cv110");
    action_.set_type(v1::TYPE_ACTION_ACTION);
    action_.set_thematique("nomenclatures/piliers-2015-2023/thematiques/education");
    action_.set_exercice(2023);
    action_.set_appel("appels/herault-2023");
    Ecrire(types::Date(2023, 1, 1), action_.mutable_date_debut());
    Ecrire(types::Date(2023, 12, 31), action_.mutable_date_fin());
    auto* part = action_.add_quartiers();
    part->set_qpv("qpv/qp034001");
    part->set_part_points(10'000);
    auto* femmes = action_.add_publics();
    femmes->set_sexe(v1::SEXE_FEMME);
    femmes->set_age(v1::TRANCHE_AGE_DE_18_A_25);
    femmes->set_effectif(60);
    femmes->set_effectif_qpv(40);
    auto* hommes = action_.add_publics();
    hommes->set_sexe(v1::SEXE_HOMME);
    hommes->set_age(v1::TRANCHE_AGE_DE_18_A_25);
    hommes->set_effectif(40);
    hommes->set_effectif_qpv(20);
    auto* reponse = action_.add_reponses();
    reponse->set_critere("mixite");
    reponse->set_texte("Par des créneaux réservés");
    auto* piece = action_.add_pieces();
    piece->set_code("rib");
    piece->set_document("porteurs/p/documents/rib");
  }
  // The ids of the rules that the dossier breaks on a day.
  std::vector<std::string> Brisees(types::Date jour) {
    faits_.jour = jour;
    std::vector<std::string> ids;
    const v1::EvaluerDossierResponse found = Evaluer(faits_);
    for (const auto& constat : found.constats()) ids.push_back(constat.regle());
    return ids;
  }
  std::vector<std::string> Brisees() { return Brisees(faits_.jour); }
  // The paths of what the dossier lacks.
  std::vector<std::string> Champs() const {
    std::vector<std::string> champs;
    const v1::EvaluerDossierResponse found = Evaluer(faits_);
    for (const auto& constat : found.constats()) champs.push_back(constat.champ());
    return champs;
  }
  // One more quartier that the contrat lists.
  contrats::v1::Territoire* Enumerer(const char* qpv) {
    auto* one = contrat_.add_territoires();
    one->set_territoire(qpv);
    one->set_role(contrats::v1::ROLE_TERRITOIRE_QUARTIER);
    return one;
  }

  v1::Porteur porteur_;
  v1::Action action_;
  v1::AppelAProjets appel_;
  contrats::v1::Contrat contrat_;
  financement::v1::Budget budget_;
  contrats::v1::Qpv qpv_;
  v1::Document rib_;
  Faits faits_;
};

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_DOSSIER_TEST_H_
