#ifndef PDV_SERVICES_PDVCTL_LECTURE_TABLE_CSV_H_
#define PDV_SERVICES_PDVCTL_LECTURE_TABLE_CSV_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "services/pdvctl/lecture/csv.h"
#include "services/pdvctl/lecture/encodage.h"

namespace pdv::pdvctl {

// A column name as programs compare it: lower case, no accents, words joined by '_'
// ("Montant\nde la subvention (1)" -> "montant_de_la_subvention_1").
std::string NormaliserEntete(std::string_view entete);

// One row under the header. `motif` is not empty where the row is refused as a whole: malformed, or
// not as wide as its header (an unquoted decimal comma shifts every cell after it, and nothing says
// which one: such a row is never mended). A row that only lacks its last cells says so in
// `cellules_manquantes`: an importer that checks each cell by its pattern may take them as unknown,
// with a warning, instead of refusing the row.
struct LigneTable {
  int64_t ligne = 0;
  std::vector<CelluleCsv> cellules;
  std::string motif;
  size_t cellules_manquantes = 0;
  std::vector<Dommage> dommages;  // those inside this row
};

// What was passed over while reading: not rows, so neither read nor rejected.
struct LignesPassees {
  int64_t prologue = 0;          // lines with text before the header
  int64_t vides = 0;             // rows whose cells are all white
  int64_t entetes_repetees = 0;  // the header again, further down
};

// A table found in a decoded text: separator and header are detected, rows come one by one.
// Keeps a view on `decodage`, which must outlive it. Not thread-safe.
class TableCsv {
 public:
  // Detects the separator (`;`, `,` or tab) and the header row (the first row of labels, within 20
  // records, that is nearly as wide as any and that rows as wide follow). INVALID_ARGUMENT (French)
  // where no row looks like a header.
  static absl::StatusOr<TableCsv> Ouvrir(const Decodage& decodage);

  char separateur() const { return separateur_; }
  int64_t ligne_entete() const { return ligne_entete_; }
  // Header cells, blanks at both ends and line ends taken out; "" for a column without name.
  const std::vector<std::string>& colonnes() const { return colonnes_; }
  // Normalised names carried by two columns or more, in order.
  std::vector<std::string> ColonnesEnDouble() const;
  // Index of the column whose normalised name is `nom`. NOT_FOUND where there is none,
  // FAILED_PRECONDITION where several have it: choosing one would be a guess.
  absl::StatusOr<size_t> Colonne(std::string_view nom) const;

  std::optional<LigneTable> Suivante();
  // Complete once Suivante() has returned nothing.
  const LignesPassees& passees() const { return passees_; }

 private:
  TableCsv(const Decodage& decodage, char separateur);
  bool EstEnteteRepetee(const EnregistrementCsv& enregistrement) const;

  const Decodage* decodage_;
  char separateur_;
  LecteurCsv lecteur_;
  int64_t ligne_entete_ = 0;
  std::vector<std::string> colonnes_;
  std::vector<std::string> normalisees_;
  LignesPassees passees_;
};

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_TABLE_CSV_H_
