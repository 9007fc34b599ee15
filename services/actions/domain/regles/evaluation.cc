#include "services/actions/domain/regles/evaluation.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/locales.h"

namespace pdv::actions::regles {
namespace {

bool Tient(const Regle& regle, types::Date jour) {
  return !regle.en_vigueur.has_value() || regle.en_vigueur->Contient(jour);
}

void ExaminerNationales(const Faits& faits, v1::EvaluerDossierResponse* answer) {
  for (const Regle& regle : Nationales()) {
    if (!Tient(regle, faits.jour)) continue;
    answer->set_regles_examinees(answer->regles_examinees() + 1);
    for (const Manque& manque : regle.manques(faits)) {
      v1::ConstatRegle* constat = answer->add_constats();
      constat->set_regle(std::string(regle.id));
      constat->set_raison(std::string(regle.raison));
      constat->set_severite(regle.severite);
      constat->set_champ(manque.champ.empty() ? std::string(regle.champ) : manque.champ);
      constat->set_texte(std::string(regle.texte));
      constat->set_citation(std::string(regle.citation));
      constat->set_message(manque.phrase);
      constat->set_transition(std::string(ActeDe(regle.garde).methode));
    }
  }
}

void ExaminerLocales(const Faits& faits, v1::EvaluerDossierResponse* answer) {
  if (faits.appel == nullptr) return;
  for (const v1::RegleLocale& regle : faits.appel->regles()) {
    const Nature* nature = NatureDe(regle.nature());
    if (nature == nullptr || !EnVigueur(regle, faits.jour)) continue;
    answer->set_regles_examinees(answer->regles_examinees() + 1);
    for (const Manque& manque : nature->manques(regle, faits)) {
      v1::ConstatRegle* constat = answer->add_constats();
      constat->set_regle("appel:" + regle.id());
      constat->set_raison("REGLE_LOCALE");
      constat->set_severite(regle.severite());
      constat->set_champ(manque.champ.empty() ? std::string(nature->champ) : manque.champ);
      constat->set_texte(regle.texte());
      constat->set_citation(regle.citation().empty() ? "règlement de l'appel à projets"
                                                     : regle.citation());
      constat->set_message(manque.phrase);
      constat->set_transition(std::string(ActeDe(Verbe::kAttester).methode));
    }
  }
}

}  // namespace

v1::EvaluerDossierResponse Evaluer(const Faits& faits) {
  v1::EvaluerDossierResponse answer;
  Ecrire(faits.jour, answer.mutable_jour());
  ExaminerNationales(faits, &answer);
  ExaminerLocales(faits, &answer);
  return answer;
}

absl::Status Garder(Verbe verbe, const Faits& faits) {
  std::vector<v1::ConstatRegle> refusals;
  v1::EvaluerDossierResponse found = Evaluer(faits);
  for (v1::ConstatRegle& constat : *found.mutable_constats()) {
    if (constat.severite() == v1::SEVERITE_REGLE_REFUS &&
        constat.transition() == ActeDe(verbe).methode)
      refusals.push_back(std::move(constat));
  }
  if (refusals.empty()) return absl::OkStatus();
  const v1::ConstatRegle& first = refusals.front();
  std::set<std::string> rules;
  for (const v1::ConstatRegle& one : refusals) rules.insert(one.regle());
  std::string message = first.message();
  if (rules.size() > 1)
    absl::StrAppend(&message, " (", rules.size(), " règles refusent ce dossier.)");
  status::Error error(absl::StatusCode::kFailedPrecondition, first.raison(), message);
  error.Law(first.regle(), first.citation())
      .With("champ", first.champ())
      .With("refus", static_cast<int64_t>(rules.size()))
      .With("action", faits.action->name());
  for (const v1::ConstatRegle& one : refusals)
    error.Precondition(one.raison(), faits.action->name(),
                       absl::StrCat(one.message(), " (règle ", one.regle(), ", champ ", one.champ(),
                                    " ; ", one.citation(), ")"));
  return error.Build();
}

v1::ListReglesResponse Lister(const v1::ListReglesRequest& request) {
  v1::ListReglesResponse answer;
  for (const Regle& regle : Nationales()) {
    if (request.has_jour() && !Tient(regle, DateDe(request.jour()))) continue;
    v1::RegleNationale* shown = answer.add_regles();
    shown->set_id(std::string(regle.id));
    shown->set_texte(std::string(regle.texte));
    shown->set_citation(std::string(regle.citation));
    shown->set_severite(regle.severite);
    shown->set_champ(std::string(regle.champ));
    if (regle.en_vigueur.has_value()) {
      Ecrire(regle.en_vigueur->debut, shown->mutable_valide_du());
      if (regle.en_vigueur->fin.has_value())
        Ecrire(*regle.en_vigueur->fin, shown->mutable_valide_au());
    }
    shown->set_transition(std::string(ActeDe(regle.garde).methode));
    shown->set_raison(std::string(regle.raison));
  }
  return answer;
}

}  // namespace pdv::actions::regles
