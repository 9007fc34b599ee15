#include "services/actions/domain/complements.h"

#include "common/status/error.h"
#include "gtest/gtest.h"

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

void Repondre(v1::RepondreComplementsRequest* request, const char* complement) {
  auto* reponse = request->add_reponses();
  reponse->set_complement(complement);
  reponse->set_texte("Le voici");
}

TEST(ComplementsTest, AreNumberedOneAfterTheOther) {
  const auto asked = NouveauxComplements(Demande(), 3, "irene");
  ASSERT_EQ(asked.size(), 2u);
  EXPECT_EQ(asked[0].name(), "actions/a/complements/4");
  EXPECT_EQ(asked[1].name(), "actions/a/complements/5");
  EXPECT_EQ(asked[0].champ(), "date_fin");
  EXPECT_EQ(asked[1].demandeur(), "irene");
}

TEST(ComplementsTest, EverythingIsAnsweredOnce) {
  std::vector<v1::Complement> present = NouveauxComplements(Demande(), 0, "irene");
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
  const auto violations = status::ViolationsOf(
      ComplementsRepondus(request, NouveauxComplements(Demande(), 0, "irene"), "alice").status());
  ASSERT_EQ(violations.size(), 3u);  // twice the first, another action's, the second without answer
  EXPECT_EQ(violations[0].field, "reponses[1].complement");
  EXPECT_EQ(violations[1].field, "reponses[2].complement");
  EXPECT_EQ(violations[2].field, "reponses");
  for (const auto& violation : violations) EXPECT_EQ(violation.reason, "COMPLEMENTS_INCOHERENTS");
}

}  // namespace
}  // namespace pdv::actions
