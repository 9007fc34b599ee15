#include "services/contrats/app/regles_contrat.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/contrats/app/changement.h"
#include "services/contrats/app/garder_revision.h"
#include "services/contrats/domain/avenants.h"
#include "services/contrats/domain/etats.h"
#include "services/contrats/domain/regles_contrat.h"

namespace pdv::contrats {
namespace {

bool VientDUnRegistre(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

absl::Status ContratSigne(const v1::Contrat& contrat) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "CONTRAT_SIGNE",
                       "Ce contrat est signé : il ne change plus que par avenant.")
      .Law("contrat.avenant", "loi n° 2014-173 du 21 février 2014, art. 6")
      .With("name", contrat.name());
}

bool Existe(const std::string& territoire, const store::Changes& changes) {
  if (absl::StartsWith(territoire, "qpv/")) return changes.Find<v1::Qpv>(territoire) != nullptr;
  if (absl::StartsWith(territoire, "epci/")) return changes.Find<v1::Epci>(territoire) != nullptr;
  return changes.Find<v1::Commune>(territoire) != nullptr;
}

// An operator cites territories that exist. A register also cites the EPCI and the communes that
// merged since (174 of the contrats of 2015-2023): only its quartiers must be known.
absl::Status VerifierExistence(const v1::Contrat* before, const v1::Contrat& after,
                               const store::Changes& changes) {
  std::vector<status::Violation> violations;
  for (const std::string& territoire : TerritoiresNouveaux(before, after)) {
    if (VientDUnRegistre(changes) && !absl::StartsWith(territoire, "qpv/")) continue;
    if (Existe(territoire, changes)) continue;
    violations.push_back({"territoires", "TERRITOIRE_INCOHERENT",
                          absl::StrCat("Le territoire ", territoire, " est inconnu.")});
  }
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

void RemplirRegions(v1::Contrat& contrat, const store::Changes& changes) {
  std::set<std::string> regions;
  for (const std::string& name : contrat.departements()) {
    const auto* departement = changes.Find<v1::Departement>(name);
    if (departement != nullptr && !departement->region().empty())
      regions.insert(departement->region());
  }
  contrat.clear_regions();
  for (const std::string& region : regions) contrat.add_regions(region);
}

// Départements that did not change were not read; their regions stand.
bool MemesDepartements(const v1::Contrat& a, const v1::Contrat& b) {
  return std::equal(a.departements().begin(), a.departements().end(), b.departements().begin(),
                    b.departements().end());
}

absl::Status Naitre(v1::Contrat& contrat, store::Changes& changes) {
  contrat.set_revision_signee(0);
  contrat.set_etat(v1::ETAT_CONTRAT_PROJET);
  if (!VientDUnRegistre(changes)) return VerifierProjet(contrat);
  contrat.set_etat(EtatSelonDates(contrat, Aujourdhui(changes)));
  return GarderRevision(contrat, /*avenant=*/"", changes);
}

}  // namespace

std::vector<store::Read> LecturesContrat(const v1::Contrat& contrat) {
  std::vector<store::Read> reads;
  for (const std::string& territoire : TerritoiresNouveaux(nullptr, contrat)) {
    const store::Table& table = absl::StartsWith(territoire, "qpv/") ? store::Table::Of<v1::Qpv>()
                                : absl::StartsWith(territoire, "epci/")
                                    ? store::Table::Of<v1::Epci>()
                                    : store::Table::Of<v1::Commune>();
    reads.push_back({&table, "name", territoire, /*lock=*/false});
  }
  return reads;
}

absl::Status ReglesContrat(const v1::Contrat* before, v1::Contrat& after, store::Changes& changes) {
  const bool signe = before != nullptr && EstSigne(before->etat());
  if (after.has_delete_time()) return signe ? ContratSigne(after) : absl::OkStatus();
  if (signe) return ChangeLeSigne(*before, after) ? ContratSigne(after) : absl::OkStatus();
  absl::Status valid = VerifierContrat(after);
  if (valid.ok()) valid = VerifierExistence(before, after, changes);
  if (!valid.ok()) return valid;
  if (before == nullptr || !MemesDepartements(*before, after)) RemplirRegions(after, changes);
  return before == nullptr ? Naitre(after, changes) : VerifierProjet(after);
}

absl::Status ReglesAvenant(const v1::Avenant* before, v1::Avenant& after, store::Changes& changes) {
  if (before != nullptr && before->etat() == v1::ETAT_AVENANT_SIGNE)
    return status::Error(absl::StatusCode::kFailedPrecondition, "AVENANT_SIGNE",
                         "Cet avenant est signé : il ne change plus.")
        .With("name", before->name());
  if (after.has_delete_time()) return absl::OkStatus();
  const std::string contrat_name = after.name().substr(0, after.name().find("/avenants/"));
  absl::StatusOr<v1::Contrat> contrat = changes.Get<v1::Contrat>(contrat_name);
  if (!contrat.ok()) return contrat.status();
  after.set_etat(v1::ETAT_AVENANT_BROUILLON);
  return VerifierAvenant(after, *contrat);
}

}  // namespace pdv::contrats
