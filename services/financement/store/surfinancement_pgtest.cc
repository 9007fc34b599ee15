// What the detector gathers on a real database, by porteur and year.
#include "gmock/gmock.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/financement/store/banc_pgtest.h"
#include "services/financement/store/surfinancement.h"

namespace pdv::financement {
namespace {

using ::testing::HasSubstr;

class SurfinancementTest : public ::testing::Test {
 protected:
  SurfinancementTest() {
    banc_.Sql(R"sql(
      INSERT INTO miroir_porteur (name, revision, raison_sociale, siret, rna) VALUES
        ('porteurs/p', 1, 'Les Ateliers', '52499120500013', 'W333216789'),
        ('porteurs/autre', 1, 'Autre', NULL, NULL);
      INSERT INTO miroir_action (name, revision, intitule, porteur, exercice, quartiers, etat) VALUES
        ('actions/a', 1, 'Ateliers théâtre', 'porteurs/p', 2023, '[]', 'PROGRAMMEE'),
        ('actions/b', 1, 'Ateliers de théâtre', 'porteurs/p', 2023, '[]', 'ABANDONNEE'),
        ('actions/c', 1, 'Ateliers théâtre', 'porteurs/autre', 2023, '[]', 'PROGRAMMEE');
      INSERT INTO financeur VALUES ('financeurs/ville', 'u', 1, now(), now(), 'Ville de Montpellier',
        'COMMUNE', '213401722', false);
    )sql");
    for (const char* id : {"a", "b", "c"}) Demander(id);
  }

  void Demander(const std::string& action) {
    v1::Ligne ligne = Banc::Demande(action + "-ville", action, "", 300'00);
    ligne.set_financeur("financeurs/ville");
    const auto made = banc_.Creer(ligne);
    ASSERT_TRUE(made.ok()) << made.status();
  }
  void Publier(const std::string& id, const std::string& siret, const std::string& rna,
               int64_t centimes, const std::string& periode = "2023-06-01/2023-12-31") {
    banc_.Sql(absl::StrCat(
        "INSERT INTO subvention (name, uid, revision, create_time, update_time, attribuant,"
        " attribuant_siret, date_convention, beneficiaire, beneficiaire_siret, beneficiaire_rna,"
        " objet, montant_centimes, nature, conditions_versement, periode_versement,"
        " notification_ue, part_points, rang) VALUES ('subventions/",
        id, "', 'u', 1, now(), now(), 'Ville', '21340172201787', '2022-12-15', 'x', nullif('",
        siret, "', ''), nullif('", rna, "', ''), 'Ateliers théâtre', ", centimes,
        ", 'NUMERAIRE', 'unique', '", periode, "', false, 10000, 1)"));
  }
  v1::DetecterSurfinancementResponse Detecter(int32_t exercice = 0) {
    v1::DetecterSurfinancementRequest request;
    request.set_porteur("porteurs/p");
    request.set_exercice(exercice);
    auto answer = DetecterSurfinancement(banc_.sql(), request);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return answer.ok() ? *answer : v1::DetecterSurfinancementResponse();
  }

  Banc banc_;
};

TEST_F(SurfinancementTest, NothingIsSaidOfWhatAgrees) {
  Publier("s", "52499120500013", "", 300'00);
  const auto answer = Detecter();
  EXPECT_EQ(answer.constats_size(), 0) << answer.DebugString();
  EXPECT_EQ(answer.actions(), 1);
  EXPECT_EQ(answer.actions_sans_budget(), 1);
  EXPECT_EQ(answer.subventions(), 1);
}

TEST_F(SurfinancementTest, AnotherEstablishmentAndTheAssociationAreTheSamePorteur) {
  Publier("siege", "52499120500021", "", 100'00);
  Publier("rna", "", "W333216789", 100'00);
  Publier("autrui", "38033590100027", "", 100'00);
  const auto answer = Detecter(2023);
  EXPECT_EQ(answer.subventions(), 2);
  ASSERT_GE(answer.constats_size(), 1);
  EXPECT_EQ(answer.constats(0).regle(), "MONTANT_DISCORDANT");
  EXPECT_EQ(answer.constats(0).montant_centimes(), 100'00);
}

TEST_F(SurfinancementTest, TheCostIsThatOfTheBudget) {
  banc_.Sql(R"sql(
    INSERT INTO plan_comptable VALUES ('plans-comptables/x', 'u', 1, now(), now(), 'x', '2020-01-01',
      NULL, '[{"code": "60", "nature": "NATURE_COMPTE_CHARGE"}]');
    SELECT FROM ligne WHERE action = 'actions/a' FOR UPDATE;
    INSERT INTO budget VALUES ('budgets/a', 'u', 1, now(), now(), 'actions/a', 'plans-comptables/x',
      '[{"compte": "60", "montant_centimes": "25000"}]', 25000, 0, 0, 0, 0, false, NULL, 0);
  )sql");
  const auto answer = Detecter();
  ASSERT_EQ(answer.constats_size(), 1);
  EXPECT_EQ(answer.constats(0).regle(), "AIDE_SUPERIEURE_AU_COUT");
  EXPECT_EQ(answer.constats(0).gravite(), v1::GRAVITE_FINANCEMENT_AVERTISSEMENT);
  EXPECT_EQ(answer.constats(0).montant_centimes(), 50'00);
  EXPECT_THAT(answer.constats(0).message(), HasSubstr("Ateliers théâtre"));
  EXPECT_EQ(answer.actions_sans_budget(), 0);
}

TEST_F(SurfinancementTest, OfTheYearAskedOnly) {
  Publier("s", "52499120500013", "", 100'00);
  EXPECT_EQ(Detecter(2022).subventions(), 1);  // its convention
  EXPECT_EQ(Detecter(2022).actions(), 0);
  EXPECT_EQ(Detecter(2023).subventions(), 1);  // its payments
  EXPECT_EQ(Detecter(2024).subventions(), 0);
}

TEST_F(SurfinancementTest, APorteurThatNobodyKnows) {
  v1::DetecterSurfinancementRequest request;
  request.set_porteur("porteurs/inconnu");
  EXPECT_EQ(DetecterSurfinancement(banc_.sql(), request).status().code(),
            absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace pdv::financement
