// Votes by the thousand: all or none, or item by item with the reason of each refusal.
#include <thread>

#include "absl/time/clock.h"
#include "common/status/details.h"
#include "google/rpc/error_details.pb.h"
#include "services/financement/app/decider_ligne_pgtest.h"

namespace pdv::financement {
namespace {

class LotsVotesTest : public DeciderLigneTest {};

TEST_F(LotsVotesTest, ABatchIsVotedWholeOrNotAtAll) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  v1::BatchVoterLignesRequest batch;
  for (const char* id : {"a", "b", "c"}) {
    Demander(id, "ae");
    *batch.add_requests() = Vote(id, 400);
  }
  const auto refused = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  EXPECT_EQ(status::ReasonOf(refused.status()), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE etat = 'VOTEE'"), 0);
  batch.mutable_requests(2)->set_vote_specifiques_centimes(200);
  const auto voted = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->lignes(2).name(), "lignes/c");
  EXPECT_EQ(banc_.Number("SELECT consomme_centimes FROM enveloppe"), 1000);
}

TEST_F(LotsVotesTest, ABatchItemByItemVotesWhatItCanAndSaysWhyForTheRest) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  v1::BatchVoterLignesRequest batch;
  batch.set_mode(v1::MODE_LOT_ITEM_PAR_ITEM);
  for (const auto& [id, cents] : std::vector<std::pair<std::string, int64_t>>{
           {"a", 600}, {"b", 500}, {"inconnue", 1}, {"c", 400}, {"a", 1}, {"d", 0}}) {
    if (id != "inconnue" &&
        banc_.Number("SELECT count(*) FROM ligne WHERE name = 'lignes/" + id + "'") == 0)
      Demander(id, "ae");
    *batch.add_requests() = Vote(id, cents);
  }
  const auto voted = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->votees(), 2);
  ASSERT_EQ(voted->lignes_size(), 2);
  EXPECT_EQ(voted->lignes(1).name(), "lignes/c");
  std::vector<std::string> refused;
  for (const v1::RefusLigne& refus : voted->refus())
    refused.push_back(absl::StrCat(refus.rang(), " ", refus.raison()));
  EXPECT_THAT(refused, ::testing::ElementsAre("1 ENVELOPPE_INSUFFISANTE", "2 RESSOURCE_INTROUVABLE",
                                              "4 TRANSITION_INTERDITE", "5 MONTANT_NUL"));
  EXPECT_EQ(voted->refus(0).reste_centimes(), 400);
  EXPECT_EQ(Solde("consomme"), 1000);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

// What a whole batch is refused for: "TYPE subject : description", as they come.
std::vector<std::string> Violations(const absl::Status& refused) {
  std::vector<std::string> told;
  const auto failure = status::GetDetail<google::rpc::PreconditionFailure>(refused);
  if (!failure.has_value()) return told;
  for (const auto& one : failure->violations())
    told.push_back(absl::StrCat(one.type(), " ", one.subject(), " : ", one.description()));
  return told;
}

TEST_F(LotsVotesTest, ABatchThatIsRefusedWholeNamesEveryItemThatIs) {
  banc_.Enveloppe("ae", "etat", "AE", 1000);
  v1::BatchVoterLignesRequest batch;
  for (const auto& [id, cents] : std::vector<std::pair<std::string, int64_t>>{
           {"a", 600}, {"b", 500}, {"inconnue", 1}, {"c", 0}, {"d", 400}}) {
    if (id != "inconnue") Demander(id, "ae");
    *batch.add_requests() = Vote(id, cents);
  }
  const int64_t written = banc_.Number("SELECT count(*) FROM journal");
  const auto refused = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status::ReasonOf(refused), "ENVELOPPE_INSUFFISANTE");
  EXPECT_THAT(std::string(refused.message()), ::testing::StartsWith("Il reste 4,00"));
  for (const auto& [key, value] : std::vector<std::pair<std::string, std::string>>{
           {"reste_centimes", "400"}, {"rang", "1"}, {"ligne", "lignes/b"}, {"refus", "3"}})
    EXPECT_EQ(status::MetadataOf(refused, key), value) << key;
  EXPECT_THAT(
      Violations(refused),
      ::testing::ElementsAre(
          ::testing::StartsWith("ENVELOPPE_INSUFFISANTE lignes/b : Ligne n° 2 : Il reste 4,00"),
          "RESSOURCE_INTROUVABLE lignes/inconnue : Ligne n° 3 : « lignes/inconnue » n'existe pas.",
          ::testing::StartsWith("MONTANT_NUL lignes/c : Ligne n° 4 : Le montant est nul")));
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM journal"), written);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecriture WHERE nature = 'VOTE'"), 0);
  EXPECT_EQ(Solde("disponible"), 1000);
}

TEST_F(LotsVotesTest, ThousandsOfRefusalsAreCountedAndTheFirstOnesTold) {
  v1::BatchVoterLignesRequest batch;
  for (int i = 0; i < 3000; ++i) *batch.add_requests() = Vote(absl::StrCat("inconnue", i), 1);
  const auto refused = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes).status();
  EXPECT_EQ(refused.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(status::MetadataOf(refused, "name"), "lignes/inconnue0");
  EXPECT_EQ(status::MetadataOf(refused, "refus"), "3000");
  EXPECT_THAT(Violations(refused), ::testing::SizeIs(100));
}

// A lot that waits for somebody's rows holds up nobody who wants others.
TEST_F(LotsVotesTest, AVoteDoesNotWaitBehindALot) {
  banc_.Enveloppe("ae", "etat", "AE", 100'000);
  banc_.Enveloppe("autre", "etat", "AE", 1000);
  v1::BatchVoterLignesRequest batch;
  for (int i = 0; i < 120; ++i) {
    Demander(absl::StrCat("lot", i), "ae");
    *batch.add_requests() = Vote(absl::StrCat("lot", i), 10);
  }
  Demander("seule", "autre");
  auto holder = *pg::Session::Connect(banc_.conninfo());
  ASSERT_TRUE(
      holder->Script("BEGIN; SELECT 1 FROM ligne WHERE name = 'lignes/lot7' FOR UPDATE").ok());
  absl::StatusOr<v1::BatchVoterLignesResponse> whole = absl::UnknownError("nothing yet");
  std::thread lot(
      [&] { whole = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes); });
  for (int i = 0; i < 1000 && banc_.Number("SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                           "current_database() AND wait_event_type = 'Lock'") < 1;
       ++i)
    absl::SleepFor(absl::Milliseconds(10));
  EXPECT_TRUE(Voter("seule", 100).ok());
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ligne WHERE etat = 'VOTEE'"), 1);
  ASSERT_TRUE(holder->Script("COMMIT").ok());
  lot.join();
  ASSERT_TRUE(whole.ok()) << whole.status();
  EXPECT_EQ(whole->votees(), 120);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

TEST_F(LotsVotesTest, ThousandsAreVotedAtOnceOrNotAtAll) {
  constexpr int kLignes = 3000;
  banc_.Enveloppe("ae", "etat", "AE", 10 * kLignes);
  banc_.Sql(absl::StrCat(
      "INSERT INTO miroir_action (name, revision, contrat, departement, region, exercice, etat) "
      "SELECT 'actions/' || i, 1, 'contrats/cv110', 'departements/34', 'regions/76', 2023, "
      "'DEPOSEE' FROM generate_series(1, ",
      kLignes, ") i"));
  v1::BatchCreateLignesRequest demands;
  v1::BatchVoterLignesRequest batch;
  for (int i = 1; i <= kLignes; ++i) {
    const std::string id = absl::StrCat(i);
    *demands.add_requests()->mutable_ligne() = Banc::Demande(id, id, "ae", 10);
    *batch.add_requests() = Vote(id, i == kLignes ? 11 : 10);
  }
  const auto* response = v1::BatchCreateLignesResponse::descriptor();
  const auto request = std::make_shared<v1::BatchCreateLignesRequest>(demands);
  const auto created = banc_.store().MutateAndWait(Banc::Call("BatchCreateLignes"), request,
                                                   banc_.lignes().BatchCreate(request, response));
  ASSERT_TRUE(created.ok()) << created.status();
  const auto refused = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  EXPECT_EQ(status::ReasonOf(refused.status()), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(Solde("consomme"), 0);
  batch.mutable_requests(kLignes - 1)->set_vote_specifiques_centimes(10);
  const auto voted = banc_.Run<v1::BatchVoterLignesResponse>(batch, BatchVoterLignes);
  ASSERT_TRUE(voted.ok()) << voted.status();
  EXPECT_EQ(voted->votees(), kLignes);
  EXPECT_EQ(voted->lignes_size(), 0);
  EXPECT_EQ(Solde("disponible"), 0);
  // The envelope moved once, whatever the number of lines.
  EXPECT_EQ(banc_.Number("SELECT revision FROM enveloppe"), 2);
  EXPECT_EQ(banc_.Number("SELECT count(*) FROM ecart"), 0);
}

}  // namespace
}  // namespace pdv::financement
