#include "services/pdvctl/affichage/largeur.h"

#include <algorithm>
#include <array>

#include "common/types/utf8.h"

namespace pdv::pdvctl {
namespace {

struct Plage {
  char32_t debut, fin;
};

// Marks drawn over the character before them, and invisible joiners.
constexpr std::array<Plage, 8> kSansLargeur = {{{0x0300, 0x036F},
                                                {0x0483, 0x0489},
                                                {0x1AB0, 0x1AFF},
                                                {0x1DC0, 0x1DFF},
                                                {0x200B, 0x200F},
                                                {0x20D0, 0x20FF},
                                                {0xFE00, 0xFE0F},
                                                {0xFE20, 0xFE2F}}};

// East Asian Width W and F (Unicode annex 11), by blocks.
constexpr std::array<Plage, 10> kDoubles = {{{0x1100, 0x115F},
                                             {0x2E80, 0x303E},
                                             {0x3041, 0xA4CF},
                                             {0xAC00, 0xD7A3},
                                             {0xF900, 0xFAFF},
                                             {0xFE30, 0xFE6F},
                                             {0xFF00, 0xFF60},
                                             {0xFFE0, 0xFFE6},
                                             {0x1F300, 0x1FAFF},
                                             {0x20000, 0x3FFFD}}};

template <size_t N>
bool Dans(const std::array<Plage, N>& plages, char32_t point) {
  return std::any_of(plages.begin(), plages.end(), [point](const Plage& plage) {
    return point >= plage.debut && point <= plage.fin;
  });
}

size_t LargeurDe(char32_t point) {
  if (point < 0x20 || (point >= 0x7F && point < 0xA0)) return 0;
  if (Dans(kSansLargeur, point)) return 0;
  return Dans(kDoubles, point) ? 2 : 1;
}

// How many bytes of `texte` fit in `largeur` columns, never inside a character.
size_t OctetsDans(std::string_view texte, size_t largeur) {
  size_t occupe = 0;
  size_t fin = 0;
  while (fin < texte.size()) {
    const auto lu = types::LireUtf8(texte, fin);
    const size_t pas = lu.octets == 0 ? 1 : LargeurDe(lu.point);
    if (occupe + pas > largeur) break;
    occupe += pas;
    fin += lu.octets == 0 ? 1 : lu.octets;
  }
  return fin;
}

}  // namespace

size_t LargeurAffichee(std::string_view texte) {
  size_t largeur = 0;
  for (size_t i = 0; i < texte.size();) {
    const auto lu = types::LireUtf8(texte, i);
    largeur += lu.octets == 0 ? 1 : LargeurDe(lu.point);
    i += lu.octets == 0 ? 1 : lu.octets;
  }
  return largeur;
}

std::string Tronquer(std::string_view texte, size_t largeur) {
  if (LargeurAffichee(texte) <= largeur) return std::string(texte);
  if (largeur == 0) return "";
  return std::string(texte.substr(0, OctetsDans(texte, largeur - 1))) + "…";
}

namespace {

// True where no line may end between two words: French puts a blank before these signs, and after
// «.
bool Insecable(std::string_view avant, std::string_view apres) {
  if (avant.ends_with("«") || avant.ends_with("n°")) return true;
  for (const std::string_view signe : {":", ";", "?", "!", "»", "%", "€"}) {
    if (!apres.starts_with(signe)) continue;
    apres.remove_prefix(signe.size());
    return apres.empty() ||
           std::string_view(" .,;:)").find(apres.front()) != std::string_view::npos;
  }
  return false;
}

// Where the first word ends, with the signs that belong to it as long as it fits on a line.
size_t FinDeMot(std::string_view texte, size_t largeur) {
  size_t fin = std::min(texte.find(' '), texte.size());
  while (fin < texte.size() && Insecable(texte.substr(0, fin), texte.substr(fin + 1))) {
    const size_t suivant = std::min(texte.find(' ', fin + 1), texte.size());
    if (LargeurAffichee(texte.substr(0, suivant)) > largeur) break;
    fin = suivant;
  }
  return fin;
}

}  // namespace

std::vector<std::string> Plier(std::string_view texte, size_t largeur) {
  if (largeur == 0 || LargeurAffichee(texte) <= largeur) return {std::string(texte)};
  std::vector<std::string> lignes(1);
  while (!texte.empty()) {
    const size_t blanc = FinDeMot(texte, largeur);
    std::string_view mot = texte.substr(0, blanc);
    texte.remove_prefix(std::min(blanc + 1, texte.size()));
    const size_t occupe = LargeurAffichee(lignes.back());
    if (occupe > 0 && occupe + 1 + LargeurAffichee(mot) <= largeur) {
      lignes.back() += ' ';
    } else if (occupe > 0) {
      lignes.emplace_back();
    }
    while (LargeurAffichee(mot) > largeur) {
      const size_t fin = OctetsDans(mot, largeur);
      lignes.back() += mot.substr(0, fin);
      lignes.emplace_back();
      mot.remove_prefix(fin);
    }
    lignes.back() += mot;
  }
  return lignes;
}

std::string CompleterADroite(std::string_view texte, size_t largeur) {
  const size_t occupe = LargeurAffichee(texte);
  return std::string(texte) + std::string(largeur > occupe ? largeur - occupe : 0, ' ');
}

std::string CompleterAGauche(std::string_view texte, size_t largeur) {
  const size_t occupe = LargeurAffichee(texte);
  return std::string(largeur > occupe ? largeur - occupe : 0, ' ') + std::string(texte);
}

std::string Assainir(std::string_view texte) {
  std::string sortie;
  for (size_t i = 0; i < texte.size();) {
    const auto lu = types::LireUtf8(texte, i);
    if (lu.octets == 0) {
      types::EcrireUtf8(types::kRemplacementUnicode, sortie);
      ++i;
      continue;
    }
    i += lu.octets;
    if (lu.point == '\n' || lu.point == '\r' || lu.point == '\t') {
      if (sortie.empty() || sortie.back() != ' ') sortie += ' ';
    } else if (lu.point < 0x20 || (lu.point >= 0x7F && lu.point < 0xA0)) {
      types::EcrireUtf8(types::kRemplacementUnicode, sortie);
    } else {
      types::EcrireUtf8(lu.point, sortie);
    }
  }
  return sortie;
}

}  // namespace pdv::pdvctl
