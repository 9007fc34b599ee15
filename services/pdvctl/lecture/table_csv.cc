#include "services/pdvctl/lecture/table_csv.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kEnregistrementsSondes = 20;

// A label has at least one letter: amounts, dates and codes made of digits name nothing.
bool EstLibelle(const std::string& texte) {
  return std::any_of(texte.begin(), texte.end(), [](char c) {
    return absl::ascii_isalpha(static_cast<unsigned char>(c)) || (c & 0x80) != 0;
  });
}

// Number of labels of a record that may be a header, 0 where it cannot be one: fewer than two
// labels, or a cell that holds something else.
size_t Libelles(const EnregistrementCsv& enregistrement) {
  if (!enregistrement.motif.empty()) return 0;
  size_t libelles = 0;
  for (const CelluleCsv& cellule : enregistrement.cellules) {
    if (cellule.texte.empty() || EnregistrementCsv{0, {cellule}, ""}.EstVide()) continue;
    if (!EstLibelle(cellule.texte)) return 0;
    ++libelles;
  }
  return libelles >= 2 ? libelles : 0;
}

// What one separator makes of the first records.
struct Candidat {
  char separateur = ';';
  size_t libelles = 0;  // of its header; 0: none
  size_t rang = 0;      // of its header among the records
  bool suivi = false;   // half of the records below are at least as wide as the header
};

Candidat Sonder(std::string_view texte, char separateur) {
  std::vector<size_t> libelles;
  std::vector<size_t> largeurs;
  LecteurCsv lecteur(texte, separateur);
  while (libelles.size() < kEnregistrementsSondes) {
    const auto enregistrement = lecteur.Suivant();
    if (!enregistrement) break;
    libelles.push_back(Libelles(*enregistrement));
    largeurs.push_back(enregistrement->cellules.size());
  }
  Candidat candidat{separateur};
  if (libelles.empty()) return candidat;
  // A title above the table may hold a separator by chance, and a row of texts may be as wide as
  // its header: the header is the first record that comes near the widest.
  const size_t maximum = *std::max_element(libelles.begin(), libelles.end());
  if (maximum == 0) return candidat;
  while (libelles[candidat.rang] * 10 < maximum * 6) ++candidat.rang;
  candidat.libelles = libelles[candidat.rang];
  const auto suivants = largeurs.begin() + candidat.rang + 1;
  const auto larges = std::count_if(suivants, largeurs.end(),
                                    [&](size_t largeur) { return largeur >= candidat.libelles; });
  candidat.suivi = larges > 0 && larges * 2 >= largeurs.end() - suivants;
  return candidat;
}

// A header that rows follow, then the one that comes first, then the one with the most labels:
// commas inside texts lose to the `;` of the header above them, a title loses to the table.
bool EstMeilleur(const Candidat& a, const Candidat& b) {
  if (a.libelles == 0 || b.libelles == 0) return a.libelles > b.libelles;
  if (a.suivi != b.suivi) return a.suivi;
  if (a.rang != b.rang) return a.rang < b.rang;
  return a.libelles > b.libelles;
}

std::string Nettoyer(std::string_view texte) {
  std::string sortie;
  for (size_t i = 0; i < texte.size(); ++i) {
    const bool insecable = texte.compare(i, 2, "\u00A0") == 0;
    if (insecable || absl::ascii_isspace(static_cast<unsigned char>(texte[i]))) {
      if (!sortie.empty() && sortie.back() != ' ') sortie += ' ';
      if (insecable) ++i;
    } else {
      sortie += texte[i];
    }
  }
  if (!sortie.empty() && sortie.back() == ' ') sortie.pop_back();
  return sortie;
}

}  // namespace

TableCsv::TableCsv(const Decodage& decodage, char separateur)
    : decodage_(&decodage), separateur_(separateur), lecteur_(decodage.texte, separateur) {}

absl::StatusOr<TableCsv> TableCsv::Ouvrir(const Decodage& decodage) {
  Candidat meilleur;
  for (const char separateur : {';', ',', '\t'}) {
    const Candidat candidat = Sonder(decodage.texte, separateur);
    if (EstMeilleur(candidat, meilleur)) meilleur = candidat;
  }
  if (meilleur.libelles == 0) {
    return absl::InvalidArgumentError(
        "aucune ligne d'en-tête d'au moins deux colonnes dans les 20 premières lignes");
  }
  TableCsv table(decodage, meilleur.separateur);
  for (size_t rang = 0; rang < meilleur.rang; ++rang) {
    const bool vide = table.lecteur_.Suivant()->EstVide();
    ++(vide ? table.passees_.vides : table.passees_.prologue);
  }
  const auto entete = *table.lecteur_.Suivant();
  table.ligne_entete_ = entete.ligne;
  for (const CelluleCsv& cellule : entete.cellules) {
    table.colonnes_.push_back(Nettoyer(cellule.texte));
    table.normalisees_.push_back(NormaliserEntete(cellule.texte));
  }
  return table;
}

std::vector<std::string> TableCsv::ColonnesEnDouble() const {
  std::map<std::string, int> compte;
  std::vector<std::string> doubles;
  for (const std::string& nom : normalisees_) {
    if (!nom.empty() && ++compte[nom] == 2) doubles.push_back(nom);
  }
  return doubles;
}

absl::StatusOr<size_t> TableCsv::Colonne(std::string_view nom) const {
  const auto premiere = std::find(normalisees_.begin(), normalisees_.end(), nom);
  if (premiere == normalisees_.end()) {
    return absl::NotFoundError(absl::StrCat("colonne « ", std::string(nom), " » absente"));
  }
  if (std::find(premiere + 1, normalisees_.end(), nom) != normalisees_.end()) {
    return absl::FailedPreconditionError(
        absl::StrCat("colonne « ", std::string(nom), " » en double : rien ne dit laquelle lire"));
  }
  return static_cast<size_t>(premiere - normalisees_.begin());
}

bool TableCsv::EstEnteteRepetee(const EnregistrementCsv& enregistrement) const {
  return std::equal(enregistrement.cellules.begin(), enregistrement.cellules.end(),
                    colonnes_.begin(), colonnes_.end(),
                    [](const CelluleCsv& cellule, const std::string& colonne) {
                      return Nettoyer(cellule.texte) == colonne;
                    });
}

std::optional<LigneTable> TableCsv::Suivante() {
  for (;;) {
    auto enregistrement = lecteur_.Suivant();
    if (!enregistrement) return std::nullopt;
    const bool bien_forme = enregistrement->motif.empty();
    if (bien_forme && enregistrement->EstVide()) {
      ++passees_.vides;
      continue;
    }
    if (bien_forme && EstEnteteRepetee(*enregistrement)) {
      ++passees_.entetes_repetees;
      continue;
    }
    LigneTable ligne;
    ligne.ligne = enregistrement->ligne;
    ligne.motif = std::move(enregistrement->motif);
    ligne.cellules = std::move(enregistrement->cellules);
    if (ligne.motif.empty() && ligne.cellules.size() != colonnes_.size()) {
      ligne.motif =
          absl::StrCat(ligne.cellules.size(), " cellules pour ", colonnes_.size(), " colonnes");
      ligne.cellules_manquantes =
          colonnes_.size() - std::min(colonnes_.size(), ligne.cellules.size());
    }
    ligne.dommages = decodage_->Entre(ligne.cellules.front().debut, ligne.cellules.back().fin);
    return ligne;
  }
}

}  // namespace pdv::pdvctl
