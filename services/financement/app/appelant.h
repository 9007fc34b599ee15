#ifndef PDV_SERVICES_FINANCEMENT_APP_APPELANT_H_
#define PDV_SERVICES_FINANCEMENT_APP_APPELANT_H_

#include <string>
#include <vector>

#include "common/store/changes.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/financement/domain/etats.h"

namespace pdv::financement {

// What must be read of the funder to know whether the caller may act: whether it uses the suite,
// for others record on behalf of those that do not. Always read, unlocked: what is answered never
// hangs on what the mutations beside it have read.
store::Read LectureTitulaire(const std::string& financeur);

// The interests that the caller has declared in dossiers, as actions told them: few, and read once
// for all the lines of a batch.
store::Read LectureConflits(const store::Changes& changes);

// May the caller do it to this line, or move the money of this envelope? See
// domain/habilitations.h. An entry has an author: PERMISSION_DENIED / ACTEUR_ABSENT without one.
// Whoever declared an interest in the dossier, or was recused, decides nothing of its lines (loi n°
// 2013-907 du 11 octobre 2013, art. 2; CGCT, art. L. 2131-11): PERMISSION_DENIED /
// CONFLIT_D_INTERETS, with the declaration.
absl::Status VerifierLigne(const v1::Ligne& ligne, Verbe verbe, const store::Changes& changes);
absl::Status VerifierEnveloppe(const v1::Enveloppe& enveloppe, const store::Changes& changes);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_APP_APPELANT_H_
