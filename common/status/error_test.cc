#include "common/status/error.h"

#include "common/status/details.h"
#include "common/status/grpc_status.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"
#include "gtest/gtest.h"

namespace pdv::status {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

absl::Status Rich() {
  return Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_INSUFFISANTE",
               "Il reste 1 200,00 € sur l'enveloppe.")
      .With("reste_centimes", 120000)
      .Law("R12", "article 9-1 de la loi n° 2000-321")
      .Field({"ligne.montant_centimes", "VALEUR_HORS_BORNES", "Le montant dépasse le reste."})
      .Precondition("ENVELOPPE", "enveloppes/e1", "Le reste est insuffisant.")
      .RetryAfter(absl::Milliseconds(1500));
}

TEST(ErrorTest, CarriesReasonMetadataAndFields) {
  const absl::Status status = Rich();
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(ReasonOf(status), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(MetadataOf(status, "reste_centimes"), "120000");
  EXPECT_EQ(MetadataOf(status, "regle"), "R12");
  EXPECT_EQ(MetadataOf(status, "absent"), "");
  const std::vector<Violation> violations = ViolationsOf(status);
  ASSERT_EQ(violations.size(), 1u);
  EXPECT_EQ(violations[0].field, "ligne.montant_centimes");
  EXPECT_EQ(violations[0].reason, "VALEUR_HORS_BORNES");
  EXPECT_EQ(violations[0].description, "Le montant dépasse le reste.");
}

TEST(ErrorTest, IsTakenUpAgainToSayMore) {
  const absl::Status more =
      Error::Of(Rich()).With("rang", 3).Precondition("MONTANT_NUL", "l", "Z.");
  EXPECT_EQ(more.code(), Rich().code());
  EXPECT_EQ(more.message(), Rich().message());
  EXPECT_EQ(ReasonOf(more), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(MetadataOf(more, "regle"), "R12");
  EXPECT_EQ(MetadataOf(more, "rang"), "3");
  const auto failure = *GetDetail<google::rpc::PreconditionFailure>(more);
  ASSERT_EQ(failure.violations_size(), 2);
  EXPECT_EQ(failure.violations(0).subject(), "enveloppes/e1");
  EXPECT_EQ(failure.violations(1).type(), "MONTANT_NUL");
  ASSERT_EQ(ViolationsOf(more).size(), 1u);
  EXPECT_EQ(ViolationsOf(more)[0].reason, "VALEUR_HORS_BORNES");
  EXPECT_EQ(GetDetail<google::rpc::RetryInfo>(more)->SerializeAsString(),
            GetDetail<google::rpc::RetryInfo>(Rich())->SerializeAsString());
}

TEST(ErrorTest, PlainStatusHasNoReason) {
  EXPECT_EQ(ReasonOf(absl::InternalError("x")), "");
  EXPECT_EQ(ReasonOf(absl::OkStatus()), "");
  EXPECT_TRUE(ViolationsOf(absl::InternalError("x")).empty());
}

TEST(ErrorTest, InvalidRequestListsEveryViolation) {
  const absl::Status status = InvalidRequest({{"a", "CHAMP_OBLIGATOIRE", "Le champ est vide."},
                                              {"b[1]", "FORMAT_INVALIDE", "Mauvais format."}});
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(ReasonOf(status), "REQUETE_INVALIDE");
  ASSERT_EQ(ViolationsOf(status).size(), 2u);
  EXPECT_EQ(ViolationsOf(status)[1].field, "b[1]");
}

TEST(ErrorTest, StandardErrorsNameTheResource) {
  EXPECT_EQ(MetadataOf(NotFound("contrats/x"), "name"), "contrats/x");
  EXPECT_EQ(NotFound("contrats/x").code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(AlreadyExists("contrats/x")), "RESSOURCE_EXISTANTE");
  EXPECT_EQ(EtagMismatch("contrats/x", "3").code(), absl::StatusCode::kAborted);
  EXPECT_EQ(MetadataOf(EtagMismatch("contrats/x", "3"), "etag"), "3");
}

TEST(GrpcStatusTest, RoundTripKeepsEveryDetail) {
  const grpc::Status wire = ToGrpc(Rich(), "financement.pdv");
  EXPECT_EQ(wire.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
  const absl::Status back = FromGrpc(wire);
  EXPECT_EQ(back.code(), Rich().code());
  EXPECT_EQ(back.message(), Rich().message());
  EXPECT_EQ(ReasonOf(back), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(MetadataOf(back, "reste_centimes"), "120000");
  EXPECT_EQ(ViolationsOf(back).size(), 1u);
  const auto retry = GetDetail<google::rpc::RetryInfo>(back);
  ASSERT_TRUE(retry.has_value());
  EXPECT_EQ(retry->retry_delay().seconds(), 1);
  EXPECT_EQ(retry->retry_delay().nanos(), 500'000'000);
  EXPECT_EQ(GetDetail<google::rpc::ErrorInfo>(back)->domain(), "financement.pdv");
  EXPECT_EQ(GetDetail<google::rpc::LocalizedMessage>(back)->locale(), "fr-FR");
  // Answered again by another service, it stays the error of the one that raised it.
  const absl::Status twice = FromGrpc(ToGrpc(back, "gateway.pdv"));
  EXPECT_EQ(GetDetail<google::rpc::ErrorInfo>(twice)->domain(), "financement.pdv");
}

TEST(GrpcStatusTest, ExactlyOneErrorInfo) {
  for (const absl::Status& status :
       {Rich(), absl::InternalError("x"), absl::CancelledError("y"), NotFound("a/b")}) {
    int infos = 0;
    const google::rpc::Status rpc = ToRpcStatus(status, "essai.pdv");
    for (const auto& any : rpc.details()) {
      infos += any.Is<google::rpc::ErrorInfo>();
    }
    EXPECT_EQ(infos, 1) << status;
  }
}

TEST(GrpcStatusTest, DriverTextNeverLeaves) {
  absl::Status driver = absl::UnknownError("FATAL: password of user contrats rejected");
  driver.SetPayload("pdv.pg/PgError", absl::Cord("SECRET"));
  const google::rpc::Status rpc = ToRpcStatus(driver, "contrats.pdv");
  EXPECT_EQ(rpc.code(), static_cast<int>(absl::StatusCode::kInternal));
  EXPECT_EQ(ReasonOf(FromGrpc(ToGrpc(driver, "contrats.pdv"))), "ERREUR_INTERNE");
  EXPECT_THAT(rpc.SerializeAsString(), Not(HasSubstr("password")));
  EXPECT_THAT(rpc.SerializeAsString(), Not(HasSubstr("SECRET")));
  absl::Status worded = NotFound("contrats/x");
  worded.SetPayload("pdv.pg/PgError", absl::Cord("SECRET"));
  EXPECT_THAT(ToRpcStatus(worded, "contrats.pdv").SerializeAsString(), Not(HasSubstr("SECRET")));
}

TEST(GrpcStatusTest, TransportCodesKeepTheirSense) {
  for (const auto& status : {absl::CancelledError("raw"), absl::DeadlineExceededError("raw"),
                             absl::UnavailableError("raw")}) {
    const google::rpc::Status rpc = ToRpcStatus(status, "contrats.pdv");
    EXPECT_EQ(rpc.code(), static_cast<int>(status.code()));
    EXPECT_THAT(rpc.message(), Not(HasSubstr("raw")));
  }
}

TEST(GrpcStatusTest, ALongErrorStillFitsInMetadata) {
  std::vector<Violation> violations;
  for (int i = 0; i < 500; ++i) {
    violations.push_back({"lignes[" + std::to_string(i) + "].montant", "VALEUR_HORS_BORNES",
                          "La valeur doit être comprise entre 1 et 100."});
  }
  Error error(absl::StatusCode::kInvalidArgument, "REQUETE_INVALIDE", std::string(2000, 'x') + "é");
  for (const Violation& violation : violations) {
    error.Field(violation).Precondition("LIGNE", violation.field, violation.description);
  }
  const grpc::Status wire = ToGrpc(error, "essai.pdv");
  // Binary metadata is sent in base64 where the peer did not ask for better.
  EXPECT_LT(wire.error_details().size() * 4 / 3 + wire.error_message().size() * 3, 8000u);
  const absl::Status back = FromGrpc(wire);
  const size_t kept = ViolationsOf(back).size();
  EXPECT_GT(kept, 20u);
  const auto failure = GetDetail<google::rpc::PreconditionFailure>(back);
  EXPECT_EQ(MetadataOf(back, "violations_omises"),
            std::to_string(1000 - kept - failure->violations_size()));
  EXPECT_EQ(ViolationsOf(back)[0].reason, "VALEUR_HORS_BORNES");
}

TEST(GrpcStatusTest, OkIsOk) {
  EXPECT_TRUE(ToGrpc(absl::OkStatus(), "x").ok());
  EXPECT_TRUE(FromGrpc(grpc::Status::OK).ok());
  EXPECT_EQ(ToRpcStatus(absl::OkStatus(), "x").details_size(), 0);
}

TEST(GrpcStatusTest, ForeignDetailsThatAreNotAStatusAreDropped) {
  const absl::Status status =
      FromGrpc(grpc::Status(grpc::StatusCode::NOT_FOUND, "gone", "\xff\xff garbage"));
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(status), "");
}

}  // namespace
}  // namespace pdv::status
