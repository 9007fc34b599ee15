#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_NOMBRES_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_NOMBRES_H_

#include <cstdint>
#include <string>

namespace pdv::pdvctl {

// Numbers as French people write them: thousands apart by a narrow no-break space (U+202F), decimal
// comma, a no-break space (U+00A0) before the unit. Every int64 is accepted. Pure, thread-safe.

// 1234567 -> "1 234 567".
std::string EntierFr(int64_t nombre);
// Cents to euros: 9261777960 -> "92 617 779,60 €".
std::string EurosFr(int64_t centimes);
// Cents to euros without grouping or unit, for CSV: 9261777960 -> "92617779.60".
std::string EurosDecimal(int64_t centimes);
// part / total in percent with one decimal, rounded half away from zero: (2, 3) -> "66,7 %". "—"
// where the total is zero: a share of nothing is unknown, not zero. Parts saturate at 10^16, a
// hundred thousand billion euros in cents.
std::string PourcentageFr(int64_t part, int64_t total);
// Hundredths of a point, as the API gives them, to the nearest tenth (a half: away from zero), with
// their sign: 1'230 -> "+12,3 pts", -76 -> "-0,8 pt".
std::string PointsFr(int64_t centiemes);
// 75 -> "1 min 15 s", 3 -> "3 s".
std::string DureeFr(int64_t secondes);
// "1 ligne", "2 lignes", "0 ligne": French counts zero as singular.
std::string CompterFr(int64_t nombre, const std::string& singulier, const std::string& pluriel);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_NOMBRES_H_
