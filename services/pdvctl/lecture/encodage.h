#ifndef PDV_SERVICES_PDVCTL_LECTURE_ENCODAGE_H_
#define PDV_SERVICES_PDVCTL_LECTURE_ENCODAGE_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::pdvctl {

// How the bytes of a whole file are read. One file has one encoding; a file where two of them are
// mixed is kMixte, and then only what is certain is decoded.
enum class Encodage {
  kUtf8,     // also plain ASCII
  kUtf8Bom,  // UTF-8 announced by its mark
  kCp1252,   // single bytes, at least one of 0x80-0x9F (€, œ, ’…)
  kLatin1,   // single bytes, none of 0x80-0x9F: CP1252 would read the same characters
  kMixte,    // UTF-8 sequences and bytes that are not UTF-8: the latter are all damaged
};

// "UTF-8", "UTF-8 avec BOM", "CP1252", "ISO-8859-1", "mixte".
std::string_view NomEncodage(Encodage encodage);

enum class NatureDommage {
  kOctetEtranger,     // byte outside UTF-8 in a mixed file: no encoding explains it with certainty
  kOctetIndefini,     // 0x81 0x8D 0x8F 0x90 0x9D: CP1252 gives them no character
  kRemplacement,      // U+FFFD is already in the file: the character was lost before us
  kDoubleEncodage,    // "Ã©" for "é": UTF-8 read once as CP1252 and written again
  kCaractereControle  // a C0 control other than tab and line ends, NUL included
};

// One damaged place. Nothing is ever put right there: the text holds U+FFFD for a byte that has no
// certain character, and the characters as they are otherwise.
struct Dommage {
  NatureDommage nature;
  int64_t ligne = 0;    // from 1; CRLF, LF and CR each end a line
  int64_t colonne = 0;  // from 1, in characters of the decoded line
  size_t position = 0;  // in bytes, in Decodage::texte
  std::string valeur;   // what stands there: "0xE9", "U+FFFD", "Ã©"
};

// Sentence fragment in French: "octet 0xE9 qui n'est pas de l'UTF-8".
std::string MotifDommage(const Dommage& dommage);

struct Decodage {
  std::string texte;  // valid UTF-8, without its mark
  Encodage encodage = Encodage::kUtf8;
  std::vector<Dommage> dommages;            // ordered by position
  std::vector<std::string> avertissements;  // sentences in French about the whole file

  // The damages inside texte[debut, fin).
  std::vector<Dommage> Entre(size_t debut, size_t fin) const;
};

// Decides the encoding of `octets` and decodes it. Pure, thread-safe.
//   - no byte outside UTF-8: UTF-8;
//   - bytes outside UTF-8 and no plausible UTF-8 sequence: CP1252 or Latin-1, even where a UTF-8
//     mark precedes them (the mark is then contradicted, which is a warning);
//   - both: mixed.
// INVALID_ARGUMENT (message in French) for what is no text at all: UTF-16, a workbook, an archive.
absl::StatusOr<Decodage> Decoder(std::string_view octets);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_ENCODAGE_H_
