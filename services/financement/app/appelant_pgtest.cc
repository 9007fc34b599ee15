// Who may do what, on a real store: the same answer whoever else is served beside him.
#include <future>

#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

const rpc::Identity kChefDeProjetDeLaRegion = {"camille", "chef_projet", "financeurs/region"};
const rpc::Identity kChefDeProjet = {"dominique", "chef_projet", "epci/243400017"};

v1::VoterLigneRequest Vote(const std::string& id, int64_t cents) {
  v1::VoterLigneRequest request;
  request.set_name("lignes/" + id);
  request.set_vote_specifiques_centimes(cents);
  return request;
}

class AppelantTest : public ::testing::Test {
 protected:
  void Demander(const std::string& id, const std::string& financeur) {
    banc_.Action(id, 1, "contrats/cv110", "");
    v1::Ligne ligne = Banc::Demande(id, id, "", 1000);
    ligne.set_financeur("financeurs/" + financeur);
    const auto created = banc_.Creer(ligne);
    ASSERT_TRUE(created.ok()) << created.status();
  }
  Banc banc_;
};

// A funder that does not use the suite has its chef de projet: he records for it, alone or beside
// somebody else whose mutation reads the same funder.
TEST_F(AppelantTest, TheAnswerDoesNotHangOnWhoIsServedBeside) {
  banc_.Financeur("region");  // does not use the suite
  for (const char* id : {"seul", "a", "b"}) Demander(id, "region");
  const auto alone =
      banc_.RunComme<v1::Ligne>(Banc::Comme(kChefDeProjetDeLaRegion), Vote("seul", 5), VoterLigne);
  EXPECT_TRUE(alone.ok()) << alone.status();
  auto voter = [&](const rpc::Identity& qui, const char* id) {
    return std::async(std::launch::async, [&, qui, id] {
      return banc_.RunComme<v1::Ligne>(Banc::Comme(qui), Vote(id, 5), VoterLigne).status();
    });
  };
  auto one = voter(kChefDeProjetDeLaRegion, "a");
  auto other = voter(kChefDeProjet, "b");
  EXPECT_TRUE(one.get().ok());
  EXPECT_TRUE(other.get().ok());
  // It joins: its own financeur decides, and nobody for it.
  banc_.Sql("UPDATE financeur SET utilise_la_suite = true WHERE name = 'financeurs/region'");
  for (const char* id : {"c", "d"}) Demander(id, "region");
  auto refused = voter(kChefDeProjetDeLaRegion, "c");
  auto refused_too = voter(kChefDeProjet, "d");
  EXPECT_EQ(status::ReasonOf(refused.get()), "ROLE_INSUFFISANT");
  EXPECT_EQ(status::ReasonOf(refused_too.get()), "ROLE_INSUFFISANT");
}

TEST_F(AppelantTest, ADecisionHasAnAuthor) {
  Demander("a", "etat");
  const auto voted = banc_.RunComme<v1::Ligne>(Banc::Comme({"", "prefet", "financeurs/etat"}),
                                               Vote("a", 5), VoterLigne);
  EXPECT_EQ(status::ReasonOf(voted.status()), "ACTEUR_ABSENT");
  EXPECT_EQ(voted.status().code(), absl::StatusCode::kPermissionDenied);
}

}  // namespace
}  // namespace pdv::financement
