// What two replicas decide at once on the same rows.
#include <latch>
#include <thread>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/service/resource.h"
#include "common/status/error.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/app/appels.h"
#include "services/actions/app/changer_etat.h"
#include "services/actions/app/instruction.h"
#include "services/actions/app/porteur.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

constexpr int kTours = 12;

class ConcurrenceTest : public ActionsTest {
 protected:
  void SetUp() override {
    store::StoreOptions options;
    options.service = "actions";
    options.conninfo = service_.conninfo();
    replica_ = *store::Store::Open(options);
    replica_->Register(store::Table::Of<v1::Porteur>());
    replica_->Register(store::Table::Of<v1::Action>());
    ASSERT_TRUE(Creer(Porteur("p")).ok());
    ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  }
  static rpc::CallPtr Appel(const std::string& methode, const std::string& acteur,
                            const std::string& role, const std::string& organisation = "") {
    auto call = std::make_shared<rpc::Call>();
    call->method = v1::Action::descriptor()->file()->pool()->FindMethodByName(
        "pdv.actions.v1.ActionsService." + methode);
    call->identity = {acteur, role, organisation};
    call->received = absl::Now();
    call->deadline = call->received + absl::Seconds(60);
    return call;
  }
  template <class T>
  static std::shared_ptr<service::ResourceMethods> Methodes(
      store::Store* store, absl::Status (*check)(const T*, T&, store::Changes&),
      std::vector<store::Read> (*reads)(const T&)) {
    service::ResourceHooks hooks;
    hooks.check = [check](const google::protobuf::Message* before, google::protobuf::Message* after,
                          store::Changes& changes) {
      return check(static_cast<const T*>(before), static_cast<T&>(*after), changes);
    };
    hooks.reads = [reads](const google::protobuf::Message& row) {
      return reads(static_cast<const T&>(row));
    };
    return std::make_shared<service::ResourceMethods>(store, T::descriptor(), std::move(hooks));
  }
  // Both start at once, each on its own replica.
  template <class One, class Other>
  static std::pair<absl::Status, absl::Status> Ensemble(One one, Other other) {
    std::latch depart(2);
    absl::Status first;
    std::thread thread([&] {
      depart.arrive_and_wait();
      first = one();
    });
    depart.arrive_and_wait();
    const absl::Status second = other();
    thread.join();
    return {first, second};
  }
  // How often what the first pattern names was written after what the second one does.
  int64_t Apres(const std::string& methode, const std::string& name, const std::string& avant,
                const std::string& nom_avant) {
    return service_.Number(absl::StrCat(
        "SELECT count(*) FROM journal a JOIN journal b ON a.seq > b.seq WHERE a.methode LIKE '%/",
        methode, "' AND a.name LIKE '", name, "' AND b.methode LIKE '%/", avant,
        "' AND b.name LIKE '", nom_avant, "'"));
  }
  std::unique_ptr<store::Store> replica_;
};

TEST_F(ConcurrenceTest, NobodyDecidesOnceHisInterestIsDeclared) {
  auto conflits = Methodes<v1::ConflitInterets>(replica_.get(), ReglesConflit, DossierDuConflit);
  for (int i = 0; i < kTours; ++i) {
    const std::string id = absl::StrCat("a", i), name = "actions/" + id;
    ASSERT_TRUE(Creer(Action(id)).ok());
    ASSERT_TRUE(Deposer(id).ok());
    ASSERT_TRUE(Instruire(id).ok());
    auto refuser = std::make_shared<v1::RefuserActionRequest>();
    refuser->set_name(name);
    auto declarer = std::make_shared<v1::CreateConflitInteretsRequest>();
    declarer->set_parent(name);
    declarer->set_conflit_id("paule");
    declarer->mutable_conflit()->set_interet("Ma sœur préside l'association");
    const auto [decided, declared] = Ensemble(
        [&] {
          return service_.store()
              .MutateAndWait(Appel("RefuserAction", "paule", "prefet"), refuser,
                             ChangerEtat(name, "", "Non", Verbe::kRefuser))
              .status();
        },
        [&] {
          return replica_
              ->MutateAndWait(Appel("CreateConflitInterets", "paule", "prefet"), declarer,
                              conflits->Create(declarer))
              .status();
        });
    ASSERT_TRUE(declared.ok()) << declared;
    EXPECT_EQ(ReasonOf(decided), decided.ok() ? "" : "CONFLIT_D_INTERETS") << decided;
    EXPECT_EQ(Apres("RefuserAction", name, "CreateConflitInterets", name + "/conflits/%"), 0);
  }
}

TEST_F(ConcurrenceTest, TwoAdministrateursWhoLeaveAtOnceDoNotBothLeave) {
  auto ici = Methodes<v1::Membre>(&service_.store(), ReglesMembre, MembresDuPorteur);
  auto la = Methodes<v1::Membre>(replica_.get(), ReglesMembre, MembresDuPorteur);
  for (int i = 0; i < 3;
       ++i) {  // the two wait for each other, which PostgreSQL ends after a second
    const std::string id = absl::StrCat("q", i), porteur = "porteurs/" + id;
    service_.As("");
    ASSERT_TRUE(Creer(Porteur(id)).ok());
    service_.As("redacteur", porteur, "adam");
    for (const char* acteur : {"adam", "alma"}) {
      v1::CreateMembreRequest create;
      create.set_parent(porteur);
      create.set_membre_id(acteur);
      create.mutable_membre()->set_acteur(acteur);
      create.mutable_membre()->set_role(v1::ROLE_MEMBRE_ADMINISTRATEUR);
      Date(create.mutable_membre()->mutable_du(), 2024, 1, 1);
      const auto named = service_.Call<v1::Membre>("CreateMembre", create);
      ASSERT_TRUE(named.ok()) << named.status();
    }
    const auto leave = [&](store::Store& store, service::ResourceMethods& methods,
                           const std::string& acteur) {
      auto request = std::make_shared<v1::DeleteMembreRequest>();
      request->set_name(absl::StrCat(porteur, "/membres/", acteur));
      return store
          .MutateAndWait(Appel("DeleteMembre", acteur, "redacteur", porteur), request,
                         methods.Delete(request))
          .status();
    };
    const auto [one, other] = Ensemble([&] { return leave(service_.store(), *ici, "adam"); },
                                       [&] { return leave(*replica_, *la, "alma"); });
    EXPECT_NE(one.ok(), other.ok()) << one << " / " << other;
    EXPECT_EQ(ReasonOf(one.ok() ? other : one), "ADMINISTRATEUR_ABSENT");
    EXPECT_EQ(
        service_.Number("SELECT count(*) FROM membre WHERE delete_time IS NULL AND porteur = '" +
                        porteur + "'"),
        1);
  }
}

TEST_F(ConcurrenceTest, NothingIsFiledOnceItsAppelIsClosed) {
  const types::Date jour = JourAParis(absl::Now());
  for (int i = 0; i < kTours; ++i) {
    const std::string id = absl::StrCat("b", i), appel = absl::StrCat("appels/h", i);
    service_.As("prefet", "", "paule");
    v1::CreateAppelAProjetsRequest create;
    create.mutable_appel()->set_name(appel);
    create.mutable_appel()->set_libelle("Hérault 2023");
    create.mutable_appel()->add_contrats("contrats/cv110");
    create.mutable_appel()->set_exercice(2023);
    Ecrire(jour, create.mutable_appel()->mutable_date_ouverture());
    Ecrire(jour + 30, create.mutable_appel()->mutable_date_cloture());
    ASSERT_TRUE(service_.Call<v1::AppelAProjets>("CreateAppelAProjets", create).ok());
    v1::PublierAppelRequest publier;
    publier.set_name(appel);
    ASSERT_TRUE(service_.Call<v1::AppelAProjets>("PublierAppel", publier).ok());
    v1::Action action = Action(id);
    action.set_appel(appel);
    ASSERT_TRUE(Creer(action).ok());
    ASSERT_TRUE(Soumettre(id).ok());
    Budget(id, true);
    auto attester = std::make_shared<v1::AttesterActionRequest>();
    attester->set_name("actions/" + id);
    auto clore = std::make_shared<v1::CloreAppelRequest>();
    clore->set_name(appel);
    clore->set_motif("Fin de la campagne");
    const auto [filed, closed] = Ensemble(
        [&] {
          return service_.store()
              .MutateAndWait(Appel("AttesterAction", "alice", "signataire", "porteurs/p"), attester,
                             AttesterAction(*attester))
              .status();
        },
        [&] {
          return replica_
              ->MutateAndWait(Appel("CloreAppel", "paule", "prefet"), clore, CloreAppel(*clore))
              .status();
        });
    ASSERT_TRUE(closed.ok()) << closed;
    EXPECT_EQ(ReasonOf(filed), filed.ok() ? "" : "APPEL_FERME") << filed;
    EXPECT_EQ(Apres("AttesterAction", "actions/" + id, "CloreAppel", appel), 0);
  }
}

}  // namespace
}  // namespace pdv::actions
