#ifndef PDV_SERVICES_ACTIONS_DOMAIN_ISSUE_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_ISSUE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/actions/domain/etats.h"

namespace pdv::actions {

// What the lines of a dossier make of it: once every funder has decided, it is programmed when one
// of them votes, refused when none does. nullopt while one has not decided (a funder that never
// answered has not, whatever its age), and where there are none, but for those that were withdrawn.
std::optional<Verbe> Issue(const std::vector<financement::v1::EtatLigne>& lignes);

// True once a funder has voted the line, whatever came after.
bool Votee(financement::v1::EtatLigne etat);

// The verbs that decide a dossier, by which what its lines say is not contradicted.
bool Tranche(Verbe verbe);
// A line of the dossier, and what people call its funder.
struct LigneSuivie {
  std::string name;
  std::string financeur;
  financement::v1::EtatLigne etat;
};
// A dossier is programmed by hand where at least one line is voted (VOTE_ABSENT): before all of
// them are decided, since a funder that does not answer holds nobody up. It is refused, declared
// inadmissible or given up where none is (LIGNE_VOTEE): a subvention that was granted gives rights
// to its beneficiary (CRPA, art. L. 242-1). FAILED_PRECONDITION, with the lines. Any other verb:
// OK.
absl::Status VerifierDecision(Verbe verbe, const std::vector<LigneSuivie>& lignes);

// What the suite does to a dossier because of financement, and why.
struct Consequence {
  Verbe verbe;
  std::string_view motif;
};

// A budget that changed after it was attested asks for a new attestation, whatever the funders do
// meanwhile; else a dossier that is being judged follows its lines. nullopt: nothing. `budget_etag`
// is the revision of its budget that is known here, nullopt where it has none.
std::optional<Consequence> ConsequenceDe(const v1::Action& action,
                                         const std::vector<financement::v1::EtatLigne>& lignes,
                                         const std::optional<std::string>& budget_etag);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_ISSUE_H_
