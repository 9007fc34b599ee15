// The ledger read back: statements, explanations, and any amount as of an instant.
#include <map>

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/store/agregats.h"
#include "services/financement/store/banc_pgtest.h"
#include "services/financement/store/echeances.h"
#include "services/financement/store/enveloppes.h"
#include "services/financement/store/releve.h"

namespace pdv::financement {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::MessageDifferencer;
using google::protobuf::util::TimeUtil;
using ::testing::ElementsAre;

constexpr char kCle[] = "clé de test";

class ReleveTest : public ::testing::Test {
 protected:
  ReleveTest() {
    EXPECT_TRUE(banc_.CreerEnveloppe("ae", "nation", 1000).ok());
    for (const char* id : {"a", "b"}) {
      banc_.Action(
          id, 1, "contrats/cv110", "",
          R"([{"qpv": "qpv/a", "part_points": 3333}, {"qpv": "qpv/b", "part_points": 6667}])");
      EXPECT_TRUE(banc_.Creer(Banc::Demande(id, id, "ae", 500)).ok());
    }
  }
  void Proposer(const std::string& id, int64_t cents) {
    v1::ProposerLigneRequest request;
    request.set_name("lignes/" + id);
    request.set_propose_specifiques_centimes(cents);
    ASSERT_TRUE(banc_.Run<v1::Ligne>(request, ProposerLigne).ok());
  }
  void Voter(const std::string& id, int64_t cents) {
    v1::VoterLigneRequest request;
    request.set_name("lignes/" + id);
    request.set_vote_specifiques_centimes(cents);
    ASSERT_TRUE(banc_.Run<v1::Ligne>(request, VoterLigne).ok());
  }
  Timestamp Maintenant() {
    const auto rows = banc_.sql().Exec(
        "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint", {}, false);
    return TimeUtil::MicrosecondsToTimestamp(rows->Int64(0, 0));
  }
  v1::Enveloppe Lire(const Timestamp* instant = nullptr) {
    v1::GetEnveloppeRequest request;
    request.set_name("enveloppes/ae");
    if (instant != nullptr) *request.mutable_read_time() = *instant;
    auto enveloppe = GetEnveloppe(banc_.sql(), request);
    EXPECT_TRUE(enveloppe.ok()) << enveloppe.status();
    enveloppe->clear_etag();
    enveloppe->clear_update_time();
    return *enveloppe;
  }
  v1::Agregats Sommes(const Timestamp* instant = nullptr) {
    v1::GetAgregatsRequest request;
    request.set_perimetre("departements/34");
    request.set_exercice_debut(2023);
    request.set_par_contrat(true);
    if (instant != nullptr) *request.mutable_read_time() = *instant;
    const auto sums = GetAgregats(banc_.sql(), request);
    EXPECT_TRUE(sums.ok()) << sums.status();
    return *sums;
  }
  v1::ReleveCompteResponse Releve(const std::string& compte, int size = 0,
                                  const std::string& token = "") {
    v1::ReleveCompteRequest request;
    request.set_compte(compte);
    request.set_page_size(size);
    request.set_page_token(token);
    const auto answer = ReleveCompte(banc_.sql(), request, kCle);
    EXPECT_TRUE(answer.ok()) << answer.status();
    return *answer;
  }
  // "VOTE -5 995": nature, movement, balance after it.
  static std::vector<std::string> Phrases(const v1::ReleveCompteResponse& releve) {
    std::vector<std::string> phrases;
    for (const v1::MouvementCompte& m : releve.mouvements())
      phrases.push_back(absl::StrCat(
          v1::NatureEcriture_Name(m.ecriture().nature()).substr(sizeof("NATURE_ECRITURE_") - 1),
          " ", m.montant_centimes(), " ", m.solde_centimes()));
    return phrases;
  }
  Banc banc_;
};

TEST_F(ReleveTest, AnAccountIsReadEntryByEntry) {
  Proposer("a", 300);
  Voter("a", 200);
  const auto releve = Releve("enveloppes/ae/comptes/disponible");
  EXPECT_THAT(Phrases(releve),
              ElementsAre("ABONDEMENT 1000 1000", "RESERVATION -300 700", "LIBERATION 100 800"));
  EXPECT_EQ(releve.mouvements(1).ecriture().ligne(), "lignes/a");
  EXPECT_EQ(releve.mouvements(1).ecriture().acteur(), "essai");
  EXPECT_TRUE(releve.mouvements(1).ecriture().has_instant());
  ASSERT_EQ(releve.soldes_size(), 1);
  EXPECT_EQ(releve.soldes(0).solde_centimes(), 800);
  EXPECT_EQ(status::ReasonOf(ReleveCompte(
                                 banc_.sql(),
                                 [] {
                                   v1::ReleveCompteRequest unknown;
                                   unknown.set_compte("lignes/inconnue");
                                   return unknown;
                                 }(),
                                 kCle)
                                 .status()),
            "RESSOURCE_INTROUVABLE");
}

TEST_F(ReleveTest, PagesFollowEachOtherWithTheirBalances) {
  Proposer("a", 300);
  Voter("a", 300);
  const auto whole = Releve("lignes/a");
  // The vote is one entry between two accounts of the line: two movements.
  EXPECT_THAT(Phrases(whole), ElementsAre("DEMANDE 500 500", "PROPOSITION 300 300",
                                          "RESERVATION 300 300", "VOTE -300 0", "VOTE 300 300"));
  v1::ReleveCompteResponse pages;
  std::string token;
  do {
    const auto page = Releve("lignes/a", 2, token);
    pages.MergeFrom(page);
    token = page.next_page_token();
  } while (!token.empty());
  ASSERT_EQ(pages.mouvements_size(), whole.mouvements_size());
  for (int i = 0; i < whole.mouvements_size(); ++i)
    EXPECT_TRUE(MessageDifferencer::Equals(pages.mouvements(i), whole.mouvements(i))) << i;
}

TEST_F(ReleveTest, AnEnvelopeExplainsItsRemainder) {
  Proposer("a", 300);
  Voter("a", 200);
  Voter("b", 50);
  const v1::Enveloppe enveloppe = Lire();
  int64_t remainder = 0;
  for (const v1::PartEnveloppe& part : enveloppe.explication())
    remainder += part.entrees_centimes() - part.sorties_centimes();
  EXPECT_EQ(remainder, enveloppe.disponible_centimes());
  EXPECT_EQ(enveloppe.explication_size(), 4);
  EXPECT_EQ(enveloppe.explication(0).nature(), v1::NATURE_ECRITURE_ABONDEMENT);
  EXPECT_EQ(enveloppe.explication(3).nature(), v1::NATURE_ECRITURE_VOTE);
  EXPECT_EQ(enveloppe.explication(3).sorties_centimes(), 50);
}

TEST_F(ReleveTest, AnyAmountIsReadAsOfAnInstant) {
  const Timestamp before_all = TimeUtil::SecondsToTimestamp(1'000'000'000);
  std::vector<std::pair<Timestamp, std::pair<v1::Enveloppe, v1::Agregats>>> photos;
  auto photo = [&] { photos.push_back({Maintenant(), {Lire(), Sommes()}}); };
  photo();
  Proposer("a", 300);
  photo();
  Voter("b", 150);
  photo();
  Voter("a", 123);
  v1::GelerEnveloppeRequest freeze;
  freeze.set_name("enveloppes/ae");
  freeze.set_montant_centimes(100);
  freeze.set_motif("Mise en réserve.");
  ASSERT_TRUE(banc_.Run<v1::Enveloppe>(freeze, GelerEnveloppe).ok());
  photo();
  for (const auto& [instant, seen] : photos) {
    SCOPED_TRACE(TimeUtil::ToString(instant));
    EXPECT_TRUE(MessageDifferencer::Equals(Lire(&instant), seen.first))
        << Lire(&instant).DebugString() << seen.first.DebugString();
    EXPECT_TRUE(MessageDifferencer::Equals(Sommes(&instant), seen.second))
        << Sommes(&instant).DebugString() << seen.second.DebugString();
  }
  EXPECT_EQ(Sommes(&before_all).agregats_size(), 0);
  v1::GetEnveloppeRequest early;
  early.set_name("enveloppes/ae");
  *early.mutable_read_time() = before_all;
  EXPECT_EQ(status::ReasonOf(GetEnveloppe(banc_.sql(), early).status()), "RESSOURCE_INTROUVABLE");
  *early.mutable_read_time() = TimeUtil::SecondsToTimestamp(absl::ToUnixSeconds(absl::Now()) + 60);
  EXPECT_EQ(status::ReasonOf(GetEnveloppe(banc_.sql(), early).status()), "INSTANT_FUTUR");
}

// An instant is read once nobody can write in it any more: what it shows never changes.
TEST_F(ReleveTest, AnInstantIsReadOnceThoseWhoWriteInItAreDone) {
  auto writer = *pg::Session::Connect(banc_.conninfo());
  ASSERT_TRUE(writer->Script("BEGIN; SELECT pg_current_xact_id()").ok());
  ASSERT_TRUE(
      writer
          ->Script(Banc::EcritureSql("GEL", "enveloppes/ae/comptes/disponible",
                                     "enveloppes/ae/comptes/gele", 400, "", "enveloppes/ae") +
                   "UPDATE enveloppe SET disponible_centimes = 600, gele_centimes = 400")
          .ok());
  const Timestamp instant = Maintenant();
  EXPECT_EQ(Lire().gele_centimes(), 0);  // what is committed, now
  v1::GetEnveloppeRequest request;
  request.set_name("enveloppes/ae");
  *request.mutable_read_time() = instant;
  EXPECT_EQ(status::ReasonOf(GetEnveloppe(banc_.sql(), request).status()), "INSTANT_NON_ATTEINT");
  EXPECT_TRUE(writer->Script("COMMIT").ok());
  EXPECT_EQ(Lire(&instant).gele_centimes(), 400);
}

// What an envelope reserves, consumes and has delegated is listed as what it has available is.
TEST_F(ReleveTest, EveryAmountOfAnEnvelopeIsTheBalanceOfAnAccount) {
  Proposer("a", 300);
  Voter("a", 200);
  Proposer("b", 50);
  ASSERT_TRUE(banc_.CreerEnveloppe("r76", "regions/76", 100, "ae").ok());
  EXPECT_THAT(Phrases(Releve("enveloppes/ae/comptes/reserve")),
              ElementsAre("RESERVATION 300 300", "LIBERATION -100 200", "VOTE -200 0",
                          "RESERVATION 50 50"));
  EXPECT_THAT(Phrases(Releve("enveloppes/ae/comptes/consomme")), ElementsAre("VOTE 200 200"));
  EXPECT_THAT(Phrases(Releve("enveloppes/ae/comptes/delegue")), ElementsAre("DELEGATION 100 100"));
  const auto whole = Releve("enveloppes/ae", 1000);
  std::map<std::string, int64_t> soldes, sommes;
  for (const auto& one : whole.soldes()) soldes[one.compte()] = one.solde_centimes();
  for (const auto& one : whole.mouvements()) sommes[one.compte()] += one.montant_centimes();
  const v1::Enveloppe row = Lire();
  auto solde = [&](const char* poste) {
    return soldes[std::string("enveloppes/ae/comptes/") + poste];
  };
  EXPECT_EQ(solde("disponible"), row.disponible_centimes());
  EXPECT_EQ(solde("reserve"), row.reserve_centimes());
  EXPECT_EQ(solde("consomme"), row.consomme_centimes());
  EXPECT_EQ(solde("gele"), row.gele_centimes());
  EXPECT_EQ(solde("delegue"), row.delegue_centimes());
  EXPECT_EQ(row.delegue_centimes(), 100);
  for (const auto& [compte, somme] : sommes) EXPECT_EQ(soldes[compte], somme) << compte;
  // The child of a delegation has received, and delegated nothing itself.
  EXPECT_EQ(Releve("enveloppes/r76").soldes_size(), 2);
  EXPECT_THAT(Phrases(Releve("enveloppes/r76/comptes/recu")), ElementsAre("DELEGATION 100 100"));
}

// The other half of the double entry: what left it is what all the others have.
TEST_F(ReleveTest, WhatComesFromOutsideIsListedToo) {
  Proposer("a", 300);
  Voter("a", 200);
  v1::ReleveCompteResponse outside;
  std::string token;
  do {
    const auto page = Releve("financeurs/etat/comptes/exterieur", 2, token);
    outside.mutable_mouvements()->MergeFrom(page.mouvements());
    *outside.mutable_soldes() = page.soldes();
    token = page.next_page_token();
  } while (!token.empty());
  EXPECT_THAT(Phrases(outside), ElementsAre("ABONDEMENT -1000 -1000", "DEMANDE -500 -1500",
                                            "DEMANDE -500 -2000", "PROPOSITION -300 -2300"));
  ASSERT_EQ(outside.soldes_size(), 1);
  int64_t total = outside.soldes(0).solde_centimes();
  for (const char* titulaire : {"lignes/a", "lignes/b", "enveloppes/ae"}) {
    const auto releve = Releve(titulaire);
    for (const auto& one : releve.soldes()) {
      const std::string poste = one.compte().substr(one.compte().rfind('/') + 1);
      if (poste != "reserve" && poste != "consomme" && poste != "delegue")
        total += one.solde_centimes();
    }
  }
  EXPECT_EQ(total, 0);
}

TEST_F(ReleveTest, WhatCameLaterWasNotThere) {
  for (const char* compte :
       {"lignes/a", "enveloppes/ae/comptes/reserve", "financeurs/etat/comptes/exterieur"}) {
    v1::ReleveCompteRequest request;
    request.set_compte(compte);
    *request.mutable_read_time() = TimeUtil::SecondsToTimestamp(1'000'000'000);
    EXPECT_EQ(status::ReasonOf(ReleveCompte(banc_.sql(), request, kCle).status()),
              "RESSOURCE_INTROUVABLE")
        << compte;
  }
}

TEST_F(ReleveTest, EnvelopesAreListedAsTheyWere) {
  Proposer("a", 300);
  const Timestamp instant = Maintenant();
  Voter("a", 200);
  ASSERT_TRUE(banc_.CreerEnveloppe("r76", "regions/76", 100, "ae").ok());
  v1::ListEnveloppesRequest request;
  EXPECT_EQ(ListEnveloppes(banc_.sql(), request, kCle)->enveloppes_size(), 2);
  *request.mutable_read_time() = instant;
  const auto then = ListEnveloppes(banc_.sql(), request, kCle);
  ASSERT_TRUE(then.ok()) << then.status();
  ASSERT_EQ(then->enveloppes_size(), 1);
  EXPECT_EQ(then->enveloppes(0).disponible_centimes(), 700);
  EXPECT_EQ(then->enveloppes(0).reserve_centimes(), 300);
  EXPECT_EQ(then->enveloppes(0).consomme_centimes(), 0);
  EXPECT_EQ(then->enveloppes(0).delegue_centimes(), 0);
  EXPECT_EQ(then->enveloppes(0).montant_centimes(), 1000);
  *request.mutable_read_time() = Maintenant();
  EXPECT_EQ(ListEnveloppes(banc_.sql(), request, kCle)->enveloppes(1).recu_centimes(), 100);
}

// A deposit that was stopped leaves a draft and its lines: nobody waits for them.
TEST_F(ReleveTest, TheLinesOfADossierThatWasNeverFiledWaitForNobody) {
  v1::ListEcheancesRequest request;
  auto waiting = [&] { return ListEcheances(banc_.sql(), request, kCle)->echeances_size(); };
  auto action = [&](const char* facts) {
    banc_.Sql(absl::StrCat("UPDATE miroir_action SET ", facts, " WHERE name = 'actions/a'"));
  };
  EXPECT_EQ(waiting(), 2);
  for (const char* etat : {"BROUILLON", "EN_ATTENTE_ATTESTATION", "ABANDONNEE"}) {
    action(absl::StrCat("etat = '", etat, "'").c_str());
    EXPECT_EQ(waiting(), 1) << etat;
  }
  // Filed once, and waiting for the attestation of its complements: its funder still has to decide.
  action("etat = 'EN_ATTENTE_ATTESTATION', depot_time = now()");
  EXPECT_EQ(waiting(), 2);
  action("etat = 'DEPOSEE', delete_time = now()");
  EXPECT_EQ(waiting(), 1);
}

TEST_F(ReleveTest, UndecidedLinesShowTheirAge) {
  banc_.Sql("UPDATE ligne SET demande_le = current_date - 40 WHERE name = 'lignes/b'");
  v1::ListEcheancesRequest request;
  request.set_perimetre("departements/34");
  request.set_page_size(1);
  const auto first = ListEcheances(banc_.sql(), request, kCle);
  ASSERT_TRUE(first.ok()) << first.status();
  ASSERT_EQ(first->echeances_size(), 1);
  EXPECT_EQ(first->echeances(0).ligne().name(), "lignes/b");
  EXPECT_NEAR(first->echeances(0).age_jours(), 40, 1);  // midnight in Paris is not that of UTC
  request.set_page_token(first->next_page_token());
  const auto second = ListEcheances(banc_.sql(), request, kCle);
  ASSERT_EQ(second->echeances_size(), 1);
  EXPECT_EQ(second->echeances(0).ligne().name(), "lignes/a");
  EXPECT_EQ(second->next_page_token(), "");
  request.clear_page_token();
  request.set_financeur("financeurs/etat");
  EXPECT_EQ(ListEcheances(banc_.sql(), request, kCle)->echeances_size(), 1);
  request.set_financeur("financeurs/region");
  EXPECT_EQ(ListEcheances(banc_.sql(), request, kCle)->echeances_size(), 0);
  request.clear_financeur();
  request.set_age_minimal_jours(30);
  EXPECT_EQ(ListEcheances(banc_.sql(), request, kCle)->next_page_token(), "");
  Voter("b", 1);
  EXPECT_EQ(ListEcheances(banc_.sql(), request, kCle)->echeances_size(), 0);
}

TEST_F(ReleveTest, AnActionThatProgramme147PaysAloneIsSaid) {
  v1::EvaluerFinancementRequest request;
  request.set_action("actions/a");
  const auto findings = EvaluerFinancement(banc_.sql(), request);
  ASSERT_TRUE(findings.ok()) << findings.status();
  ASSERT_EQ(findings->constats_size(), 1);
  EXPECT_EQ(findings->constats(0).regle(), "P147_FINANCEUR_UNIQUE");
  banc_.Financeur("region");
  v1::Ligne other = Banc::Demande("a2", "a", "", 5);
  other.set_financeur("financeurs/region");
  ASSERT_TRUE(banc_.Creer(other).ok());
  EXPECT_EQ(EvaluerFinancement(banc_.sql(), request)->constats_size(), 0);
}

}  // namespace
}  // namespace pdv::financement
