#include "services/actions/domain/complements.h"

#include "common/status/error.h"
#include "common/validate/validator.h"
#include "gtest/gtest.h"
#include "services/actions/domain/regles/regle.h"

namespace pdv::actions {
namespace {

v1::DemanderComplementsRequest Demande() {
  v1::DemanderComplementsRequest request;
  request.set_name("actions/a");
  request.add_demandes()->set_objet("Le calendrier");
  request.add_demandes()->set_objet("Les intervenants");
  request.mutable_demandes(0)->set_champ("date_fin");
  return request;
}

std::vector<v1::Complement> Demandes(size_t already) {
  return NouveauxComplements(Demande(), already, "irene").value();
}

void Repondre(v1::RepondreComplementsRequest* request, const char* complement) {
  auto* reponse = request->add_reponses();
  reponse->set_complement(complement);
  reponse->set_texte("Le voici");
}

TEST(ComplementsTest, AreNumberedOneAfterTheOther) {
  const auto asked = Demandes(3);
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].name(), "actions/a/complements/4");
  EXPECT_EQ(asked[1].name(), "actions/a/complements/5");
  EXPECT_EQ(asked[0].champ(), "date_fin");
  EXPECT_EQ(asked[1].demandeur(), "irene");
}

// What EvaluerDossier tells is said to the porteur as it is.
TEST(ComplementsTest, NameThePlacesThatTheRulesName) {
  std::vector<std::string> places = {"publics[2].effectif_qpv",
                                     "pieces[0].document",
                                     "quartiers[10].qpv",
                                     "marques_transversales[0]",
                                     "budget",
                                     ""};
  for (const regles::Regle& regle : regles::Nationales()) places.emplace_back(regle.champ);
  v1::DemanderComplementsRequest request = Demande();
  for (const std::string& place : places) {
    request.mutable_demandes(0)->set_champ(place);
    EXPECT_TRUE(validate::Check(request).empty()) << place;
    const auto asked = NouveauxComplements(request, 0, "irene");
    ASSERT_TRUE(asked.ok()) << asked.status();
    EXPECT_EQ((*asked)[0].champ(), place);
  }
}

TEST(ComplementsTest, NameNoPlaceThatADossierHasNot) {
  v1::DemanderComplementsRequest request = Demande();
  for (const char* place : {"Public visé", "publics[]", "publics.", ".publics", "publics[a]"}) {
    request.mutable_demandes(0)->set_champ(place);
    EXPECT_EQ(validate::Check(request).size(), 1u) << place;
  }
  request.mutable_demandes(0)->set_champ("zzz");
  for (const char* place : {"zzz", "publics[0].zzz", "date_fin[0]", "intitule.zzz", "budget.zzz"}) {
    request.mutable_demandes(1)->set_champ(place);
    const auto violations = status::ViolationsOf(NouveauxComplements(request, 0, "irene").status());
    ASSERT_EQ(violations.size(), 2u) << place;
    EXPECT_EQ(violations[0].field, "demandes[0].champ");
    EXPECT_EQ(violations[1].field, "demandes[1].champ");
    EXPECT_EQ(violations[1].reason, "CHAMP_INCONNU");
  }
}

TEST(ComplementsTest, EverythingIsAnsweredOnce) {
  std::vector<v1::Complement> present = Demandes(0);
  v1::RepondreComplementsRequest request;
  request.set_name("actions/a");
  Repondre(&request, "actions/a/complements/2");
  Repondre(&request, "actions/a/complements/1");
  const auto answered = ComplementsRepondus(request, present, "alice");
  ASSERT_TRUE(answered.ok()) << answered.status();
  ASSERT_EQ(answered->size(), 2u);
  EXPECT_EQ((*answered)[0].name(), "actions/a/complements/2");
  EXPECT_EQ((*answered)[0].reponse(), "Le voici");
  EXPECT_EQ((*answered)[0].repondant(), "alice");
  // What has its answer is not asked for again.
  EXPECT_EQ(status::ViolationsOf(ComplementsRepondus(request, *answered, "alice").status()).size(),
            2u);
}

TEST(ComplementsTest, WhatLacksAndWhatIsTooMuchIsSaidAtOnce) {
  v1::RepondreComplementsRequest request;
  request.set_name("actions/a");
  Repondre(&request, "actions/a/complements/1");
  Repondre(&request, "actions/a/complements/1");
  Repondre(&request, "actions/b/complements/2");
  const auto violations =
      status::ViolationsOf(ComplementsRepondus(request, Demandes(0), "alice").status());
  ASSERT_EQ(violations.size(), 3u);  // twice the first, another action's, the second without answer
  EXPECT_EQ(violations[0].field, "reponses[1].complement");
  EXPECT_EQ(violations[1].field, "reponses[2].complement");
  EXPECT_EQ(violations[2].field, "reponses");
  for (const auto& violation : violations) EXPECT_EQ(violation.reason, "COMPLEMENTS_INCOHERENTS");
}

}  // namespace
}  // namespace pdv::actions
