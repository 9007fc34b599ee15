#include "services/actions/domain/identite.h"

#include <functional>

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

v1::Porteur Association() {
  v1::Porteur porteur;
  porteur.set_name("porteurs/p");
  porteur.set_raison_sociale("Les Ateliers");
  porteur.set_forme(v1::FORME_PORTEUR_ASSOCIATION);
  porteur.set_identification(v1::IDENTIFICATION_PORTEUR_SIRET);
  porteur.set_siret("77554402601284");
  return porteur;
}

struct Changement {
  const char* champ;
  std::function<void(v1::Porteur&)> faire;
};

TEST(IdentiteTest, IsThePorteursOwnUntilItHasFiled) {
  const Changement kChangements[] = {
      {"forme", [](v1::Porteur& p) { p.set_forme(v1::FORME_PORTEUR_AUTRE); }},
      {"identification",
       [](v1::Porteur& p) { p.set_identification(v1::IDENTIFICATION_PORTEUR_RNA); }},
      {"siret", [](v1::Porteur& p) { p.clear_siret(); }},
      {"rna", [](v1::Porteur& p) { p.set_rna("W343001234"); }},
      {"ridet", [](v1::Porteur& p) { p.set_ridet("123456789"); }},
      {"tahiti", [](v1::Porteur& p) { p.set_tahiti("A12345678"); }},
  };
  const v1::Porteur before = Association();
  for (const Changement& changement : kChangements) {
    SCOPED_TRACE(changement.champ);
    v1::Porteur after = before;
    changement.faire(after);
    EXPECT_TRUE(VerifierChampsReserves(nullptr, after, false).ok());
    EXPECT_TRUE(VerifierChampsReserves(&before, after, false).ok());
    const absl::Status refused = VerifierChampsReserves(&before, after, true);
    EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
    EXPECT_EQ(status::ReasonOf(refused), "CHAMP_RESERVE_AGENT");
    EXPECT_EQ(status::MetadataOf(refused, "champs"), changement.champ);
  }
  v1::Porteur moved = before;
  moved.set_raison_sociale("Les Grands Ateliers");
  moved.set_commune("communes/34032");
  EXPECT_TRUE(VerifierChampsReserves(&before, moved, true).ok());
}

TEST(IdentiteTest, WhatExemptsItIsNeverThePorteursOwnToTell) {
  const Changement kChangements[] = {
      {"reconnue_utilite_publique_le",
       [](v1::Porteur& p) {
         Ecrire(types::Date(2023, 1, 1), p.mutable_reconnue_utilite_publique_le());
       }},
      {"agrement_tronc_commun_le",
       [](v1::Porteur& p) {
         Ecrire(types::Date(2023, 1, 1), p.mutable_agrement_tronc_commun_le());
       }},
      {"agrement_tronc_commun_jusquau",
       [](v1::Porteur& p) {
         Ecrire(types::Date(2023, 1, 1), p.mutable_agrement_tronc_commun_jusquau());
       }},
  };
  const v1::Porteur before = Association();
  for (const Changement& changement : kChangements) {
    SCOPED_TRACE(changement.champ);
    v1::Porteur after = before;
    changement.faire(after);
    for (const v1::Porteur* known : {static_cast<const v1::Porteur*>(nullptr), &before}) {
      const absl::Status refused = VerifierChampsReserves(known, after, false);
      EXPECT_EQ(status::ReasonOf(refused), "CHAMP_RESERVE_AGENT");
      EXPECT_EQ(status::MetadataOf(refused, "champs"), changement.champ);
    }
    // What an agent wrote stays, whatever else the porteur changes.
    EXPECT_TRUE(VerifierChampsReserves(&after, after, true).ok());
    EXPECT_FALSE(VerifierChampsReserves(&after, before, false).ok());
  }
}

}  // namespace
}  // namespace pdv::actions
