#include "services/actions/domain/regles.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::actions {
namespace {

using status::Violation;

constexpr int kEntier = 10'000;

types::Date De(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

absl::Status Refuse(std::vector<Violation> violations) {
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

// Subscribed on that day, and not withdrawn since.
bool Engage(const v1::Porteur& porteur, types::Date today) {
  if (!porteur.has_cer_souscrit_le() || De(porteur.cer_souscrit_le()) > today) return false;
  return !porteur.has_cer_retire_le() || De(porteur.cer_retire_le()) > today;
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
    violations.push_back({"action.quartiers", "PARTS_INCOHERENTES",
                          absl::StrCat("Les parts font ", sum, " points de base au lieu de ",
                                       kEntier, ".")});
  if (action.has_date_debut() && action.has_date_fin() &&
      De(action.date_fin()) < De(action.date_debut()))
    violations.push_back({"action.date_fin", "DATES_INCOHERENTES",
                          "L'action finit avant de commencer."});
  return Refuse(std::move(violations));
}

absl::Status VerifierDepot(const v1::Action& action, const v1::Porteur& porteur,
                           const contrats::v1::Contrat* contrat, types::Date today) {
  if (porteur.forme() == v1::FORME_PORTEUR_ASSOCIATION && !Engage(porteur, today))
    return status::Error(absl::StatusCode::kFailedPrecondition, "CONTRAT_ENGAGEMENT_ABSENT",
                         "L'association n'a pas souscrit le contrat d'engagement républicain.")
        .Law("porteur.contrat_engagement_republicain",
             "loi n° 2000-321 du 12 avril 2000, art. 10-1 ; décret n° 2021-1947")
        .With("porteur", porteur.name());
  status::Error error(absl::StatusCode::kFailedPrecondition, "ACTION_INCOMPLETE",
                      "Il manque à l'action ce qu'un dépôt demande.");
  bool complete = true;
  auto lacks = [&](const char* what) {
    error.Precondition("ACTION_INCOMPLETE", action.name(), what);
    complete = false;
  };
  if (contrat == nullptr) lacks("Elle ne relève d'aucun contrat de ville connu.");
  if (action.thematique().empty()) lacks("Elle n'a pas de thématique principale.");
  if (!action.has_date_debut() || !action.has_date_fin()) {
    lacks("Elle n'a pas de dates.");
  } else if (contrat != nullptr) {
    if (contrat->has_date_debut() && De(action.date_debut()) < De(contrat->date_debut()))
      lacks("Elle commence avant le contrat.");
    if (contrat->has_date_fin() && De(action.date_debut()) > De(contrat->date_fin()))
      lacks("Elle commence après la fin du contrat.");
  }
  return complete ? absl::OkStatus() : error.Build();
}

}  // namespace pdv::actions
