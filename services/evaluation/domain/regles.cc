#include "services/evaluation/domain/regles.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/types/date.h"
#include "services/evaluation/domain/decimal.h"

namespace pdv::evaluation {
namespace {

types::Date De(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

}  // namespace

absl::Status VerifierMesure(const v1::Mesure& mesure) {
  std::vector<status::Violation> violations;
  const bool known = mesure.statut() == v1::STATUT_MESURE_CONNUE;
  if (known && mesure.valeur().empty())
    violations.push_back({"mesure.valeur", "VALEUR_INCOHERENTE",
                          "Une mesure connue a une valeur ; zéro s'écrit « 0 »."});
  if (!known && !mesure.valeur().empty())
    violations.push_back({"mesure.valeur", "VALEUR_INCOHERENTE",
                          "Une mesure inconnue ou sans objet n'a pas de valeur."});
  if (De(mesure.fin()) <= De(mesure.debut()))
    violations.push_back(
        {"mesure.fin", "PERIODE_INVALIDE", "La période finit après avoir commencé."});
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

absl::Status VerifierDesagregation(std::string_view desagregation,
                                   const v1::Indicateur& indicateur) {
  std::set<std::string> seen;
  for (const absl::string_view part : absl::StrSplit(
           absl::string_view(desagregation.data(), desagregation.size()), ',', absl::SkipEmpty())) {
    const std::string axis(part.substr(0, part.find('=')));
    const auto& declared = indicateur.desagregations();
    const bool known = std::find(declared.begin(), declared.end(), axis) != declared.end();
    if (known && seen.insert(axis).second) continue;
    return status::InvalidRequest(
        {{"mesure.desagregation", "DESAGREGATION_INCONNUE",
          absl::StrCat("« ", axis, " » est cité deux fois, ou n'est pas une désagrégation de ",
                       indicateur.name(), ".")}});
  }
  return absl::OkStatus();
}

absl::Status VerifierVersion(const v1::Indicateur* before, v1::Indicateur* after) {
  if (before == nullptr) {
    if (after->version() == 0) after->set_version(1);
    return absl::OkStatus();
  }
  if (after->version() == 0) after->set_version(before->version());
  const bool redefined = before->unite() != after->unite() ||
                         before->definition() != after->definition() ||
                         before->agregation() != after->agregation();
  if (after->version() > before->version() || (after->version() == before->version() && !redefined))
    return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "VERSION_REQUISE",
                       absl::StrCat("Ce que mesure cet indicateur change : donnez-lui la version ",
                                    before->version() + 1, "."))
      .With("name", before->name())
      .With("version", before->version());
}

v1::Atteinte Situation(v1::Polarite polarite, std::optional<std::string_view> ecart) {
  const std::optional<int> sign = ecart ? Signe(*ecart) : std::nullopt;
  if (!sign) return v1::ATTEINTE_SANS_MESURE;
  switch (polarite) {
    case v1::POLARITE_CROISSANTE:
      return *sign >= 0 ? v1::ATTEINTE_ATTEINTE : v1::ATTEINTE_NON_ATTEINTE;
    case v1::POLARITE_DECROISSANTE:
      return *sign <= 0 ? v1::ATTEINTE_ATTEINTE : v1::ATTEINTE_NON_ATTEINTE;
    default:
      return v1::ATTEINTE_SANS_SENS;
  }
}

}  // namespace pdv::evaluation
