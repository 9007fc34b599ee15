#include "services/pdvctl/rapport/rapport.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "absl/strings/str_cat.h"
#include "services/pdvctl/affichage/largeur.h"

namespace pdv::pdvctl {
namespace {

constexpr size_t kValeurMax = 200;

}  // namespace

void RapportImport::OuvrirFichier(FichierLu fichier) { fichiers_.push_back(std::move(fichier)); }

void RapportImport::Garder(std::vector<ConstatSitue>& liste, std::vector<Constat> constats) {
  const size_t fichier = fichiers_.empty() ? 0 : fichiers_.size() - 1;
  for (Constat& constat : constats) {
    if (liste.size() >= kConstatsGardes) {
      ++constats_omis_;
      continue;
    }
    constat.valeur = Tronquer(constat.valeur, kValeurMax);
    liste.push_back({fichier, std::move(constat)});
  }
}

void RapportImport::Accepter(IssueLigne issue, std::vector<Constat> avertissements) {
  assert(issue != IssueLigne::kRejetee);
  ++issues_[issue];
  if (!avertissements.empty()) ++reparees_;
  Garder(avertissements_, std::move(avertissements));
}

void RapportImport::Rejeter(std::vector<Constat> raisons) {
  assert(!raisons.empty());
  ++issues_[IssueLigne::kRejetee];
  Garder(rejets_, std::move(raisons));
}

void RapportImport::Ajouter(std::string_view libelle, int64_t centimes) {
  const auto connu = std::find_if(totaux_.begin(), totaux_.end(),
                                  [&](const auto& total) { return total.first == libelle; });
  if (connu != totaux_.end()) {
    connu->second += centimes;
  } else {
    totaux_.emplace_back(libelle, centimes);
  }
}

int64_t RapportImport::nombre(IssueLigne issue) const {
  const auto trouve = issues_.find(issue);
  return trouve == issues_.end() ? 0 : trouve->second;
}

int64_t RapportImport::importees() const {
  return nombre(IssueLigne::kCreee) + nombre(IssueLigne::kMiseAJour) +
         nombre(IssueLigne::kInchangee);
}

absl::Status RapportImport::Verifier() const {
  const int64_t rejetees = nombre(IssueLigne::kRejetee);
  if (importees() + rejetees == lues_ && reparees_ <= importees()) return absl::OkStatus();
  return absl::InternalError(absl::StrCat("le rapport ne tombe pas juste : ", lues_,
                                          " lignes lues, ", importees(), " importées dont ",
                                          reparees_, " réparées, ", rejetees, " rejetées"));
}

int RapportImport::CodeSortie() const {
  if (lues_ == 0) return 2;
  const bool illisible = std::any_of(fichiers_.begin(), fichiers_.end(),
                                     [](const FichierLu& f) { return !f.illisible.empty(); });
  return illisible || nombre(IssueLigne::kRejetee) > 0 ? 1 : 0;
}

}  // namespace pdv::pdvctl
