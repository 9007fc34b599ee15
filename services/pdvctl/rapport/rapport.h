#ifndef PDV_SERVICES_PDVCTL_RAPPORT_RAPPORT_H_
#define PDV_SERVICES_PDVCTL_RAPPORT_RAPPORT_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "services/pdvctl/affichage/terminal.h"
#include "services/pdvctl/rapport/groupes.h"

namespace pdv::pdvctl {

// What became of one row. Each row read has exactly one outcome.
enum class IssueLigne { kCreee, kMiseAJour, kInchangee, kRejetee };

struct FichierLu {
  std::string chemin;
  std::string encodage;                     // NomEncodage(), "" when it was not read
  std::string separateur;                   // "" for JSON
  std::vector<std::string> avertissements;  // French sentences about the whole file
  std::string illisible;                    // French; not empty where nothing could be read in it
};

// The report of one import, filled row after row. Not thread-safe.
class RapportImport {
 public:
  // Findings kept, their values cut at 200 characters; beyond, they are only counted (a report must
  // not outgrow its file).
  static constexpr size_t kConstatsGardes = 100'000;

  // `type` as on the command line ("contrats"); `simulation`: nothing was written.
  RapportImport(std::string type, bool simulation)
      : type_(std::move(type)), simulation_(simulation) {}

  // What follows concerns this file.
  void OuvrirFichier(FichierLu fichier);

  void Lire() { ++lues_; }
  // The outcome of a row that was accepted. `avertissements` not empty: repaired with a warning,
  // counted once however many cells were concerned.
  void Accepter(IssueLigne issue, std::vector<Constat> avertissements = {});
  // The row is refused, for one reason at least.
  void Rejeter(std::vector<Constat> raisons);
  // Adds to a total to the cent ("montant voté", "montant rejeté"). Totals keep their first order.
  void Ajouter(std::string_view libelle, int64_t centimes);

  int64_t lues() const { return lues_; }
  int64_t nombre(IssueLigne issue) const;
  int64_t reparees() const { return reparees_; }
  int64_t importees() const;
  const std::vector<FichierLu>& fichiers() const { return fichiers_; }

  // INTERNAL unless imported + rejected = read: a row without an outcome, or with two, is a fault
  // of this program and must never look like a success.
  absl::Status Verifier() const;
  // 0 clean, 1 some row rejected or some file unreadable, 2 nothing could be read.
  int CodeSortie() const;

  // For people, in French: identical reasons are counted together, with their first lines.
  std::string EnTexte(const Terminal& terminal) const;
  // For machines: every finding.
  nlohmann::ordered_json EnJson() const;

 private:
  void Garder(std::vector<ConstatSitue>& liste, std::vector<Constat> constats);

  std::string type_;
  bool simulation_;
  std::vector<FichierLu> fichiers_;
  int64_t lues_ = 0;
  std::map<IssueLigne, int64_t> issues_;
  int64_t reparees_ = 0;
  std::vector<std::pair<std::string, int64_t>> totaux_;
  std::vector<ConstatSitue> rejets_;
  std::vector<ConstatSitue> avertissements_;
  int64_t constats_omis_ = 0;
};

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_RAPPORT_RAPPORT_H_
