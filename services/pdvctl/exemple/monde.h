#ifndef PDV_SERVICES_PDVCTL_EXEMPLE_MONDE_H_
#define PDV_SERVICES_PDVCTL_EXEMPLE_MONDE_H_

#include <array>
#include <cstdint>
#include <random>
#include <string>

#include "google/type/date.pb.h"

namespace pdv::pdvctl::exemple {

// The world of the example: what is known of it before anything is filed. Names of places are real,
// everything else is invented.

inline constexpr int kPremier = 2020, kDernier = 2023;

struct ContratExemple {
  const char* code;
  const char* libelle;
  const char* siren;  // of the EPCI that holds it
  int actions_par_an;
  int part_etat;  // percent of what is granted
  int quartiers;
};

// Sizes follow the residents of their quartiers; the gap of the État differs from one to the next.
inline constexpr ContratExemple kContrats[] = {
    {"CV108", "CA Hérault-Méditerranée", "243400819", 45, 42, 1},
    {"CV109", "CC Avène, Bédarieux, Lamalou, Taussac, Le Bousquet d'Orb", "200042646", 30, 36, 1},
    {"CV110", "CA de Béziers-Méditerranée", "243400769", 140, 52, 3},
    {"CV111", "CA du Bassin de Thau", "243400827", 75, 38, 2},
    {"CV112", "Montpellier Méditerranée Métropole", "243400017", 210, 33, 4},
    {"CV113", "CC Lodévois et Larzac", "200017341", 40, 57, 1},
    {"CV114", "CC du Pays de Lunel", "243400520", 60, 46, 1},
};

// "cv108", and the names made of it.
std::string IdContrat(const ContratExemple& contrat);
std::string NomContrat(const ContratExemple& contrat);
std::string NomEpci(const ContratExemple& contrat);

// The six funders of an action, in the order of the amounts of campagne.h.
enum Rang { kEtat, kEpci, kCommunes, kDepartement, kCaf, kRegion, kFinanceurs };
// "financeurs/epci-cv110".
std::string NomFinanceur(int rang, const ContratExemple& contrat);
// The account of the form on which a budget writes what it gives.
const char* CompteSubvention(int rang);
// It keeps its own lines in the suite; for the others the chef de projet does.
bool UtiliseLaSuite(int rang);

// Associations, then for each contrat its project team and its PRE, that public bodies carry.
inline constexpr int kAssociations = 160;
inline constexpr int kPorteurs = kAssociations + 2 * static_cast<int>(std::size(kContrats));
std::string NomPorteur(int64_t rang);
// Ranks of the public bodies of a contrat.
int64_t EquipeProjet(const ContratExemple& contrat);
int64_t ReussiteEducative(const ContratExemple& contrat);

// A valid SIRET made from a rank (0 to 9 999 999): SIREN and establishment keys hold.
std::string SiretInvente(int64_t rang);

google::type::Date Le(int annee, int mois, int jour);

// A deterministic draw: std::mt19937_64 gives the same sequence everywhere, distributions do not.
class Tirage {
 public:
  explicit Tirage(uint64_t graine) : hasard_(graine) {}
  int64_t Entre(int64_t bas, int64_t haut) {
    return bas + static_cast<int64_t>(hasard_() % static_cast<uint64_t>(haut - bas + 1));
  }

 private:
  std::mt19937_64 hasard_;
};

}  // namespace pdv::pdvctl::exemple

#endif  // PDV_SERVICES_PDVCTL_EXEMPLE_MONDE_H_
