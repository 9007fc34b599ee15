#include "services/contrats/app/regles_referentiel.h"

#include "services/contrats/app/changement.h"
#include "services/contrats/domain/geometrie.h"

namespace pdv::contrats {

absl::Status ReglesQpv(const v1::Qpv*, v1::Qpv& after, store::Changes&) {
  after.set_generation(GenerationDe(after.code()));
  return Verifier(after);
}

absl::Status ReglesContour(const v1::Contour*, v1::Contour& after, store::Changes&) {
  return VerifierContour(after);
}

std::vector<store::Read> LecturesPassage(const v1::Passage& passage) {
  return {store::Read::Where<v1::Passage>("ancien", passage.ancien())};
}

absl::Status ReglesPassage(const v1::Passage*, v1::Passage& after, store::Changes& changes) {
  absl::Status valid = Verifier(after);
  if (!valid.ok()) return valid;
  int64_t total = after.part_points();
  for (const v1::Passage* other : changes.Where<v1::Passage>("ancien", after.ancien())) {
    if (other->name() != after.name()) total += other->part_points();
  }
  return VerifierParts(after.ancien(), total);
}

absl::Status ReglesThematique(const v1::Thematique* before, v1::Thematique& after,
                              store::Changes& changes) {
  if (before != nullptr) return absl::OkStatus();
  if (after.parent().empty()) return PlacerThematique(nullptr, &after);
  if (after.parent() == after.name()) return PlacerThematique(&after, &after);
  const auto* parent = changes.Find<v1::Thematique>(after.parent());
  if (parent == nullptr) return store::Changes::Missing(after.parent());
  return PlacerThematique(parent, &after);
}

absl::Status ReglesInstance(const v1::Instance* before, v1::Instance& after,
                            store::Changes& changes) {
  if (after.has_delete_time()) {
    after.clear_membres();
    return absl::OkStatus();
  }
  absl::Status valid = Verifier(after);
  if (!valid.ok()) return valid;
  return TrierMembres(before, Aujourdhui(changes), &after);
}

}  // namespace pdv::contrats
