#include "services/pdvctl/commandes/positions.h"

#include <cstdlib>
#include <fstream>
#include <thread>

#include "gmock/gmock.h"

namespace pdv::pdvctl {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

const absl::Time kMidi = absl::FromUnixSeconds(1'795'000'000);

Positions De(const std::string& service, int64_t position) {
  Positions positions;
  positions.Retenir(service, position);
  return positions;
}

std::map<std::string, int64_t> Lues(const PositionsGardees& gardees, absl::Time quand = kMidi) {
  std::map<std::string, int64_t> read;
  for (const auto& [service, one] : gardees.Lire(quand)) read[service] = one.position;
  return read;
}

class PositionsGardeesTest : public ::testing::Test {
 protected:
  void SetUp() override { fs::remove_all(folder_); }
  void TearDown() override { fs::remove_all(folder_); }
  void Ecrire(const std::string& texte) {
    fs::create_directories(folder_);
    std::ofstream(gardees_.fichier()) << texte;
  }
  const fs::path folder_ = fs::path(::testing::TempDir()) / "pdvctl_positions";
  const PositionsGardees gardees_{folder_ / "127.0.0.1:7400"};
};

TEST(PositionsTest, TheFurthestOfEachServiceIsGivenBack) {
  Positions positions;
  positions.Retenir({{"x-pdv-position", "actions=12,contrats=7"}, {"autre", "actions=99"}});
  positions.Retenir({{"x-pdv-position", "actions=9"}, {"x-pdv-position", "contrats=faux"}});
  rpc::Metadata metadata;
  positions.Donner(&metadata);
  EXPECT_THAT(metadata, ElementsAre(Pair("x-pdv-position", "actions=12,contrats=7")));
}

TEST_F(PositionsGardeesTest, WhatOneCommandWritesTheNextOneReads) {
  EXPECT_THAT(gardees_.Lire(kMidi), IsEmpty());
  gardees_.Garder(De("actions", 12), kMidi);
  gardees_.Garder(De("contrats", 7), kMidi);
  gardees_.Garder(De("actions", 9), kMidi + absl::Seconds(1));  // of a command that ended late
  EXPECT_THAT(Lues(gardees_), ElementsAre(Pair("actions", 12), Pair("contrats", 7)));
  EXPECT_EQ(gardees_.Lire(kMidi).at("actions").ecrite, kMidi);
}

TEST_F(PositionsGardeesTest, TheyAreKeptForTenMinutes) {
  gardees_.Garder(De("actions", 12), kMidi);
  EXPECT_THAT(Lues(gardees_, kMidi + absl::Minutes(10)), ElementsAre(Pair("actions", 12)));
  const absl::Time late = kMidi + absl::Minutes(10) + absl::Milliseconds(1);
  EXPECT_THAT(Lues(gardees_, late), IsEmpty());
  EXPECT_THAT(Lues(gardees_, kMidi - absl::Hours(1)), IsEmpty()) << "the clock was put right";
  // The suite was made anew meanwhile: it counts from the beginning.
  gardees_.Garder(De("actions", 3), late);
  EXPECT_THAT(Lues(gardees_, late), ElementsAre(Pair("actions", 3)));
}

TEST_F(PositionsGardeesTest, WhatIsForgottenIsWhatWasKnownThen) {
  gardees_.Garder(De("actions", 12), kMidi);
  gardees_.Garder(De("contrats", 7), kMidi);
  const PositionsGardees::Toutes lost = gardees_.Lire(kMidi);
  gardees_.Garder(De("actions", 13), kMidi);
  gardees_.Oublier(lost, kMidi);
  EXPECT_THAT(Lues(gardees_), ElementsAre(Pair("actions", 13)));
}

TEST_F(PositionsGardeesTest, ADamagedFileIsReadForWhatItHolds) {
  Ecrire(
      "actions 12 1795000000000\n\ncontrats -1 1795000000000\ninconnu 3 1795000000000\n"
      "financement 12\nevaluation 99999999999999999999 1795000000000\n\xff\xfe\x00");
  EXPECT_THAT(Lues(gardees_), ElementsAre(Pair("actions", 12)));
  gardees_.Garder(De("contrats", 7), kMidi);
  EXPECT_THAT(Lues(gardees_), ElementsAre(Pair("actions", 12), Pair("contrats", 7)));
}

TEST_F(PositionsGardeesTest, AFileOutOfReachIsNoError) {
  Ecrire("actions 12 1795000000000\n");
  const PositionsGardees under_a_file(gardees_.fichier() / "127.0.0.1:7400");
  under_a_file.Garder(De("actions", 12), kMidi);
  EXPECT_THAT(Lues(under_a_file), IsEmpty());
  const PositionsGardees a_folder(folder_);
  a_folder.Garder(De("actions", 12), kMidi);
  EXPECT_THAT(Lues(a_folder), IsEmpty());
  const PositionsGardees none("");
  none.Garder(De("actions", 12), kMidi);
  EXPECT_THAT(Lues(none), IsEmpty());
}

TEST_F(PositionsGardeesTest, CommandsThatEndTogetherLoseNothing) {
  std::vector<std::thread> commands;
  for (const char* service : {"actions", "contrats", "evaluation", "financement"})
    commands.emplace_back([&, service] {
      for (int i = 1; i <= 25; ++i) gardees_.Garder(De(service, i), kMidi);
    });
  for (std::thread& command : commands) command.join();
  EXPECT_THAT(Lues(gardees_), ElementsAre(Pair("actions", 25), Pair("contrats", 25),
                                          Pair("evaluation", 25), Pair("financement", 25)));
}

TEST(PositionsGardeesPlaceTest, EachGatewayHasItsFileAndOneMayDoWithout) {
  setenv("PDV_POSITIONS", "/a", 1);
  EXPECT_EQ(PositionsGardees::De("127.0.0.1:7400").fichier(), "/a/127.0.0.1:7400");
  EXPECT_EQ(PositionsGardees::De("unix:/run/../pdv").fichier(), "/a/unix:_run_.._pdv");
  setenv("PDV_POSITIONS", "non", 1);
  EXPECT_EQ(PositionsGardees::De("127.0.0.1:7400").fichier(), "");
  unsetenv("PDV_POSITIONS");
  setenv("XDG_STATE_HOME", "/b", 1);
  EXPECT_EQ(PositionsGardees::De("h:1").fichier(), "/b/pdvctl/positions/h:1");
  unsetenv("XDG_STATE_HOME");
  setenv("HOME", "/c", 1);
  EXPECT_EQ(PositionsGardees::De("h:1").fichier(), "/c/.local/state/pdvctl/positions/h:1");
}

}  // namespace
}  // namespace pdv::pdvctl
