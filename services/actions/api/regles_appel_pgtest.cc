// What the rules of an appel make of a dossier, through the service.
#include "services/actions/api/appels_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;
using ::testing::HasSubstr;

class ReglesAppelTest : public AppelsTest {};

TEST_F(ReglesAppelTest, AnEvaluationTellsEverythingAndBlocksNothing) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  appel.set_part_qpv_min_points(9000);
  auto* regle = appel.add_regles();
  regle->set_id("effectif");
  regle->set_texte("Une action vise au moins 50 personnes.");
  regle->set_citation("article 3");
  regle->set_severite(v1::SEVERITE_REGLE_AVERTISSEMENT);
  regle->set_nature(v1::NATURE_REGLE_EFFECTIF_MIN);
  regle->set_valeur(50);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  const v1::EvaluerDossierResponse found = Evaluer("a");
  std::vector<std::string> regles;
  for (const auto& constat : found.constats()) regles.push_back(constat.regle());
  EXPECT_THAT(regles, ::testing::ElementsAre("contrat-engagement-republicain", "quartiers",
                                             "appel-part-qpv", "appel:effectif"));
  EXPECT_EQ(found.constats(3).severite(), v1::SEVERITE_REGLE_AVERTISSEMENT);
  // The verb refuses for the refusals, and for nothing else.
  EXPECT_EQ(ReasonOf(Attester("a").status()), "CONTRAT_ENGAGEMENT_ABSENT");
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  EXPECT_EQ(ReasonOf(Attester("a").status()), "PART_QPV_INSUFFISANTE");
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  *update.mutable_action()->mutable_publics() = Action("a").publics();
  update.mutable_action()->mutable_publics(0)->set_effectif_qpv(18);
  service_.As("redacteur", "porteurs/p");
  ASSERT_TRUE(service_.Call<v1::Action>("UpdateAction", update).ok());
  const auto filed = Attester("a");
  ASSERT_TRUE(filed.ok()) << filed.status();
  // Before the law of 2022, the engagement was not asked for.
  v1::EvaluerDossierRequest past;
  past.set_name("actions/a");
  Ecrire(types::Date(2022, 1, 1), past.mutable_jour());
  const auto then = service_.Call<v1::EvaluerDossierResponse>("EvaluerDossier", past);
  ASSERT_TRUE(then.ok());
  EXPECT_EQ(then->regles_examinees(), found.regles_examinees() - 2);
  past.set_name("actions/inconnue");
  EXPECT_EQ(service_.Call<v1::EvaluerDossierResponse>("EvaluerDossier", past).status().code(),
            absl::StatusCode::kNotFound);
  const auto table = service_.Call<v1::ListReglesResponse>("ListRegles", v1::ListReglesRequest());
  ASSERT_TRUE(table.ok());
  EXPECT_EQ(table->regles(0).id(), "contrat-engagement-republicain");
}

TEST_F(ReglesAppelTest, CapsAndOwnSharesAreRulesOfTheAppelAlone) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  auto* regle = appel.add_regles();
  regle->set_id("autofinancement");
  regle->set_texte("Le porteur apporte 20 % au moins du budget de son action.");
  regle->set_citation("article 6");
  regle->set_severite(v1::SEVERITE_REGLE_REFUS);
  regle->set_nature(v1::NATURE_REGLE_PART_RESSOURCES_PROPRES_MIN);
  regle->set_valeur(2000);
  auto* plafond = appel.add_regles();
  *plafond = *regle;
  plafond->set_id("aides-publiques");
  plafond->set_texte("Les aides publiques paient 80 % au plus de l'action.");
  plafond->set_nature(v1::NATURE_REGLE_PART_AIDES_PUBLIQUES_MAX);
  plafond->set_valeur(8000);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  EXPECT_EQ(ReasonOf(Attester("a").status()), "REGLE_LOCALE");  // neither share is known
  service_.Script(
      "UPDATE miroir_budget SET part_aides_publiques_points = 8001, "
      "part_ressources_propres_points = 2000");
  absl::Status refused = Attester("a").status();
  EXPECT_EQ(status::MetadataOf(refused, "regle"), "appel:aides-publiques");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("80,01 %"));
  service_.Script(
      "UPDATE miroir_budget SET part_aides_publiques_points = 8000, "
      "part_ressources_propres_points = 1999");
  refused = Attester("a").status();
  EXPECT_EQ(status::MetadataOf(refused, "regle"), "appel:autofinancement");
  EXPECT_THAT(std::string(refused.message()), HasSubstr("19,99 %"));
  service_.Script("UPDATE miroir_budget SET part_ressources_propres_points = 2000");
  EXPECT_TRUE(Attester("a").ok());
}

TEST_F(ReglesAppelTest, APieceThatLacksStopsTheCompletenessAlone) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  auto* piece = appel.add_pieces();
  piece->set_code("rib");
  piece->set_libelle("Relevé d'identité bancaire");
  piece->set_obligatoire(true);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  Soumettre("a");
  ASSERT_TRUE(Attester("a").ok());
  const absl::Status incomplete =
      Faire<v1::DeclarerCompleteRequest>(Verbe::kDeclarerComplete, "a").status();
  EXPECT_EQ(ReasonOf(incomplete), "PIECE_ABSENTE");
  EXPECT_THAT(std::string(incomplete.message()), HasSubstr("Relevé d'identité bancaire"));
}

TEST_F(ReglesAppelTest, APieceIsOfTheNatureThatTheAppelAsksFor) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  const std::string print(64, 'a');
  service_.Script(
      "INSERT INTO contenu_document (porteur, empreinte, taille_octets, lieu) VALUES "
      "('porteurs/p', '" +
      print +
      "', 10, 'postgres'); INSERT INTO document (name, uid, revision, create_time, update_time, "
      "porteur, nature, titre, type_contenu, taille_octets, empreinte, deposant) VALUES "
      "('porteurs/p/documents/d', 'u', 1, now(), now(), 'porteurs/p', 'STATUTS', 'Statuts', "
      "'application/pdf', 10, '" +
      print + "', 'alice')");
  v1::AppelAProjets appel = Appel(aujourdhui_, aujourdhui_ + 30);
  auto* piece = appel.add_pieces();
  piece->set_code("rib");
  piece->set_libelle("Relevé d'identité bancaire");
  piece->set_obligatoire(true);
  piece->set_nature(v1::NATURE_DOCUMENT_RIB);
  ASSERT_TRUE(Creer(appel).ok());
  ASSERT_TRUE(Publier().ok());
  v1::Action action = Action("a");
  action.set_appel("appels/herault-2023");
  auto* joined = action.add_pieces();
  joined->set_code("rib");
  joined->set_document("porteurs/p/documents/d");
  ASSERT_TRUE(Creer(action).ok());
  ASSERT_TRUE(Deposer("a").ok());
  const absl::Status refused =
      Faire<v1::DeclarerCompleteRequest>(Verbe::kDeclarerComplete, "a").status();
  EXPECT_EQ(ReasonOf(refused), "PIECE_DIFFERENTE");
  EXPECT_EQ(status::MetadataOf(refused, "champ"), "pieces[0].document");
  const v1::EvaluerDossierResponse found = Evaluer("a");
  ASSERT_FALSE(found.constats().empty());
  EXPECT_EQ(found.constats(found.constats_size() - 1).champ(), "pieces[0].document");
}

}  // namespace
}  // namespace pdv::actions
