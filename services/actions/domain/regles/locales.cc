#include "services/actions/domain/regles/locales.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

constexpr char kPrefixeForme[] = "FORME_PORTEUR_";
// A budget that was written before the suite computed these shares: unknown is not zero.
constexpr char kPartInconnue[] =
    "Cette part du budget n'est pas encore calculée : enregistrez de nouveau le budget.";

// The fields that an appel may ask for: those that a porteur fills and may leave empty. Neither
// what an import alone knows, nor what is always there, nor a yes or no, which cannot be left
// empty.
struct Champ {
  std::string_view nom;
  const char* en_clair;
};
constexpr Champ kChamps[] = {
    {"objet", "l'objet"},
    {"contrat", "le contrat de ville"},
    {"departement", "le département"},
    {"region", "la région"},
    {"date_debut", "le premier jour"},
    {"date_fin", "le dernier jour"},
    {"thematique", "la thématique"},
    {"marques_transversales", "les marques transversales"},
    {"dispositif", "le dispositif"},
    {"quartiers", "les quartiers"},
    {"reponses", "les réponses aux critères"},
    {"pieces", "les pièces"},
    {"publics", "le public visé"},
};
const Champ* ChampDe(std::string_view name) {
  for (const Champ& one : kChamps) {
    if (one.nom == name) return &one;
  }
  return nullptr;
}

// "QP034001" where it is known.
std::string Code(const Faits& faits, const std::string& qpv) {
  for (const contrats::v1::Qpv* one : faits.quartiers) {
    if (one->name() == qpv && !one->code().empty()) return one->code();
  }
  return qpv;
}

bool Admise(const v1::RegleLocale& regle, const std::string& value) {
  return std::find(regle.valeurs().begin(), regle.valeurs().end(), value) != regle.valeurs().end();
}

Manques Duree(const v1::RegleLocale& regle, const Faits& faits) {
  const v1::Action& action = *faits.action;
  if (!action.has_date_debut() || !action.has_date_fin()) return {};
  const int64_t days = DateDe(action.date_fin()) - DateDe(action.date_debut()) + 1;
  if (days <= regle.valeur()) return {};
  return {{absl::StrCat("Elle dure ", days, " jours, au lieu de ", regle.valeur(), " au plus.")}};
}

Manques EffectifMin(const v1::RegleLocale& regle, const Faits& faits) {
  const int64_t people = Effectif(*faits.action);
  if (!SertUnPublic(*faits.action) || people >= regle.valeur()) return {};
  return {{absl::StrCat("Elle vise ", people, " personnes, au lieu de ", regle.valeur(),
                        " au moins.")}};
}

Manques Thematiques(const v1::RegleLocale& regle, const Faits& faits) {
  if (Admise(regle, faits.action->thematique())) return {};
  return {{"Sa thématique n'est pas de celles de l'appel."}};
}

Manques QuartiersAdmis(const v1::RegleLocale& regle, const Faits& faits) {
  const v1::Action& action = *faits.action;
  if (action.quartiers().empty() && SertUnPublic(action))
    return {{"Elle ne nomme aucun des quartiers de l'appel."}};
  Manques manques;
  for (int i = 0; i < action.quartiers_size(); ++i) {
    const std::string& name = action.quartiers(i).qpv();
    if (!Admise(regle, name))
      manques.push_back(
          {absl::StrCat("Le quartier ", Code(faits, name), " n'est pas de ceux de l'appel."),
           absl::StrCat("quartiers[", i, "].qpv")});
  }
  return manques;
}

Manques Formes(const v1::RegleLocale& regle, const Faits& faits) {
  if (faits.porteur == nullptr) return {};
  const std::string forme =
      v1::FormePorteur_Name(faits.porteur->forme()).substr(sizeof(kPrefixeForme) - 1);
  if (Admise(regle, forme)) return {};
  return {{"L'appel n'est pas ouvert aux porteurs de cette forme juridique."}};
}

Manques Champs(const v1::RegleLocale& regle, const Faits& faits) {
  const v1::Action& action = *faits.action;
  std::vector<const google::protobuf::FieldDescriptor*> filled;
  action.GetReflection()->ListFields(action, &filled);
  Manques manques;
  for (const std::string& name : regle.valeurs()) {
    if (std::any_of(filled.begin(), filled.end(),
                    [&](const auto* field) { return field->name() == name; }))
      continue;
    if (name == "publics" && !SertUnPublic(action)) continue;
    const Champ* champ = ChampDe(name);
    manques.push_back(
        {absl::StrCat("L'appel demande ", champ == nullptr ? name.c_str() : champ->en_clair,
                      ", et rien n'est rempli."),
         name});
  }
  return manques;
}

Manques PartSubventions(const v1::RegleLocale& regle, const Faits& faits) {
  if (faits.budget == nullptr) return {};  // a budget is asked for by a rule of its own
  const int64_t part = faits.budget->part_subventions_points();
  if (part <= regle.valeur()) return {};
  return {
      {absl::StrCat("Les subventions font ", Pourcent(part), " des produits du budget, au lieu de ",
                    Pourcent(regle.valeur()), " au plus.")}};
}

Manques PartAidesPubliques(const v1::RegleLocale& regle, const Faits& faits) {
  if (faits.budget == nullptr) return {};
  if (!faits.budget->has_part_aides_publiques_points()) return {{kPartInconnue}};
  const int64_t part = faits.budget->part_aides_publiques_points();
  if (part <= regle.valeur()) return {};
  return {{absl::StrCat("Les aides publiques font ", Pourcent(part),
                        " des produits du budget, au lieu de ", Pourcent(regle.valeur()),
                        " au plus.")}};
}

Manques PartRessourcesPropres(const v1::RegleLocale& regle, const Faits& faits) {
  if (faits.budget == nullptr) return {};
  if (!faits.budget->has_part_ressources_propres_points()) return {{kPartInconnue}};
  const int64_t part = faits.budget->part_ressources_propres_points();
  if (part >= regle.valeur()) return {};
  return {{absl::StrCat("Les ressources propres font ", Pourcent(part),
                        " des produits du budget, au lieu de ", Pourcent(regle.valeur()),
                        " au moins.")}};
}

using enum Valeurs;
constexpr Nature kNatures[] = {
    {v1::NATURE_REGLE_DUREE_MAX_JOURS, "date_fin", kNombre, Duree},
    {v1::NATURE_REGLE_EFFECTIF_MIN, "publics", kNombre, EffectifMin},
    {v1::NATURE_REGLE_THEMATIQUES_ADMISES, "thematique", kThematiques, Thematiques},
    {v1::NATURE_REGLE_QUARTIERS_ADMIS, "quartiers", kQuartiers, QuartiersAdmis},
    {v1::NATURE_REGLE_FORMES_ADMISES, "porteur", kFormes, Formes},
    {v1::NATURE_REGLE_CHAMPS_EXIGES, "", kChampsDuDossier, Champs},
    {v1::NATURE_REGLE_PART_SUBVENTIONS_MAX, "budget", kPart, PartSubventions},
    {v1::NATURE_REGLE_PART_AIDES_PUBLIQUES_MAX, "budget", kPart, PartAidesPubliques},
    {v1::NATURE_REGLE_PART_RESSOURCES_PROPRES_MIN, "budget", kPart, PartRessourcesPropres},
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

bool ChampDuDossier(std::string_view name) { return ChampDe(name) != nullptr; }

bool FormeConnue(const std::string& name) {
  v1::FormePorteur forme;
  return v1::FormePorteur_Parse(kPrefixeForme + name, &forme) &&
         forme != v1::FORME_PORTEUR_UNSPECIFIED;
}

}  // namespace pdv::actions::regles
