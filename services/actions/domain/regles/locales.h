#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_LOCALES_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_LOCALES_H_

#include <string_view>

#include "services/actions/domain/regles/regle.h"

namespace pdv::actions::regles {

// A kind of rule that an appel may set: which field it looks at, whether it takes a bound or a
// list, and what a dossier lacks.
struct Nature {
  v1::NatureRegle nature;
  std::string_view champ;
  bool liste;  // takes `valeurs`; else `valeur`
  Manque (*manque)(const v1::RegleLocale& regle, const Faits& faits);
};
const Nature* NatureDe(v1::NatureRegle nature);

// True on the days that the rule holds.
bool EnVigueur(const v1::RegleLocale& regle, types::Date jour);

// True when the Action has a field of this name that a porteur writes.
bool ChampDuDossier(std::string_view name);

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_LOCALES_H_
