#ifndef PDV_SERVICES_PDVCTL_LECTURE_CSV_H_
#define PDV_SERVICES_PDVCTL_LECTURE_CSV_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pdv::pdvctl {

inline constexpr size_t kColonnesMax = 1000;
inline constexpr size_t kOctetsParCelluleMax = 1 << 20;

struct CelluleCsv {
  std::string texte;  // unquoted, otherwise untouched
  size_t debut = 0;   // its place in the text that is read, quotes included
  size_t fin = 0;
  int64_t colonne = 0;  // character column of its first character, from 1 (on the line it starts)
};

// One record. `motif` (French) is not empty where it is not RFC 4180: then `cellules` is what could
// be read and must not be used as data.
struct EnregistrementCsv {
  int64_t ligne = 0;  // line of its first character, from 1
  std::vector<CelluleCsv> cellules;
  std::string motif;

  // Every cell is empty or white (an empty line included).
  bool EstVide() const;
};

// Reads records one by one: RFC 4180 with any single-character separator, line ends CRLF, LF and CR
// mixed at will, line ends inside quotes. A quote inside an unquoted cell is an ordinary character
// (published files are full of them). A quote that never closes costs its own line only: reading
// starts again at the next line, so that one bad cell does not swallow the rest of the file.
// Keeps a view on `texte`, which must outlive it. Not thread-safe.
class LecteurCsv {
 public:
  LecteurCsv(std::string_view texte, char separateur) : texte_(texte), separateur_(separateur) {}

  // The next record, nothing at the end. A last line end opens no record.
  std::optional<EnregistrementCsv> Suivant();

 private:
  CelluleCsv LireNue();
  // False where the closing quote is missing or followed by text (motif is set).
  bool LireEntreGuillemets(CelluleCsv& cellule, std::string& motif);
  void Reprendre(size_t debut, int64_t ligne);
  bool EnFinDeLigne() const { return texte_[position_] == '\n' || texte_[position_] == '\r'; }
  void PasserFinDeLigne();
  void Avancer();

  std::string_view texte_;
  char separateur_;
  size_t position_ = 0;
  int64_t ligne_ = 1;
  int64_t colonne_ = 1;
};

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_CSV_H_
