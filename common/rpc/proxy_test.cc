#include <thread>

#include "common/rpc/fixture_test.h"
#include "common/status/details.h"
#include "google/rpc/error_details.pb.h"

namespace pdv::rpc {
namespace {

using absl::StatusCode;
using status::ReasonOf;
using ::testing::Contains;
using ::testing::Pair;

// channel_ leads to a proxy, which leads to the service.
class ProxyTest : public ServerFixture {
 protected:
  void SetUp() override {
    ServerOptions options;
    options.service = "essai";
    options.listen = "127.0.0.1:0";
    std::vector<ServiceTable> tables;
    tables.push_back(EssaiTable(stage_));
    peer_ = *Server::Start(options, std::move(tables));
    Start({}, {{kService, Channel::Open("127.0.0.1:" + std::to_string(peer_->port()))}});
  }
  void TearDown() override {
    ServerFixture::TearDown();
    peer_.reset();
  }
  std::unique_ptr<Server> peer_;
};

TEST_F(ProxyTest, ForwardsUnaryCallsWithTheirMetadata) {
  Metadata answered;
  CallOptions options = Within(absl::Seconds(5));
  options.metadata = {{"x-request-id", "abc"}, {"x-pdv-acteur", "agent"}};
  options.answer_metadata = &answered;
  const auto answer = Call("Echo", Mot("bonjour", 3), options);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->nombre(), 3);
  EXPECT_THAT(answered, Contains(Pair("x-pdv-position", "essai=7")));
  EXPECT_EQ(stage_->last_call->correlation_id, "abc");
  EXPECT_EQ(stage_->last_call->identity.acteur, "agent");
  EXPECT_LE(stage_->last_call->deadline - absl::Now(), absl::Seconds(6));  // the wire rounds up
}

TEST_F(ProxyTest, GivesErrorsBackUnchanged) {
  const absl::Status refused = Call("Echo", Mot("refus")).status();
  EXPECT_EQ(ReasonOf(refused), "TROP_TARD");
  EXPECT_EQ(status::MetadataOf(refused, "jour"), "lundi");
  EXPECT_EQ(status::ViolationsOf(Call("Payer", Mot("")).status()).size(), 2u);
}

TEST_F(ProxyTest, CancelsAndTimesOutThere) {
  EXPECT_EQ(Call("Lent", Mot("a"), Within(absl::Milliseconds(200))).status().code(),
            StatusCode::kDeadlineExceeded);
  EXPECT_TRUE(Eventually([&] { return stage_->last_call->cancelled(); }));
}

TEST_F(ProxyTest, ForwardsServerStreams) {
  auto reader = channel_->Read(M("Exporter"), Mot("x", 1000));
  essai::Mot mot;
  int64_t count = 0;
  while (reader->Next(&mot)) EXPECT_EQ(mot.nombre(), count++);
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(count, 1000);
}

TEST_F(ProxyTest, ForwardsTheEndOfAFeed) {
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  StreamSinkPtr sink = stage_->WaitForSink();
  ASSERT_NE(sink, nullptr);
  sink->TryWrite(Shared(Mot("a", 1)));
  essai::Mot mot;
  ASSERT_TRUE(reader->Next(&mot));
  sink->Finish(status::Error(StatusCode::kOutOfRange, "CURSEUR_PERIME", "Trop vieux."));
  EXPECT_FALSE(reader->Next(&mot));
  EXPECT_EQ(ReasonOf(reader->Finish()), "CURSEUR_PERIME");
}

TEST_F(ProxyTest, ACutReaderIsNoticedThere) {
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  ASSERT_NE(stage_->WaitForSink(), nullptr);
  reader->Cancel();
  EXPECT_EQ(reader->Finish().code(), StatusCode::kCancelled);
  EXPECT_TRUE(Eventually([&] { return stage_->streams_done == 1; }));
}

TEST_F(ProxyTest, ForwardsImports) {
  auto writer = channel_->Write(M("Importer"));
  for (int i = 1; i <= 100; ++i) ASSERT_TRUE(writer->Write(Mot("x", i)));
  essai::Mot sum;
  ASSERT_TRUE(writer->Finish(&sum).ok());
  EXPECT_EQ(sum.nombre(), 5050);
}

TEST_F(ProxyTest, AnAnswerBeforeTheEndStopsTheImport) {
  auto writer = channel_->Write(M("Importer"));
  writer->Write(Mot("stop"));
  EXPECT_TRUE(Eventually([&] { return !writer->Write(Mot("x")); }));
  essai::Mot sum;
  EXPECT_EQ(ReasonOf(writer->Finish(&sum)), "ASSEZ");
}

TEST_F(ProxyTest, ACutImportIsNotAFinishedImport) {
  auto writer = channel_->Write(M("Importer"));
  ASSERT_TRUE(writer->Write(Mot("x", 1)));
  ASSERT_TRUE(writer->Write(Mot("x", 2)));
  ASSERT_TRUE(Eventually([&] { return stage_->imports == 1; }));
  writer->Cancel();
  EXPECT_TRUE(Eventually([&] { return stage_->cancelled_imports == 1; }));
}

TEST_F(ProxyTest, ADeadPeerIsNamed) {
  ASSERT_TRUE(Call("Echo", Mot("a")).ok());
  peer_.reset();
  const absl::Status status = Call("Echo", Mot("a")).status();
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "SERVICE_INJOIGNABLE");
  EXPECT_EQ(status::MetadataOf(status, "service"), kService);
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  EXPECT_EQ(ReasonOf(reader->Finish()), "SERVICE_INJOIGNABLE");
  essai::Mot sum;
  EXPECT_EQ(ReasonOf(channel_->Write(M("Importer"))->Finish(&sum)), "SERVICE_INJOIGNABLE");
}

TEST_F(ProxyTest, LivesBesideTheServersOwnMethods) {
  ServiceTable voisin("pdv.rpc.essai.VoisinService");
  voisin.Unary<essai::Mot, essai::Mot>(
      "Bonjour",
      [](rpc::Call&, const essai::Mot&) -> absl::StatusOr<essai::Mot> { return Mot("d'ici"); });
  ServerOptions options;
  options.service = "essai";
  options.listen = "127.0.0.1:0";
  auto both = *Server::Start(
      options, {voisin}, {{kService, Channel::Open("127.0.0.1:" + std::to_string(peer_->port()))}});
  auto channel = Channel::Open("127.0.0.1:" + std::to_string(both->port()));
  const auto here = channel->Call<essai::Mot>("pdv.rpc.essai.VoisinService/Bonjour", Mot("a"));
  const auto there = channel->Call<essai::Mot>(M("Echo"), Mot("de là"));
  ASSERT_TRUE(here.ok() && there.ok()) << here.status() << there.status();
  EXPECT_EQ(here->texte(), "d'ici");
  EXPECT_EQ(there->texte(), "de là");
}

TEST_F(ProxyTest, ADrainEndsForwardedFeeds) {
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  ASSERT_NE(stage_->WaitForSink(), nullptr);
  std::thread drain([&] { server_->Drain(absl::Seconds(30)); });
  EXPECT_EQ(ReasonOf(reader->Finish()), "ARRET_EN_COURS");
  drain.join();
}

}  // namespace
}  // namespace pdv::rpc
