// Who may do what, on a real store: the same answer whoever else is served beside him, and no door
// beside the verbs.
#include <future>

#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

const rpc::Identity kChefDeProjetDeLaRegion = {"camille", "chef_projet", "financeurs/region"};
const rpc::Identity kChefDeProjet = {"dominique", "chef_projet", "epci/243400017"};
const rpc::Identity kRedacteur = {"nadia", "redacteur", "porteurs/p"};

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
  // UpdateLigne of the envelope, by somebody.
  std::string Imputer(rpc::Identity qui, const std::string& id, const std::string& enveloppe) {
    auto request = std::make_shared<v1::UpdateLigneRequest>();
    request->mutable_ligne()->set_name("lignes/" + id);
    request->mutable_ligne()->set_enveloppe(enveloppe.empty() ? "" : "enveloppes/" + enveloppe);
    request->mutable_update_mask()->add_paths("enveloppe");
    return status::ReasonOf(banc_.store()
                                .MutateAndWait(Banc::Comme(std::move(qui), "UpdateLigne"), request,
                                               banc_.lignes().Update(request))
                                .status());
  }
  std::string Changer(rpc::Identity qui, const v1::Financeur& financeur, const char* champ) {
    auto request = std::make_shared<v1::UpdateFinanceurRequest>();
    *request->mutable_financeur() = financeur;
    request->mutable_update_mask()->add_paths(champ);
    return status::ReasonOf(banc_.store()
                                .MutateAndWait(Banc::Comme(std::move(qui), "UpdateFinanceur"),
                                               request, banc_.financeurs().Update(request))
                                .status());
  }
  std::string Doter(rpc::Identity qui, const char* financeur, int64_t dotation,
                    const std::string& request_id) {
    auto request = std::make_shared<v1::CreateEnveloppeRequest>();
    v1::Enveloppe& enveloppe = *request->mutable_enveloppe();
    enveloppe.set_libelle("Une enveloppe");
    enveloppe.set_financeur(financeur);
    enveloppe.set_perimetre("nation");
    enveloppe.set_exercice(2023);
    enveloppe.set_nature(v1::NATURE_ENVELOPPE_AE);
    enveloppe.set_dotation_centimes(dotation);
    request->set_request_id(request_id);
    const absl::Status status = banc_.store()
                                    .MutateAndWait(Banc::Comme(std::move(qui), "CreateEnveloppe"),
                                                   request, banc_.enveloppes().Create(request))
                                    .status();
    const auto violations = status::ViolationsOf(status);
    return violations.empty() ? status::ReasonOf(status) : violations[0].field;
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

TEST_F(AppelantTest, ADotationIsGivenByWhoMayGiveItAndOnce) {
  const rpc::Identity anct = {"anct", "anct", "financeurs/etat"};
  EXPECT_EQ(Doter(kRedacteur, "financeurs/etat", 100, "r1"), "ROLE_INSUFFISANT");
  EXPECT_EQ(Doter({"x", "", ""}, "financeurs/etat", 100, "r2"), "ROLE_INSUFFISANT");
  EXPECT_EQ(Doter({"x", "prefet", "financeurs/autre"}, "financeurs/etat", 100, "r3"),
            "PERIMETRE_INSUFFISANT");
  EXPECT_EQ(Doter(anct, "financeurs/etat", 100, ""), "request_id");
  EXPECT_EQ(Doter(anct, "financeurs/etat", 100, "r4"), "");
  EXPECT_EQ(Doter(anct, "financeurs/etat", 100, "r4"), "");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM enveloppe"), 1);
  EXPECT_EQ(banc_.Number("SELECT sum(montant_centimes)::bigint FROM enveloppe"), 100);
  EXPECT_EQ(Doter(kRedacteur, "financeurs/etat", 0, ""), "");  // no euro moves
}

TEST_F(AppelantTest, AnotherEnvelopeIsNamedByWhoInstructsAndBeforeTheDecision) {
  const rpc::Identity instructeur = {"irene", "instructeur", "financeurs/etat"};
  for (const char* id : {"un", "deux"}) banc_.Enveloppe(id, "etat", "AE", 1000);
  Demander("a", "etat");
  EXPECT_EQ(Imputer(kRedacteur, "a", "un"), "ROLE_INSUFFISANT");
  EXPECT_EQ(Imputer({"x", "instructeur", "financeurs/caf"}, "a", "un"), "PERIMETRE_INSUFFISANT");
  EXPECT_EQ(Imputer(instructeur, "a", "un"), "");
  v1::ProposerLigneRequest propose;
  propose.set_name("lignes/a");
  propose.set_propose_specifiques_centimes(10);
  ASSERT_TRUE(banc_.Run<v1::Ligne>(propose, ProposerLigne).ok());
  EXPECT_EQ(Imputer(instructeur, "a", "deux"), "LIGNE_DECIDEE");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(Vote("a", 10), VoterLigne).ok());
  EXPECT_EQ(Imputer(instructeur, "a", "deux"), "LIGNE_DECIDEE");
  // A proposal that none holds gets one by another proposal, which holds it there.
  Demander("c", "etat");
  propose.set_name("lignes/c");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(propose, ProposerLigne).ok());
  EXPECT_EQ(Imputer(instructeur, "c", "deux"), "LIGNE_DECIDEE");
  // A vote that no envelope gave takes none afterwards either.
  Demander("b", "etat");
  ASSERT_TRUE(banc_.Run<v1::Ligne>(Vote("b", 10), VoterLigne).ok());
  EXPECT_EQ(Imputer(instructeur, "b", "un"), "LIGNE_DECIDEE");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(AppelantTest, NobodyOpensTheDoorsOfAFunderForHimself) {
  banc_.Financeur("caf");
  banc_.Sql("UPDATE financeur SET utilise_la_suite = true WHERE name = 'financeurs/caf'");
  v1::Financeur caf, etat;
  caf.set_name("financeurs/caf");
  caf.set_libelle("CAF de l'Hérault");
  caf.set_siren("380386854");
  caf.set_categorie(v1::CATEGORIE_FINANCEUR_CAF);
  for (const char* champ : {"utilise_la_suite", "siren", "categorie"}) {
    EXPECT_EQ(Changer(kChefDeProjet, caf, champ), "ROLE_INSUFFISANT") << champ;
    EXPECT_EQ(Changer({"x", "prefet", "financeurs/etat"}, caf, champ), "") << champ;
  }
  EXPECT_EQ(Changer(kChefDeProjet, caf, "libelle"), "");
  etat.set_name("financeurs/etat");
  EXPECT_EQ(Changer({"x", "anct", "financeurs/etat"}, etat, "utilise_la_suite"), "ETAT_HORS_SUITE");
}

}  // namespace
}  // namespace pdv::financement
