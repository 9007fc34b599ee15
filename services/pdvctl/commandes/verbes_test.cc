#include "services/pdvctl/commandes/verbes.h"

#include "gmock/gmock.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;

TEST(VerbesTest, UnNomSeDonneAvecOuSansSaCollection) {
  EXPECT_EQ(NomComplet("actions", "2024-cv110-0042"), "actions/2024-cv110-0042");
  EXPECT_EQ(NomComplet("actions", "actions/2024-cv110-0042"), "actions/2024-cv110-0042");
  EXPECT_EQ(NomComplet("contrats", "CV110"), "contrats/cv110");
}

TEST(VerbesTest, LesEtatsSeLisentEnFrancais) {
  actions::v1::Action dossier;
  financement::v1::Ligne ligne;
  dossier.set_etat(actions::v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  EXPECT_EQ(LibelleEtat(dossier), "en attente d'attestation");
  dossier.set_etat(actions::v1::ETAT_ACTION_REFUSEE);
  EXPECT_EQ(LibelleEtat(dossier), "refusé");
  ligne.set_etat(financement::v1::ETAT_LIGNE_REFUSEE);
  EXPECT_EQ(LibelleEtat(ligne), "refusée");
  ligne.set_etat(financement::v1::ETAT_LIGNE_SANS_REPONSE);
  EXPECT_EQ(LibelleEtat(ligne), "sans réponse");
}

TEST(VerbesTest, UnJsonQuiNEstPasLaRessourceEstDit) {
  actions::v1::AppelAProjets appel;
  EXPECT_TRUE(LireJson(R"({"name": "appels/x", "exercice": 2024})", &appel).ok());
  EXPECT_EQ(appel.exercice(), 2024);
  EXPECT_THAT(std::string(LireJson(R"({"exercise": 2024})", &appel).message()),
              HasSubstr("AppelAProjets"));
  EXPECT_EQ(LireFichierJson("/nulle/part.json", &appel).code(), absl::StatusCode::kNotFound);
}

TEST(VerbesTest, ChaqueDemandeASonIdentifiant) {
  EXPECT_NE(NouvelIdentifiantDeRequete(), NouvelIdentifiantDeRequete());
}

}  // namespace
}  // namespace pdv::pdvctl
