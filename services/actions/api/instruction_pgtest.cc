// Opinions, marks and conflicts of interest, through the service.
#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

class InstructionTest : public ActionsTest {
 protected:
  void SetUp() override {
    ASSERT_TRUE(Creer(Porteur("p")).ok());
    ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
    const types::Date today = JourAParis(absl::Now());
    service_.As("prefet", "", "paule");
    v1::CreateAppelAProjetsRequest appel;
    appel.set_appel_id("h");
    appel.mutable_appel()->set_libelle("Hérault 2023");
    appel.mutable_appel()->add_contrats("contrats/cv110");
    appel.mutable_appel()->set_exercice(2023);
    Ecrire(today, appel.mutable_appel()->mutable_date_ouverture());
    Ecrire(today + 30, appel.mutable_appel()->mutable_date_cloture());
    auto* critere = appel.mutable_appel()->add_criteres();
    critere->set_id("mixite");
    critere->set_question("Comment touchez-vous les femmes ?");
    critere->set_note_max(20);
    ASSERT_TRUE(service_.Call<v1::AppelAProjets>("CreateAppelAProjets", appel).ok());
    v1::PublierAppelRequest publier;
    publier.set_name("appels/h");
    ASSERT_TRUE(service_.Call<v1::AppelAProjets>("PublierAppel", publier).ok());
    v1::Action action = Action("a");
    action.set_appel("appels/h");
    ASSERT_TRUE(Creer(action).ok());
  }
  absl::StatusOr<v1::Avis> Aviser(const std::string& acteur, const std::string& role,
                                  v1::QualiteAvis qualite,
                                  v1::SensAvis sens = v1::SENS_AVIS_FAVORABLE) {
    service_.As(role, "services/" + role, acteur);
    v1::CreateAvisRequest request;
    request.set_parent("actions/a");
    request.set_avis_id(acteur);
    request.mutable_avis()->set_qualite(qualite);
    request.mutable_avis()->set_sens(sens);
    request.mutable_avis()->set_texte("Utile au quartier");
    return service_.Call<v1::Avis>("CreateAvis", request);
  }
  absl::StatusOr<v1::Cotation> Noter(const std::string& acteur, int note) {
    service_.As("instructeur", "", acteur);
    v1::CreateCotationRequest request;
    request.set_parent("actions/a");
    request.set_cotation_id(acteur);
    auto* one = request.mutable_cotation()->add_notes();
    one->set_critere("mixite");
    one->set_note(note);
    return service_.Call<v1::Cotation>("CreateCotation", request);
  }
  absl::StatusOr<v1::ConflitInterets> Declarer(const std::string& acteur, const std::string& role,
                                               const std::string& personne = "") {
    service_.As(role, "", acteur);
    v1::CreateConflitInteretsRequest request;
    request.set_parent("actions/a");
    request.mutable_conflit()->set_personne(personne);
    request.mutable_conflit()->set_interet("Membre du bureau de l'association");
    return service_.Call<v1::ConflitInterets>("CreateConflitInterets", request);
  }
  std::string Refus(const std::string& sql) {
    const absl::Status run = service_.sql().Exec(sql, {}, false).status();
    const auto error = pg::ErrorOf(run);
    return error.has_value() ? error->constraint : "";
  }
};

TEST_F(InstructionTest, OpinionsAreGivenFromTheDepositToTheDecision) {
  EXPECT_EQ(ReasonOf(Aviser("dora", "delegue_prefet", v1::QUALITE_AVIS_DELEGUE_PREFET).status()),
            "HORS_INSTRUCTION");
  ASSERT_TRUE(Deposer("a").ok());
  const auto avis = Aviser("dora", "delegue_prefet", v1::QUALITE_AVIS_DELEGUE_PREFET);
  ASSERT_TRUE(avis.ok()) << avis.status();
  EXPECT_EQ(avis->name(), "actions/a/avis/dora");
  EXPECT_EQ(avis->action(), "actions/a");
  EXPECT_EQ(avis->auteur(), "dora");
  EXPECT_EQ(avis->organisation(), "services/delegue_prefet");
  EXPECT_FALSE(avis->consultatif());
  const auto citoyen = Aviser("cora", "conseil_citoyen", v1::QUALITE_AVIS_CONSEIL_CITOYEN);
  ASSERT_TRUE(citoyen.ok()) << citoyen.status();
  EXPECT_TRUE(citoyen->consultatif());

  ASSERT_TRUE(Instruire("a").ok());
  v1::UpdateAvisRequest change;
  change.mutable_avis()->set_name("actions/a/avis/dora");
  change.mutable_avis()->set_sens(v1::SENS_AVIS_RESERVE);
  service_.As("delegue_prefet", "", "didier");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Avis>("UpdateAvis", change).status()), "AUTEUR_DIFFERENT");
  service_.As("delegue_prefet", "", "dora");
  EXPECT_EQ(service_.Call<v1::Avis>("UpdateAvis", change)->sens(), v1::SENS_AVIS_RESERVE);
  ASSERT_TRUE(Faire<v1::RefuserActionRequest>(Verbe::kRefuser, "a").ok());
  service_.As("delegue_prefet", "", "dora");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Avis>("UpdateAvis", change).status()), "HORS_INSTRUCTION");

  v1::ListAvisRequest list;
  list.set_parent("actions/a");
  const auto page = service_.Call<v1::ListAvisResponse>("ListAvis", list);
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_EQ(page->avis_size(), 2);
}

TEST_F(InstructionTest, AnOpinionIsOfAQualityThatItsAuthorHasAndOnce) {
  ASSERT_TRUE(Deposer("a").ok());
  EXPECT_EQ(ReasonOf(Aviser("rene", "redacteur", v1::QUALITE_AVIS_SERVICE).status()),
            "ROLE_INSUFFISANT");
  EXPECT_EQ(ReasonOf(Aviser("cora", "conseil_citoyen", v1::QUALITE_AVIS_SERVICE).status()),
            "QUALITE_INSUFFISANTE");
  ASSERT_TRUE(Aviser("irene", "instructeur", v1::QUALITE_AVIS_SERVICE).ok());
  service_.As("instructeur,chef_projet", "", "irene");
  v1::CreateAvisRequest again;
  again.set_parent("actions/a");
  again.mutable_avis()->set_qualite(v1::QUALITE_AVIS_SERVICE);
  again.mutable_avis()->set_sens(v1::SENS_AVIS_FAVORABLE);
  EXPECT_EQ(ReasonOf(service_.Call<v1::Avis>("CreateAvis", again).status()), "DEJA_DONNE");
  again.mutable_avis()->set_qualite(v1::QUALITE_AVIS_CHEF_PROJET);
  EXPECT_TRUE(service_.Call<v1::Avis>("CreateAvis", again).ok());
  again.mutable_avis()->set_sens(v1::SENS_AVIS_DEFAVORABLE);
  const absl::Status silent = service_.Call<v1::Avis>("CreateAvis", again).status();
  ASSERT_EQ(status::ViolationsOf(silent).size(), 1u) << silent;
  EXPECT_EQ(status::ViolationsOf(silent)[0].reason, "AVIS_SANS_TEXTE");
  again.set_parent("actions/inconnue");
  EXPECT_EQ(service_.Call<v1::Avis>("CreateAvis", again).status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(InstructionTest, MarksAreOfTheCriteriaOfTheAppel) {
  ASSERT_TRUE(Deposer("a").ok());
  const auto scored = Noter("irene", 13);
  ASSERT_TRUE(scored.ok()) << scored.status();
  EXPECT_EQ(scored->total_points(), 6500);
  EXPECT_EQ(ReasonOf(Noter("irene", 14).status()), "RESSOURCE_EXISTANTE");
  const absl::Status beyond = Noter("ines", 21).status();
  ASSERT_EQ(status::ViolationsOf(beyond).size(), 1u) << beyond;
  EXPECT_EQ(status::ViolationsOf(beyond)[0].reason, "NOTES_INCOHERENTES");
  // A change names the notes alone, and is still measured by the appel.
  v1::UpdateCotationRequest change;
  change.mutable_cotation()->set_name("actions/a/cotations/irene");
  auto* note = change.mutable_cotation()->add_notes();
  note->set_critere("mixite");
  note->set_note(20);
  service_.As("instructeur", "", "irene");
  EXPECT_EQ(service_.Call<v1::Cotation>("UpdateCotation", change)->total_points(), 10'000);
}

TEST_F(InstructionTest, WhoHasAnInterestTakesNoPart) {
  ASSERT_TRUE(Deposer("a").ok());
  ASSERT_TRUE(Aviser("irene", "instructeur", v1::QUALITE_AVIS_SERVICE).ok());
  ASSERT_TRUE(Noter("irene", 20).ok());
  ASSERT_TRUE(Aviser("dora", "delegue_prefet", v1::QUALITE_AVIS_DELEGUE_PREFET).ok());
  const auto declared = Declarer("irene", "instructeur");
  ASSERT_TRUE(declared.ok()) << declared.status();
  EXPECT_EQ(declared->personne(), "irene");
  // What she gave before no longer counts; what others gave does.
  EXPECT_EQ(service_.Number("SELECT count(*) FROM avis WHERE ecarte"), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM avis WHERE NOT ecarte"), 1);
  EXPECT_EQ(service_.Number("SELECT count(*) FROM cotation WHERE ecartee"), 1);
  // Nothing more from her, in any role.
  EXPECT_EQ(ReasonOf(Aviser("irene", "chef_projet", v1::QUALITE_AVIS_CHEF_PROJET).status()),
            "CONFLIT_D_INTERETS");
  v1::DemanderComplementsRequest request;  // has the fields of all the verbs
  request.set_name("actions/a");
  request.set_motif("Avis du comité");
  request.add_demandes()->set_objet("Le calendrier");
  for (const Acte& acte : Actes()) {
    if (!Juge(acte.verbe)) continue;
    SCOPED_TRACE(acte.methode);
    service_.As("instructeur,chef_projet,prefet", "", "irene");
    const bool asks = acte.verbe == Verbe::kDemanderComplements;
    v1::RefuserActionRequest plain;
    plain.set_name("actions/a");
    plain.set_motif("Avis du comité");
    const auto done = asks ? service_.Call<v1::Action>(std::string(acte.methode), request)
                           : service_.Call<v1::Action>(std::string(acte.methode), plain);
    EXPECT_EQ(ReasonOf(done.status()), "CONFLIT_D_INTERETS");
    EXPECT_EQ(done.status().code(), absl::StatusCode::kPermissionDenied);
  }
  // Nor does she change it for the project team, to send it back to its signataire.
  v1::UpdateActionRequest change;
  change.mutable_action()->set_name("actions/a");
  change.mutable_action()->set_intitule("Aide aux leçons");
  change.set_validate_only(true);
  service_.As("chef_projet,redacteur", "epci/243400769", "irene");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("UpdateAction", change).status()),
            "CONFLIT_D_INTERETS");
  service_.As("chef_projet", "", "");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("UpdateAction", change).status()), "ACTEUR_ABSENT");
  service_.As("chef_projet", "", "chloe");
  EXPECT_TRUE(service_.Call<v1::Action>("UpdateAction", change).ok());
  // For her own organisation she writes what she likes: that is her interest.
  service_.As("chef_projet,redacteur", "porteurs/p", "irene");
  EXPECT_TRUE(service_.Call<v1::Action>("UpdateAction", change).ok());
  // The others go on.
  EXPECT_TRUE(Instruire("a").ok());
  EXPECT_EQ(ReasonOf(Declarer("irene", "instructeur").status()), "DEJA_DONNE");
}

TEST_F(InstructionTest, APrefetRecusesAndNobodyElseDoes) {
  ASSERT_TRUE(Deposer("a").ok());
  EXPECT_EQ(ReasonOf(Declarer("irene", "instructeur", "dora").status()), "AUTEUR_DIFFERENT");
  const auto recused = Declarer("paule", "prefet", "dora");
  ASSERT_TRUE(recused.ok()) << recused.status();
  EXPECT_EQ(recused->declarant(), "paule");
  EXPECT_EQ(ReasonOf(Aviser("dora", "delegue_prefet", v1::QUALITE_AVIS_DELEGUE_PREFET).status()),
            "CONFLIT_D_INTERETS");
  EXPECT_EQ(ReasonOf(Declarer("", "instructeur").status()), "ACTEUR_ABSENT");
}

TEST_F(InstructionTest, TheTablesRefuseItWhoeverWrites) {
  ASSERT_TRUE(Deposer("a").ok());
  ASSERT_TRUE(Aviser("dora", "delegue_prefet", v1::QUALITE_AVIS_DELEGUE_PREFET).ok());
  ASSERT_TRUE(Noter("dora", 20).ok());
  ASSERT_TRUE(Declarer("dora", "delegue_prefet").ok());
  EXPECT_EQ(Refus("UPDATE avis SET ecarte = false"), "sans_conflit_interets");
  EXPECT_EQ(Refus("UPDATE cotation SET ecartee = false"), "sans_conflit_interets");
  EXPECT_EQ(Refus("UPDATE conflit_interets SET personne = 'autre'"), "conflit_interets_ajout_seul");
  EXPECT_EQ(Refus("UPDATE avis SET texte = NULL, sens = 'RESERVE'"), "avis_texte");
  EXPECT_EQ(Refus("UPDATE avis SET consultatif = true"), "avis_consultatif");
}

}  // namespace
}  // namespace pdv::actions
