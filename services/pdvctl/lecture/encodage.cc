#include "services/pdvctl/lecture/encodage.h"

#include <algorithm>
#include <array>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_format.h"
#include "common/types/utf8.h"

namespace pdv::pdvctl {
namespace {

constexpr std::string_view kMarqueUtf8 = "\xEF\xBB\xBF";

// CP1252 for 0x80-0x9F; 0 where it defines nothing. Elsewhere byte and code point are equal.
constexpr std::array<char32_t, 32> kCp1252 = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

// A sequence that French text written in UTF-8 would hold: accents, œ, Ÿ, punctuation, €. Two
// CP1252 letters may by chance form a rarer one ("É»" is also U+027B): that proves nothing.
bool EstPlausible(char32_t point) {
  return (point >= 0xA0 && point <= 0x17F) || (point >= 0x2010 && point <= 0x203A) ||
         point == 0x202F || point == 0x20AC || point == types::kRemplacementUnicode;
}

struct Recensement {
  size_t etrangers = 0;   // bytes outside UTF-8
  size_t plausibles = 0;  // multi-byte sequences of French text
  size_t hauts_c1 = 0;    // bytes 0x80-0x9F
};

// How many bytes of printable ASCII begin at `debut`: most of any file.
size_t LongueurAscii(std::string_view octets, size_t debut) {
  size_t fin = debut;
  while (fin < octets.size() && octets[fin] >= 0x20 && octets[fin] < 0x7F) ++fin;
  return fin - debut;
}

Recensement Recenser(std::string_view octets) {
  Recensement r;
  for (size_t i = 0; i < octets.size();) {
    if ((i += LongueurAscii(octets, i)) == octets.size()) break;
    const auto lu = types::LireUtf8(octets, i);
    const size_t pas = lu.octets == 0 ? 1 : lu.octets;
    if (lu.octets == 0) ++r.etrangers;
    if (lu.octets > 1 && EstPlausible(lu.point)) ++r.plausibles;
    for (size_t j = i; j < i + pas; ++j) {
      const auto octet = static_cast<unsigned char>(octets[j]);
      if (octet >= 0x80 && octet < 0xA0) ++r.hauts_c1;
    }
    i += pas;
  }
  return r;
}

Encodage Decider(const Recensement& r, bool marque) {
  if (r.etrangers == 0) return marque ? Encodage::kUtf8Bom : Encodage::kUtf8;
  if (r.plausibles > 0) return Encodage::kMixte;
  return r.hauts_c1 > 0 ? Encodage::kCp1252 : Encodage::kLatin1;
}

// The byte that CP1252 writes for `point`, or 0 where it has none.
unsigned char VersCp1252(char32_t point) {
  if ((point >= 0xA0 && point <= 0xFF)) return static_cast<unsigned char>(point);
  if (point >= 0x80 && point < 0xA0) return static_cast<unsigned char>(point);
  for (size_t i = 0; i < kCp1252.size(); ++i) {
    if (point != 0 && kCp1252[i] == point) return static_cast<unsigned char>(0x80 + i);
  }
  return 0;
}

// Bytes of text taken by a French character that was encoded twice at texte[position], else 0.
size_t LongueurDouble(std::string_view texte, size_t position) {
  const auto tete = types::LireUtf8(texte, position);
  const bool deux = tete.point == 0xC2 || tete.point == 0xC3 || tete.point == 0xC5;
  if (!deux && tete.point != 0xE2) return 0;
  std::string origine(1, static_cast<char>(tete.point));
  size_t fin = position + tete.octets;
  for (int i = 0; i < (deux ? 1 : 2); ++i) {
    if (fin >= texte.size()) return 0;
    const auto suite = types::LireUtf8(texte, fin);
    const unsigned char octet = VersCp1252(suite.point);
    if (suite.octets == 0 || octet == 0) return 0;
    origine += static_cast<char>(octet);
    fin += suite.octets;
  }
  const auto lu = types::LireUtf8(origine, 0);
  return lu.octets == origine.size() && EstPlausible(lu.point) ? fin - position : 0;
}

// Appends decoded characters and keeps the position of each damage.
class Transcripteur {
 public:
  explicit Transcripteur(Decodage& sortie) : sortie_(sortie) {}

  void Ajouter(char32_t point) {
    if (point == types::kRemplacementUnicode) Signaler(NatureDommage::kRemplacement, "U+FFFD");
    if (point < 0x20 && point != '\n' && point != '\r' && point != '\t') {
      Signaler(NatureDommage::kCaractereControle, absl::StrFormat("U+%04X", uint32_t{point}));
    }
    Ecrire(point);
  }
  // Printable ASCII, which needs neither reading nor checking.
  void AjouterAscii(std::string_view texte) {
    if (texte.empty()) return;
    sortie_.texte += texte;
    colonne_ += static_cast<int64_t>(texte.size());
    precedent_ = static_cast<unsigned char>(texte.back());
  }
  void AjouterPerdu(NatureDommage nature, unsigned char octet) {
    Signaler(nature, absl::StrFormat("0x%02X", octet));
    Ecrire(types::kRemplacementUnicode);
  }
  void Signaler(NatureDommage nature, std::string valeur) {
    sortie_.dommages.push_back({nature, ligne_, colonne_, sortie_.texte.size(), std::move(valeur)});
  }

 private:
  void Ecrire(char32_t point) {
    types::EcrireUtf8(point, sortie_.texte);
    const bool fin_de_crlf = point == '\n' && precedent_ == '\r';
    precedent_ = point;
    if (fin_de_crlf) return;
    if (point == '\n' || point == '\r') {
      ++ligne_;
      colonne_ = 1;
    } else {
      ++colonne_;
    }
  }

  Decodage& sortie_;
  int64_t ligne_ = 1;
  int64_t colonne_ = 1;
  char32_t precedent_ = 0;
};

void TranscrireUtf8(std::string_view octets, Transcripteur& sortie) {
  for (size_t i = 0; i < octets.size();) {
    const size_t ascii = LongueurAscii(octets, i);
    sortie.AjouterAscii(octets.substr(i, ascii));
    i += ascii;
    if (i == octets.size()) break;
    const auto lu = types::LireUtf8(octets, i);
    if (lu.octets == 0) {
      sortie.AjouterPerdu(NatureDommage::kOctetEtranger, static_cast<unsigned char>(octets[i]));
      ++i;
      continue;
    }
    if (const size_t longueur = LongueurDouble(octets, i); longueur > 0) {
      sortie.Signaler(NatureDommage::kDoubleEncodage, std::string(octets.substr(i, longueur)));
    }
    sortie.Ajouter(lu.point);
    i += lu.octets;
  }
}

void TranscrireOctets(std::string_view octets, Transcripteur& sortie) {
  for (const char c : octets) {
    const auto octet = static_cast<unsigned char>(c);
    if (octet < 0x80 || octet >= 0xA0) {
      sortie.Ajouter(octet);
    } else if (kCp1252[octet - 0x80] != 0) {
      sortie.Ajouter(kCp1252[octet - 0x80]);
    } else {
      sortie.AjouterPerdu(NatureDommage::kOctetIndefini, octet);
    }
  }
}

absl::Status RefuserBinaire(std::string_view octets) {
  if (octets.substr(0, 2) == "\xFF\xFE" || octets.substr(0, 2) == "\xFE\xFF") {
    return absl::InvalidArgumentError(
        "le fichier est en UTF-16 : l'enregistrer en UTF-8 avant de l'importer");
  }
  if (octets.substr(0, 4) == "PK\x03\x04") {
    return absl::InvalidArgumentError(
        "le fichier est un classeur ou une archive, pas un texte : l'exporter en CSV (UTF-8)");
  }
  return absl::OkStatus();
}

}  // namespace

std::string_view NomEncodage(Encodage encodage) {
  switch (encodage) {
    case Encodage::kUtf8:
      return "UTF-8";
    case Encodage::kUtf8Bom:
      return "UTF-8 avec BOM";
    case Encodage::kCp1252:
      return "CP1252";
    case Encodage::kLatin1:
      return "ISO-8859-1";
    case Encodage::kMixte:
      return "mixte";
  }
  return "";
}

std::string MotifDommage(const Dommage& dommage) {
  switch (dommage.nature) {
    case NatureDommage::kOctetEtranger:
      return "octet " + dommage.valeur + " étranger à l'UTF-8 dans un fichier d'encodage mixte";
    case NatureDommage::kOctetIndefini:
      return "octet " + dommage.valeur + " sans caractère en CP1252";
    case NatureDommage::kRemplacement:
      return "caractère perdu avant l'import (U+FFFD)";
    case NatureDommage::kDoubleEncodage:
      return "caractère encodé deux fois (« " + dommage.valeur + " »)";
    case NatureDommage::kCaractereControle:
      return "caractère de contrôle " + dommage.valeur;
  }
  return "";
}

std::vector<Dommage> Decodage::Entre(size_t debut, size_t fin) const {
  const auto avant = [](const Dommage& d, size_t position) { return d.position < position; };
  const auto premier = std::lower_bound(dommages.begin(), dommages.end(), debut, avant);
  const auto dernier = std::lower_bound(premier, dommages.end(), fin, avant);
  return {premier, dernier};
}

absl::StatusOr<Decodage> Decoder(std::string_view octets) {
  if (const auto refus = RefuserBinaire(octets); !refus.ok()) return refus;
  const bool marque = octets.substr(0, kMarqueUtf8.size()) == kMarqueUtf8;
  if (marque) octets.remove_prefix(kMarqueUtf8.size());

  Decodage sortie;
  const Recensement recensement = Recenser(octets);
  sortie.encodage = Decider(recensement, marque);
  sortie.texte.reserve(octets.size() + octets.size() / 16);
  Transcripteur transcripteur(sortie);
  const bool octet_par_octet =
      sortie.encodage == Encodage::kCp1252 || sortie.encodage == Encodage::kLatin1;
  if (octet_par_octet) {
    TranscrireOctets(octets, transcripteur);
  } else {
    TranscrireUtf8(octets, transcripteur);
  }
  if (marque && octet_par_octet) {
    sortie.avertissements.push_back(
        "la marque UTF-8 en tête est contredite par le contenu, lu en " +
        std::string(NomEncodage(sortie.encodage)));
  }
  if (sortie.encodage == Encodage::kMixte) {
    sortie.avertissements.push_back(absl::StrFormat(
        "deux encodages se mêlent dans le fichier : %d octets ne sont pas de l'UTF-8 et ne sont "
        "pas devinés",
        recensement.etrangers));
  }
  return sortie;
}

}  // namespace pdv::pdvctl
