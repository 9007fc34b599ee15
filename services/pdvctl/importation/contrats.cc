// Contrats de ville and national nomenclatures: from files to resources.
#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/pdvctl/importation/connus.h"
#include "services/pdvctl/importation/fichiers.h"
#include "services/pdvctl/importation/types.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = contrats::v1;

google::type::Date Le(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

// A contrat of 2024-2030 has a CN code; a CV code in a file of 2024-2030 is one that goes on
// overseas.
bool NouvelleGeneration(const std::string& code, const std::string& chemin) {
  return absl::StartsWith(code, "CN") || absl::StrContains(chemin, "2024_2030");
}

// Files name one territory a row: rows with the same code are one contrat.
class Contrats {
 public:
  Contrats(std::string chemin, const std::set<std::string>& connus)
      : chemin_(std::move(chemin)), connus_(connus) {}

  Rangee Traduire(const Champs& fields) {
    Rangee row;
    row.ligne = fields.ligne;
    const std::string& code = fields["code_cv"];
    const std::string name = absl::StrCat("contrats/", absl::AsciiStrToLower(code));
    auto warn = [&](const char* column, const std::string& value, const char* why) {
      row.avertissements.push_back({fields.ligne, 0, column, value, why});
    };
    const bool recent = NouvelleGeneration(code, chemin_);
    if (recent && absl::StartsWith(code, "CV") && connus_.contains(name)) {
      warn("code_cv", code,
           "code d'un contrat de 2015-2023 déjà signé : il n'est pas réécrit par 2024-2030");
      row.jointe = true;
      return row;
    }
    auto& contrat = by_code_[code];
    const bool first = contrat == nullptr;
    if (first) {
      contrat = std::make_shared<v1::Contrat>();
      contrat->set_name(name);
      contrat->set_code(code);
      contrat->set_libelle(Libelle(fields["lib_cv"]));
      contrat->set_generation(recent ? "2024-2030" : "2015-2023");
      contrat->set_nomenclature(recent ? "nomenclatures/national-2024-2025"
                                       : "nomenclatures/piliers-2015-2023");
      *contrat->mutable_date_debut() = recent ? Le(2024, 1, 1) : Le(2015, 1, 1);
      *contrat->mutable_date_fin() = recent ? Le(2030, 12, 31) : Le(2023, 12, 31);
      row.ressource = contrat;
    } else {
      row.jointe = true;
      warn("code_cv", code, "contrat porté par plusieurs territoires : réunis en un");
    }
    const std::string departement =
        absl::StrCat("departements/", absl::AsciiStrToLower(fields["insee_dep"]));
    if (fields["insee_dep"].empty()) {
      warn("insee_dep", "", "département absent : il n'est pas deviné");
    } else if (std::find(contrat->departements().begin(), contrat->departements().end(),
                         departement) == contrat->departements().end()) {
      contrat->add_departements(departement);
    }
    AddTerritory(fields["codgeo_siren_ou_insee"], contrat.get());
    AddPopulation(fields["pop_qpv"], first, contrat.get(), warn);
    return row;
  }

 private:
  // "34 - CA de Béziers" -> "CA de Béziers".
  static std::string Libelle(const std::string& label) {
    const size_t dash = label.find(" - ");
    return dash == std::string::npos || dash > 4 ? label : label.substr(dash + 3);
  }

  static void AddTerritory(const std::string& code, v1::Contrat* contrat) {
    const std::string name =
        absl::StrCat(code.size() == 9 ? "epci/" : "communes/", absl::AsciiStrToLower(code));
    for (const auto& known : contrat->territoires())
      if (known.territoire() == name) return;
    auto* territory = contrat->add_territoires();
    territory->set_territoire(name);
    territory->set_role(v1::ROLE_TERRITOIRE_PORTEUR);
    *territory->mutable_valide_du() = contrat->date_debut();
  }

  template <class Warn>
  static void AddPopulation(const std::string& text, bool first, v1::Contrat* contrat,
                            const Warn& warn) {
    double people;
    if (!absl::SimpleAtod(text, &people)) {
      warn("pop_qpv", text, "population inconnue : laissée vide");
      return;
    }
    // The rows of CV043 tell the parts in each département; those of the others repeat the whole.
    const auto count = static_cast<int64_t>(people);
    if (first) {
      contrat->set_population_qpv(count);
    } else if (contrat->departements_size() > 1) {
      contrat->set_population_qpv(contrat->population_qpv() + count);
    }
  }

  const std::string chemin_;
  const std::set<std::string>& connus_;
  std::map<std::string, std::shared_ptr<v1::Contrat>> by_code_;
};

}  // namespace

absl::Status ImporterContrats(Passerelle& passerelle, const std::string& chemin, bool simulation,
                              RapportImport* rapport, Contexte& contexte) {
  absl::StatusOr<std::set<std::string>> known =
      ContratsConnus(passerelle, "generation = \"2015-2023\"");
  if (!known.ok()) return known.status();
  Contrats contrats(chemin, *known);
  FichierLu lu;
  const std::vector<Rangee> rows = LireRangees(
      chemin, [&contrats](const Champs& fields) { return contrats.Traduire(fields); }, &lu);
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "contrats", "ImporterContrats", rows, simulation, rapport,
                        contexte);
}

absl::Status ImporterNomenclature(Passerelle& passerelle, const std::string& chemin,
                                  bool simulation, RapportImport* rapport, Contexte& contexte) {
  FichierLu lu;
  const std::vector<Rangee> rows = LireRangees(
      chemin,
      [](const Champs& fields) {
        const std::string parent = absl::StrCat("nomenclatures/national-", fields["generation"]);
        const std::string& code = fields["code"];
        auto name = [&](const std::string& of) {
          return absl::StrCat(parent, "/thematiques/", absl::StrReplaceAll(of, {{".", "-"}}));
        };
        auto theme = std::make_shared<v1::Thematique>();
        theme->set_name(name(code));
        theme->set_code(code);
        theme->set_libelle(fields["libelle"]);
        theme->set_niveau(1);
        // "1.5a" is under "1.5", which is under "1".
        std::string above = code;
        if (!above.empty() && absl::ascii_isalpha(above.back())) {
          above.pop_back();
          theme->set_niveau(3);
        } else if (const size_t dot = above.rfind('.'); dot != std::string::npos) {
          above.resize(dot);
          theme->set_niveau(2);
        } else {
          above.clear();
        }
        if (!above.empty()) theme->set_parent(name(above));
        Rangee row;
        row.ligne = fields.ligne;
        row.ressource = theme;
        return row;
      },
      &lu);
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "contrats", "ImporterThematiques", rows, simulation, rapport,
                        contexte);
}

}  // namespace pdv::pdvctl
