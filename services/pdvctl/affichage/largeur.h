#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_LARGEUR_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_LARGEUR_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pdv::pdvctl {

// All widths are terminal columns, texts are UTF-8. Pure, thread-safe.

// Columns a terminal gives to `texte`: combining marks take none, East Asian wide characters and
// emoji take two.
size_t LargeurAffichee(std::string_view texte);

// `texte` cut to at most `largeur` columns, the last one being "…" where something was cut.
std::string Tronquer(std::string_view texte, size_t largeur);

// `texte` on lines of at most `largeur` columns, cut between words, but not before : ; ? ! » % €
// nor after «; a word that is wider has a line of its own, cut inside where it must be. 0: one
// line. Never empty: "" is one empty line.
std::vector<std::string> Plier(std::string_view texte, size_t largeur);

// `texte` completed with spaces to `largeur` columns; longer texts stay as they are.
std::string CompleterADroite(std::string_view texte, size_t largeur);
std::string CompleterAGauche(std::string_view texte, size_t largeur);

// `texte` without line ends and control characters: data must neither break a table nor send an
// escape sequence to somebody's terminal. Each becomes one space (line ends, tab) or U+FFFD.
std::string Assainir(std::string_view texte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_LARGEUR_H_
