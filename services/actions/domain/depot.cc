#include "services/actions/domain/depot.h"

#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/engagement.h"

namespace pdv::actions {
namespace {

// Gathers what lacks, so that the porteur reads it all at once.
class Lacunes {
 public:
  explicit Lacunes(const v1::Action& action)
      : action_(action),
        error_(absl::StatusCode::kFailedPrecondition, "ACTION_INCOMPLETE",
               "Il manque à l'action ce qu'un dépôt demande.") {}
  void Add(const char* reason, const char* what) {
    error_.Precondition(reason, action_.name(), what);
    empty_ = false;
  }
  absl::Status Build() const { return empty_ ? absl::OkStatus() : error_.Build(); }

 private:
  const v1::Action& action_;
  status::Error error_;
  bool empty_ = true;
};

void VerifierPeriode(const v1::Action& action, const contrats::v1::Contrat* contrat,
                     Lacunes& lacunes) {
  if (!action.has_date_debut() || !action.has_date_fin()) {
    lacunes.Add("DATES_ABSENTES", "Elle n'a pas de dates.");
    return;
  }
  const types::Date debut = DateDe(action.date_debut());
  const types::Date fin = DateDe(action.date_fin());
  if (action.exercice() < debut.year() || action.exercice() > fin.year())
    lacunes.Add("DATES_HORS_EXERCICE", "Elle ne se déroule pas pendant son exercice.");
  if (contrat == nullptr) return;
  if (contrat->has_date_debut() && debut < DateDe(contrat->date_debut()))
    lacunes.Add("DATES_HORS_CONTRAT", "Elle commence avant le contrat.");
  if (contrat->has_date_fin() && fin > DateDe(contrat->date_fin()))
    lacunes.Add("DATES_HORS_CONTRAT", "Elle finit après le contrat.");
}

}  // namespace

bool ThematiqueAdmise(std::string_view thematique, std::string_view nomenclature,
                      const std::vector<const contrats::v1::Correspondance*>& correspondances) {
  if (nomenclature.empty()) return true;
  const std::string racine = std::string(nomenclature) + "/";
  if (thematique.starts_with(racine)) return true;
  for (const auto* correspondance : correspondances) {
    const std::string_view source = correspondance->source();
    const std::string_view cible = correspondance->cible();
    if (source == thematique && cible.starts_with(racine)) return true;
    if (cible == thematique && source.starts_with(racine)) return true;
  }
  return false;
}

absl::Status VerifierDepot(const v1::Action& action, const FaitsDepot& faits) {
  const absl::Status engaged = VerifierEngagement(*faits.porteur, faits.jour);
  if (!engaged.ok()) return engaged;
  Lacunes lacunes(action);
  if (faits.porteur->forme() == v1::FORME_PORTEUR_UNSPECIFIED)
    lacunes.Add("FORME_INCONNUE", "La forme juridique de son porteur n'est pas connue.");
  if (faits.contrat == nullptr)
    lacunes.Add("CONTRAT_ABSENT", "Elle ne relève d'aucun contrat de ville connu.");
  if (action.thematique().empty()) {
    lacunes.Add("THEMATIQUE_ABSENTE", "Elle n'a pas de thématique principale.");
  } else if (faits.contrat != nullptr &&
             !ThematiqueAdmise(action.thematique(), faits.contrat->nomenclature(),
                               faits.correspondances)) {
    lacunes.Add("THEMATIQUE_ETRANGERE",
                "Sa thématique n'est pas de la nomenclature du contrat, et n'y correspond pas.");
  }
  VerifierPeriode(action, faits.contrat, lacunes);
  return lacunes.Build();
}

}  // namespace pdv::actions
