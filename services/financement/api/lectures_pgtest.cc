// Reads that must wait, or take long, leave the sessions to the others.
#include <atomic>
#include <thread>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/api/essai_pgtest.h"

namespace pdv::financement {
namespace {

class LecturesTest : public FinancementTest {
 protected:
  LecturesTest() {
    service_.As("anct", "financeurs/etat");
    v1::CreateEnveloppeRequest create;
    create.set_enveloppe_id("ae");
    v1::Enveloppe& enveloppe = *create.mutable_enveloppe();
    enveloppe.set_libelle("AE");
    enveloppe.set_financeur("financeurs/etat");
    enveloppe.set_perimetre("nation");
    enveloppe.set_exercice(2023);
    enveloppe.set_nature(v1::NATURE_ENVELOPPE_AE);
    enveloppe.set_dotation_centimes(1000);
    create.set_request_id("ae");
    EXPECT_TRUE(service_.Call<v1::Enveloppe>("CreateEnveloppe", create).ok());
    other_ = *pg::Session::Connect(service_.conninfo());
  }
  absl::StatusOr<v1::Enveloppe> Lire(bool as_of_now = false) {
    v1::GetEnveloppeRequest request;
    request.set_name("enveloppes/ae");
    if (as_of_now) *request.mutable_read_time() = instant_;
    return service_.Call<v1::Enveloppe>("GetEnveloppe", request);
  }
  void Attendre(const std::string& count) {
    while (service_.Number(count) == 0) absl::SleepFor(absl::Milliseconds(5));
  }
  std::unique_ptr<pg::Session> other_;
  google::protobuf::Timestamp instant_;
};

// As many callers as there are sessions wait for a writer, and the next one reads.
TEST_F(LecturesTest, WhoWaitsForAnInstantHoldsNoSession) {
  ASSERT_TRUE(other_->Script("BEGIN; SELECT pg_current_xact_id()").ok());
  instant_ = google::protobuf::util::TimeUtil::MicrosecondsToTimestamp(
      service_.Number("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"));
  std::vector<absl::Status> answers(4);
  std::vector<std::thread> callers;
  for (absl::Status& answer : answers)
    callers.emplace_back([&] { answer = Lire(/*as_of_now=*/true).status(); });
  Attendre(
      "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT $1::timestamptz > "
      "statement%'");
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(Lire().ok());
  EXPECT_TRUE(other_->Script("COMMIT").ok());
  for (std::thread& caller : callers) caller.join();
  for (const absl::Status& answer : answers) EXPECT_TRUE(answer.ok()) << answer;
}

TEST_F(LecturesTest, AVerificationIsAloneAndTheNextOneIsToldToComeBack) {
  ASSERT_TRUE(other_->Script("BEGIN; LOCK TABLE ligne").ok());
  absl::Status first = absl::UnknownError("not answered");
  std::thread caller([&] {
    first =
        service_
            .Call<v1::VerifierAgregatsResponse>("VerifierAgregats", v1::VerifierAgregatsRequest())
            .status();
  });
  Attendre("SELECT count(*) FROM pg_locks WHERE NOT granted");
  const absl::Status second =
      service_.Call<v1::VerifierAgregatsResponse>("VerifierAgregats", v1::VerifierAgregatsRequest())
          .status();
  EXPECT_EQ(status::ReasonOf(second), "SURCHARGE");
  EXPECT_THAT(std::string(second.message()), ::testing::HasSubstr("déjà en cours"));
  EXPECT_TRUE(other_->Script("COMMIT").ok());
  caller.join();
  EXPECT_TRUE(first.ok()) << first;
  EXPECT_TRUE(
      service_.Call<v1::VerifierAgregatsResponse>("VerifierAgregats", v1::VerifierAgregatsRequest())
          .ok());
}

}  // namespace
}  // namespace pdv::financement
