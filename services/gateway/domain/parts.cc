#include "services/gateway/domain/parts.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace pdv::gateway {
namespace {

constexpr int64_t kWhole = 10'000;
// Amounts reach 10^13 cents and more in a nation: the products need 128 bits.
__extension__ typedef __int128 Wide;

}  // namespace

std::vector<int32_t> PartsEnPoints(const std::vector<int64_t>& amounts) {
  const int64_t total = std::accumulate(amounts.begin(), amounts.end(), int64_t{0});
  std::vector<int32_t> parts(amounts.size(), 0);
  if (total <= 0) return parts;
  std::vector<int64_t> remainders(amounts.size());
  int64_t given = 0;
  for (size_t i = 0; i < amounts.size(); ++i) {
    const Wide scaled = static_cast<Wide>(amounts[i]) * kWhole;
    parts[i] = static_cast<int32_t>(scaled / total);
    remainders[i] = static_cast<int64_t>(scaled % total);
    given += parts[i];
  }
  std::vector<size_t> order(amounts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return remainders[a] > remainders[b]; });
  for (size_t i = 0; given < kWhole; ++i, ++given) ++parts[order[i]];
  return parts;
}

int32_t PointsDe(int64_t amount, int64_t total) {
  if (total <= 0) return 0;
  return static_cast<int32_t>((static_cast<Wide>(amount) * kWhole * 2 + total) /
                              (static_cast<Wide>(total) * 2));
}

std::optional<int32_t> LevierEnPoints(int64_t droit_commun, int64_t specifiques) {
  if (specifiques <= 0) return std::nullopt;
  const Wide points = static_cast<Wide>(droit_commun) * kWhole / specifiques;
  return static_cast<int32_t>(
      std::min<Wide>(points, std::numeric_limits<int32_t>::max()));
}

}  // namespace pdv::gateway
