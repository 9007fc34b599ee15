#include "common/rpc/call_metadata.h"
#include "common/rpc/fixture_test.h"
#include "common/status/details.h"
#include "google/rpc/error_details.pb.h"
#include "grpcpp/generic/generic_stub.h"

namespace pdv::rpc {
namespace {

using absl::StatusCode;
using status::ReasonOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;

class UnaryTest : public ServerFixture {};

TEST_F(UnaryTest, AnswersAndGivesThePosition) {
  Start();
  Metadata answered;
  CallOptions options;
  options.answer_metadata = &answered;
  const auto answer = Call("Echo", Mot("bonjour", 3), options);
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->texte(), "bonjour");
  EXPECT_EQ(answer->nombre(), 3);
  EXPECT_THAT(answered, Contains(Pair("x-pdv-position", "essai=7")));
}

TEST_F(UnaryTest, ReadsWhoCallsAndFromWhere) {
  Start();
  CallOptions options = Within(absl::Seconds(7));
  options.metadata = {{"x-request-id", "abc"},
                      {"traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
                      {"x-pdv-acteur", "agent"},
                      {"x-pdv-role", "instructeur"},
                      {"x-pdv-organisation", "prefecture-34"},
                      {"x-pdv-position", "actions=12, contrats=3"},
                      {"x-pdv-position", "actions=11"}};
  ASSERT_TRUE(Call("Echo", Mot("a"), options).ok());
  const CallPtr call = stage_->last_call;
  EXPECT_EQ(call->correlation_id, "abc");
  EXPECT_EQ(call->traceparent.size(), 55u);
  EXPECT_EQ(call->identity.acteur, "agent");
  EXPECT_EQ(call->identity.role, "instructeur");
  EXPECT_EQ(call->identity.organisation, "prefecture-34");
  EXPECT_EQ(call->positions, (std::map<std::string, int64_t>{{"actions", 12}, {"contrats", 3}}));
  EXPECT_LE(call->deadline - absl::Now(), absl::Seconds(8));  // the wire rounds up
  EXPECT_GE(call->deadline - absl::Now(), absl::Seconds(3));
  EXPECT_EQ(call->method->name(), "Echo");
  // And says the same when it calls on behalf of that caller.
  EXPECT_EQ(CallOptions::OnBehalfOf(*call).metadata.size(), 7u);
  EXPECT_EQ(CallOptions::OnBehalfOf(*call).deadline, call->deadline);
}

TEST_F(UnaryTest, WhoCallsIsTextThatTravelsEncoded) {
  Start();
  const Identity identity{"Zoé 100 %", "prefet,chef_projet", "financeurs/métropole"};
  CallOptions options;
  options.metadata = MetadataOf(identity);
  EXPECT_THAT(options.metadata, Contains(Pair("x-pdv-acteur", "Zo%C3%A9%20100%20%25")));
  EXPECT_THAT(options.metadata, Contains(Pair("x-pdv-role", "prefet,chef_projet")));
  ASSERT_TRUE(Call("Echo", Mot("a"), options).ok());
  const CallPtr call = stage_->last_call;
  EXPECT_EQ(call->identity.acteur, identity.acteur);
  EXPECT_EQ(call->identity.organisation, identity.organisation);
  // On behalf of that caller too.
  EXPECT_THAT(CallOptions::OnBehalfOf(*call).metadata,
              Contains(Pair("x-pdv-acteur", "Zo%C3%A9%20100%20%25")));
}

TEST_F(UnaryTest, RefusesAnIdentityThatIsNoText) {
  Start();
  for (const char* value : {"100%", "%4", "%G1", "Zo%E9", "%C3", "%C0%AF", "%ED%A0%80", "%00",
                            "a%0Ab", "%7F", "%C2%85"}) {
    for (const char* key : {kActeurKey, kRoleKey, kOrganisationKey}) {
      CallOptions options;
      options.metadata = {{key, value}};
      const absl::Status refused = Call("Echo", Mot("a"), options).status();
      EXPECT_EQ(refused.code(), StatusCode::kInvalidArgument) << key << " " << value;
      EXPECT_EQ(ReasonOf(refused), "METADONNEE_INVALIDE");
      EXPECT_THAT(std::string(refused.message()), HasSubstr(key));
    }
  }
}

TEST_F(UnaryTest, MetadataThatCannotTravelIsRefusedByTheClient) {
  Start();
  for (const auto& pair : Metadata{{"x-pdv-acteur", "Zoé"}, {"x-pdv-acteur", "a\nb"}, {"É", "a"}}) {
    CallOptions options;
    options.metadata = {pair};
    EXPECT_EQ(ReasonOf(Call("Echo", Mot("a"), options).status()), "METADONNEE_INVALIDE");
    absl::Notification done;
    channel_->CallAsync(M("Echo"), Mot("a"), std::make_shared<essai::Mot>(), options,
                        [&](absl::Status status) {
                          EXPECT_EQ(ReasonOf(status), "METADONNEE_INVALIDE");
                          done.Notify();
                        });
    done.WaitForNotification();
    essai::Mot mot;
    const auto reader = channel_->Read(M("Exporter"), Mot("a", 3), options);
    EXPECT_FALSE(reader->Next(&mot));
    EXPECT_EQ(ReasonOf(reader->Finish()), "METADONNEE_INVALIDE");
    const auto writer = channel_->Write(M("Importer"), options);
    EXPECT_EQ(ReasonOf(writer->Finish(&mot)), "METADONNEE_INVALIDE");
  }
}

TEST_F(UnaryTest, MakesACorrelationIdWhenThereIsNone) {
  Start();
  ASSERT_TRUE(Call("Echo", Mot("a")).ok());
  EXPECT_EQ(stage_->last_call->correlation_id.size(), 32u);
  EXPECT_NE(NewCorrelationId(), NewCorrelationId());
}

TEST_F(UnaryTest, RefusesAMalformedPosition) {
  Start();
  for (const char* position : {"actions", "=1", "actions=", "actions=x", "actions=-1"}) {
    CallOptions options;
    options.metadata = {{"x-pdv-position", position}};
    EXPECT_EQ(ReasonOf(Call("Echo", Mot("a"), options).status()), "METADONNEE_INVALIDE");
  }
}

TEST_F(UnaryTest, WordedErrorsKeepTheirDetails) {
  Start();
  const absl::Status status = Call("Echo", Mot("refus")).status();
  EXPECT_EQ(status.code(), StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "TROP_TARD");
  EXPECT_EQ(status::MetadataOf(status, "jour"), "lundi");
  EXPECT_EQ(status::GetDetail<google::rpc::ErrorInfo>(status)->domain(), "essai.pdv");
}

TEST_F(UnaryTest, UnwordedErrorsSayNothing) {
  Start();
  for (const char* word : {"panne", "oubli"}) {
    const absl::Status status = Call("Echo", Mot(word)).status();
    EXPECT_EQ(status.code(), StatusCode::kInternal);
    EXPECT_EQ(ReasonOf(status), "ERREUR_INTERNE");
    EXPECT_THAT(std::string(status.message()), Not(HasSubstr("SECRET")));
  }
}

TEST_F(UnaryTest, InvalidRequestsListEveryViolation) {
  Start();
  essai::Mot request = Mot("", 2'000'000);
  request.set_request_id(std::string(101, 'x'));
  const absl::Status status = Call("Payer", request).status();
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  ASSERT_EQ(status::ViolationsOf(status).size(), 3u);
  EXPECT_EQ(status::ViolationsOf(status)[0].reason, "CHAMP_OBLIGATOIRE");
  EXPECT_EQ(status::ViolationsOf(status)[1].reason, "VALEUR_HORS_BORNES");
  EXPECT_EQ(status::ViolationsOf(status)[2].field, "request_id");
}

TEST_F(UnaryTest, RequestIdIsMandatoryWhereTheMethodSaysSo) {
  Start();
  const absl::Status missing = Call("Payer", Mot("a")).status();
  ASSERT_EQ(status::ViolationsOf(missing).size(), 1u);
  EXPECT_EQ(status::ViolationsOf(missing)[0].field, "request_id");
  essai::Mot request = Mot("a", 1);
  request.set_request_id("r1");
  const auto paid = Call("Payer", request);
  ASSERT_TRUE(paid.ok()) << paid.status();
  EXPECT_EQ(paid->nombre(), 2);
}

TEST_F(UnaryTest, UnknownFieldsAreRefused) {
  Start();
  essai::MotFutur future;
  future.set_texte("a");
  future.set_plafond(3);
  const absl::Status status = channel_->Call<essai::Mot>(M("Echo"), future).status();
  ASSERT_EQ(status::ViolationsOf(status).size(), 1u);
  EXPECT_EQ(status::ViolationsOf(status)[0].reason, "CHAMP_INCONNU");
}

TEST_F(UnaryTest, MalformedBytesAreRefused) {
  Start();
  grpc::ClientContext context;
  grpc::Slice slice("\x0a\xff garbage");
  grpc::ByteBuffer request(&slice, 1), response;
  absl::Notification done;
  grpc::Status status;
  channel_->stub().UnaryCall(&context, "/" + M("Echo"), {}, &request, &response,
                             [&](grpc::Status answered) {
                               status = std::move(answered);
                               done.Notify();
                             });
  done.WaitForNotification();
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_THAT(status.error_details(), HasSubstr("REQUETE_ILLISIBLE"));
}

TEST_F(UnaryTest, AnOversizedMessageIsRefusedBeforeItIsRead) {
  ServerOptions options;
  options.max_message_bytes = 1000;
  Start(options);
  EXPECT_EQ(Call("Echo", Mot(std::string(2000, 'x'))).status().code(),
            StatusCode::kResourceExhausted);
  EXPECT_TRUE(Call("Echo", Mot("a")).ok());
}

TEST_F(UnaryTest, PermissionIsAskedBeforeTheRequestIsLookedAt) {
  ServerOptions options;
  options.authorize = [](const rpc::Call& call, std::string_view permission) -> absl::Status {
    if (permission == "essai.lire" || call.identity.role == "payeur") return absl::OkStatus();
    return status::Error(StatusCode::kPermissionDenied, "ACCES_REFUSE", "Accès refusé.");
  };
  Start(options);
  EXPECT_TRUE(Call("Echo", Mot("a")).ok());
  EXPECT_EQ(ReasonOf(Call("Payer", Mot("")).status()), "ACCES_REFUSE");
  CallOptions payeur;
  payeur.metadata = {{"x-pdv-role", "payeur"}};
  EXPECT_EQ(ReasonOf(Call("Payer", Mot(""), payeur).status()), "REQUETE_INVALIDE");
}

TEST_F(UnaryTest, AMethodWithRolesAsksForOneOfThemBeforeAnythingElse) {
  Start();
  CallOptions options;
  const absl::Status nobody = Call("Viser", Mot(""), options).status();
  EXPECT_EQ(nobody.code(), StatusCode::kPermissionDenied);
  EXPECT_EQ(ReasonOf(nobody), "ROLE_INSUFFISANT");
  EXPECT_THAT(std::string(nobody.message()),
              HasSubstr("demande l'un des rôles prefet ou financeur ; l'appelant"));
  options.metadata = {{"x-pdv-role", "redacteur,prefets"}};
  EXPECT_EQ(ReasonOf(Call("Viser", Mot("a"), options).status()), "ROLE_INSUFFISANT");
  options.metadata = {{"x-pdv-role", "instructeur, financeur"}};
  EXPECT_TRUE(Call("Viser", Mot("a"), options).ok());
  EXPECT_EQ(ReasonOf(Call("Viser", Mot(""), options).status()), "REQUETE_INVALIDE");
}

TEST_F(UnaryTest, PositionsAreWaitedForBeforeServing) {
  std::atomic<int> waits{0};
  ServerOptions options;
  options.wait_for_positions = [&waits](const rpc::Call& call) -> absl::Status {
    waits++;
    if (call.positions.at("actions") < 100) return absl::OkStatus();
    return status::Error(StatusCode::kDeadlineExceeded, "MIROIR_EN_RETARD", "Pas encore.");
  };
  Start(options);
  EXPECT_TRUE(Call("Echo", Mot("a")).ok());
  EXPECT_EQ(waits, 0);
  CallOptions named;
  named.metadata = {{"x-pdv-position", "actions=99"}};
  EXPECT_TRUE(Call("Echo", Mot("a"), named).ok());
  EXPECT_EQ(waits, 1);
  named.metadata = {{"x-pdv-position", "actions=100"}};
  EXPECT_EQ(ReasonOf(Call("Echo", Mot("a"), named).status()), "MIROIR_EN_RETARD");
}

TEST_F(UnaryTest, AsynchronousCallsAnswerOnce) {
  Start();
  absl::Notification done;
  auto response = std::make_shared<essai::Mot>();
  channel_->CallAsync(M("Echo"), Mot("a", 5), response, {}, [&](absl::Status status) {
    EXPECT_TRUE(status.ok()) << status;
    done.Notify();
  });
  ASSERT_TRUE(done.WaitForNotificationWithTimeout(absl::Seconds(10)));
  EXPECT_EQ(response->nombre(), 5);
}

}  // namespace
}  // namespace pdv::rpc
