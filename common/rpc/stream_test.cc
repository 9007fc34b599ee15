#include <thread>

#include "common/rpc/fixture_test.h"

namespace pdv::rpc {
namespace {

using absl::StatusCode;
using status::ReasonOf;

class StreamTest : public ServerFixture {};

TEST_F(StreamTest, AnExportArrivesWholeAndInOrder) {
  Start();
  auto reader = channel_->Read(M("Exporter"), Mot("x", 1000));
  essai::Mot mot;
  int64_t count = 0;
  while (reader->Next(&mot)) EXPECT_EQ(mot.nombre(), count++);
  EXPECT_TRUE(reader->Finish().ok());
  EXPECT_EQ(count, 1000);
}

TEST_F(StreamTest, AFeedIsWrittenFromAnywhere) {
  Start();
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  StreamSinkPtr sink = stage_->WaitForSink();
  ASSERT_NE(sink, nullptr);
  EXPECT_TRUE(sink->TryWrite(Shared(Mot("a", 1))));
  EXPECT_TRUE(sink->TryWrite(Shared(Mot("b", 2))));
  essai::Mot mot;
  ASSERT_TRUE(reader->Next(&mot));
  EXPECT_EQ(mot.texte(), "a");
  ASSERT_TRUE(reader->Next(&mot));
  EXPECT_EQ(mot.texte(), "b");
  sink->Finish(status::Error(StatusCode::kOutOfRange, "CURSEUR_PERIME", "Trop vieux."));
  sink->Finish(absl::OkStatus());  // ignored
  EXPECT_FALSE(reader->Next(&mot));
  EXPECT_EQ(ReasonOf(reader->Finish()), "CURSEUR_PERIME");
  EXPECT_TRUE(Eventually([&] { return stage_->streams_done == 1; }));
  EXPECT_FALSE(sink->TryWrite(Shared(Mot("c"))));
}

TEST_F(StreamTest, AnInvalidRequestEndsTheStreamAtOnce) {
  Start();
  auto reader = channel_->Read(M("Suivre"), Mot(""));
  essai::Mot mot;
  EXPECT_FALSE(reader->Next(&mot));
  EXPECT_EQ(status::ViolationsOf(reader->Finish()).size(), 1u);
}

TEST_F(StreamTest, ACutClientIsNoticed) {
  Start();
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  StreamSinkPtr sink = stage_->WaitForSink();
  ASSERT_NE(sink, nullptr);
  reader->Cancel();
  EXPECT_EQ(reader->Finish().code(), StatusCode::kCancelled);
  EXPECT_TRUE(Eventually([&] { return stage_->streams_done == 1; }));
  EXPECT_TRUE(sink->done());
  EXPECT_TRUE(stage_->last_call->cancelled());
  EXPECT_FALSE(sink->TryWrite(Shared(Mot("a"))));
  // A sink that outlives its stream may be told so at any time.
  int told = 0;
  sink->OnDone([&told] { told++; });
  EXPECT_EQ(told, 1);
}

TEST_F(StreamTest, ASlowReaderFillsItsBufferAndIsCut) {
  Start();
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  StreamSinkPtr sink = stage_->WaitForSink();
  ASSERT_NE(sink, nullptr);
  // The transport takes some, then the buffer fills: nobody reads.
  const MessagePtr big = Shared(Mot(std::string(100'000, 'x')));
  int written = 0;
  while (written < 10'000 && sink->TryWrite(big)) written++;
  ASSERT_LT(written, 10'000);
  sink->Finish(status::Error(StatusCode::kResourceExhausted, "LECTEUR_TROP_LENT", "Trop lent."));
  essai::Mot mot;
  int received = 0;
  while (reader->Next(&mot)) received++;
  EXPECT_LT(received, written);  // what waited in the buffer is not sent
  EXPECT_EQ(ReasonOf(reader->Finish()), "LECTEUR_TROP_LENT");
}

TEST_F(StreamTest, ABlockedExportEndsWithItsClient) {
  Start();
  auto reader = channel_->Read(M("Exporter"), Mot(std::string(100'000, 'x'), 1'000'000));
  essai::Mot mot;
  ASSERT_TRUE(reader->Next(&mot));
  reader->Cancel();
  EXPECT_EQ(reader->Finish().code(), StatusCode::kCancelled);
  // Its thread is free again: the drain does not wait for it.
  const absl::Time start = absl::Now();
  server_->Drain(absl::Seconds(30));
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

TEST_F(StreamTest, ADeadlineEndsAnExportThatNobodyReads) {
  Start();
  auto reader = channel_->Read(M("Exporter"), Mot(std::string(100'000, 'x'), 1'000'000),
                               Within(absl::Milliseconds(300)));
  absl::SleepFor(absl::Milliseconds(500));
  EXPECT_EQ(reader->Finish().code(), StatusCode::kDeadlineExceeded);
}

TEST_F(StreamTest, ADrainEndsOpenFeeds) {
  Start();
  auto reader = channel_->Read(M("Suivre"), Mot("x"));
  ASSERT_NE(stage_->WaitForSink(), nullptr);
  const absl::Time start = absl::Now();
  std::thread drain([&] { server_->Drain(absl::Seconds(30)); });
  essai::Mot mot;
  EXPECT_FALSE(reader->Next(&mot));
  const absl::Status status = reader->Finish();
  EXPECT_EQ(status.code(), StatusCode::kUnavailable);
  EXPECT_EQ(ReasonOf(status), "ARRET_EN_COURS");
  drain.join();
  EXPECT_LT(absl::Now() - start, absl::Seconds(10));
}

TEST_F(StreamTest, AnImportIsReadToItsEnd) {
  Start();
  auto writer = channel_->Write(M("Importer"));
  for (int i = 1; i <= 100; ++i) ASSERT_TRUE(writer->Write(Mot("x", i)));
  essai::Mot sum;
  ASSERT_TRUE(writer->Finish(&sum).ok());
  EXPECT_EQ(sum.nombre(), 5050);
}

TEST_F(StreamTest, AnEmptyImportIsAnImport) {
  Start();
  essai::Mot sum;
  EXPECT_TRUE(channel_->Write(M("Importer"))->Finish(&sum).ok());
  EXPECT_EQ(sum.nombre(), 0);
}

TEST_F(StreamTest, AnInvalidMessageEndsTheImport) {
  Start();
  auto writer = channel_->Write(M("Importer"));
  writer->Write(Mot("x", 1));
  writer->Write(Mot("", 2));
  essai::Mot sum;
  const absl::Status status = writer->Finish(&sum);
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(status::ViolationsOf(status).size(), 1u);
}

TEST_F(StreamTest, AnAnswerBeforeTheEndStopsTheImport) {
  Start();
  auto writer = channel_->Write(M("Importer"));
  writer->Write(Mot("stop"));
  EXPECT_TRUE(Eventually([&] { return !writer->Write(Mot("x")); }));
  essai::Mot sum;
  EXPECT_EQ(ReasonOf(writer->Finish(&sum)), "ASSEZ");
}

TEST_F(StreamTest, ACutImportIsNotAFinishedImport) {
  Start();
  auto writer = channel_->Write(M("Importer"));
  ASSERT_TRUE(writer->Write(Mot("x", 1)));
  ASSERT_TRUE(Eventually([&] { return stage_->imports == 1; }));
  writer->Cancel();
  essai::Mot sum;
  EXPECT_EQ(writer->Finish(&sum).code(), StatusCode::kCancelled);
  EXPECT_TRUE(Eventually([&] { return stage_->cancelled_imports == 1; }));
}

TEST_F(StreamTest, AnImportThatSaysNothingIsCutByTheDrain) {
  Start();
  auto writer = channel_->Write(M("Importer"));
  ASSERT_TRUE(writer->Write(Mot("x", 1)));
  server_->Drain(absl::Milliseconds(200));
  essai::Mot sum;
  EXPECT_FALSE(writer->Finish(&sum).ok());
}

}  // namespace
}  // namespace pdv::rpc
