#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "common/rpc/executor.h"
#include "common/rpc/fixture_test.h"
#include "common/rpc/flags.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/client_callback.h"

namespace pdv::rpc {
namespace {

using ::testing::HasSubstr;

class ServerTest : public ServerFixture {
 protected:
  static ServerOptions AnyPort() {
    ServerOptions options;
    options.listen = "127.0.0.1:0";
    return options;
  }
};

TEST_F(ServerTest, HealthFollowsWhatTheServiceSays) {
  Start();
  EXPECT_FALSE(channel_->CheckHealth("").ok());
  server_->SetServing(true);
  EXPECT_TRUE(channel_->CheckHealth("").ok());
  EXPECT_TRUE(channel_->CheckHealth(kService).ok());
  server_->SetServing(false);
  EXPECT_EQ(channel_->CheckHealth(kService).code(), absl::StatusCode::kUnavailable);
}

// One question to the reflection service, over its bidirectional stream.
class Reflect : public grpc::ClientBidiReactor<grpc::ByteBuffer, grpc::ByteBuffer> {
 public:
  explicit Reflect(Channel& channel) {
    grpc::Slice list_services("\x3a\x01*");  // ServerReflectionRequest{list_services: "*"}
    request_ = grpc::ByteBuffer(&list_services, 1);
    channel.stub().PrepareBidiStreamingCall(
        &context_, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", {}, this);
    StartWriteLast(&request_, {});
    StartRead(&response_);
    StartCall();
  }
  void OnDone(const grpc::Status&) override { done_.Notify(); }
  std::string Wait() {
    done_.WaitForNotification();
    grpc::Slice slice;
    response_.DumpToSingleSlice(&slice).ok();
    return {reinterpret_cast<const char*>(slice.begin()), slice.size()};
  }

 private:
  grpc::ClientContext context_;
  grpc::ByteBuffer request_, response_;
  absl::Notification done_;
};

TEST_F(ServerTest, ReflectionListsTheService) {
  Start();
  Reflect reflect(*channel_);
  const std::string services = reflect.Wait();
  EXPECT_THAT(services, HasSubstr(kService));
  EXPECT_THAT(services, HasSubstr("grpc.health.v1.Health"));
}

TEST_F(ServerTest, AnIncompleteTableDoesNotStart) {
  ServiceTable table(kService);
  table.Unary<essai::Mot, essai::Mot>(
      "Echo", [](rpc::Call&, const essai::Mot& mot) -> absl::StatusOr<essai::Mot> { return mot; });
  std::vector<ServiceTable> tables = {table};
  const absl::Status status = Server::Start(AnyPort(), tables).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  for (const char* missing : {"Lent", "Payer", "Viser", "Suivre", "Exporter", "Importer"}) {
    EXPECT_THAT(std::string(status.message()), HasSubstr(missing));
  }
}

TEST_F(ServerTest, AMethodWithoutPermissionDoesNotStart) {
  ServiceTable table("pdv.rpc.essai.SansPermissionService");
  table.Unary<essai::Mot, essai::Mot>(
      "Nu", [](rpc::Call&, const essai::Mot& mot) -> absl::StatusOr<essai::Mot> { return mot; });
  EXPECT_THAT(std::string(table.Check().message()), HasSubstr("permission"));
  const auto proxied = Server::Start(
      AnyPort(), {}, {{"pdv.rpc.essai.SansPermissionService", Channel::Open("127.0.0.1:1")}});
  EXPECT_THAT(std::string(proxied.status().message()), HasSubstr("permission"));
}

TEST(ServiceTableDeathTest, ATableThatDoesNotFitItsServiceDies) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const ServiceTable::BlockingHandler blocking = [](CallPtr, MessagePtr request) {
    return request;
  };
  EXPECT_DEATH(ServiceTable("pdv.inconnu"), "not linked in");
  EXPECT_DEATH(ServiceTable(kService).Blocking("Rien", blocking), "no such method");
  EXPECT_DEATH(ServiceTable(kService).Blocking("Suivre", blocking), "stream");
}

TEST_F(ServerTest, ATakenAddressIsSaid) {
  Start();
  ServerOptions options;
  options.listen = "127.0.0.1:" + std::to_string(server_->port());
  const absl::Status status = Server::Start(options, {EssaiTable(stage_)}).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("déjà prise"));
  options.tls_cert = options.tls_key = "/nowhere.pem";
  EXPECT_THAT(std::string(Server::Start(options, {EssaiTable(stage_)}).status().message()),
              HasSubstr("/nowhere.pem"));
}

TEST_F(ServerTest, AMethodThatDoesNotExistIsUnimplemented) {
  Start();
  const absl::Status status = Call("Rien", Mot("a")).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kUnimplemented);
  EXPECT_EQ(status::ReasonOf(status), "METHODE_INCONNUE");
  EXPECT_EQ(status::MetadataOf(status, "methode"), "/" + M("Rien"));
}

// The answer, headers included, of an HTTP server on this machine.
std::string HttpGet(int port, const std::string& path) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const std::string request = "GET " + path + " HTTP/1.0\r\n\r\n";
  EXPECT_EQ(send(fd, request.data(), request.size(), 0), static_cast<ssize_t>(request.size()));
  std::string text;
  char buffer[4096];
  for (ssize_t n; (n = recv(fd, buffer, sizeof buffer, 0)) > 0;) text.append(buffer, n);
  close(fd);
  return text;
}

TEST_F(ServerTest, MetricsCountCallsByCode) {
  ServerOptions options;
  options.metrics_listen = "127.0.0.1:0";
  Start(options);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Call("Echo", Mot("a")).ok());
  ASSERT_FALSE(Call("Echo", Mot("")).ok());
  const std::string text = HttpGet(server_->metrics_port(), "/metrics");
  const std::string method = "method=\"" + M("Echo") + "\"";
  EXPECT_THAT(text, HasSubstr("pdv_rpc_total{" + method + ",code=\"OK\"} 3"));
  EXPECT_THAT(text, HasSubstr("pdv_rpc_total{" + method + ",code=\"INVALID_ARGUMENT\"} 1"));
  EXPECT_THAT(text, HasSubstr("pdv_rpc_seconds_count{" + method + "} 4"));
  EXPECT_THAT(text, HasSubstr("pdv_executor_queue 0"));
}

TEST(ExecutorTest, RefusesBeyondItsQueueAndEndsWhatWaits) {
  absl::Notification release;
  std::atomic<int> ran{0}, expired{0};
  Executor executor(1, 2);
  const auto count = [&](bool late) { late ? expired++ : ran++; };
  ASSERT_TRUE(
      executor.Submit(absl::InfiniteFuture(), [&](bool) { release.WaitForNotification(); }));
  ASSERT_TRUE(Eventually([&] { return executor.queued() == 0; }));
  EXPECT_TRUE(executor.Submit(absl::InfiniteFuture(), count));
  EXPECT_TRUE(executor.Submit(absl::Now() - absl::Seconds(1), count));
  EXPECT_FALSE(executor.Submit(absl::InfiniteFuture(), count));
  release.Notify();
  ASSERT_TRUE(Eventually([&] { return ran + expired == 2; }));
  EXPECT_EQ(expired, 1);
  executor.Stop();
  EXPECT_FALSE(executor.Submit(absl::InfiniteFuture(), count));
}

TEST(FlagsTest, CommandLineBeforeEnvironment) {
  setenv("PDV_LISTEN", "127.0.0.1:1", 1);
  setenv("PDV_METRICS", "127.0.0.1:2", 1);
  const char* argv[] = {"x", "--listen=127.0.0.1:3", "migrate", "--executor-threads=4"};
  const auto flags = Flags::Parse(4, argv, {"listen", "metrics", "database"});
  ASSERT_TRUE(flags.ok()) << flags.status();
  EXPECT_EQ(flags->Get("listen"), "127.0.0.1:3");
  EXPECT_EQ(flags->Get("metrics"), "127.0.0.1:2");
  EXPECT_FALSE(flags->Has("database"));
  EXPECT_EQ(flags->positional(), std::vector<std::string>{"migrate"});
  const ServerOptions options = flags->ServerOptions("essai");
  EXPECT_EQ(options.listen, "127.0.0.1:3");
  EXPECT_EQ(options.executor_threads, 4);
  unsetenv("PDV_LISTEN");
  unsetenv("PDV_METRICS");
}

TEST(FlagsTest, EveryUnknownFlagIsListed) {
  const char* argv[] = {"x", "--lisen=a", "--metrics", "--max-in-flight=zero", "--port=3"};
  const absl::Status status = Flags::Parse(5, argv, {"listen", "metrics"}).status();
  EXPECT_THAT(std::string(status.message()), HasSubstr("--lisen : option inconnue"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("--port : option inconnue"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("--metrics=valeur"));
  EXPECT_THAT(std::string(status.message()), HasSubstr("--max-in-flight : un nombre"));
}

}  // namespace
}  // namespace pdv::rpc
