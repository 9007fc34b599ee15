#ifndef PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_PGTEST_H_

#include <string>

#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement {

// Lines of the État that wait for their decision, for the tests of what decides them.
inline v1::VoterLigneRequest Vote(const std::string& id, int64_t cents) {
  v1::VoterLigneRequest request;
  request.set_name("lignes/" + id);
  request.set_vote_specifiques_centimes(cents);
  return request;
}

class DeciderLigneTest : public ::testing::Test {
 protected:
  void Demander(const std::string& id, const std::string& enveloppe) {
    banc_.Action(id, 1, "contrats/cv110", "");
    const auto ligne = banc_.Creer(Banc::Demande(id, id, enveloppe, 1000));
    ASSERT_TRUE(ligne.ok()) << ligne.status();
  }
  absl::StatusOr<v1::Ligne> Voter(const std::string& id, int64_t cents) {
    return banc_.Run<v1::Ligne>(Vote(id, cents), VoterLigne);
  }
  absl::StatusOr<v1::Ligne> Proposer(const std::string& id, int64_t cents) {
    v1::ProposerLigneRequest request;
    request.set_name("lignes/" + id);
    request.set_propose_specifiques_centimes(cents);
    return banc_.Run<v1::Ligne>(request, ProposerLigne);
  }
  int64_t Solde(const std::string& compte) {
    return banc_.Number(absl::StrCat("SELECT ", compte, "_centimes FROM enveloppe"));
  }
  Banc banc_;
};

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_DECIDER_LIGNE_PGTEST_H_
