// The life of a contrat through the methods, on a real database.
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "services/contrats/api/banc_pgtest.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

types::Date Aujourdhui() { return absl::ToCivilDay(absl::Now(), absl::UTCTimeZone()); }

class VieDuContratTest : public Banc {
 protected:
  VieDuContratTest() { PoserTerritoires(); }

  absl::StatusOr<v1::Contrat> Signer(types::Date date = types::Date(2024, 3, 1),
                                     const std::string& etag = "") {
    v1::SignerContratRequest request;
    request.set_name("contrats/cn03401m");
    request.set_etag(etag);
    *request.mutable_date_signature() = EnMessage(date);
    return Appeler<v1::Contrat>("SignerContrat", request);
  }
  template <class Req>
  absl::StatusOr<v1::Contrat> Avancer(const char* method) {
    Req request;
    request.set_name("contrats/cn03401m");
    return Appeler<v1::Contrat>(method, request);
  }
  absl::StatusOr<v1::Avenant> Proroger(const char* id, types::Date fin) {
    v1::CreateAvenantRequest request;
    request.set_parent("contrats/cn03401m");
    request.set_avenant_id(id);
    auto* avenant = request.mutable_avenant();
    avenant->set_type(v1::TYPE_AVENANT_PROROGATION);
    avenant->set_objet("Prorogation");
    *avenant->mutable_date_effet() = EnMessage(types::Date(2024, 6, 1));
    *avenant->mutable_nouvelle_date_fin() = EnMessage(fin);
    return Appeler<v1::Avenant>("CreateAvenant", request);
  }
  absl::StatusOr<v1::Avenant> SignerAvenant(const std::string& name) {
    v1::SignerAvenantRequest request;
    request.set_name(name);
    *request.mutable_date_signature() = EnMessage(types::Date(2024, 5, 1));
    return Appeler<v1::Avenant>("SignerAvenant", request);
  }
};

TEST_F(VieDuContratTest, FromProjectToClosureWithItsRevision) {
  const v1::Contrat created = Creer(Projet(Aujourdhui() - 1));
  EXPECT_EQ(created.etat(), v1::ETAT_CONTRAT_PROJET);
  EXPECT_EQ(created.revision_signee(), 0);
  ASSERT_EQ(created.regions_size(), 1);
  EXPECT_EQ(created.regions(0), "regions/76");

  EXPECT_EQ(status::ReasonOf(Avancer<v1::CloreContratRequest>("CloreContrat").status()),
            "TRANSITION_INTERDITE");
  EXPECT_EQ(Signer(types::Date(2024, 3, 1), "7").status().code(), absl::StatusCode::kAborted);
  EXPECT_EQ(status::ReasonOf(Signer(Aujourdhui() + 1).status()), "DATES_INCOHERENTES");
  auto signe = Signer();
  ASSERT_TRUE(signe.ok()) << signe.status();
  EXPECT_EQ(signe->etat(), v1::ETAT_CONTRAT_SIGNE);
  EXPECT_EQ(signe->revision_signee(), 1);
  EXPECT_EQ(status::ReasonOf(Signer().status()), "TRANSITION_INTERDITE");

  v1::GetRevisionContratRequest get;
  get.set_name("contrats/cn03401m/revisions/1");
  auto revision = Appeler<v1::RevisionContrat>("GetRevisionContrat", get);
  ASSERT_TRUE(revision.ok()) << revision.status();
  EXPECT_EQ(revision->contrat().etat(), v1::ETAT_CONTRAT_SIGNE);
  EXPECT_EQ(DateDe(revision->contrat().date_signature()), types::Date(2024, 3, 1));
  EXPECT_EQ(revision->contrat().territoires_size(), 1);

  auto en_vigueur = Avancer<v1::MettreEnVigueurContratRequest>("MettreEnVigueurContrat");
  ASSERT_TRUE(en_vigueur.ok()) << en_vigueur.status();
  auto clos = Avancer<v1::CloreContratRequest>("CloreContrat");
  ASSERT_TRUE(clos.ok()) << clos.status();
  EXPECT_EQ(clos->etat(), v1::ETAT_CONTRAT_CLOS);
  EXPECT_EQ(clos->revision_signee(), 1);
  EXPECT_EQ(Lire("SELECT count(*) FROM journal WHERE name = 'contrats/cn03401m'"), "4");
}

TEST_F(VieDuContratTest, TheCalendarForbidsToBeginOrCloseTooEarly) {
  v1::Contrat later = Projet(Aujourdhui() + 400);
  *later.mutable_date_debut() = EnMessage(Aujourdhui() + 1);
  Creer(later);
  ASSERT_TRUE(Signer().ok());
  EXPECT_EQ(status::ReasonOf(
                Avancer<v1::MettreEnVigueurContratRequest>("MettreEnVigueurContrat").status()),
            "DATES_INCOHERENTES");
  EXPECT_EQ(Lire("SELECT etat FROM contrat"), "SIGNE");
}

TEST_F(VieDuContratTest, ASignedContratOnlyChangesByAvenant) {
  Creer(Projet());
  ASSERT_TRUE(Signer().ok());
  v1::UpdateContratRequest update;
  update.mutable_contrat()->set_name("contrats/cn03401m");
  update.mutable_contrat()->set_libelle("Un autre titre");
  EXPECT_EQ(status::ReasonOf(Appeler<v1::Contrat>("UpdateContrat", update).status()),
            "CONTRAT_SIGNE");
  update.mutable_contrat()->clear_libelle();
  update.mutable_contrat()->set_population_qpv(1234);
  auto counted = Appeler<v1::Contrat>("UpdateContrat", update);
  ASSERT_TRUE(counted.ok()) << counted.status();
  EXPECT_EQ(counted->population_qpv(), 1234);
  v1::DeleteContratRequest erase;
  erase.set_name("contrats/cn03401m");
  EXPECT_EQ(status::ReasonOf(Appeler<v1::Contrat>("DeleteContrat", erase).status()),
            "CONTRAT_SIGNE");

  auto avenant = Proroger("1", types::Date(2031, 12, 31));
  ASSERT_TRUE(avenant.ok()) << avenant.status();
  EXPECT_EQ(avenant->etat(), v1::ETAT_AVENANT_BROUILLON);
  EXPECT_EQ(Lire("SELECT date_fin FROM contrat"), "2030-12-31");
  auto signe = SignerAvenant(avenant->name());
  ASSERT_TRUE(signe.ok()) << signe.status();
  EXPECT_EQ(Lire("SELECT date_fin FROM contrat"), "2031-12-31");
  EXPECT_EQ(Lire("SELECT string_agg(numero || ' ' || coalesce(avenant, '-') || ' ' || "
                 "(contrat->'date_fin'->>'year'), ', ' ORDER BY numero) FROM revision_contrat"),
            "1 - 2030, 2 contrats/cn03401m/avenants/1 2031");
}

TEST_F(VieDuContratTest, OfTwoAvenantsThatContradictEachOtherOneIsSigned) {
  Creer(Projet());
  ASSERT_TRUE(Signer().ok());
  auto first = Proroger("1", types::Date(2032, 12, 31));
  auto second = Proroger("2", types::Date(2031, 12, 31));
  ASSERT_TRUE(first.ok() && second.ok());
  ASSERT_TRUE(SignerAvenant(first->name()).ok());
  EXPECT_EQ(status::ReasonOf(SignerAvenant(second->name()).status()), "AVENANT_INVALIDE");
  EXPECT_EQ(status::ReasonOf(SignerAvenant(first->name()).status()), "AVENANT_SIGNE");
  v1::DeleteAvenantRequest erase;
  erase.set_name(first->name());
  EXPECT_EQ(status::ReasonOf(Appeler<v1::Avenant>("DeleteAvenant", erase).status()),
            "AVENANT_SIGNE");
  erase.set_name(second->name());
  EXPECT_TRUE(Appeler<v1::Avenant>("DeleteAvenant", erase).ok());
  // What was deleted is not signed.
  EXPECT_EQ(SignerAvenant(second->name()).status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(Lire("SELECT revision_signee FROM contrat"), "2");
}

TEST_F(VieDuContratTest, AnOperatorCitesTerritoriesThatExist) {
  v1::CreateContratRequest request;
  *request.mutable_contrat() = Projet();
  request.mutable_contrat()->mutable_territoires(0)->set_territoire("epci/200066355");
  EXPECT_EQ(
      status::ViolationsOf(Appeler<v1::Contrat>("CreateContrat", request).status()).at(0).reason,
      "TERRITOIRE_INCOHERENT");
  EXPECT_EQ(Lire("SELECT count(*) FROM contrat"), "0");
}

TEST_F(VieDuContratTest, AProjectIsDeletedSoftlyAndNoLongerListed) {
  Creer(Projet());
  v1::DeleteContratRequest erase;
  erase.set_name("contrats/cn03401m");
  ASSERT_TRUE(Appeler<v1::Contrat>("DeleteContrat", erase).ok());
  EXPECT_EQ(Signer().status().code(), absl::StatusCode::kNotFound);
  v1::ListContratsRequest list;
  EXPECT_EQ(Appeler<v1::ListContratsResponse>("ListContrats", list)->contrats_size(), 0);
  list.set_show_deleted(true);
  EXPECT_EQ(Appeler<v1::ListContratsResponse>("ListContrats", list)->contrats_size(), 1);
}

TEST_F(VieDuContratTest, ARehearsalLeavesNothingBehind) {
  Creer(Projet());
  v1::SignerContratRequest request;
  request.set_name("contrats/cn03401m");
  *request.mutable_date_signature() = EnMessage(types::Date(2024, 3, 1));
  request.set_validate_only(true);
  auto rehearsed = Appeler<v1::Contrat>("SignerContrat", request);
  ASSERT_TRUE(rehearsed.ok()) << rehearsed.status();
  EXPECT_EQ(rehearsed->etat(), v1::ETAT_CONTRAT_SIGNE);
  EXPECT_EQ(Lire("SELECT etat FROM contrat"), "PROJET");
  EXPECT_EQ(Lire("SELECT count(*) FROM revision_contrat"), "0");
}

TEST_F(VieDuContratTest, ADeletedInstanceKeepsNoName) {
  Creer(Projet());
  v1::CreateInstanceRequest create;
  create.set_parent("contrats/cn03401m");
  create.set_instance_id("conseil-citoyen-mosson");
  create.mutable_instance()->set_type(v1::TYPE_INSTANCE_CONSEIL_CITOYEN);
  create.mutable_instance()->set_libelle("Conseil citoyen de la Mosson");
  create.mutable_instance()->add_quartiers("qpv/qn03401m");
  auto* member = create.mutable_instance()->add_membres();
  member->set_nom("Une habitante");
  *member->mutable_conserver_jusqu_au() = EnMessage(Aujourdhui() + 365);
  auto created = Appeler<v1::Instance>("CreateInstance", create);
  ASSERT_TRUE(created.ok()) << created.status();
  EXPECT_EQ(created->membres_size(), 1);
  v1::DeleteInstanceRequest erase;
  erase.set_name(created->name());
  ASSERT_TRUE(Appeler<v1::Instance>("DeleteInstance", erase).ok());
  EXPECT_EQ(Lire("SELECT membres IS NULL FROM instance"), "t");
}

}  // namespace
}  // namespace pdv::contrats
