#ifndef PDV_COMMON_TYPES_UTF8_H_
#define PDV_COMMON_TYPES_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace pdv::types {

// One character read from UTF-8. `octets` is 0 where the bytes at hand are no UTF-8 (overlong,
// surrogate, cut, out of Unicode); `point` means nothing then.
struct CaractereLu {
  char32_t point = 0;
  size_t octets = 0;
};

// The character that starts at texte[position]; position < texte.size(). Pure, thread-safe.
CaractereLu LireUtf8(std::string_view texte, size_t position);

// Appends `point` (a Unicode scalar value) in UTF-8.
void EcrireUtf8(char32_t point, std::string& texte);

inline constexpr char32_t kRemplacementUnicode = 0xFFFD;

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_UTF8_H_
