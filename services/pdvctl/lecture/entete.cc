#include <array>
#include <utility>

#include "common/types/utf8.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

// Base letters of U+00C0-U+00FF; "" is a sign, not a letter.
constexpr std::array<std::string_view, 64> kLatin = {
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "",  "ss",
    "a", "a", "a", "a", "a", "a", "ae", "c", "e", "e", "e", "e", "i", "i", "i", "i",
    "d", "n", "o", "o", "o", "o", "o",  "",  "o", "u", "u", "u", "u", "y", "",  "y"};

std::string LettreDeBase(char32_t point) {
  if (point >= 'A' && point <= 'Z') return std::string(1, static_cast<char>(point - 'A' + 'a'));
  if ((point >= 'a' && point <= 'z') || (point >= '0' && point <= '9')) {
    return std::string(1, static_cast<char>(point));
  }
  if (point >= 0xC0 && point <= 0xFF) return std::string(kLatin[point - 0xC0]);
  if (point == 0x152 || point == 0x153) return "oe";
  return "";
}

}  // namespace

std::string NormaliserEntete(std::string_view entete) {
  std::string sortie;
  bool mot_fini = false;
  for (size_t i = 0; i < entete.size();) {
    const types::CaractereLu lu = types::LireUtf8(entete, i);
    i += lu.octets == 0 ? 1 : lu.octets;
    const std::string lettre = lu.octets == 0 ? "" : LettreDeBase(lu.point);
    if (lettre.empty()) {
      mot_fini = !sortie.empty();
      continue;
    }
    if (std::exchange(mot_fini, false)) sortie += '_';
    sortie += lettre;
  }
  return sortie;
}

}  // namespace pdv::pdvctl
