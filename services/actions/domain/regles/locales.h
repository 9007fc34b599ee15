#ifndef PDV_SERVICES_ACTIONS_DOMAIN_REGLES_LOCALES_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_REGLES_LOCALES_H_

#include <string_view>

#include "services/actions/domain/regles/regle.h"

namespace pdv::actions::regles {

// What the bound or the list of a rule is of.
enum class Valeurs {
  kNombre,       // `valeur`
  kPart,         // `valeur`, in basis points
  kThematiques,  // `valeurs`: resource names, as the next one
  kQuartiers,
  kFormes,           // "ASSOCIATION"…
  kChampsDuDossier,  // fields of the Action
};

// A kind of rule that an appel may set: which field it looks at, what it is given, and what a
// dossier lacks.
struct Nature {
  v1::NatureRegle nature;
  std::string_view champ;  // empty: those of the list
  Valeurs valeurs;
  Manques (*manques)(const v1::RegleLocale& regle, const Faits& faits);
  bool liste() const { return valeurs != Valeurs::kNombre && valeurs != Valeurs::kPart; }
};
const Nature* NatureDe(v1::NatureRegle nature);

// True on the days that the rule holds.
bool EnVigueur(const v1::RegleLocale& regle, types::Date jour);

// True when an appel may ask that the field be filled.
bool ChampDuDossier(std::string_view name);
// True when it is the name of a legal form: "ASSOCIATION".
bool FormeConnue(const std::string& name);

}  // namespace pdv::actions::regles

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_REGLES_LOCALES_H_
