#include "services/pdvctl/commandes/verbes.h"

#include "gmock/gmock.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/commandes/commande.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {
namespace {

using ::testing::HasSubstr;

TEST(VerbesTest, UnNomSeDonneAvecOuSansSaCollection) {
  EXPECT_EQ(NomComplet("actions", "2024-cv110-0042"), "actions/2024-cv110-0042");
  EXPECT_EQ(NomComplet("actions", "actions/2024-cv110-0042"), "actions/2024-cv110-0042");
  EXPECT_EQ(NomComplet("contrats", "CV110"), "contrats/cv110");
}

TEST(VerbesTest, UnRoleSEcritCommeOnLePrononce) {
  EXPECT_EQ(LireRoles("prefet"), "prefet");
  EXPECT_EQ(LireRoles("Préfet, rédacteur,signataire"), "prefet,redacteur,signataire");
  EXPECT_EQ(LireRoles("chef_projet,chef-projet,délégué préfet"),
            "chef_projet,chef_projet,delegue_prefet");
  EXPECT_EQ(LireRoles(""), "");
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
  EXPECT_TRUE(LireJson("{// un commentaire\n\"exercice\": 2024}", &appel).ok());
  const std::pair<const char*, const char*> kFaux[] = {
      {R"({"exercise": 2024})",
       "le champ « exercise » est inconnu : vouliez-vous dire « exercice » ?"},
      {R"({"exercice": "deux mille"})",
       "exercice ne peut pas être \"deux mille\" ; attendu : un nombre"},
      {R"({"criteres": [{"note_max": 0.5}]})", "criteres[0].note_max ne peut pas être 0.5"},
      {R"({"regles": [{"severite": "FORT"}]})", "SEVERITE_REGLE_REFUS"},
      {"{\n\"exercice\": 2024,\n\"libelle\" \"x\"}", "ligne 3"},
      {"ligne;montant", "ce n'est pas du JSON, ligne 1"}};
  for (const auto& [text, word] : kFaux)
    EXPECT_THAT(std::string(LireJson(text, &appel).message()), HasSubstr(word)) << text;
  EXPECT_EQ(LireFichierJson("/nulle/part.json", &appel).code(), absl::StatusCode::kNotFound);
}

TEST(VerbesTest, UnEtatSeDitCommeOnLeLit) {
  const auto& lignes = *financement::v1::EtatLigne_descriptor();
  const auto& dossiers = *actions::v1::EtatAction_descriptor();
  for (const char* text : {"sans réponse", "SANS_REPONSE", "sans-reponse"})
    EXPECT_EQ(LireEtat(lignes, text).value_or(""), "SANS_REPONSE") << text;
  for (const char* text : {"votée", "voté", "VOTEE"})
    EXPECT_EQ(LireEtat(lignes, text).value_or(""), "VOTEE") << text;
  EXPECT_EQ(LireEtat(dossiers, "en attente d'attestation").value_or(""), "EN_ATTENTE_ATTESTATION");
  EXPECT_EQ(LireEtat(dossiers, "déposé").value_or(""), "DEPOSEE");
  EXPECT_THAT(std::string(LireEtat(lignes, "votez").status().message()),
              HasSubstr("vouliez-vous dire « votee »"));
  EXPECT_THAT(std::string(LireEtat(lignes, "???").status().message()), HasSubstr("demandee, "));
}

// What each state is shown as is what one types to find it.
TEST(VerbesTest, ChaqueEtatMontreSeRelit) {
  for (int i = 1; i < actions::v1::EtatAction_descriptor()->value_count(); ++i) {
    actions::v1::Action dossier;
    dossier.set_etat(static_cast<actions::v1::EtatAction>(i));
    EXPECT_TRUE(LireEtat(*actions::v1::EtatAction_descriptor(), LibelleEtat(dossier)).ok())
        << LibelleEtat(dossier);
  }
}

TEST(VerbesTest, ChaqueDemandeASonIdentifiant) {
  EXPECT_NE(NouvelIdentifiantDeRequete(), NouvelIdentifiantDeRequete());
}

}  // namespace
}  // namespace pdv::pdvctl
