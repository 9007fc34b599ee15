#include "services/pdvctl/commandes/examiner.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_join.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/examen.h"

namespace pdv::pdvctl {
namespace {

using nlohmann::ordered_json;

std::string NomSeparateur(const std::string& separateur) {
  return separateur == "\t" ? "tabulation" : separateur;
}

const std::vector<ColonneTableau>& Colonnes() {
  static const std::vector<ColonneTableau> kColonnes = {
      {"Fichier"},      {"Encodage"},       {"Sép."},        {"Colonnes", true},
      {"Lignes", true}, {"Refusées", true}, {"Vides", true}, {"Abîmés", true}};
  return kColonnes;
}

std::string EntierNu(int64_t nombre) { return std::to_string(nombre); }

using EcrireEntier = std::string (*)(int64_t);

std::vector<std::string> Cellules(const Examen& examen, EcrireEntier entier) {
  return {examen.fichier.chemin,
          examen.fichier.illisible.empty() ? examen.fichier.encodage : "illisible",
          NomSeparateur(examen.fichier.separateur),
          entier(static_cast<int64_t>(examen.colonnes.size())),
          entier(examen.lues),
          entier(examen.refusees),
          entier(examen.vides),
          entier(examen.dommages)};
}

void MontrerDetails(const Examen& examen, Contexte& contexte) {
  const auto dire = [&](const std::string& phrase, Style style) {
    contexte.sortie << "  " << Styler(Assainir(phrase), style, contexte.terminal_sortie) << "\n";
  };
  const bool rien = examen.fichier.illisible.empty() && examen.fichier.avertissements.empty() &&
                    examen.colonnes_en_double.empty() && examen.constats.empty();
  if (rien) return;
  contexte.sortie << "\n" << Assainir(examen.fichier.chemin) << "\n";
  if (!examen.fichier.illisible.empty()) dire(examen.fichier.illisible, Style::kAlerte);
  for (const auto& avertissement : examen.fichier.avertissements) {
    dire(avertissement, Style::kAttention);
  }
  for (const auto& colonne : examen.colonnes_en_double) {
    dire("colonne « " + colonne + " » en double : rien ne dit laquelle lire", Style::kAttention);
  }
  std::vector<ConstatSitue> constats;
  for (const Constat& constat : examen.constats) {
    constats.push_back({0, constat});
    constats.back().constat.valeur.clear();  // the reason of a damage already says it
  }
  contexte.sortie << RendreGroupes(constats, {examen.fichier.chemin}, Style::kAttention,
                                   contexte.terminal_sortie);
}

ordered_json EnJson(const Examen& examen) {
  ordered_json constats = ordered_json::array();
  for (const Constat& constat : examen.constats) {
    constats.push_back({{"ligne", constat.ligne},
                        {"colonne", constat.colonne},
                        {"valeur", constat.valeur},
                        {"motif", constat.motif}});
  }
  return {{"chemin", examen.fichier.chemin},
          {"illisible", examen.fichier.illisible},
          {"encodage", examen.fichier.encodage},
          {"separateur", examen.fichier.separateur},
          {"avertissements", examen.fichier.avertissements},
          {"ligne_entete", examen.ligne_entete},
          {"colonnes", examen.colonnes},
          {"colonnes_en_double", examen.colonnes_en_double},
          {"lues", examen.lues},
          {"refusees", examen.refusees},
          {"vides", examen.vides},
          {"entetes_repetees", examen.entetes_repetees},
          {"dommages", examen.dommages},
          {"constats", constats}};
}

void Montrer(const std::vector<Examen>& examens, const std::string& format, Contexte& contexte) {
  if (format == "json") {
    ordered_json document = ordered_json::array();
    for (const Examen& examen : examens) document.push_back(EnJson(examen));
    contexte.sortie << TexteJson(document);
    return;
  }
  if (format == "csv") {
    std::vector<std::string> titres;
    for (const auto& colonne : Colonnes()) titres.push_back(colonne.titre);
    contexte.sortie << EnregistrementCsvDe(titres);
    for (const Examen& examen : examens)
      contexte.sortie << EnregistrementCsvDe(Cellules(examen, EntierNu));
    return;
  }
  Tableau tableau(Colonnes());
  for (const Examen& examen : examens) tableau.Ajouter(Cellules(examen, EntierFr));
  contexte.sortie << tableau.Rendre(contexte.terminal_sortie);
  for (const Examen& examen : examens) MontrerDetails(examen, contexte);
}

}  // namespace

CommandeDeclaree DeclarationExaminer() {
  return {
      "examiner",
      "Dit ce que des fichiers contiennent et ce qui les abîme, avant de les importer.",
      {{"FICHIER", "fichiers CSV ou JSON, compressés ou non", true, true, {}}},
      {{"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json", "csv"}}},
      {}};
}

int ExecuterExaminer(const Arguments& arguments, Contexte& contexte) {
  std::vector<Examen> examens;
  int64_t lues = 0;
  bool impeccable = true;
  for (const std::string& chemin : arguments.Valeurs("FICHIER")) {
    examens.push_back(ExaminerFichier(chemin));
    const Examen& examen = examens.back();
    lues += examen.lues;
    impeccable = impeccable && examen.fichier.illisible.empty() && examen.refusees == 0 &&
                 examen.dommages == 0;
  }
  Montrer(examens, arguments.TexteOu("format", "table"), contexte);
  if (lues == 0) return kEchec;
  return impeccable ? kReussite : kIncomplet;
}

}  // namespace pdv::pdvctl
