#include "common/types/utf8.h"

namespace pdv::types {
namespace {

// Length announced by a leading byte, 0 where it cannot lead. 0xC0 and 0xC1 only start overlong
// forms, 0xF5 and above lie beyond U+10FFFF.
size_t LongueurAnnoncee(unsigned char tete) {
  if (tete < 0x80) return 1;
  if (tete >= 0xC2 && tete <= 0xDF) return 2;
  if (tete >= 0xE0 && tete <= 0xEF) return 3;
  if (tete >= 0xF0 && tete <= 0xF4) return 4;
  return 0;
}

bool EstInterdit(char32_t point, size_t octets) {
  if (octets == 3) return point < 0x800 || (point >= 0xD800 && point <= 0xDFFF);
  if (octets == 4) return point < 0x10000 || point > 0x10FFFF;
  return false;
}

}  // namespace

CaractereLu LireUtf8(std::string_view texte, size_t position) {
  const auto tete = static_cast<unsigned char>(texte[position]);
  const size_t octets = LongueurAnnoncee(tete);
  if (octets == 1) return {tete, 1};
  if (octets == 0 || position + octets > texte.size()) return {};
  char32_t point = tete & (0x7F >> octets);
  for (size_t i = 1; i < octets; ++i) {
    const auto suite = static_cast<unsigned char>(texte[position + i]);
    if ((suite & 0xC0) != 0x80) return {};
    point = (point << 6) | (suite & 0x3F);
  }
  if (EstInterdit(point, octets)) return {};
  return {point, octets};
}

void EcrireUtf8(char32_t point, std::string& texte) {
  if (point < 0x80) {
    texte += static_cast<char>(point);
  } else if (point < 0x800) {
    texte += static_cast<char>(0xC0 | (point >> 6));
    texte += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    texte += static_cast<char>(0xE0 | (point >> 12));
    texte += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    texte += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    texte += static_cast<char>(0xF0 | (point >> 18));
    texte += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    texte += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    texte += static_cast<char>(0x80 | (point & 0x3F));
  }
}

}  // namespace pdv::types
