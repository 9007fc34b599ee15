#ifndef PDV_SERVICES_ACTIONS_DOMAIN_COMPLEMENTS_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_COMPLEMENTS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "pdv/actions/v1/complement.pb.h"

namespace pdv::actions {

// The complements that a request asks for, numbered after the `already` that the action has.
// INVALID_ARGUMENT / CHAMP_INCONNU, every violation, for those of a place that no Action has.
absl::StatusOr<std::vector<v1::Complement>> NouveauxComplements(
    const v1::DemanderComplementsRequest& request, size_t already, const std::string& demandeur);

// The complements as answered. Everything that has no answer yet gets one, and nothing else:
// INVALID_ARGUMENT with every violation (COMPLEMENTS_INCOHERENTS).
absl::StatusOr<std::vector<v1::Complement>> ComplementsRepondus(
    const v1::RepondreComplementsRequest& request, const std::vector<v1::Complement>& present,
    const std::string& repondant);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_COMPLEMENTS_H_
