#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_TERMINAL_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_TERMINAL_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace pdv::pdvctl {

// What stands at the other end of an output.
struct Terminal {
  bool interactif = false;
  bool couleur = false;
  size_t largeur = 0;  // columns; 0: no limit (a pipe must lose no text)
};

// What is known of an output before deciding. Null or empty environment values are absent.
struct IndicesTerminal {
  bool est_un_tty = false;
  size_t colonnes_du_noyau = 0;    // TIOCGWINSZ, 0 when unknown
  const char* columns = nullptr;   // $COLUMNS, wins over the kernel
  const char* no_color = nullptr;  // $NO_COLOR (no-color.org): any value forbids colour
  const char* term = nullptr;      // $TERM, "dumb" has no colour
};

// Pure. A tty of unknown width has 80 columns; widths under 40 count as 40.
Terminal DeciderTerminal(const IndicesTerminal& indices);
// Asks the system about descriptor `fd` (1: stdout, 2: stderr).
Terminal ObserverTerminal(int fd);

enum class Style { kTitre, kAlerte, kAttention, kBon, kDiscret };

// `texte` in that style where the terminal has colours, untouched elsewhere.
std::string Styler(std::string_view texte, Style style, const Terminal& terminal);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_TERMINAL_H_
