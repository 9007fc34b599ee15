#include "services/actions/domain/lieu.h"

#include <set>
#include <string>

namespace pdv::actions {
namespace {

// The only element; "" where there are none or several.
std::string Seul(const std::set<std::string>& names) {
  return names.size() == 1 ? *names.begin() : "";
}

}  // namespace

Lieu LieuDe(const contrats::v1::Contrat* contrat,
            const std::vector<const contrats::v1::Qpv*>& quartiers) {
  std::set<std::string> departements, regions;
  if (contrat != nullptr) {
    departements.insert(contrat->departements().begin(), contrat->departements().end());
    regions.insert(contrat->regions().begin(), contrat->regions().end());
  }
  std::set<std::string> departements_qpv, regions_qpv;
  for (const auto* quartier : quartiers) {
    departements_qpv.insert(quartier->departement());
    regions_qpv.insert(quartier->region());
  }
  Lieu lieu{Seul(departements), Seul(regions)};
  if (lieu.departement.empty()) lieu.departement = Seul(departements_qpv);
  if (lieu.region.empty()) lieu.region = Seul(regions_qpv);
  return lieu;
}

bool ChangeDeLieu(const v1::Action& before, const v1::Action& after) {
  const auto quartiers = [](const v1::Action& action) {
    std::set<std::string> names;
    for (const v1::PartQuartier& part : action.quartiers()) names.insert(part.qpv());
    return names;
  };
  return before.contrat() != after.contrat() || quartiers(before) != quartiers(after);
}

void OublierLieu(const Lieu& deduit, const v1::Action& before, v1::Action* after) {
  if (after->departement() == before.departement() && before.departement() == deduit.departement)
    after->clear_departement();
  if (after->region() == before.region() && before.region() == deduit.region) after->clear_region();
}

void CompleterLieu(const contrats::v1::Contrat* contrat,
                   const std::vector<const contrats::v1::Qpv*>& quartiers, v1::Action* action) {
  const Lieu lieu = LieuDe(contrat, quartiers);
  if (action->departement().empty()) action->set_departement(lieu.departement);
  if (action->region().empty()) action->set_region(lieu.region);
}

}  // namespace pdv::actions
