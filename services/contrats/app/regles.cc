#include "services/contrats/app/regles.h"

#include <algorithm>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/avenants.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/etats.h"
#include "services/contrats/domain/geometrie.h"
#include "services/contrats/domain/regles_contrat.h"

namespace pdv::contrats {
namespace {

types::Date Today(const store::Changes& changes) {
  return absl::ToCivilDay(changes.now(), absl::UTCTimeZone());
}

// A register tells past contrats: they were signed, and arrive so.
bool FromRegister(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

void FillRegions(v1::Contrat& contrat, const store::Changes& changes) {
  std::set<std::string> regions;
  for (const std::string& name : contrat.departements()) {
    const auto* departement = changes.Find<v1::Departement>(name);
    if (departement != nullptr && !departement->region().empty())
      regions.insert(departement->region());
  }
  contrat.clear_regions();
  for (const std::string& region : regions) contrat.add_regions(region);
}

}  // namespace

absl::Status GarderRevision(v1::Contrat& contrat, const std::string& avenant,
                            store::Changes& changes) {
  contrat.set_revision_signee(contrat.revision_signee() + 1);
  v1::RevisionContrat revision;
  revision.set_name(absl::StrCat(contrat.name(), "/revisions/", contrat.revision_signee()));
  revision.set_numero(contrat.revision_signee());
  revision.set_avenant(avenant);
  *revision.mutable_contrat() = contrat;
  return changes.Insert(std::move(revision)).status();
}

absl::Status ReglesContrat(const v1::Contrat* before, v1::Contrat& after,
                           store::Changes& changes) {
  absl::Status valid = VerifierContrat(after);
  if (!valid.ok()) return valid;
  // Départements that did not change were not read; their regions stand.
  if (before == nullptr || !std::equal(before->departements().begin(), before->departements().end(),
                                       after.departements().begin(), after.departements().end()))
    FillRegions(after, changes);
  if (before != nullptr) {
    if (!EstSigne(before->etat()) || !ChangeLeSigne(*before, after)) return absl::OkStatus();
    return status::Error(absl::StatusCode::kFailedPrecondition, "CONTRAT_SIGNE",
                         "Ce contrat est signé : il ne change plus que par avenant.")
        .Law("contrat.avenant", "loi n° 2014-173 du 21 février 2014, art. 6")
        .With("name", before->name());
  }
  after.set_revision_signee(0);
  after.set_etat(v1::ETAT_CONTRAT_PROJET);
  if (!FromRegister(changes)) return absl::OkStatus();
  after.set_etat(EtatSelonDates(after, Today(changes)));
  return GarderRevision(after, "", changes);
}

absl::Status ReglesAvenant(const v1::Avenant* before, v1::Avenant& after,
                           store::Changes& changes) {
  if (before != nullptr && before->etat() == v1::ETAT_AVENANT_SIGNE)
    return status::Error(absl::StatusCode::kFailedPrecondition, "AVENANT_SIGNE",
                         "Cet avenant est signé : il ne change plus.");
  const std::string contrat_name = after.name().substr(0, after.name().find("/avenants/"));
  absl::StatusOr<v1::Contrat> contrat = changes.Get<v1::Contrat>(contrat_name);
  if (!contrat.ok()) return contrat.status();
  after.set_etat(v1::ETAT_AVENANT_BROUILLON);
  return VerifierAvenant(after, *contrat);
}

absl::Status ReglesContour(const v1::Contour*, v1::Contour& after, store::Changes&) {
  return VerifierContour(after);
}

std::vector<store::Read> LecturesPassage(const v1::Passage& passage) {
  return {store::Read::Where<v1::Passage>("ancien", passage.ancien())};
}

absl::Status ReglesPassage(const v1::Passage*, v1::Passage& after, store::Changes& changes) {
  int64_t parts = after.part_points();
  for (const v1::Passage* other : changes.Where<v1::Passage>("ancien", after.ancien())) {
    if (other->name() != after.name()) parts += other->part_points();
  }
  if (parts <= 10'000) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "PARTS_EXCESSIVES",
                       absl::StrCat("Les parts de ", after.ancien(), " font ", parts,
                                    " points de base, plus que le tout (10 000)."))
      .With("total_points", parts);
}

absl::Status ReglesThematique(const v1::Thematique*, v1::Thematique& after,
                              store::Changes& changes) {
  // The root of the tree, so that a pillar's rows are found without climbing.
  if (after.parent().empty()) {
    after.set_pilier(after.name());
  } else if (const auto* parent = changes.Find<v1::Thematique>(after.parent())) {
    after.set_pilier(parent->pilier());
  }
  return absl::OkStatus();
}

}  // namespace pdv::contrats
