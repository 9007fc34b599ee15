#include "services/pdvctl/lecture/csv.h"

#include <algorithm>
#include <utility>

namespace pdv::pdvctl {
namespace {

// White as people see it: ASCII blanks, line ends, and the two no-break spaces of French text.
bool EstBlanc(std::string_view texte) {
  for (size_t i = 0; i < texte.size();) {
    if (texte[i] == ' ' || texte[i] == '\t' || texte[i] == '\n' || texte[i] == '\r') {
      ++i;
    } else if (texte.compare(i, 2, "\u00A0") == 0) {
      i += 2;
    } else if (texte.compare(i, 3, "\u202F") == 0) {
      i += 3;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

bool EnregistrementCsv::EstVide() const {
  return std::all_of(cellules.begin(), cellules.end(),
                     [](const CelluleCsv& cellule) { return EstBlanc(cellule.texte); });
}

void LecteurCsv::Avancer() {
  const char c = texte_[position_++];
  // Continuation bytes belong to the character already counted.
  const bool suite = (static_cast<unsigned char>(c) & 0xC0) == 0x80;
  const bool fin =
      c == '\n' || (c == '\r' && (position_ >= texte_.size() || texte_[position_] != '\n'));
  if (fin) {
    ++ligne_;
    colonne_ = 1;
  } else if (!suite && c != '\r') {
    ++colonne_;
  }
}

void LecteurCsv::PasserFinDeLigne() {
  const bool crlf = texte_.compare(position_, 2, "\r\n") == 0;
  Avancer();
  if (crlf) Avancer();
}

CelluleCsv LecteurCsv::LireNue() {
  CelluleCsv cellule;
  cellule.debut = position_;
  cellule.colonne = colonne_;
  while (position_ < texte_.size() && texte_[position_] != separateur_ && !EnFinDeLigne()) {
    ++position_;
  }
  cellule.fin = position_;
  cellule.texte = std::string(texte_.substr(cellule.debut, cellule.fin - cellule.debut));
  // A column is a character: continuation bytes belong to the one already counted.
  for (const char c : cellule.texte) colonne_ += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return cellule;
}

bool LecteurCsv::LireEntreGuillemets(CelluleCsv& cellule, std::string& motif) {
  cellule.debut = position_;
  cellule.colonne = colonne_;
  Avancer();
  for (;;) {
    if (position_ >= texte_.size()) {
      motif = "guillemet ouvert et jamais refermé";
      return false;
    }
    if (cellule.texte.size() > kOctetsParCelluleMax) {
      motif = "guillemet ouvert et pas refermé en 1 Mio";
      return false;
    }
    if (texte_[position_] != '"') {
      cellule.texte += texte_[position_];
      Avancer();
    } else if (texte_.compare(position_, 2, "\"\"") == 0) {
      cellule.texte += '"';
      Avancer();
      Avancer();
    } else {
      Avancer();
      break;
    }
  }
  cellule.fin = position_;
  if (position_ < texte_.size() && texte_[position_] != separateur_ && !EnFinDeLigne()) {
    motif = "texte après le guillemet fermant d'une cellule";
    return false;
  }
  return true;
}

void LecteurCsv::Reprendre(size_t debut, int64_t ligne) {
  position_ = debut;
  ligne_ = ligne;
  colonne_ = 1;
  while (position_ < texte_.size() && !EnFinDeLigne()) Avancer();
  if (position_ < texte_.size()) PasserFinDeLigne();
}

std::optional<EnregistrementCsv> LecteurCsv::Suivant() {
  if (position_ >= texte_.size()) return std::nullopt;
  EnregistrementCsv sortie;
  sortie.ligne = ligne_;
  const size_t debut = position_;
  for (;;) {
    if (position_ < texte_.size() && texte_[position_] == '"') {
      CelluleCsv cellule;
      const bool bien_formee = LireEntreGuillemets(cellule, sortie.motif);
      sortie.cellules.push_back(std::move(cellule));
      if (!bien_formee) {
        Reprendre(debut, sortie.ligne);
        return sortie;
      }
    } else {
      sortie.cellules.push_back(LireNue());
    }
    if (sortie.cellules.back().texte.size() > kOctetsParCelluleMax) {
      sortie.motif = "cellule de plus de 1 Mio";
    }
    if (sortie.cellules.size() > kColonnesMax) {
      sortie.motif = "plus de 1 000 colonnes";
      Reprendre(debut, sortie.ligne);
      return sortie;
    }
    if (position_ >= texte_.size()) return sortie;
    if (texte_[position_] != separateur_) break;
    Avancer();
  }
  PasserFinDeLigne();
  return sortie;
}

}  // namespace pdv::pdvctl
