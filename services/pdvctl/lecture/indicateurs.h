#ifndef PDV_SERVICES_PDVCTL_LECTURE_INDICATEURS_H_
#define PDV_SERVICES_PDVCTL_LECTURE_INDICATEURS_H_

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::pdvctl {

// One value of a zone d'emploi (INSEE, ZE 2020): a percentage in decimal text ("7.4"). Unknown is
// not zero: an absent value is absent.
struct TauxChomage {
  std::string zone;  // "0051"
  std::string libelle;
  std::string trimestre;  // "2021-T1"
  std::optional<std::string> pourcentage;
};

struct Chomage {
  std::vector<TauxChomage> taux;                // zone by zone, in the order of the quarters
  std::map<std::string, std::string> communes;  // INSEE code -> zone
};

// Income of a commune (INSEE, Filosofi): yearly median per consumption unit, in euros, and the
// share of minima sociaux in disposable income, in percent; decimal text.
struct RevenuCommune {
  std::string commune;
  std::optional<std::string> mediane_euros;
  std::optional<std::string> part_minima_pourcent;
};

// The two real series of indicators. INVALID_ARGUMENT (French) where the document has another
// shape: a series whose length is not that of the quarters cannot be dated. Thread-safe.
absl::StatusOr<Chomage> LireChomage(std::string_view texte);
absl::StatusOr<std::vector<RevenuCommune>> LireRevenus(std::string_view texte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_INDICATEURS_H_
