// INSEE series: income of communes, unemployment of zones d'emploi.
#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "pdv/evaluation/v1/evaluation.pb.h"
#include "services/pdvctl/importation/types.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/lecture/indicateurs.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = evaluation::v1;

void Dater(google::type::Date* date, int year, int month) {
  date->set_year(year + (month - 1) / 12);
  date->set_month((month - 1) % 12 + 1);
  date->set_day(1);
}

void Ajouter(std::vector<Rangee>* rows, const std::string& indicator, const std::string& object,
             const std::string& id, const std::optional<std::string>& value, int year, int month,
             int months, const char* source) {
  auto measure = std::make_shared<v1::Mesure>();
  measure->set_name(absl::StrCat("mesures/", indicator, "-", id));
  measure->set_indicateur(absl::StrCat("indicateurs/", indicator));
  measure->set_objet(object);
  Dater(measure->mutable_debut(), year, month);
  Dater(measure->mutable_fin(), year, month + months);
  // Unknown is not zero.
  measure->set_statut(value ? v1::STATUT_MESURE_CONNUE : v1::STATUT_MESURE_INCONNUE);
  if (value) measure->set_valeur(*value);
  measure->set_source(source);
  Rangee row;
  row.ligne = static_cast<int64_t>(rows->size()) + 1;
  row.ressource = std::move(measure);
  rows->push_back(std::move(row));
}

std::vector<Rangee> Revenus(const std::vector<RevenuCommune>& communes) {
  std::vector<Rangee> rows;
  for (const RevenuCommune& one : communes) {
    const std::string code = absl::AsciiStrToLower(one.commune);
    const std::string object = absl::StrCat("communes/", code);
    const std::string id = absl::StrCat(code, "-2021");
    Ajouter(&rows, "revenu-median", object, id, one.mediane_euros, 2021, 1, 12,
            "INSEE, Filosofi 2021");
    if (one.part_minima_pourcent)
      Ajouter(&rows, "part-minima-sociaux", object, id, one.part_minima_pourcent, 2021, 1, 12,
              "INSEE, Filosofi 2021");
  }
  return rows;
}

std::vector<Rangee> Taux(const Chomage& chomage) {
  std::vector<Rangee> rows;
  for (const TauxChomage& one : chomage.taux) {
    int year = 0, quarter = 0;
    // "2021-T3"
    if (one.trimestre.size() != 7 || !absl::SimpleAtoi(one.trimestre.substr(0, 4), &year) ||
        !absl::SimpleAtoi(one.trimestre.substr(6), &quarter)) {
      Rangee row;
      row.ligne = static_cast<int64_t>(rows.size()) + 1;
      row.rejets.push_back({row.ligne, 0, "trimestre", one.trimestre, "trimestre illisible"});
      rows.push_back(std::move(row));
      continue;
    }
    Ajouter(&rows, "taux-chomage", absl::StrCat("zones-emploi/", one.zone),
            absl::StrCat(one.zone, "-", absl::AsciiStrToLower(one.trimestre)), one.pourcentage,
            year, 3 * quarter - 2, 3, "INSEE, taux de chômage localisés");
  }
  return rows;
}

}  // namespace

absl::Status ImporterIndicateurs(Passerelle& passerelle, const std::string& chemin,
                                 bool simulation, RapportImport* rapport, Contexte& contexte) {
  FichierLu lu;
  lu.chemin = chemin;
  std::vector<Rangee> rows;
  absl::StatusOr<std::string> text = LireFichier(chemin);
  if (!text.ok()) {
    lu.illisible = std::string(text.status().message());
  } else if (absl::StrContains(*text, "\"zes\"")) {
    absl::StatusOr<Chomage> read = LireChomage(*text);
    if (read.ok()) rows = Taux(*read);
    if (!read.ok()) lu.illisible = std::string(read.status().message());
  } else {
    absl::StatusOr<std::vector<RevenuCommune>> read = LireRevenus(*text);
    if (read.ok()) rows = Revenus(*read);
    if (!read.ok()) lu.illisible = std::string(read.status().message());
  }
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "evaluation", "ImporterMesures", rows, simulation, rapport,
                        contexte);
}

}  // namespace pdv::pdvctl
