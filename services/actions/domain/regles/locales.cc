#include "services/actions/domain/regles/locales.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "pdv/commun/options/v1/options.pb.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

bool Admise(const v1::RegleLocale& regle, const std::string& value) {
  return std::find(regle.valeurs().begin(), regle.valeurs().end(), value) != regle.valeurs().end();
}

Manque Duree(const v1::RegleLocale& regle, const Faits& faits) {
  const v1::Action& action = *faits.action;
  if (!action.has_date_debut() || !action.has_date_fin()) return std::nullopt;
  const int64_t days = DateDe(action.date_fin()) - DateDe(action.date_debut()) + 1;
  if (days <= regle.valeur()) return std::nullopt;
  return absl::StrCat("Elle dure ", days, " jours, au lieu de ", regle.valeur(), " au plus.");
}

Manque EffectifMin(const v1::RegleLocale& regle, const Faits& faits) {
  const int64_t people = Effectif(*faits.action);
  if (people >= regle.valeur()) return std::nullopt;
  return absl::StrCat("Elle vise ", people, " personnes, au lieu de ", regle.valeur(),
                      " au moins.");
}

Manque Thematiques(const v1::RegleLocale& regle, const Faits& faits) {
  if (Admise(regle, faits.action->thematique())) return std::nullopt;
  return "Sa thématique n'est pas de celles de l'appel.";
}

Manque QuartiersAdmis(const v1::RegleLocale& regle, const Faits& faits) {
  std::vector<std::string> outside;
  for (const v1::PartQuartier& part : faits.action->quartiers()) {
    if (!Admise(regle, part.qpv())) outside.push_back(part.qpv());
  }
  if (outside.empty()) return std::nullopt;
  return absl::StrCat("Hors des quartiers de l'appel : ", absl::StrJoin(outside, ", "), ".");
}

Manque Formes(const v1::RegleLocale& regle, const Faits& faits) {
  if (faits.porteur == nullptr) return std::nullopt;
  const std::string forme =
      v1::FormePorteur_Name(faits.porteur->forme()).substr(sizeof("FORME_PORTEUR_") - 1);
  if (Admise(regle, forme)) return std::nullopt;
  return "L'appel n'est pas ouvert aux porteurs de cette forme juridique.";
}

Manque Champs(const v1::RegleLocale& regle, const Faits& faits) {
  const v1::Action& action = *faits.action;
  std::vector<const google::protobuf::FieldDescriptor*> filled;
  action.GetReflection()->ListFields(action, &filled);
  std::vector<std::string> missing;
  for (const std::string& name : regle.valeurs()) {
    if (std::none_of(filled.begin(), filled.end(),
                     [&](const auto* field) { return field->name() == name; }))
      missing.push_back(name);
  }
  if (missing.empty()) return std::nullopt;
  return absl::StrCat("N'est pas rempli : ", absl::StrJoin(missing, ", "), ".");
}

Manque PartSubventions(const v1::RegleLocale& regle, const Faits& faits) {
  if (faits.budget == nullptr) return std::nullopt;  // a budget is asked for by a rule of its own
  const int64_t part = faits.budget->part_subventions_points();
  if (part <= regle.valeur()) return std::nullopt;
  return absl::StrCat("Les subventions font ", Pourcent(part),
                      " des produits du budget, au lieu de ", Pourcent(regle.valeur()),
                      " au plus.");
}

constexpr Nature kNatures[] = {
    {v1::NATURE_REGLE_DUREE_MAX_JOURS, "date_fin", false, Duree},
    {v1::NATURE_REGLE_EFFECTIF_MIN, "publics", false, EffectifMin},
    {v1::NATURE_REGLE_THEMATIQUES_ADMISES, "thematique", true, Thematiques},
    {v1::NATURE_REGLE_QUARTIERS_ADMIS, "quartiers", true, QuartiersAdmis},
    {v1::NATURE_REGLE_FORMES_ADMISES, "porteur", true, Formes},
    {v1::NATURE_REGLE_CHAMPS_EXIGES, "", true, Champs},
    {v1::NATURE_REGLE_PART_SUBVENTIONS_MAX, "budget", false, PartSubventions},
};

}  // namespace

const Nature* NatureDe(v1::NatureRegle nature) {
  for (const Nature& one : kNatures) {
    if (one.nature == nature) return &one;
  }
  return nullptr;
}

bool EnVigueur(const v1::RegleLocale& regle, types::Date jour) {
  return (!regle.has_valide_du() || jour >= DateDe(regle.valide_du())) &&
         (!regle.has_valide_au() || jour < DateDe(regle.valide_au()));
}

bool ChampDuDossier(std::string_view name) {
  const auto* field = v1::Action::descriptor()->FindFieldByName(std::string(name));
  return field != nullptr &&
         !field->options().GetExtension(commun::options::v1::field).output_only();
}

}  // namespace pdv::actions::regles
