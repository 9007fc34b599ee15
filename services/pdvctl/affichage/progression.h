#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_PROGRESSION_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_PROGRESSION_H_

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>
#include <utility>

#include "absl/time/clock.h"
#include "absl/time/time.h"
#include "services/pdvctl/affichage/terminal.h"

namespace pdv::pdvctl {

// Shows how far a long work has come, on stderr. On a terminal: one bar rewritten ten times a
// second at most. Elsewhere: a plain line after two seconds, then every ten, so that a log stays
// readable. Not thread-safe.
class Progression {
 public:
  using Horloge = std::function<absl::Time()>;

  // What is counted.
  struct Unite {
    const char* singulier = "ligne";
    const char* pluriel = "lignes";
  };

  // `total` rows to come, 0 where it is not known. `sortie` outlives this object.
  Progression(std::ostream& sortie, const Terminal& terminal, std::string libelle, int64_t total,
              Horloge horloge = absl::Now)
      : Progression(sortie, terminal, std::move(libelle), total, Unite{}, std::move(horloge)) {}
  Progression(std::ostream& sortie, const Terminal& terminal, std::string libelle, int64_t total,
              Unite unite, Horloge horloge = absl::Now);
  // Clears the bar, so that what follows starts on a clean line.
  ~Progression();
  Progression(const Progression&) = delete;
  Progression& operator=(const Progression&) = delete;

  // `faites` rows are done since the start.
  void Avancer(int64_t faites);

 private:
  std::string Phrase(int64_t faites, absl::Duration ecoule) const;
  void Dessiner(int64_t faites, absl::Duration ecoule);

  std::ostream& sortie_;
  Terminal terminal_;
  std::string libelle_;
  int64_t total_;
  Unite unite_;
  Horloge horloge_;
  absl::Time debut_;
  absl::Time prochaine_;
  bool barre_visible_ = false;
};

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_PROGRESSION_H_
