#include <array>
#include <atomic>
#include <random>
#include <thread>

#include "absl/strings/str_cat.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/store/comptes.h"

namespace pdv::actions {
namespace {

class ComptesTest : public ActionsTest {
 protected:
  v1::Comptes Comptes(const std::string& perimetre, int debut, int fin,
                      const std::vector<std::string>& axes = {}) {
    v1::GetComptesRequest request;
    request.set_perimetre(perimetre);
    request.set_exercice_debut(debut);
    request.set_exercice_fin(fin);
    for (const std::string& axe : axes) request.add_axes(axe);
    auto comptes = service_.Call<v1::Comptes>("GetComptes", request);
    EXPECT_TRUE(comptes.ok()) << comptes.status();
    return comptes.ok() ? *comptes : v1::Comptes();
  }
  std::vector<std::string> Ecarts() {
    auto checked =
        service_.Call<v1::VerifierComptesResponse>("VerifierComptes", v1::VerifierComptesRequest());
    EXPECT_TRUE(checked.ok()) << checked.status();
    return {checked->ecarts().begin(), checked->ecarts().end()};
  }
  static int64_t Axe(const v1::Comptes& comptes, const std::string& axe, const std::string& cle) {
    for (const auto& one : comptes.axes()) {
      if (one.axe() == axe && one.cle() == cle) return one.nb_actions();
    }
    return 0;
  }
};

TEST_F(ComptesTest, APorteurOfTwoYearsIsOnePorteurOfTheRange) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Porteur("q")).ok());
  v1::Action before = Action("2022-a");
  before.set_exercice(2022);
  ASSERT_TRUE(Creer(before).ok());
  ASSERT_TRUE(Creer(Action("2023-a")).ok());
  ASSERT_TRUE(Creer(Action("2023-b", "q")).ok());
  for (const char* perimetre : {"nation", "regions/76", "departements/34", "contrats/cv110"}) {
    const v1::Comptes comptes = Comptes(perimetre, 2022, 2023);
    EXPECT_EQ(comptes.nb_actions(), 3) << perimetre;
    EXPECT_EQ(comptes.nb_porteurs(), 2) << perimetre;
    ASSERT_EQ(comptes.exercices_size(), 2) << perimetre;
    EXPECT_EQ(comptes.exercices(0).nb_porteurs(), 1);
    EXPECT_EQ(comptes.exercices(1).nb_actions(), 2);
  }
  EXPECT_EQ(Comptes("nation", 2023, 0).nb_actions(), 2);
  EXPECT_EQ(Comptes("departements/13", 2022, 2023).nb_actions(), 0);
}

TEST_F(ComptesTest, EveryAxisIsBrokenDown) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action action = Action("a");
  Part(&action, "qpv/qp034001", 7000);
  Part(&action, "qpv/qp034002", 3000);
  ASSERT_TRUE(Creer(action).ok());
  action.set_name("actions/b");
  action.clear_quartiers();
  action.set_dispositif("dispositifs/pre");
  ASSERT_TRUE(Creer(action).ok());
  ASSERT_TRUE(Faire<v1::AbandonnerActionRequest>(Verbe::kAbandonner, "b").ok());
  const v1::Comptes comptes =
      Comptes("contrats/cv110", 2023, 2023, {"thematique", "dispositif", "qpv", "contrat", "etat"});
  EXPECT_EQ(Axe(comptes, "thematique", "nomenclatures/piliers-2015-2023/thematiques/education"), 2);
  EXPECT_EQ(Axe(comptes, "dispositif", "dispositifs/pre"), 1);
  EXPECT_EQ(Axe(comptes, "dispositif", ""), 1);
  EXPECT_EQ(Axe(comptes, "qpv", "qpv/qp034001"), 1);
  EXPECT_EQ(Axe(comptes, "qpv", "qpv/qp034002"), 1);
  EXPECT_EQ(Axe(comptes, "contrat", "contrats/cv110"), 2);
  EXPECT_EQ(Axe(comptes, "etat", "BROUILLON"), 1);
  EXPECT_EQ(Axe(comptes, "etat", "ABANDONNEE"), 1);
}

TEST_F(ComptesTest, ABreakdownTellsItsExercices) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  v1::Action before = Action("2022-a");
  before.set_exercice(2022);
  ASSERT_TRUE(Creer(before).ok());
  ASSERT_TRUE(Creer(Action("2023-a")).ok());
  ASSERT_TRUE(Creer(Action("2023-b")).ok());
  const v1::Comptes comptes = Comptes("departements/34", 2021, 2023, {"contrat"});
  ASSERT_EQ(comptes.axes_size(), 2);
  EXPECT_EQ(comptes.axes(0).exercice(), 2022);
  EXPECT_EQ(comptes.axes(0).nb_actions(), 1);
  EXPECT_EQ(comptes.axes(1).exercice(), 2023);
  EXPECT_EQ(comptes.axes(1).nb_actions(), 2);
}

TEST_F(ComptesTest, CountsEqualARecountAfterAnyHistory) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  auto one_of = [&](auto... choices) {
    const std::string all[] = {choices...};
    return all[random() % std::size(all)];
  };
  for (const char* id : {"p", "q", "r"}) ASSERT_TRUE(Creer(Porteur(id)).ok());
  service_.As("chef_projet");
  for (int step = 0; step < 200; ++step) {
    v1::Action action = Action("a" + std::to_string(random() % 30), one_of("p", "q", "r"));
    action.set_exercice(2020 + static_cast<int>(random() % 4));
    action.set_contrat(one_of("contrats/cv110", "contrats/cv043", ""));
    action.set_dispositif(one_of("dispositifs/pre", ""));
    if (random() % 2 == 0) Part(&action, "qpv/qp034001", 10'000);
    if (random() % 3 == 0)
      action.set_etat_importe(random() % 2 == 0 ? v1::ETAT_ACTION_PROGRAMMEE
                                                : v1::ETAT_ACTION_SOLDEE);
    ASSERT_TRUE(Importer({action, Action("a" + std::to_string(random() % 30))}).ok());
    if (random() % 4 == 0) {
      v1::DeleteActionRequest erase;
      erase.set_name(action.name());
      (void)service_.Call<v1::Action>("DeleteAction", erase);  // refused unless it is a draft
    }
  }
  EXPECT_EQ(Ecarts(), std::vector<std::string>());
  const int64_t present = service_.Number("SELECT count(*) FROM action WHERE delete_time IS NULL");
  EXPECT_EQ(Comptes("nation", 2000, 2100).nb_actions(), present);
  const auto checked =
      service_.Call<v1::VerifierComptesResponse>("VerifierComptes", v1::VerifierComptesRequest());
  EXPECT_EQ(checked->elements_verifies(), present);
  EXPECT_GT(service_.Number("SELECT count(*) FROM action WHERE delete_time IS NOT NULL"), 0);
}

// Replicas write the same counts, several statements to a transaction, in any order of keys.
TEST_F(ComptesTest, ConcurrentTransactionsNeitherDeadlockNorLoseACount) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  constexpr int kThreads = 4, kRounds = 40;
  std::atomic<int> failures{0};
  std::vector<std::thread> writers;
  for (int thread = 0; thread < kThreads; ++thread) {
    writers.emplace_back([&, thread] {
      auto session = *pg::Session::Connect(service_.conninfo());
      for (int round = 0; round < kRounds; ++round) {
        std::string script = "BEGIN;";
        // Half of them write the contrats and the exercices in one order, half in the other.
        for (int step : thread % 2 == 0 ? std::array{0, 1} : std::array{1, 0})
          script += absl::StrCat(
              "INSERT INTO action (name, uid, revision, create_time, update_time, intitule, "
              "porteur, contrat, exercice, marques_transversales, quartier_vecu, type, etat) "
              "VALUES ('actions/",
              thread, "-", round, "-", step,
              "', 'u', 1, now(), now(), 'x', 'porteurs/p', 'contrats/cv", step, "', ", 2020 + step,
              ", '{}', false, 'ACTION', 'BROUILLON');");
        if (!session->Script(script + "COMMIT").ok()) ++failures;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(failures.load(), 0);
  EXPECT_EQ(Comptes("nation", 2020, 2021).nb_actions(), 2 * kThreads * kRounds);
  EXPECT_EQ(Ecarts(), std::vector<std::string>());
}

TEST_F(ComptesTest, ARecountSeesAWrongCount) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  service_.Script("UPDATE compte SET nb_actions = 7 WHERE perimetre = 'nation' AND axe = 'total'");
  ASSERT_EQ(Ecarts().size(), 1u);
  EXPECT_EQ(Ecarts()[0], "nation 2023 total  : 7 au lieu de 1");
}

}  // namespace
}  // namespace pdv::actions
