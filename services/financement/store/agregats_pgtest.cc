#include <array>
#include <map>
#include <random>
#include <tuple>

#include "common/types/centimes.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/store/agregats.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {
namespace {

using Sommes = std::array<int64_t, 11>;  // ten amounts and a count
using Cle = std::tuple<std::string, int64_t, std::string, std::string>;

std::vector<int64_t> Montants(const v1::Ligne& l) {
  return {l.demande_droit_commun_centimes(), l.demande_specifiques_centimes(),
          l.propose_droit_commun_centimes(), l.propose_specifiques_centimes(),
          l.vote_droit_commun_centimes(),    l.vote_specifiques_centimes(),
          l.engage_droit_commun_centimes(),  l.engage_specifiques_centimes(),
          l.paye_droit_commun_centimes(),    l.paye_specifiques_centimes()};
}

// What a line counts for, by axis and key, told in C++ alone.
std::map<std::pair<std::string, std::string>, Sommes> Ventiler(const v1::Ligne& l) {
  std::map<std::pair<std::string, std::string>, Sommes> parts;
  std::vector<int64_t> weights;
  std::vector<std::string> keys;
  int64_t outside = 10000;
  for (const auto& part : l.quartiers()) {
    keys.push_back(part.qpv());
    weights.push_back(part.part_points());
    outside -= part.part_points();
  }
  if (outside > 0) {
    keys.push_back("hors-qpv");
    weights.push_back(outside);
  }
  const std::vector<int64_t> amounts = Montants(l);
  for (size_t k = 0; k < amounts.size(); ++k) {
    for (const auto& [axe, cle] : std::map<std::string, std::string>{{"total", ""},
                                                                     {"contrat", l.contrat()},
                                                                     {"thematique", l.thematique()},
                                                                     {"dispositif", l.dispositif()},
                                                                     {"financeur", l.financeur()}})
      parts[{axe, cle}][k] = amounts[k];
    const auto split = types::RepartirAuPlusFortReste(amounts[k], weights);
    for (size_t i = 0; i < keys.size(); ++i) parts[{"qpv", keys[i]}][k] += split[i];
  }
  for (auto& [key, sums] : parts) sums[10] = 1;
  return parts;
}

std::map<Cle, Sommes> Recompter(Banc& banc) {
  const store::Table& table = store::Table::Of<v1::Ligne>();
  const auto rows = banc.sql().Exec(absl::StrCat("SELECT ", table.select_list(), " FROM ligne"));
  EXPECT_TRUE(rows.ok()) << rows.status();
  std::map<Cle, Sommes> expected;
  for (int row = 0; row < rows->rows(); ++row) {
    v1::Ligne l;
    EXPECT_TRUE(table.FromRow(*rows, row, &l).ok());
    for (const auto& [key, sums] : Ventiler(l)) {
      for (const std::string& p :
           {std::string("nation"), l.region(), l.departement(), l.contrat()}) {
        if (p.empty()) continue;
        Sommes& kept = expected[{p, l.exercice(), key.first, key.second}];
        for (size_t k = 0; k < sums.size(); ++k) kept[k] += sums[k];
      }
    }
  }
  return expected;
}

std::map<Cle, Sommes> Gardes(Banc& banc) {
  const auto rows = banc.sql().Exec("SELECT * FROM agregat WHERE nb_lignes <> 0");
  EXPECT_TRUE(rows.ok()) << rows.status();
  std::map<Cle, Sommes> kept;
  for (int row = 0; row < rows->rows(); ++row) {
    Sommes& sums = kept[{std::string(rows->Text(row, 0)), rows->Int64(row, 1),
                         std::string(rows->Text(row, 2)), std::string(rows->Text(row, 3))}];
    for (int k = 0; k < 11; ++k) sums[k] = rows->Int64(row, 4 + k);
  }
  return kept;
}

// A history: actions that change, lines that are asked, proposed, voted, refused, committed, paid.
class Histoire {
 public:
  Histoire(Banc& banc, unsigned seed) : banc_(banc), random_(seed) {
    banc_.Enveloppe("ae", "etat", "AE", 3'000'000);
    banc_.Enveloppe("cp", "etat", "CP", 1'500'000);
    for (int i = 0; i < 12; ++i) Change(i);
  }

  void Step() {
    const int action = Any(12);
    const std::string id = absl::StrCat(action);
    switch (Any(8)) {
      case 0:
        return Change(action);
      case 1:
        return Count(banc_.Creer(Banc::Demande(id, id, Any(2) ? "ae" : "cp", Any(1'000'000))));
      case 2:
        return Count(
            Amounts<v1::ProposerLigneRequest>(id, ProposerLigne, [](auto& r, auto a, auto b) {
              r.set_propose_droit_commun_centimes(a), r.set_propose_specifiques_centimes(b);
            }));
      case 3:
      case 4:
        return Count(Amounts<v1::VoterLigneRequest>(id, VoterLigne, [](auto& r, auto a, auto b) {
          r.set_vote_droit_commun_centimes(a), r.set_vote_specifiques_centimes(b);
        }));
      case 5:
        return Count(
            Amounts<v1::EngagerLigneRequest>(id, EngagerLigne, [](auto& r, auto a, auto b) {
              r.set_engage_droit_commun_centimes(a), r.set_engage_specifiques_centimes(b);
            }));
      case 6:
        return Count(Amounts<v1::VerserLigneRequest>(id, VerserLigne, [](auto& r, auto a, auto b) {
          r.set_paye_droit_commun_centimes(a), r.set_paye_specifiques_centimes(b);
        }));
      default:
        // Room for the next ones: every line of the history ends, and others take its place.
        return Abonder();
    }
  }
  int accepted() const { return accepted_; }
  int refused() const { return refused_; }

 private:
  void Abonder() {
    for (const char* id : {"ae", "cp"})
      banc_.Sql(absl::StrCat(
          Banc::EcritureSql("ABONDEMENT", "financeurs/etat/comptes/exterieur",
                            absl::StrCat("enveloppes/", id, "/comptes/disponible"), 10'000, "",
                            absl::StrCat("enveloppes/", id)),
          "UPDATE enveloppe SET disponible_centimes = disponible_centimes + 10000,"
          " montant_centimes = montant_centimes + 10000 WHERE name = 'enveloppes/",
          id, "'"));
  }
  int64_t Any(int64_t n) { return static_cast<int64_t>(random_() % static_cast<uint64_t>(n)); }
  void Count(const absl::StatusOr<v1::Ligne>& answer) {
    ++(answer.ok() ? accepted_ : refused_);
    EXPECT_NE(answer.status().code(), absl::StatusCode::kInternal) << answer.status();
  }
  // The mirror learns a new state of the action: other contrat, thématique, quartiers.
  void Change(int action) {
    const char* quartiers[] = {
        "", R"([{"qpv": "qpv/a", "part_points": 10000}])",
        R"([{"qpv": "qpv/a", "part_points": 3333}, {"qpv": "qpv/b", "part_points": 6667}])",
        R"([{"qpv": "qpv/c", "part_points": 3333}, {"qpv": "qpv/b", "part_points": 3333},)"
        R"( {"qpv": "qpv/a", "part_points": 3334}])",
        R"([{"qpv": "qpv/b", "part_points": 4001}])"};
    const char* contrats[] = {"", "contrats/cv110", "contrats/cv111"};
    const char* thematiques[] = {"", "nomenclatures/n/thematiques/sante",
                                 "nomenclatures/n/thematiques/education"};
    banc_.Action(absl::StrCat(action), ++revision_, contrats[Any(3)], thematiques[Any(3)],
                 quartiers[Any(5)]);
  }
  template <class Request, class Verb, class Set>
  absl::StatusOr<v1::Ligne> Amounts(const std::string& id, Verb verb, Set set) {
    Request request;
    request.set_name("lignes/" + id);
    set(request, Any(3) ? 0 : Any(1000), Any(400'000) / (Any(3) + 1));
    return banc_.Run<v1::Ligne>(request, verb);
  }

  Banc& banc_;
  std::mt19937 random_;
  int revision_ = 0, accepted_ = 0, refused_ = 0;
};

TEST(AgregatsTest, EqualARecountAfterAnyHistory) {
  int accepted = 0, refused = 0;
  for (unsigned seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    Banc banc;
    Histoire histoire(banc, seed);
    for (int step = 0; step < 240; ++step) {
      histoire.Step();
      if (step % 60 != 59) continue;
      ASSERT_EQ(Gardes(banc), Recompter(banc)) << step;
    }
    const auto checked = VerifierAgregats(banc.sql(), {});
    ASSERT_TRUE(checked.ok()) << checked.status();
    EXPECT_THAT(checked->ecarts(), ::testing::IsEmpty());
    EXPECT_THAT(checked->lignes_orphelines(), ::testing::IsEmpty());
    EXPECT_EQ(checked->elements_verifies(), banc.Number("SELECT count(*) FROM ligne"));
    EXPECT_GT(checked->ecritures_verifiees(), checked->elements_verifies());
    accepted += histoire.accepted();
    refused += histoire.refused();
  }
  // The histories do something, and ask for what is forbidden too.
  EXPECT_GT(accepted, 100);
  EXPECT_GT(refused, 100);
}

TEST(AgregatsTest, ADamagedSumIsFound) {
  Banc banc;
  banc.Action("a", 1, "contrats/cv110", "");
  ASSERT_TRUE(banc.Creer(Banc::Demande("l", "a", "", 500)).ok());
  banc.Sql(
      "UPDATE agregat SET demande_specifiques_centimes = 501 WHERE perimetre = 'nation' "
      "AND axe = 'total'");
  banc.Sql("DELETE FROM miroir_action");
  const auto checked = VerifierAgregats(banc.sql(), {});
  ASSERT_TRUE(checked.ok()) << checked.status();
  ASSERT_EQ(checked->ecarts_size(), 1);
  EXPECT_THAT(checked->ecarts(0), ::testing::HasSubstr("nation 2023 total"));
  EXPECT_THAT(checked->lignes_orphelines(), ::testing::ElementsAre("lignes/l"));
}

TEST(AgregatsTest, AreReadByPerimeterAxisAndContrat) {
  Banc banc;
  banc.Action("a", 1, "contrats/cv110", "nomenclatures/n/thematiques/sante");
  banc.Action("b", 1, "", "");
  ASSERT_TRUE(banc.Creer(Banc::Demande("a", "a", "", 500)).ok());
  ASSERT_TRUE(banc.Creer(Banc::Demande("b", "b", "", 70)).ok());
  v1::GetAgregatsRequest request;
  request.set_perimetre("departements/34");
  request.set_exercice_debut(2023);
  request.add_axes("total");
  request.set_par_contrat(true);
  const auto answer = GetAgregats(banc.sql(), request);
  ASSERT_TRUE(answer.ok()) << answer.status();
  ASSERT_EQ(answer->agregats_size(), 2);
  EXPECT_EQ(answer->agregats(0).demande_specifiques_centimes(), 570);
  EXPECT_EQ(answer->agregats(0).nb_lignes(), 2);
  EXPECT_EQ(answer->agregats(1).contrat(), "contrats/cv110");
  EXPECT_EQ(answer->agregats(1).cle(), "financeurs/etat");
  EXPECT_EQ(answer->agregats(1).demande_specifiques_centimes(), 500);
  request.set_exercice_debut(2024);
  EXPECT_EQ(GetAgregats(banc.sql(), request)->agregats_size(), 0);
}

TEST(RepartirTest, IsTheRuleOfTheSuite) {
  Banc banc;
  std::mt19937_64 random(7);
  for (int i = 0; i < 300; ++i) {
    std::vector<int64_t> weights(1 + random() % 6);
    for (int64_t& weight : weights)
      weight = static_cast<int64_t>(random() % 4 ? random() % 9999 : 0);
    const auto amount = static_cast<int64_t>(random() % (i % 2 ? 100 : 10'000'000'000'000));
    pg::Params params;
    params.Int64(amount).Int64Array(weights);
    const auto rows = banc.sql().Exec(
        "SELECT p FROM unnest(repartir($1::bigint, $2::bigint[])) WITH ORDINALITY u(p, i) "
        "ORDER BY i",
        params);
    ASSERT_TRUE(rows.ok()) << rows.status();
    std::vector<int64_t> parts;
    for (int row = 0; row < rows->rows(); ++row) parts.push_back(rows->Int64(row, 0));
    EXPECT_EQ(parts, types::RepartirAuPlusFortReste(amount, weights));
  }
}

}  // namespace
}  // namespace pdv::financement
