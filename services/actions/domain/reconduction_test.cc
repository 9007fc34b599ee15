#include "services/actions/domain/reconduction.h"

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

v1::Action Precedente() {
  v1::Action action;
  action.set_name("actions/2023-a");
  action.set_intitule("Aide aux leçons");
  action.set_objet("Deux soirs par semaine");
  action.set_porteur("porteurs/p");
  action.set_contrat("contrats/cv110");
  action.set_departement("departements/34");
  action.set_region("regions/76");
  action.set_thematique("nomenclatures/n/thematiques/education");
  action.set_exercice(2023);
  action.set_type(v1::TYPE_ACTION_ACTION);
  action.set_etat(v1::ETAT_ACTION_PROGRAMMEE);
  action.set_appel("appels/h");
  action.set_motif("Avis du comité");
  action.add_reponses()->set_critere("mixite");
  action.add_pieces()->set_code("rib");
  action.add_publics()->set_effectif(20);
  auto* part = action.add_quartiers();
  part->set_qpv("qpv/qp034001");
  part->set_part_points(10'000);
  Ecrire(types::Date(2023, 9, 1), action.mutable_date_debut());
  Ecrire(types::Date(2024, 2, 29), action.mutable_date_fin());
  Attester("anne", "porteurs/p", "1", absl::FromUnixSeconds(1'700'000'000), &action);
  return action;
}

TEST(Reconduction, TakesOverWhatTheActionIsAndShiftsItsDates) {
  const auto next = Reconduire(Precedente(), 2025, nullptr);
  ASSERT_TRUE(next.ok()) << next.status();
  EXPECT_EQ(next->name(), "");
  EXPECT_EQ(next->etat(), v1::ETAT_ACTION_BROUILLON);
  EXPECT_EQ(next->intitule(), "Aide aux leçons");
  EXPECT_EQ(next->contrat(), "contrats/cv110");
  EXPECT_EQ(next->quartiers_size(), 1);
  EXPECT_EQ(DateDe(next->date_debut()), types::Date(2025, 9, 1));
  EXPECT_EQ(DateDe(next->date_fin()), types::Date(2026, 2, 28)) << "2026 has no 29 February";
  EXPECT_EQ(next->reconduite_de(), "actions/2023-a");
  EXPECT_EQ(next->lignee(), "actions/2023-a");
}

TEST(Reconduction, WhatIsToldAnewIsEmpty) {
  const auto next = Reconduire(Precedente(), 2024, nullptr);
  EXPECT_TRUE(next->appel().empty());
  EXPECT_TRUE(next->motif().empty());
  EXPECT_EQ(next->reponses_size() + next->pieces_size() + next->publics_size(), 0);
  EXPECT_EQ(next->attestations_size(), 0);
  EXPECT_FALSE(next->has_depot_time());
}

TEST(Reconduction, AContratThatIsOverIsNotTakenOver) {
  contrats::v1::Contrat contrat;
  Ecrire(types::Date(2024, 9, 1), contrat.mutable_date_fin());
  const auto same = Reconduire(Precedente(), 2024, &contrat);
  EXPECT_EQ(same->contrat(), "contrats/cv110");
  EXPECT_EQ(same->departement(), "departements/34");
  EXPECT_EQ(same->region(), "regions/76");
  Ecrire(types::Date(2024, 8, 31), contrat.mutable_date_fin());
  const auto next = Reconduire(Precedente(), 2024, &contrat);
  EXPECT_TRUE(next->contrat().empty());
  EXPECT_TRUE(next->thematique().empty());
  EXPECT_EQ(next->quartiers_size(), 0);
  EXPECT_EQ(next->departement() + next->region(), "") << "a place does not outlive what told it";
}

TEST(Reconduction, ALineageHasOneRoot) {
  v1::Action second = *Reconduire(Precedente(), 2024, nullptr);
  second.set_name("actions/2024-a");
  second.set_etat(v1::ETAT_ACTION_DEPOSEE);
  Attester("anne", "porteurs/p", "1", absl::FromUnixSeconds(1'710'000'000), &second);
  const auto third = Reconduire(second, 2025, nullptr);
  EXPECT_EQ(third->reconduite_de(), "actions/2024-a");
  EXPECT_EQ(third->lignee(), "actions/2023-a");
}

TEST(Reconduction, APluriannualActionGoesOnUntilItsLastYear) {
  v1::Action first = Precedente();
  first.set_annee(1);
  first.set_annees(3);
  EXPECT_EQ(Reconduire(first, 2024, nullptr)->annee(), 2);
  EXPECT_EQ(Reconduire(first, 2025, nullptr)->annee(), 3);
  EXPECT_EQ(Reconduire(first, 2025, nullptr)->annees(), 3);
  EXPECT_EQ(Reconduire(first, 2026, nullptr)->annee(), 0) << "told anew";
  EXPECT_EQ(Reconduire(first, 2026, nullptr)->annees(), 0);
}

TEST(Reconduction, WhatWasNeverFiledIsNotRenewed) {
  v1::Action action = Precedente();
  action.clear_depot_time();
  action.clear_attestations();
  const auto refusal = [&](v1::EtatAction etat) {
    action.set_etat(etat);
    const absl::Status refused = Reconduire(action, 2024, nullptr).status();
    EXPECT_EQ(status::ReasonOf(refused), "RECONDUCTION_IMPOSSIBLE") << etat;
    return std::string(refused.message());
  };
  for (v1::EtatAction etat : {v1::ETAT_ACTION_BROUILLON, v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION})
    EXPECT_EQ(refusal(etat),
              "Ce dossier n'est pas déposé : il ne se reconduit qu'une fois déposé.");
  EXPECT_EQ(refusal(v1::ETAT_ACTION_ABANDONNEE),
            "Ce dossier est abandonné, et aucun dépôt n'en est connu : il ne se reconduit pas.");
  // What an import states of them tells no deposit either.
  for (v1::EtatAction etat : {v1::ETAT_ACTION_BROUILLON, v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION,
                              v1::ETAT_ACTION_ABANDONNEE}) {
    action.set_etat_importe(etat);
    refusal(etat);
  }
}

TEST(Reconduction, WhatWasFiledIsRenewedWhateverBecameOfIt) {
  v1::Action action = Precedente();
  for (v1::EtatAction etat : {v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION, v1::ETAT_ACTION_ABANDONNEE,
                              v1::ETAT_ACTION_REFUSEE, v1::ETAT_ACTION_SOLDEE}) {
    action.set_etat(etat);
    EXPECT_TRUE(Reconduire(action, 2024, nullptr).ok()) << etat;
  }
  // Filed elsewhere: an import says that it was judged, and it was changed here since.
  action.clear_depot_time();
  action.clear_attestations();
  action.set_etat_importe(v1::ETAT_ACTION_EN_INSTRUCTION);
  for (v1::EtatAction etat : {v1::ETAT_ACTION_EN_INSTRUCTION,
                              v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION, v1::ETAT_ACTION_ABANDONNEE}) {
    action.set_etat(etat);
    EXPECT_TRUE(Reconduire(action, 2024, nullptr).ok()) << etat;
  }
}

TEST(Reconduction, ItComesAfterTheExerciceThatItCarriesOn) {
  for (int exercice : {2023, 2022}) {
    const auto refused = Reconduire(Precedente(), exercice, nullptr);
    ASSERT_EQ(status::ViolationsOf(refused.status()).size(), 1u);
    EXPECT_EQ(status::ViolationsOf(refused.status())[0].reason, "RECONDUCTION_IMPOSSIBLE");
  }
}

}  // namespace
}  // namespace pdv::actions
