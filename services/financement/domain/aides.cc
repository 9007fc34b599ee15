#include "services/financement/domain/aides.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <string>

#include "services/financement/domain/etats.h"

namespace pdv::financement {

bool EstDecidee(const v1::Ligne& ligne) { return !Indecise(ligne.etat()); }

int64_t MontantEnVue(const v1::Ligne& ligne) {
  switch (ligne.etat()) {
    case v1::ETAT_LIGNE_REFUSEE:
    case v1::ETAT_LIGNE_IRRECEVABLE:
    case v1::ETAT_LIGNE_REVERSEE:
      return 0;
    case v1::ETAT_LIGNE_PROPOSEE:
      return ligne.propose_droit_commun_centimes() + ligne.propose_specifiques_centimes();
    default:
      if (EstDecidee(ligne))
        return ligne.vote_droit_commun_centimes() + ligne.vote_specifiques_centimes();
      return ligne.demande_droit_commun_centimes() + ligne.demande_specifiques_centimes();
  }
}

int64_t PartDuBeneficiaire(const v1::Subvention& subvention) {
  constexpr int kTout = 10'000;
  const absl::int128 points =
      absl::int128(subvention.montant_centimes()) * subvention.part_points();
  return static_cast<int64_t>((points + (points < 0 ? -kTout / 2 : kTout / 2)) / kTout);
}

bool EnNature(const v1::Subvention& subvention) {
  return subvention.nature() == v1::NATURE_SUBVENTION_NATURE;
}

bool MontantDe(const v1::Subvention& subvention, int64_t centimes) {
  return subvention.montant_centimes() == centimes || PartDuBeneficiaire(subvention) == centimes;
}

bool DeLAnnee(const v1::Subvention& subvention, int32_t exercice) {
  if (subvention.date_convention().year() == exercice) return true;
  // "2023-01-01" or "2023-01-01/2024-06-30", by its pattern.
  const std::string& periode = subvention.periode_versement();
  if (periode.size() < 10) return false;
  const int premiere = std::atoi(periode.substr(0, 4).c_str());
  const int derniere = periode.size() < 21 ? premiere : std::atoi(periode.substr(11, 4).c_str());
  return premiere <= exercice && exercice <= derniere;
}

int64_t Borner(absl::int128 centimes) {
  const absl::int128 max = std::numeric_limits<int64_t>::max();
  return static_cast<int64_t>(std::clamp(centimes, -max, max));
}

}  // namespace pdv::financement
