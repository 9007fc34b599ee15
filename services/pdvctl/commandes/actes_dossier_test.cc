#include "services/pdvctl/commandes/actes_dossier.h"

#include "gmock/gmock.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;

TEST(LireNotesTest, UneNoteParCritere) {
  for (const char* text : {"mixite=8,ancrage=5", "mixite:8 ancrage:5", "mixite=8, ancrage=5"}) {
    const auto notes = LireNotes(text);
    ASSERT_TRUE(notes.ok()) << notes.status();
    ASSERT_EQ(notes->size(), 2u);
    EXPECT_EQ((*notes)[0].critere(), "mixite");
    EXPECT_EQ((*notes)[0].note(), 8);
    EXPECT_EQ((*notes)[1].critere(), "ancrage");
    EXPECT_EQ((*notes)[1].note(), 5);
  }
}

TEST(LireNotesTest, CeQuiNEstPasUneNoteEstDit) {
  for (const char* text : {"mixite", "mixite=", "=8", "mixite=bien", "mixite=8=9"})
    EXPECT_THAT(std::string(LireNotes(text).status().message()), HasSubstr("n'est pas une note"))
        << text;
}

}  // namespace
}  // namespace pdv::pdvctl
