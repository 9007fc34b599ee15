#include "common/pg/error.h"

#include "common/status/error.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace pdv::pg {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(ErrorTest, KeepsWhatPostgresSaid) {
  const absl::Status status = MakeError({"23505", "contrat_pkey", "contrat", "duplicate key"});
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  const std::optional<PgError> error = ErrorOf(status);
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->sqlstate, "23505");
  EXPECT_EQ(error->constraint, "contrat_pkey");
  EXPECT_EQ(error->table, "contrat");
  EXPECT_EQ(error->message, "duplicate key");
}

TEST(ErrorTest, AnotherStatusHasNoPgError) {
  EXPECT_FALSE(ErrorOf(absl::InternalError("x")).has_value());
  EXPECT_EQ(ToPublic(absl::NotFoundError("x")), absl::NotFoundError("x"));
}

TEST(ErrorTest, RetriesWhatMayPassTheSecondTime) {
  for (const char* state :
       {"40001", "40P01", "08006", "57P01", "57P03", "25006", "26000", "53300"}) {
    EXPECT_TRUE(IsRetryable(MakeError({state, "", "", ""}))) << state;
  }
  EXPECT_TRUE(IsRetryable(MakeError({"0A000", "", "", "cached plan must not change result type"})));
  for (const char* state :
       {"23505", "42601", "57014", "28P01", "3D000", "0A000", "25P02", "53100", "58030"}) {
    EXPECT_FALSE(IsRetryable(MakeError({state, "", "", ""}))) << state;
  }
  EXPECT_FALSE(IsRetryable(absl::UnavailableError("not ours")));
}

struct PublicCase {
  const char* sqlstate;
  absl::StatusCode code;
  const char* reason;
};

class ToPublicTest : public ::testing::TestWithParam<PublicCase> {};

TEST_P(ToPublicTest, HasAReasonAndNoDriverText) {
  const absl::Status status =
      ToPublic(MakeError({GetParam().sqlstate, "some_constraint", "t", "SECRET driver text"}));
  EXPECT_EQ(status.code(), GetParam().code);
  EXPECT_EQ(status::ReasonOf(status), GetParam().reason);
  EXPECT_THAT(std::string(status.message()), Not(HasSubstr("SECRET")));
  EXPECT_THAT(status.ToString(), Not(HasSubstr("SECRET")));
}

INSTANTIATE_TEST_SUITE_P(
    States, ToPublicTest,
    ::testing::Values(
        PublicCase{"23505", absl::StatusCode::kAlreadyExists, "RESSOURCE_EXISTANTE"},
        PublicCase{"23503", absl::StatusCode::kFailedPrecondition, "REFERENCE_INCONNUE"},
        PublicCase{"23514", absl::StatusCode::kFailedPrecondition, "CONTRAINTE_ENFREINTE"},
        PublicCase{"23P01", absl::StatusCode::kFailedPrecondition, "CONTRAINTE_ENFREINTE"},
        PublicCase{"40001", absl::StatusCode::kAborted, "CONFLIT_CONCURRENT"},
        PublicCase{"40P01", absl::StatusCode::kAborted, "CONFLIT_CONCURRENT"},
        PublicCase{"57014", absl::StatusCode::kDeadlineExceeded, "DELAI_DEPASSE"},
        PublicCase{"55P03", absl::StatusCode::kDeadlineExceeded, "DELAI_DEPASSE"},
        PublicCase{"57P01", absl::StatusCode::kUnavailable, "BASE_INDISPONIBLE"},
        PublicCase{"08006", absl::StatusCode::kUnavailable, "BASE_INDISPONIBLE"},
        PublicCase{"53300", absl::StatusCode::kUnavailable, "BASE_INDISPONIBLE"},
        PublicCase{"53100", absl::StatusCode::kUnavailable, "BASE_SATUREE"},
        PublicCase{"53200", absl::StatusCode::kUnavailable, "BASE_SATUREE"},
        PublicCase{"53400", absl::StatusCode::kUnavailable, "BASE_SATUREE"},
        PublicCase{"58030", absl::StatusCode::kUnavailable, "BASE_SATUREE"},
        PublicCase{"22021", absl::StatusCode::kInvalidArgument, "CARACTERE_INTERDIT"},
        PublicCase{"42P01", absl::StatusCode::kInternal, "ERREUR_INTERNE"}),
    [](const auto& info) { return std::string("State") + info.param.sqlstate; });

TEST(ErrorTest, ADeclaredConstraintSpeaks) {
  DeclareConstraint("enveloppe_reste_check", "ENVELOPPE_INSUFFISANTE", "L'enveloppe est épuisée.");
  const absl::Status status =
      ToPublic(MakeError({"23514", "enveloppe_reste_check", "enveloppe", "driver"}));
  EXPECT_EQ(status.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status::ReasonOf(status), "ENVELOPPE_INSUFFISANTE");
  EXPECT_EQ(status.message(), "L'enveloppe est épuisée.");
  EXPECT_EQ(status::MetadataOf(status, "contrainte"), "enveloppe_reste_check");
}

}  // namespace
}  // namespace pdv::pg
