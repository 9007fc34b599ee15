// The ledger read back: statements, explanations, and any amount as of an instant.
#include <thread>

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/store/agregats.h"
#include "services/financement/store/banc_pgtest.h"
#include "services/financement/store/echeances.h"
#include "services/financement/store/enveloppes.h"
#include "services/financement/store/releve.h"

namespace pdv::financement {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::MessageDifferencer;
using google::protobuf::util::TimeUtil;
using ::testing::ElementsAre;

constexpr char kCle[] = "clé de test";

class ReleveTest : public ::testing::Test {
 protected:
  ReleveTest() {
    EXPECT_TRUE(banc_.CreerEnveloppe("ae", "nation", 1000).ok());
    for (const char* id : {"a", "b"}) {
      banc_.Action(
          id, 1, "contrats/cv110", "",
          R"([{"qpv": "qpv/a", "part_points": 3333}, {"qpv": "qpv/b", "part_points": 6667}])");
      EXPECT_TRUE(banc_.Creer(Banc::Demande(id, id, "ae", 500)).ok());
    }
  }
  void Proposer(const std::string& id, int64_t cents) {
    v1::ProposerLigneRequest request;
    request.set_name("lignes/" + id);
    request.set_propose_specifiques_centimes(cents);
    ASSERT_TRUE(banc_.Run<v1::Ligne>(request, ProposerLigne).ok());
  }
  void Voter(const std::string& id, int64_t cents) {
    v1::VoterLigneRequest request;
    request.set_name("lignes/" + id);
    request.set_vote_specifiques_centimes(cents);
    ASSERT_TRUE(banc_.Run<v1::Ligne>(request, VoterLigne).ok());
  }
  Timestamp Maintenant() {
    const auto rows = banc_.sql().Exec(
        "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", {}, false);
    return TimeUtil::MicrosecondsToTimestamp(rows->Int64(0, 0));
  }
  v1::Enveloppe Lire(const Timestamp* instant = nullptr) {
    v1::GetEnveloppeRequest request;
    request.set_name("enveloppes/ae");
    if (instant != nullptr) *request.mutable_read_time() = *instant;
    auto enveloppe = GetEnveloppe(banc_.sql(), request);
    EXPECT_TRUE(enveloppe.ok()) << enveloppe.status();
    enveloppe->clear_etag();
    enveloppe->clear_update_time();
    return *enveloppe;
  }
  v1::Agregats Sommes(const Timestamp* instant = nullptr) {
    v1::GetAgregatsRequest request;
    request.set_perimetre("departements/34");
    request.set_exercice_debut(2023);
    request.set_par_contrat(true);
    if (instant != nullptr) *request.mutable_read_time() = *instant;
    const auto sums = GetAgregats(banc_.sql(), request);
    EXPECT_TRUE(sums.ok()) << sums.status();
    return *sums;
  }
  v1::ReleveCompteResponse Releve(const std::string& compte, int size = 0,
                                  const std::string& token = "") {
    v1::ReleveCompteRequest request;
    request.set_compte(compte);
    request.set_page_size(size);
    request.set_page_token(token);
    const auto answer = ReleveCompte(banc_.sql(), request, kCle);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return *answer;
  }
  // "VOTE -5 995": nature, movement, balance after it.
  static std::vector<std::string> Phrases(const v1::ReleveCompteResponse& releve) {
    std::vector<std::string> phrases;
    for (const v1::MouvementCompte& m : releve.mouvements())
      phrases.push_back(absl::StrCat(
          v1::NatureEcriture_Name(m.ecriture().nature()).substr(sizeof("NATURE_ECRITURE_") - 1),
          " ", m.montant_centimes(), " ", m.solde_centimes()));
    return phrases;
  }
  Banc banc_;
};

TEST_F(ReleveTest, AnAccountIsReadEntryByEntry) {
  Proposer("a", 300);
  Voter("a", 200);
  const auto releve = Releve("enveloppes/ae/comptes/disponible");
  EXPECT_THAT(Phrases(releve),
              ElementsAre("ABONDEMENT 1000 1000", "RESERVATION -300 700", "LIBERATION 100 800"));
  EXPECT_EQ(releve.mouvements(1).ecriture().ligne(), "lignes/a");
  EXPECT_EQ(releve.mouvements(1).ecriture().acteur(), "essai");
  EXPECT_TRUE(releve.mouvements(1).ecriture().has_instant());
  ASSERT_EQ(releve.soldes_size(), 1);
  EXPECT_EQ(releve.soldes(0).solde_centimes(), 800);
  EXPECT_EQ(status::ReasonOf(ReleveCompte(
                                 banc_.sql(),
                                 [] {
                                   v1::ReleveCompteRequest unknown;
                                   unknown.set_compte("lignes/inconnue");
                                   return unknown;
                                 }(),
                                 kCle)
                                 .status()),
            "RESSOURCE_INTROUVABLE");
}

TEST_F(ReleveTest, PagesFollowEachOtherWithTheirBalances) {
  Proposer("a", 300);
  Voter("a", 300);
  const auto whole = Releve("lignes/a");
  // The vote is one entry between two accounts of the line: two movements.
  EXPECT_THAT(Phrases(whole), ElementsAre("DEMANDE 500 500", "PROPOSITION 300 300",
                                          "RESERVATION 300 300", "VOTE -300 0", "VOTE 300 300"));
  v1::ReleveCompteResponse pages;
  std::string token;
  do {
    const auto page = Releve("lignes/a", 2, token);
    pages.MergeFrom(page);
    token = page.next_page_token();
  } while (!token.empty());
  ASSERT_EQ(pages.mouvements_size(), whole.mouvements_size());
  for (int i = 0; i < whole.mouvements_size(); ++i)
    EXPECT_TRUE(MessageDifferencer::Equals(pages.mouvements(i), whole.mouvements(i))) << i;
}

TEST_F(ReleveTest, AnEnvelopeExplainsItsRemainder) {
  Proposer("a", 300);
  Voter("a", 200);
  Voter("b", 50);
  const v1::Enveloppe enveloppe = Lire();
  int64_t remainder = 0;
  for (const v1::PartEnveloppe& part : enveloppe.explication())
    remainder += part.entrees_centimes() - part.sorties_centimes();
  EXPECT_EQ(remainder, enveloppe.disponible_centimes());
  EXPECT_EQ(enveloppe.explication_size(), 4);
  EXPECT_EQ(enveloppe.explication(0).nature(), v1::NATURE_ECRITURE_ABONDEMENT);
  EXPECT_EQ(enveloppe.explication(3).nature(), v1::NATURE_ECRITURE_VOTE);
  EXPECT_EQ(enveloppe.explication(3).sorties_centimes(), 50);
}

TEST_F(ReleveTest, AnyAmountIsReadAsOfAnInstant) {
  const Timestamp before_all = TimeUtil::SecondsToTimestamp(1'000'000'000);
  std::vector<std::pair<Timestamp, std::pair<v1::Enveloppe, v1::Agregats>>> photos;
  auto photo = [&] { photos.push_back({Maintenant(), {Lire(), Sommes()}}); };
  photo();
  Proposer("a", 300);
  photo();
  Voter("b", 150);
  photo();
  Voter("a", 123);
  v1::GelerEnveloppeRequest freeze;
  freeze.set_name("enveloppes/ae");
  freeze.set_montant_centimes(100);
  freeze.set_motif("Mise en réserve.");
  ASSERT_TRUE(banc_.Run<v1::Enveloppe>(freeze, GelerEnveloppe).ok());
  photo();
  for (const auto& [instant, seen] : photos) {
    SCOPED_TRACE(TimeUtil::ToString(instant));
    EXPECT_TRUE(MessageDifferencer::Equals(Lire(&instant), seen.first))
        << Lire(&instant).DebugString() << seen.first.DebugString();
    EXPECT_TRUE(MessageDifferencer::Equals(Sommes(&instant), seen.second))
        << Sommes(&instant).DebugString() << seen.second.DebugString();
  }
  EXPECT_EQ(Sommes(&before_all).agregats_size(), 0);
  v1::GetEnveloppeRequest early;
  early.set_name("enveloppes/ae");
  *early.mutable_read_time() = before_all;
  EXPECT_EQ(status::ReasonOf(GetEnveloppe(banc_.sql(), early).status()), "RESSOURCE_INTROUVABLE");
  *early.mutable_read_time() = TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(absl::Now()) + 60);
  EXPECT_EQ(status::ReasonOf(GetEnveloppe(banc_.sql(), early).status()), "INSTANT_FUTUR");
}

// An instant is read once nobody can write in it any more: what it shows never changes.
TEST_F(ReleveTest, AnInstantWaitsForThoseWhoWriteInIt) {
  auto writer = *pg::Session::Connect(banc_.conninfo());
  ASSERT_TRUE(writer->Script("BEGIN; SELECT pg_current_xact_id()").ok());
  ASSERT_TRUE(
      writer
          ->Script(Banc::EcritureSql("GEL", "enveloppes/ae/comptes/disponible",
                                     "enveloppes/ae/comptes/gele", 400, "", "enveloppes/ae") +
                   "UPDATE enveloppe SET disponible_centimes = 600, gele_centimes = 400")
          .ok());
  const Timestamp instant = Maintenant();
  std::thread committer([&] {
    absl::SleepFor(absl::Milliseconds(100));
    EXPECT_TRUE(writer->Script("COMMIT").ok());
  });
  EXPECT_EQ(Lire().gele_centimes(), 0);  // what is committed, now
  EXPECT_EQ(Lire(&instant).gele_centimes(), 400);
  committer.join();
}

TEST_F(ReleveTest, UndecidedLinesShowTheirAge) {
  banc_.Sql("UPDATE ligne SET demande_le = current_date - 40 WHERE name = 'lignes/b'");
  v1::ListEcheancesRequest request;
  request.set_perimetre("departements/34");
  request.set_page_size(1);
  const auto first = ListEcheances(banc_.sql(), request, kCle);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->echeances_size(), 1);
  EXPECT_EQ(first->echeances(0).ligne().name(), "lignes/b");
  EXPECT_NEAR(first->echeances(0).age_jours(), 40, 1);  // midnight in Paris is not that of UTC
  request.set_page_token(first->next_page_token());
  const auto second = ListEcheances(banc_.sql(), request, kCle);
  ASSERT_EQ(second->echeances_size(), 1);
  EXPECT_EQ(second->echeances(0).ligne().name(), "lignes/a");
  EXPECT_EQ(second->next_page_token(), "");
  request.clear_page_token();
  request.set_age_minimal_jours(30);
  EXPECT_EQ(ListEcheances(banc_.sql(), request, kCle)->next_page_token(), "");
  Voter("b", 1);
  EXPECT_EQ(ListEcheances(banc_.sql(), request, kCle)->echeances_size(), 0);
}

TEST_F(ReleveTest, AnActionThatProgramme147PaysAloneIsSaid) {
  v1::EvaluerFinancementRequest request;
  request.set_action("actions/a");
  const auto findings = EvaluerFinancement(banc_.sql(), request);
  ASSERT_TRUE(findings.ok()) << findings.status();
  ASSERT_EQ(findings->constats_size(), 1);
  EXPECT_EQ(findings->constats(0).regle(), "P147_FINANCEUR_UNIQUE");
  banc_.Financeur("region");
  v1::Ligne other = Banc::Demande("a2", "a", "", 5);
  other.set_financeur("financeurs/region");
  ASSERT_TRUE(banc_.Creer(other).ok());
  EXPECT_EQ(EvaluerFinancement(banc_.sql(), request)->constats_size(), 0);
}

}  // namespace
}  // namespace pdv::financement
