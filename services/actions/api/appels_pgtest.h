#ifndef PDV_SERVICES_ACTIONS_API_APPELS_PGTEST_H_
#define PDV_SERVICES_ACTIONS_API_APPELS_PGTEST_H_

#include "absl/time/clock.h"
#include "common/status/error.h"
#include "gmock/gmock.h"
#include "services/actions/api/essai_pgtest.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {

// An appel à projets of Hérault, and dossiers that answer it.
class AppelsTest : public ActionsTest {
 protected:
  const types::Date aujourdhui_ = JourAParis(absl::Now());

  v1::AppelAProjets Appel(types::Date ouverture, types::Date cloture) {
    v1::AppelAProjets appel;
    appel.set_name("appels/herault-2023");
    appel.set_libelle("Hérault 2023");
    appel.add_contrats("contrats/cv110");
    appel.set_exercice(2023);
    appel.add_financeurs("financeurs/etat");
    Ecrire(ouverture, appel.mutable_date_ouverture());
    Ecrire(cloture, appel.mutable_date_cloture());
    auto* critere = appel.add_criteres();
    critere->set_id("mixite");
    critere->set_question("Comment touchez-vous les femmes ?");
    critere->set_note_max(5);
    return appel;
  }
  absl::StatusOr<v1::AppelAProjets> Creer(const v1::AppelAProjets& appel) {
    service_.As("chef_projet");
    v1::CreateAppelAProjetsRequest request;
    *request.mutable_appel() = appel;
    return service_.Call<v1::AppelAProjets>("CreateAppelAProjets", request);
  }
  using ActionsTest::Creer;
  template <class Request>
  absl::StatusOr<v1::AppelAProjets> Mouvoir(const std::string& method) {
    service_.As("prefet", "", "paule");
    Request request;
    request.set_name("appels/herault-2023");
    request.set_motif("Campagne 2023");
    return service_.Call<v1::AppelAProjets>(method, request);
  }
  absl::StatusOr<v1::AppelAProjets> Publier() {
    return Mouvoir<v1::PublierAppelRequest>("PublierAppel");
  }
  absl::StatusOr<v1::AppelAProjets> Rouvrir(types::Date jusquau) {
    service_.As("prefet", "", "paule");
    v1::RouvrirAppelRequest request;
    request.set_name("appels/herault-2023");
    request.set_motif("La plateforme était en panne le dernier jour");
    Ecrire(jusquau, request.mutable_jusquau());
    return service_.Call<v1::AppelAProjets>("RouvrirAppel", request);
  }
  // An action of the appel, waiting for its signataire.
  void Soumettre(const std::string& id) {
    v1::Action action = Action(id);
    action.set_appel("appels/herault-2023");
    const auto created = Creer(action);
    ASSERT_TRUE(created.ok()) << created.status();
    ASSERT_TRUE(ActionsTest::Soumettre(id).ok());
    Budget(id, true);
  }
  v1::EvaluerDossierResponse Evaluer(const std::string& id) {
    v1::EvaluerDossierRequest request;
    request.set_name("actions/" + id);
    const auto found = service_.Call<v1::EvaluerDossierResponse>("EvaluerDossier", request);
    EXPECT_TRUE(found.ok()) << found.status();
    return found.ok() ? *found : v1::EvaluerDossierResponse();
  }
};

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_API_APPELS_PGTEST_H_
