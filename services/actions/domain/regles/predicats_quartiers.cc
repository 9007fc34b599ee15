// Of the quartiers that an action names. A quartier is a priority one for a time: the lists of the
// décrets hold from 2015 to 2023, then since 2024 (overseas: until 2024, then since 2025).
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

constexpr types::Date kPremiereListe(2015, 1, 1);     // décrets n° 2014-1750 and 2014-1751
constexpr types::Date kDeuxiemeListe(2024, 1, 1);     // décret n° 2023-1314
constexpr types::Date kDeuxiemeOutreMer(2025, 1, 1);  // the overseas quartiers came a year later

types::Periode Exercice(const v1::Action& action) {
  return {types::Date(action.exercice(), 1, 1), types::Date(action.exercice() + 1, 1, 1)};
}

bool OutreMer(const contrats::v1::Qpv& qpv) {
  return absl::StartsWith(qpv.departement(), "departements/97") ||
         absl::StartsWith(qpv.departement(), "departements/98");
}

// What the referential says, else the period of the list that its code is of.
types::Periode PeriodeDe(const contrats::v1::Qpv& qpv) {
  const types::Date second = OutreMer(qpv) ? kDeuxiemeOutreMer : kDeuxiemeListe;
  const bool first_list = absl::StartsWith(qpv.name(), "qpv/qp");
  types::Periode period{first_list ? kPremiereListe : second, std::nullopt};
  if (first_list) period.fin = second;
  if (qpv.has_valide_du()) period.debut = DateDe(qpv.valide_du());
  if (qpv.has_valide_au()) period.fin = DateDe(qpv.valide_au());
  return period;
}

const contrats::v1::Qpv* QuartierDe(const Faits& faits, const std::string& name) {
  for (const contrats::v1::Qpv* one : faits.quartiers) {
    if (one->name() == name) return one;
  }
  return nullptr;
}

// In the contrat for a part of the exercice at least.
bool EstDuContrat(const contrats::v1::Territoire& territoire, const types::Periode& exercice) {
  if (territoire.role() != contrats::v1::ROLE_TERRITOIRE_QUARTIER) return false;
  types::Periode period{exercice.debut, std::nullopt};
  if (territoire.has_valide_du()) period.debut = DateDe(territoire.valide_du());
  if (territoire.has_valide_au()) period.fin = DateDe(territoire.valide_au());
  return period.Chevauche(exercice);
}

}  // namespace

Manques QuartiersEnVigueur(const Faits& faits) {
  Manques manques;
  for (int i = 0; i < faits.action->quartiers_size(); ++i) {
    const contrats::v1::Qpv* qpv = QuartierDe(faits, faits.action->quartiers(i).qpv());
    if (qpv == nullptr || PeriodeDe(*qpv).Chevauche(Exercice(*faits.action))) continue;
    manques.push_back({absl::StrCat("Le quartier ", qpv->code().empty() ? qpv->name() : qpv->code(),
                                    " n'est pas prioritaire en ", faits.action->exercice(), "."),
                       absl::StrCat("quartiers[", i, "].qpv")});
  }
  return manques;
}

Manques QuartiersDuContrat(const Faits& faits) {
  if (faits.contrat == nullptr) return {};
  const types::Periode exercice = Exercice(*faits.action);
  bool lists = false;
  for (const auto& one : faits.contrat->territoires())
    lists |= one.role() == contrats::v1::ROLE_TERRITOIRE_QUARTIER;
  if (!lists) return {};
  Manques manques;
  for (int i = 0; i < faits.action->quartiers_size(); ++i) {
    const std::string& name = faits.action->quartiers(i).qpv();
    bool found = false;
    for (const auto& one : faits.contrat->territoires())
      found |= one.territoire() == name && EstDuContrat(one, exercice);
    if (found) continue;
    const contrats::v1::Qpv* qpv = QuartierDe(faits, name);
    manques.push_back(
        {absl::StrCat("Le quartier ", qpv == nullptr || qpv->code().empty() ? name : qpv->code(),
                      " n'est pas de ceux du contrat en ", faits.action->exercice(), "."),
         absl::StrCat("quartiers[", i, "].qpv")});
  }
  return manques;
}

}  // namespace pdv::actions::regles
