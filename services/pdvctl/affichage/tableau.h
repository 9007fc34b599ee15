#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_TABLEAU_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_TABLEAU_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "services/pdvctl/affichage/terminal.h"

namespace pdv::pdvctl {

struct ColonneTableau {
  std::string titre;
  bool a_droite = false;  // numbers: aligned to the right and never cut
  bool entiere = false;   // a name that one types next: never cut
};

// A table for people. Cells are sanitised; where the terminal is narrower than the table, the
// widest text column gives way first and its cells end with "…". Where even that is not enough
// (numbers and names are never cut), each line becomes a block, one cell a line, so that nothing is
// folded by the terminal. Not thread-safe while it is filled.
class Tableau {
 public:
  explicit Tableau(std::vector<ColonneTableau> colonnes) : colonnes_(std::move(colonnes)) {}

  // One cell per column: fewer are completed by empty ones, more are a programmer's mistake.
  void Ajouter(std::vector<std::string> cellules, std::optional<Style> style = std::nullopt);
  // A rule across the table, before a line of totals for instance.
  void Tracer();
  bool vide() const { return lignes_.empty(); }

  // Lines ended by '\n'.
  std::string Rendre(const Terminal& terminal) const;

 private:
  struct Ligne {
    std::vector<std::string> cellules;  // none: a rule
    std::optional<Style> style;
  };
  std::vector<size_t> Largeurs(size_t disponible) const;
  std::string EnBlocs(const Terminal& terminal) const;

  std::vector<ColonneTableau> colonnes_;
  std::vector<Ligne> lignes_;
};

// One horizontal bar. `repere` is where a reference stands on the same scale (the share a founding
// document expects, say).
struct Barre {
  std::string libelle;
  double valeur = 0;                // negative values draw nothing
  std::vector<std::string> textes;  // the value as people read it, at the right, one a column
  std::optional<double> repere;
  std::optional<Style> style;
};

// Each column of texts lines up at the right; a label is cut before the terminal folds a line.
// Bars of one scale, whose right end is `maximum` or, where it is 0, the greatest value or mark.
// Eighths of a block, so that one column in ten shows; '┊' marks the reference. Lines end with
// '\n'.
std::string RendreBarres(const std::vector<Barre>& barres, double maximum,
                         const Terminal& terminal);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_TABLEAU_H_
