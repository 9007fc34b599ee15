#include "services/actions/domain/coherence.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using status::Violation;

constexpr int kEntier = 10'000;

absl::Status Refuse(std::vector<Violation> violations) {
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

void VerifierPublics(const v1::Action& action, std::vector<Violation>* violations) {
  std::set<std::pair<int, int>> seen;
  for (int i = 0; i < action.publics_size(); ++i) {
    const v1::PublicVise& one = action.publics(i);
    const std::string path = absl::StrCat("action.publics[", i, "]");
    if (!seen.emplace(one.sexe(), one.age()).second)
      violations->push_back(
          {path, "PUBLICS_INCOHERENTS", "Ce sexe et cet âge sont dits deux fois."});
    if (one.effectif_qpv() > one.effectif())
      violations->push_back({path + ".effectif_qpv", "PUBLICS_INCOHERENTS",
                             "Les habitants des quartiers sont plus nombreux que le public."});
  }
}

}  // namespace

absl::Status VerifierPorteur(const v1::Porteur& porteur) {
  struct Champ {
    v1::IdentificationPorteur identification;
    const char* field;
    const std::string& value;
  };
  const Champ fields[] = {
      {v1::IDENTIFICATION_PORTEUR_SIRET, "siret", porteur.siret()},
      {v1::IDENTIFICATION_PORTEUR_RNA, "rna", porteur.rna()},
      {v1::IDENTIFICATION_PORTEUR_RIDET, "ridet", porteur.ridet()},
      {v1::IDENTIFICATION_PORTEUR_TAHITI, "tahiti", porteur.tahiti()},
  };
  std::vector<Violation> violations;
  for (const Champ& champ : fields) {
    const bool announced = porteur.identification() == champ.identification;
    if (announced && champ.value.empty())
      violations.push_back({absl::StrCat("porteur.", champ.field), "IDENTIFICATION_INCOHERENTE",
                            "L'identifiant annoncé manque."});
    // An association often has both a SIRET and an RNA; one that has no identification has none.
    if (porteur.identification() == v1::IDENTIFICATION_PORTEUR_AUCUNE && !champ.value.empty())
      violations.push_back({absl::StrCat("porteur.", champ.field), "IDENTIFICATION_INCOHERENTE",
                            "Un porteur sans identification n'a pas d'identifiant."});
  }
  if (porteur.has_agrement_tronc_commun_jusquau() &&
      (!porteur.has_agrement_tronc_commun_le() || DateDe(porteur.agrement_tronc_commun_jusquau()) <
                                                      DateDe(porteur.agrement_tronc_commun_le())))
    violations.push_back({"porteur.agrement_tronc_commun_jusquau", "DATES_INCOHERENTES",
                          "L'agrément finit avant de commencer."});
  return Refuse(std::move(violations));
}

absl::Status VerifierAction(const v1::Action& action) {
  std::vector<Violation> violations;
  int64_t sum = 0;
  std::set<std::string> seen;
  for (int i = 0; i < action.quartiers_size(); ++i) {
    sum += action.quartiers(i).part_points();
    if (!seen.insert(action.quartiers(i).qpv()).second)
      violations.push_back({absl::StrCat("action.quartiers[", i, "].qpv"), "PARTS_INCOHERENTES",
                            "Ce quartier est cité deux fois."});
  }
  if (!action.quartiers().empty() && sum != kEntier)
    violations.push_back(
        {"action.quartiers", "PARTS_INCOHERENTES",
         absl::StrCat("Les parts font ", sum, " points de base au lieu de ", kEntier, ".")});
  VerifierPublics(action, &violations);
  if ((action.annees() != 0 || action.annee() != 0) &&
      (action.annees() < 2 || action.annee() < 1 || action.annee() > action.annees()))
    violations.push_back({"action.annees", "ANNEES_INCOHERENTES",
                          "Une action pluriannuelle a 2 à 4 années, et se situe dans l'une."});
  if (action.has_date_debut() && action.has_date_fin() &&
      DateDe(action.date_fin()) < DateDe(action.date_debut()))
    violations.push_back(
        {"action.date_fin", "DATES_INCOHERENTES", "L'action finit avant de commencer."});
  return Refuse(std::move(violations));
}

}  // namespace pdv::actions
