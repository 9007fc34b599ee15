#include "services/actions/domain/depot.h"

#include <set>
#include <string>

#include "common/status/details.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "google/rpc/error_details.pb.h"

namespace pdv::actions {
namespace {

using ::testing::UnorderedElementsAre;

constexpr char kPiliers[] = "nomenclatures/piliers-2015-2023";
constexpr char kEducation[] = "nomenclatures/piliers-2015-2023/thematiques/education";
constexpr char kNationale[] = "nomenclatures/national-2020-2023/thematiques/1-1";

void Set(google::type::Date* date, int y, int m, int d) {
  date->set_year(y);
  date->set_month(m);
  date->set_day(d);
}

class DepotTest : public ::testing::Test {
 protected:
  DepotTest() {
    porteur_.set_forme(v1::FORME_PORTEUR_COLLECTIVITE);
    Set(contrat_.mutable_date_debut(), 2015, 1, 1);
    Set(contrat_.mutable_date_fin(), 2023, 12, 31);
    contrat_.set_nomenclature(kPiliers);
    action_.set_name("actions/2023-cv110-0042");
    action_.set_thematique(kEducation);
    action_.set_exercice(2023);
    Set(action_.mutable_date_debut(), 2023, 1, 1);
    Set(action_.mutable_date_fin(), 2023, 12, 31);
    faits_ = {&porteur_, &contrat_, {}, types::Date(2022, 12, 1)};
  }
  // The reasons of everything that lacks.
  std::multiset<std::string> Lacunes() {
    std::multiset<std::string> reasons;
    const absl::Status status = VerifierDepot(action_, faits_);
    if (status.ok()) return reasons;
    EXPECT_EQ(status::ReasonOf(status), "ACTION_INCOMPLETE");
    const auto failures = status::GetDetail<google::rpc::PreconditionFailure>(status);
    for (const auto& failure : failures->violations()) reasons.insert(failure.type());
    return reasons;
  }
  v1::Porteur porteur_;
  v1::Action action_;
  contrats::v1::Contrat contrat_;
  FaitsDepot faits_;
};

TEST_F(DepotTest, ACompleteActionIsFiled) { EXPECT_THAT(Lacunes(), UnorderedElementsAre()); }

TEST_F(DepotTest, EverythingThatLacksIsSaidAtOnce) {
  porteur_.Clear();
  action_.clear_thematique();
  action_.clear_date_fin();
  faits_.contrat = nullptr;
  EXPECT_THAT(Lacunes(), UnorderedElementsAre("FORME_INCONNUE", "CONTRAT_ABSENT",
                                              "THEMATIQUE_ABSENTE", "DATES_ABSENTES"));
}

TEST_F(DepotTest, TheLawComesFirst) {
  porteur_.set_forme(v1::FORME_PORTEUR_ASSOCIATION);
  action_.clear_thematique();
  EXPECT_EQ(status::ReasonOf(VerifierDepot(action_, faits_)), "CONTRAT_ENGAGEMENT_ABSENT");
  Set(porteur_.mutable_cer_souscrit_le(), 2022, 12, 1);
  EXPECT_THAT(Lacunes(), UnorderedElementsAre("THEMATIQUE_ABSENTE"));
}

TEST_F(DepotTest, ThePeriodLiesWithinTheContratToTheDay) {
  Set(action_.mutable_date_fin(), 2024, 1, 1);
  EXPECT_THAT(Lacunes(), UnorderedElementsAre("DATES_HORS_CONTRAT"));
  action_.set_exercice(2015);
  Set(action_.mutable_date_debut(), 2015, 1, 1);
  Set(action_.mutable_date_fin(), 2015, 6, 30);
  EXPECT_THAT(Lacunes(), UnorderedElementsAre());
  Set(action_.mutable_date_debut(), 2014, 12, 31);
  EXPECT_THAT(Lacunes(), UnorderedElementsAre("DATES_HORS_CONTRAT"));
}

TEST_F(DepotTest, AContratWithoutDatesBoundsNothing) {
  contrat_.clear_date_debut();
  contrat_.clear_date_fin();
  Set(action_.mutable_date_fin(), 2031, 1, 1);
  EXPECT_THAT(Lacunes(), UnorderedElementsAre());
}

TEST_F(DepotTest, ASchoolYearCountsForEitherExercice) {
  Set(action_.mutable_date_debut(), 2022, 9, 1);
  Set(action_.mutable_date_fin(), 2023, 7, 7);
  for (int exercice : {2022, 2023}) {
    action_.set_exercice(exercice);
    EXPECT_THAT(Lacunes(), UnorderedElementsAre()) << exercice;
  }
  for (int exercice : {2021, 2024}) {
    action_.set_exercice(exercice);
    EXPECT_THAT(Lacunes(), UnorderedElementsAre("DATES_HORS_EXERCICE")) << exercice;
  }
}

TEST_F(DepotTest, AForeignThematiqueNeedsAMapping) {
  action_.set_thematique(kNationale);
  EXPECT_THAT(Lacunes(), UnorderedElementsAre("THEMATIQUE_ETRANGERE"));
  contrats::v1::Correspondance mapping;
  mapping.set_source(kNationale);
  mapping.set_cible(kEducation);
  faits_.correspondances = {&mapping};
  EXPECT_THAT(Lacunes(), UnorderedElementsAre());
  // The same mapping, read the other way.
  action_.set_thematique(kEducation);
  contrat_.set_nomenclature("nomenclatures/national-2020-2023");
  EXPECT_THAT(Lacunes(), UnorderedElementsAre());
  // A mapping of another thématique helps nothing.
  action_.set_thematique("nomenclatures/piliers-2015-2023/thematiques/sante");
  EXPECT_THAT(Lacunes(), UnorderedElementsAre("THEMATIQUE_ETRANGERE"));
}

TEST(ThematiqueAdmiseTest, ANomenclatureIsNotAPrefixOfItsNeighbour) {
  EXPECT_FALSE(
      ThematiqueAdmise("nomenclatures/piliers-2015-2023-bis/thematiques/education", kPiliers, {}));
  EXPECT_TRUE(ThematiqueAdmise(kEducation, "", {}));
}

}  // namespace
}  // namespace pdv::actions
