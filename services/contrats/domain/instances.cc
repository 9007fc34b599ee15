#include "services/contrats/domain/instances.h"

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {

absl::Status Verifier(const v1::Instance& instance) {
  const bool conseil = instance.type() == v1::TYPE_INSTANCE_CONSEIL_CITOYEN;
  if (conseil == !instance.quartiers().empty()) return absl::OkStatus();
  return status::InvalidRequest({{"quartiers", "INSTANCE_INCOHERENTE",
                                  conseil ? "Un conseil citoyen est celui d'un quartier au moins."
                                          : "Seul un conseil citoyen est celui de quartiers."}});
}

absl::Status TrierMembres(const v1::Instance* before, types::Date today, v1::Instance* after) {
  std::set<std::string> known;
  if (before != nullptr) {
    for (const v1::MembreInstance& m : before->membres()) known.insert(m.SerializeAsString());
  }
  std::vector<status::Violation> violations;
  v1::Instance kept;
  for (int i = 0; i < after->membres_size(); ++i) {
    const v1::MembreInstance& m = after->membres(i);
    if (DateDe(m.conserver_jusqu_au()) >= today) {
      *kept.add_membres() = m;
    } else if (!known.contains(m.SerializeAsString())) {
      violations.push_back({absl::StrCat("membres[", i, "].conserver_jusqu_au"),
                            "CONSERVATION_DEPASSEE",
                            "Le nom de ce membre ne peut déjà plus être conservé."});
    }
  }
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  after->mutable_membres()->Swap(kept.mutable_membres());
  return absl::OkStatus();
}

absl::Status Verifier(const v1::Labellisation& label) {
  if (PeriodeOrdonnee(label)) return absl::OkStatus();
  return status::InvalidRequest(
      {{"valide_au", "DATES_INCOHERENTES", "La fin du label vient après son début."}});
}

}  // namespace pdv::contrats
