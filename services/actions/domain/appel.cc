#include "services/actions/domain/appel.h"

#include <optional>
#include <set>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/locales.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions {
namespace {

using status::Violation;

constexpr int64_t kEntier = 10'000;

absl::Status Refuse(std::vector<Violation> violations) {
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

template <class Items, class Id>
void Uniques(const Items& items, const char* field, const char* sub, Id id,
             std::vector<Violation>* violations) {
  std::set<std::string> seen;
  for (int i = 0; i < items.size(); ++i) {
    if (!seen.insert(id(items[i])).second)
      violations->push_back({absl::StrCat("appel.", field, "[", i, "].", sub), "APPEL_INCOHERENT",
                             absl::StrCat("« ", id(items[i]), " » est dit deux fois.")});
  }
}

// What is wrong with one element of the list of a rule: a value that no dossier could have would
// refuse them all.
std::optional<Violation> Refusee(const std::string& value, regles::Valeurs valeurs,
                                 const std::set<std::string>& connues) {
  switch (valeurs) {
    case regles::Valeurs::kChampsDuDossier:
      if (regles::ChampDuDossier(value)) return std::nullopt;
      return Violation{"", "APPEL_INCOHERENT",
                       absl::StrCat("« ", value, " » n'est pas un champ qu'un porteur remplit.")};
    case regles::Valeurs::kFormes:
      if (regles::FormeConnue(value)) return std::nullopt;
      return Violation{"", "APPEL_INCOHERENT",
                       absl::StrCat("« ", value, " » n'est pas une forme juridique connue.")};
    case regles::Valeurs::kThematiques:
    case regles::Valeurs::kQuartiers:
      if (value.starts_with(valeurs == regles::Valeurs::kQuartiers ? "qpv/" : "nomenclatures/") &&
          connues.contains(value))
        return std::nullopt;
      return Violation{"", "REFERENCE_INCONNUE", absl::StrCat("« ", value, " » est inconnu.")};
    default:
      return std::nullopt;
  }
}

void VerifierRegle(const v1::RegleLocale& regle, const std::string& path,
                   const std::set<std::string>& connues, std::vector<Violation>* violations) {
  const regles::Nature* nature = regles::NatureDe(regle.nature());
  if (nature == nullptr) return;  // refused by the validator
  if (nature->liste() && regle.valeurs().empty())
    violations->push_back(
        {path + ".valeurs", "APPEL_INCOHERENT", "Cette règle se dit par une liste de valeurs."});
  if (!nature->liste() && regle.valeur() == 0)
    violations->push_back(
        {path + ".valeur", "APPEL_INCOHERENT", "Cette règle se dit par une valeur."});
  if (nature->valeurs == regles::Valeurs::kPart && regle.valeur() > kEntier)
    violations->push_back({path + ".valeur", "APPEL_INCOHERENT",
                           "Une part se dit en points de base, 10 000 au plus (100 %)."});
  for (int i = 0; i < regle.valeurs_size(); ++i) {
    if (auto wrong = Refusee(regle.valeurs(i), nature->valeurs, connues)) {
      wrong->field = absl::StrCat(path, ".valeurs[", i, "]");
      violations->push_back(*std::move(wrong));
    }
  }
  if (regle.has_valide_du() && regle.has_valide_au() &&
      DateDe(regle.valide_au()) <= DateDe(regle.valide_du()))
    violations->push_back(
        {path + ".valide_au", "DATES_INCOHERENTES", "Cette règle finit avant de commencer."});
}

const char* EtatEnClair(v1::EtatAppel etat) {
  switch (etat) {
    case v1::ETAT_APPEL_PREPARATION:
      return "en préparation";
    case v1::ETAT_APPEL_PUBLIE:
      return "publié";
    case v1::ETAT_APPEL_CLOS:
      return "clos";
    default:
      return "sans état connu";
  }
}

absl::Status Interdite(const v1::AppelAProjets& appel, const char* verb) {
  const std::string etat = v1::EtatAppel_Name(appel.etat()).substr(sizeof("ETAT_APPEL_") - 1);
  return status::Error(
             absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
             absl::StrCat("Un appel ", EtatEnClair(appel.etat()), " ne peut pas ", verb, "."))
      .With("etat", etat);
}

}  // namespace

std::vector<std::string> ValeursCitees(const v1::AppelAProjets& appel, v1::NatureRegle nature) {
  std::vector<std::string> names;
  for (const v1::RegleLocale& regle : appel.regles()) {
    if (regle.nature() == nature)
      names.insert(names.end(), regle.valeurs().begin(), regle.valeurs().end());
  }
  return names;
}

absl::Status VerifierAppel(const v1::AppelAProjets& appel, const std::set<std::string>& connues) {
  std::vector<Violation> violations;
  if (DateDe(appel.date_cloture()) < DateDe(appel.date_ouverture()))
    violations.push_back(
        {"appel.date_cloture", "DATES_INCOHERENTES", "L'appel clôt avant d'ouvrir."});
  Uniques(
      appel.criteres(), "criteres", "id", [](const auto& one) { return one.id(); }, &violations);
  Uniques(
      appel.regles(), "regles", "id", [](const auto& one) { return one.id(); }, &violations);
  Uniques(
      appel.pieces(), "pieces", "code", [](const auto& one) { return one.code(); }, &violations);
  for (int i = 0; i < appel.regles_size(); ++i)
    VerifierRegle(appel.regles(i), absl::StrCat("appel.regles[", i, "]"), connues, &violations);
  return Refuse(std::move(violations));
}

absl::Status VerifierReponses(const v1::Action& action, const v1::AppelAProjets* appel) {
  std::vector<Violation> violations;
  std::set<std::string> criteres, pieces;
  if (appel != nullptr) {
    for (const v1::Critere& one : appel->criteres()) criteres.insert(one.id());
    for (const v1::PieceRequise& one : appel->pieces()) pieces.insert(one.code());
  }
  auto refuse = [&](const char* field, int i, const char* sub, std::string why) {
    violations.push_back({absl::StrCat("action.", field, "[", i, "].", sub),
                          "REPONSES_INCOHERENTES", std::move(why)});
  };
  // What is taken from the set is answered: a second time is not of the appel any more.
  for (int i = 0; i < action.reponses_size(); ++i) {
    if (criteres.erase(action.reponses(i).critere()) == 0)
      refuse("reponses", i, "critere", "L'appel n'a pas ce critère, ou il a déjà sa réponse.");
  }
  for (int i = 0; i < action.pieces_size(); ++i) {
    if (pieces.erase(action.pieces(i).code()) == 0)
      refuse("pieces", i, "code", "L'appel ne demande pas cette pièce, ou elle est déjà jointe.");
    if (!action.pieces(i).document().starts_with(action.porteur() + "/documents/"))
      refuse("pieces", i, "document", "Ce document n'est pas du porteur de l'action.");
  }
  return Refuse(std::move(violations));
}

absl::Status Publier(types::Date jour, v1::AppelAProjets* appel) {
  if (appel->etat() != v1::ETAT_APPEL_PREPARATION) return Interdite(*appel, "être publié");
  if (DateDe(appel->date_cloture()) < jour)
    return status::Error(
        absl::StatusCode::kFailedPrecondition, "DATES_INCOHERENTES",
        absl::StrCat("L'appel clôt le ", types::EcrireDate(DateDe(appel->date_cloture())),
                     " : ce jour est passé."));
  appel->set_etat(v1::ETAT_APPEL_PUBLIE);
  return absl::OkStatus();
}

absl::Status Clore(const std::string& acteur, absl::Time instant, v1::AppelAProjets* appel) {
  if (appel->etat() != v1::ETAT_APPEL_PUBLIE) return Interdite(*appel, "être clos");
  appel->set_etat(v1::ETAT_APPEL_CLOS);
  appel->set_clos_par(acteur);
  Ecrire(instant, appel->mutable_clos_time());
  return absl::OkStatus();
}

absl::Status Rouvrir(const std::string& acteur, absl::Time instant, const std::string& motif,
                     types::Date jusquau, v1::AppelAProjets* appel) {
  if (appel->etat() == v1::ETAT_APPEL_PREPARATION) return Interdite(*appel, "être rouvert");
  const types::Date last = regles::DernierJour(*appel);
  if (jusquau < JourAParis(instant) || jusquau <= last)
    return status::InvalidRequest(
        {{"jusquau", "DATES_INCOHERENTES",
          absl::StrCat("Le nouveau dernier jour n'est pas passé, et vient après le ",
                       types::EcrireDate(last), ".")}});
  v1::Reouverture* again = appel->add_reouvertures();
  again->set_acteur(acteur);
  Ecrire(instant, again->mutable_instant());
  again->set_motif(motif);
  Ecrire(jusquau, again->mutable_jusquau());
  appel->set_etat(v1::ETAT_APPEL_PUBLIE);
  return absl::OkStatus();
}

}  // namespace pdv::actions
