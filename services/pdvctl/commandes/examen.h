#ifndef PDV_SERVICES_PDVCTL_COMMANDES_EXAMEN_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_EXAMEN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "services/pdvctl/rapport/rapport.h"

namespace pdv::pdvctl {

// What reading a file gives before any import: nothing here knows what the file is about.
struct Examen {
  FichierLu fichier;                  // path, encoding, separator, warnings, why it is unreadable
  std::vector<std::string> colonnes;  // CSV header
  std::vector<std::string> colonnes_en_double;
  int64_t ligne_entete = 0;
  int64_t lues = 0;
  int64_t refusees = 0;  // malformed, not as wide as the header, nested
  int64_t vides = 0;
  int64_t entetes_repetees = 0;
  int64_t dommages = 0;  // damaged places in the whole file
  // Refusals, then damages, 1 000 of each at most. For a damage, `colonne` counts characters: it is
  // a place in the file, not a cell.
  std::vector<Constat> constats;
};

// Reads one CSV or JSON file, compressed or not. Never fails: an unreadable file says why.
Examen ExaminerFichier(const std::string& chemin);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_EXAMEN_H_
