#include "services/pdvctl/affichage/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

namespace pdv::pdvctl {
namespace {

constexpr size_t kLargeurOrdinaire = 80;
constexpr size_t kLargeurMin = 40;
constexpr size_t kLargeurMax = 500;

bool Present(const char* valeur) { return valeur != nullptr && *valeur != '\0'; }

size_t LireColonnes(const char* columns) {
  if (!Present(columns)) return 0;
  const std::string_view texte(columns);
  size_t lu = 0;
  const auto [fin, erreur] = std::from_chars(texte.data(), texte.data() + texte.size(), lu);
  return erreur == std::errc() && fin == texte.data() + texte.size() ? lu : 0;
}

std::string_view Code(Style style) {
  switch (style) {
    case Style::kTitre:
      return "\033[1m";
    case Style::kAlerte:
      return "\033[1;31m";
    case Style::kAttention:
      return "\033[33m";
    case Style::kBon:
      return "\033[32m";
    case Style::kDiscret:
      return "\033[2m";
  }
  return "";
}

}  // namespace

Terminal DeciderTerminal(const IndicesTerminal& indices) {
  Terminal terminal;
  terminal.interactif = indices.est_un_tty;
  terminal.couleur = indices.est_un_tty && !Present(indices.no_color) &&
                     !(Present(indices.term) && std::string_view(indices.term) == "dumb");
  size_t largeur = LireColonnes(indices.columns);
  if (largeur == 0 && indices.est_un_tty) {
    largeur = indices.colonnes_du_noyau > 0 ? indices.colonnes_du_noyau : kLargeurOrdinaire;
  }
  terminal.largeur = largeur == 0 ? 0 : std::clamp(largeur, kLargeurMin, kLargeurMax);
  return terminal;
}

Terminal ObserverTerminal(int fd) {
  IndicesTerminal indices;
  indices.est_un_tty = isatty(fd) == 1;
  winsize taille{};
  if (ioctl(fd, TIOCGWINSZ, &taille) == 0) indices.colonnes_du_noyau = taille.ws_col;
  indices.columns = std::getenv("COLUMNS");
  indices.no_color = std::getenv("NO_COLOR");
  indices.term = std::getenv("TERM");
  return DeciderTerminal(indices);
}

std::string Styler(std::string_view texte, Style style, const Terminal& terminal) {
  if (!terminal.couleur || texte.empty()) return std::string(texte);
  return std::string(Code(style)) + std::string(texte) + "\033[0m";
}

}  // namespace pdv::pdvctl
