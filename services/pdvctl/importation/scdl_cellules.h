#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_SCDL_CELLULES_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_SCDL_CELLULES_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "google/type/date.pb.h"
#include "pdv/financement/v1/subvention.pb.h"

namespace pdv::pdvctl {

// Cells of SCDL subventions, each by the rule of its column. `strict`: the file is of a schema that
// has the RNA number (2.1.0 and later), and a cell is what this schema says, or refused. Otherwise
// it is of an earlier one, or of the form of the arrêté du 17 novembre 2017, and what can be mended
// with certainty is: `reparation` then says what (French, "" where nothing was). INVALID_ARGUMENT
// with a French reason, without the value. Pure, thread-safe.
template <class T>
struct CelluleLue {
  T valeur{};
  std::string reparation;
};

// SIRET with its keys.
absl::StatusOr<CelluleLue<std::string>> LireSiretScdl(std::string_view text, bool strict);
// RNA number: what the registry delivers; one that the schema would not take is a repair.
absl::StatusOr<CelluleLue<std::string>> LireRnaScdl(std::string_view text);
// AAAA-MM-JJ; not strict: also AAAA/MM/JJ and JJ/MM/AAAA.
absl::StatusOr<CelluleLue<google::type::Date>> LireDateScdl(std::string_view text, bool strict);
// Euros with a point, into cents; not strict: also with a comma, spaces and the sign of the euro.
absl::StatusOr<CelluleLue<int64_t>> LireMontantScdl(std::string_view text, bool strict);
// One of the four values of the schema; not strict: whatever its capitals.
absl::StatusOr<CelluleLue<financement::v1::NatureSubvention>> LireNatureScdl(std::string_view text,
                                                                             bool strict);
// A day, or two parted by "/"; not strict: or by "_", as the arrêté writes it (which is no repair).
// Always "/" in the answer. A period that ends before it begins, or a day that does not exist, is
// published as it is even by the official example: kept, and told as a repair.
absl::StatusOr<CelluleLue<std::string>> LirePeriodeScdl(std::string_view text, bool strict);
// "oui" or "non"; not strict: whatever its capitals.
absl::StatusOr<CelluleLue<bool>> LireOuiNonScdl(std::string_view text, bool strict);
// 0.01 to 1 (0 to 1 when not strict), into basis points.
absl::StatusOr<CelluleLue<int32_t>> LirePartScdl(std::string_view text, bool strict);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_SCDL_CELLULES_H_
