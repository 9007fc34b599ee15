#ifndef PDV_SERVICES_CONTRATS_DOMAIN_TERRITOIRES_H_
#define PDV_SERVICES_CONTRATS_DOMAIN_TERRITOIRES_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "pdv/contrats/v1/commune.pb.h"
#include "pdv/contrats/v1/epci.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"
#include "pdv/contrats/v1/territoire.pb.h"

namespace pdv::contrats {

// The natural key of a territory is the id of its resource, in lower case: "communes/2a004" has
// code 2A004. So an import finds again what it brought before, and a name cannot lie. A dated fact
// holds at least one day. INVALID_ARGUMENT with every violation (CODE_INCOHERENT,
// DATES_INCOHERENTES).
absl::Status Verifier(const v1::Region& region);
absl::Status Verifier(const v1::Departement& departement);
// A commune is not its own successor.
absl::Status Verifier(const v1::Commune& commune);
absl::Status Verifier(const v1::Epci& epci);
// "appartenances/34172-243400017", with a suffix for a membership that came back.
absl::Status Verifier(const v1::Appartenance& appartenance);
absl::Status Verifier(const v1::Qpv& qpv);
// "passages/qp034001-qn03401m": from a quartier of 2015-2023 to one of 2024-2030.
absl::Status Verifier(const v1::Passage& passage);

// "2015-2023" for QP… (décret n° 2014-1750 du 30 décembre 2014), "2024-2030" for QN… (décret
// n° 2023-1314 du 28 décembre 2023), the two lists of quartiers; "" for anything else.
std::string GenerationDe(std::string_view code_qpv);

// The sum of the parts of one older quartier never exceeds the whole, 10 000 basis points: a part
// of it would be counted twice. FAILED_PRECONDITION / PARTS_EXCESSIVES.
absl::Status VerifierParts(const std::string& ancien, int64_t total_points);

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_DOMAIN_TERRITOIRES_H_
