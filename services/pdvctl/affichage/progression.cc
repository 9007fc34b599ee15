#include "services/pdvctl/affichage/progression.h"

#include <algorithm>
#include <utility>

#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"

namespace pdv::pdvctl {
namespace {

constexpr absl::Duration kSurTerminal = absl::Milliseconds(100);
constexpr absl::Duration kPremiereLigne = absl::Seconds(2);
constexpr absl::Duration kEntreLignes = absl::Seconds(10);
constexpr int64_t kLargeurBarre = 20;

}  // namespace

Progression::Progression(std::ostream& sortie, const Terminal& terminal, std::string libelle,
                         int64_t total, Unite unite, Horloge horloge)
    : sortie_(sortie),
      terminal_(terminal),
      libelle_(std::move(libelle)),
      total_(total),
      unite_(unite),
      horloge_(std::move(horloge)),
      debut_(horloge_()),
      prochaine_(debut_ + (terminal.interactif ? kSurTerminal : kPremiereLigne)) {}

Progression::~Progression() {
  if (barre_visible_) sortie_ << "\r\033[K" << std::flush;
}

void Progression::Avancer(int64_t faites) {
  const absl::Time maintenant = horloge_();
  if (maintenant < prochaine_) return;
  prochaine_ = maintenant + (terminal_.interactif ? kSurTerminal : kEntreLignes);
  const absl::Duration ecoule = maintenant - debut_;
  if (terminal_.interactif) {
    Dessiner(faites, ecoule);
  } else {
    sortie_ << Phrase(faites, ecoule) << std::endl;
  }
}

std::string Progression::Phrase(int64_t faites, absl::Duration ecoule) const {
  if (total_ <= 0) return libelle_ + " : " + CompterFr(faites, unite_.singulier, unite_.pluriel);
  std::string phrase = libelle_ + " : " + EntierFr(faites) + " / " +
                       CompterFr(total_, unite_.singulier, unite_.pluriel) + " (" +
                       PourcentageFr(faites, total_) + ")";
  if (faites > 0 && faites < total_) {
    const auto reste = ecoule * (static_cast<double>(total_ - faites) / faites);
    phrase += ", reste environ " + DureeFr(std::max<int64_t>(1, absl::ToInt64Seconds(reste)));
  }
  return phrase;
}

void Progression::Dessiner(int64_t faites, absl::Duration ecoule) {
  std::string ligne;
  if (total_ > 0) {
    const int64_t pleins = std::clamp<int64_t>(
        static_cast<int64_t>(static_cast<double>(faites) / total_ * kLargeurBarre), 0,
        kLargeurBarre);
    for (int64_t i = 0; i < kLargeurBarre; ++i) ligne += i < pleins ? "█" : "░";
    ligne += " ";
  }
  ligne += Phrase(faites, ecoule);
  sortie_ << "\r\033[K" << Tronquer(ligne, terminal_.largeur - 1) << std::flush;
  barre_visible_ = true;
}

}  // namespace pdv::pdvctl
