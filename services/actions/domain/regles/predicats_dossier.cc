// Of the porteur, the contrat, the calendar and the public.
#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/engagement.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

constexpr int64_t kEntier = 10'000;

bool Datee(const v1::Action& action) { return action.has_date_debut() && action.has_date_fin(); }

}  // namespace

bool SertUnPublic(const v1::Action& action) { return action.type() == v1::TYPE_ACTION_ACTION; }

Manques Engagement(const Faits& faits) {
  if (faits.porteur == nullptr) return {};
  const absl::Status engaged = VerifierEngagement(*faits.porteur, faits.jour);
  if (engaged.ok()) return {};
  return {{std::string(engaged.message())}};
}

Manques Forme(const Faits& faits) {
  if (faits.porteur != nullptr && faits.porteur->forme() != v1::FORME_PORTEUR_UNSPECIFIED)
    return {};
  return {{"La forme juridique de son porteur n'est pas connue."}};
}

Manques Siret(const Faits& faits) {
  if (faits.porteur != nullptr &&
      (!faits.porteur->siret().empty() || !faits.porteur->ridet().empty() ||
       !faits.porteur->tahiti().empty()))
    return {};
  return {{"Son porteur n'a pas de SIRET."}};
}

Manques Contrat(const Faits& faits) {
  if (faits.contrat != nullptr) return {};
  return {{"Elle ne relève d'aucun contrat de ville connu."}};
}

Manques Thematique(const Faits& faits) {
  if (!faits.action->thematique().empty()) return {};
  return {{"Elle n'a pas de thématique principale."}};
}

Manques ThematiqueDuContrat(const Faits& faits) {
  if (faits.contrat == nullptr || faits.action->thematique().empty()) return {};
  if (ThematiqueAdmise(faits.action->thematique(), faits.contrat->nomenclature(),
                       faits.correspondances))
    return {};
  return {{"Sa thématique n'est pas de la nomenclature du contrat, et n'y correspond pas."}};
}

Manques Dates(const Faits& faits) {
  Manques manques;
  if (!faits.action->has_date_debut())
    manques.push_back({"Son premier jour n'est pas dit.", "date_debut"});
  if (!faits.action->has_date_fin())
    manques.push_back({"Son dernier jour n'est pas dit.", "date_fin"});
  return manques;
}

Manques DatesDuContrat(const Faits& faits) {
  const contrats::v1::Contrat* contrat = faits.contrat;
  if (contrat == nullptr || !Datee(*faits.action)) return {};
  Manques manques;
  if (contrat->has_date_debut() &&
      DateDe(faits.action->date_debut()) < DateDe(contrat->date_debut()))
    manques.push_back({absl::StrCat("Elle commence avant le contrat, qui commence le ",
                                    types::EcrireDate(DateDe(contrat->date_debut())), "."),
                       "date_debut"});
  if (contrat->has_date_fin() && DateDe(faits.action->date_fin()) > DateDe(contrat->date_fin()))
    manques.push_back({absl::StrCat("Elle finit après le contrat, qui finit le ",
                                    types::EcrireDate(DateDe(contrat->date_fin())), "."),
                       "date_fin"});
  return manques;
}

Manques DatesDeLExercice(const Faits& faits) {
  const v1::Action& action = *faits.action;
  if (!Datee(action) || (action.exercice() >= action.date_debut().year() &&
                         action.exercice() <= action.date_fin().year()))
    return {};
  return {{absl::StrCat("Elle ne se déroule pas pendant l'exercice ", action.exercice(), ".")}};
}

Manques DeuxExercicesAuPlus(const Faits& faits) {
  const v1::Action& action = *faits.action;
  if (!Datee(action) || action.date_fin().year() - action.date_debut().year() <= 1) return {};
  return {{absl::StrCat("Elle court de ", action.date_debut().year(), " à ",
                        action.date_fin().year(), ".")}};
}

Manques Publics(const Faits& faits) {
  if (!SertUnPublic(*faits.action) || Effectif(*faits.action) > 0) return {};
  return {{"Son public n'est pas dit."}};
}

Manques Quartiers(const Faits& faits) {
  if (!SertUnPublic(*faits.action) || !faits.action->quartiers().empty() ||
      faits.action->quartier_vecu())
    return {};
  return {{"Elle ne nomme aucun quartier, et ne sert pas de quartier vécu."}};
}

Manques MoitieDesQuartiers(const Faits& faits) {
  const std::optional<int64_t> part = PartQpv(*faits.action);
  if (!SertUnPublic(*faits.action) || !part.has_value() || *part >= kEntier / 2) return {};
  return {{absl::StrCat(*part / 100, " % de son public habite un quartier prioritaire."),
           ChampPartQpv(*faits.action, kEntier / 2)}};
}

Manques HorsNpnru(const Faits& faits) {
  if (!faits.action->npnru()) return {};
  return {{"Son objet relève aussi du NPNRU."}};
}

Manques BudgetPresent(const Faits& faits) {
  if (faits.budget != nullptr) return {};
  return {{"Son budget prévisionnel n'est pas rempli."}};
}

Manques BudgetEquilibre(const Faits& faits) {
  if (faits.budget == nullptr || faits.budget->equilibre()) return {};
  return {{"Son budget prévisionnel n'est pas équilibré : ses écarts le disent."}};
}

int64_t Effectif(const v1::Action& action) {
  int64_t sum = 0;
  for (const v1::PublicVise& one : action.publics()) sum += one.effectif();
  return sum;
}

std::optional<int64_t> PartQpv(const v1::Action& action) {
  const int64_t whole = Effectif(action);
  if (whole == 0) return std::nullopt;
  int64_t inside = 0;
  for (const v1::PublicVise& one : action.publics()) inside += one.effectif_qpv();
  return inside * kEntier / whole;
}

std::string ChampPartQpv(const v1::Action& action, int64_t points) {
  int worst = -1;
  int64_t missing = 0;
  for (int i = 0; i < action.publics_size(); ++i) {
    const v1::PublicVise& one = action.publics(i);
    const int64_t lacks = one.effectif() * points - one.effectif_qpv() * kEntier;
    if (lacks > missing) {
      missing = lacks;
      worst = i;
    }
  }
  return worst < 0 ? "publics" : absl::StrCat("publics[", worst, "].effectif_qpv");
}

bool ThematiqueAdmise(std::string_view thematique, std::string_view nomenclature,
                      const std::vector<const contrats::v1::Correspondance*>& correspondances) {
  if (nomenclature.empty()) return true;
  const std::string racine = std::string(nomenclature) + "/";
  if (thematique.starts_with(racine)) return true;
  return std::any_of(correspondances.begin(), correspondances.end(), [&](const auto* one) {
    const std::string_view source = one->source();
    const std::string_view cible = one->cible();
    return (source == thematique && cible.starts_with(racine)) ||
           (cible == thematique && source.starts_with(racine));
  });
}

}  // namespace pdv::actions::regles
