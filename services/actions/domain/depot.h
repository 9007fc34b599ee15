#ifndef PDV_SERVICES_ACTIONS_DOMAIN_DEPOT_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_DEPOT_H_

#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "common/types/date.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"

namespace pdv::actions {

// The facts that a deposit is judged on, beside the action itself.
struct FaitsDepot {
  const v1::Porteur* porteur;
  // Null where the contrat is not known, or was deleted.
  const contrats::v1::Contrat* contrat;
  // What maps the action's thématique to another one, in either direction.
  std::vector<const contrats::v1::Correspondance*> correspondances;
  types::Date jour;
};

// What a deposit needs. First the law: VerifierEngagement. Then everything that lacks, at once
// (FAILED_PRECONDITION / ACTION_INCOMPLETE, a precondition each):
//   FORME_INCONNUE          the porteur's legal form, without which the law could be passed by
//   CONTRAT_ABSENT          a contrat
//   THEMATIQUE_ABSENTE      a main thématique
//   THEMATIQUE_ETRANGERE    … of the contrat's nomenclature, or mapped to one of its thématiques
//   DATES_ABSENTES          a period
//   DATES_HORS_CONTRAT      … within the contrat's
//   DATES_HORS_EXERCICE     … that touches the exercice (it may span two civil years)
absl::Status VerifierDepot(const v1::Action& action, const FaitsDepot& faits);

// True when the thématique is of the nomenclature, or one of the correspondances maps it to a
// thématique that is. A contrat without nomenclature admits all: those of 2024-2030 have
// orientations of their own.
bool ThematiqueAdmise(std::string_view thematique, std::string_view nomenclature,
                      const std::vector<const contrats::v1::Correspondance*>& correspondances);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_DEPOT_H_
