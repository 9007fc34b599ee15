#ifndef PDV_SERVICES_FINANCEMENT_APP_REGLES_RESSOURCES_H_
#define PDV_SERVICES_FINANCEMENT_APP_REGLES_RESSOURCES_H_

#include <vector>

#include "absl/status/status.h"
#include "common/store/changes.h"
#include "pdv/financement/v1/financement.pb.h"

namespace pdv::financement {

// What create, update and import ask beyond the fields. See service::ResourceHooks.
//
// Who uses the suite, and what kind of funder it is, opens doors to others: changed by the ANCT and
// the préfets only (ROLE_INSUFFISANT); the État always uses it (ETAT_HORS_SUITE).
absl::Status ReglesFinanceur(const v1::Financeur* before, v1::Financeur& after,
                             store::Changes& changes);
absl::Status ReglesEnveloppe(const v1::Enveloppe* before, v1::Enveloppe& after,
                             store::Changes& changes);
absl::Status ReglesLigne(const v1::Ligne* before, v1::Ligne& after, store::Changes& changes);
absl::Status ReglesProgrammation(const v1::Programmation* before, v1::Programmation& after,
                                 store::Changes& changes);
std::vector<store::Read> LecturesLigne(const v1::Ligne& ligne);
// The rest, once the line is read: what the budget of its action adds up, and the envelope that gives,
// locked: two lines never take the same euro. Lines before envelopes, as the verbs lock them: nobody
// waits for somebody who waits for him.
std::vector<store::Read> SuitesLigne(const v1::Ligne& ligne, const store::Changes& changes);
// The envelope that a line names, if any.
std::vector<store::Read> LecturesEnveloppeDe(const v1::Ligne& ligne);
// The parent, locked: a dotation is taken from it.
std::vector<store::Read> LecturesEnveloppe(const v1::Enveloppe& enveloppe);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_REGLES_RESSOURCES_H_
