#include "services/contrats/api/banc_pgtest.h"
#include "services/contrats/app/semer_referentiel.h"
#include "services/contrats/domain/referentiel.h"

namespace pdv::contrats {
namespace {

using SemerReferentielTest = Banc;

TEST_F(SemerReferentielTest, BringsInWhatIsMissingOnceAndJournalsIt) {
  ASSERT_TRUE(SemerReferentiel(magasin()).ok());
  EXPECT_EQ(Lire("SELECT count(*) FROM thematique"), std::to_string(Thematiques().size()));
  EXPECT_EQ(Lire("SELECT count(*) FROM dispositif"), std::to_string(Dispositifs().size()));
  EXPECT_EQ(Lire("SELECT count(*) FROM correspondance"), std::to_string(Correspondances().size()));
  // The peers' mirrors learn it from the journal.
  const std::string journal = Lire("SELECT count(*) FROM journal");
  EXPECT_EQ(journal, Lire("SELECT (SELECT count(*) FROM nomenclature) + (SELECT count(*) FROM "
                          "thematique) + (SELECT count(*) FROM dispositif) + (SELECT count(*) "
                          "FROM correspondance)"));
  ASSERT_TRUE(SemerReferentiel(magasin()).ok());
  EXPECT_EQ(Lire("SELECT count(*) FROM journal"), journal);
}

TEST_F(SemerReferentielTest, LeavesAloneWhatAnOperatorChanged) {
  ASSERT_TRUE(SemerReferentiel(magasin()).ok());
  v1::UpdateDispositifRequest request;
  request.mutable_dispositif()->set_name("dispositifs/pre");
  request.mutable_dispositif()->set_libelle("Réussite éducative");
  ASSERT_TRUE(Appeler<v1::Dispositif>("UpdateDispositif", request).ok());
  ASSERT_TRUE(SemerReferentiel(magasin()).ok());
  EXPECT_EQ(Lire("SELECT libelle FROM dispositif WHERE name = 'dispositifs/pre'"),
            "Réussite éducative");
}

TEST_F(SemerReferentielTest, TheSharesOfTheFoundingDocumentAreThere) {
  ASSERT_TRUE(SemerReferentiel(magasin()).ok());
  EXPECT_EQ(Lire("SELECT string_agg(code || ' ' || part_reference_points, ', ' ORDER BY code) "
                 "FROM thematique WHERE part_reference_points IS NOT NULL"),
            "cadre-de-vie 200, cohesion-sociale 8000");
}

}  // namespace
}  // namespace pdv::contrats
