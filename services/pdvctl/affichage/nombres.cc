#include "services/pdvctl/affichage/nombres.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace pdv::pdvctl {
namespace {

constexpr std::string_view kMilliers = "\u202F";
constexpr uint64_t kPartMax = 10'000'000'000'000'000;  // × 1000 still fits in 64 bits
constexpr const char* kAvantUnite = "\u00A0";

// The magnitude in unsigned arithmetic: the smallest int64 has no opposite.
uint64_t Valeur(int64_t nombre) {
  return nombre < 0 ? uint64_t{0} - static_cast<uint64_t>(nombre) : static_cast<uint64_t>(nombre);
}

std::string Grouper(uint64_t nombre) {
  const std::string chiffres = std::to_string(nombre);
  std::string sortie;
  for (size_t i = 0; i < chiffres.size(); ++i) {
    if (i > 0 && (chiffres.size() - i) % 3 == 0) sortie += kMilliers;
    sortie += chiffres[i];
  }
  return sortie;
}

std::string DeuxChiffres(uint64_t nombre) { return absl::StrCat(nombre < 10 ? "0" : "", nombre); }

}  // namespace

std::string EntierFr(int64_t nombre) {
  return absl::StrCat(nombre < 0 ? "-" : "", Grouper(Valeur(nombre)));
}

std::string EurosFr(int64_t centimes) {
  const uint64_t valeur = Valeur(centimes);
  return absl::StrCat(centimes < 0 ? "-" : "", Grouper(valeur / 100), ",",
                      DeuxChiffres(valeur % 100), kAvantUnite, "€");
}

std::string EurosDecimal(int64_t centimes) {
  const uint64_t valeur = Valeur(centimes);
  return absl::StrCat(centimes < 0 ? "-" : "", valeur / 100, ".", DeuxChiffres(valeur % 100));
}

std::string PourcentageFr(int64_t part, int64_t total) {
  if (total == 0) return "—";
  const uint64_t haut = std::min(Valeur(part), kPartMax) * 1000;
  const uint64_t bas = Valeur(total);
  const uint64_t dixiemes = haut / bas + (haut % bas >= bas - haut % bas ? 1 : 0);
  const bool negatif = (part < 0) != (total < 0) && dixiemes > 0;
  return absl::StrCat(negatif ? "-" : "", Grouper(dixiemes / 10), ",", dixiemes % 10, kAvantUnite,
                      "%");
}

std::string PointsFr(int64_t centiemes) {
  const uint64_t valeur = (Valeur(centiemes) + 5) / 10;
  const char* signe = valeur == 0 ? "" : (centiemes < 0 ? "-" : "+");
  return absl::StrCat(signe, Grouper(valeur / 10), ",", valeur % 10, kAvantUnite,
                      valeur < 20 ? "pt" : "pts");
}

std::string DureeFr(int64_t secondes) {
  if (secondes < 60) return absl::StrCat(secondes, kAvantUnite, "s");
  return absl::StrCat(EntierFr(secondes / 60), kAvantUnite, "min", kAvantUnite,
                      DureeFr(secondes % 60));
}

std::string CompterFr(int64_t nombre, const std::string& singulier, const std::string& pluriel) {
  return absl::StrCat(EntierFr(nombre), " ", Valeur(nombre) < 2 ? singulier : pluriel);
}

}  // namespace pdv::pdvctl
