#include "services/pdvctl/importation/connus.h"

#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/pdvctl/commandes/pages.h"

namespace pdv::pdvctl {

absl::StatusOr<std::set<std::string>> TousLesContrats(Passerelle& passerelle) {
  auto all = ToutesLesPages<contrats::v1::ListContratsResponse>(
      passerelle, "pdv.contrats.v1.ContratsService/ListContrats",
      contrats::v1::ListContratsRequest());
  if (!all.ok()) return all.status();
  std::set<std::string> names;
  for (const auto& contrat : all->contrats()) names.insert(contrat.name());
  return names;
}

absl::StatusOr<std::set<std::string>> PorteursConnus(Passerelle& passerelle) {
  auto all = ToutesLesPages<actions::v1::ListPorteursResponse>(
      passerelle, "pdv.actions.v1.ActionsService/ListPorteurs", actions::v1::ListPorteursRequest());
  if (!all.ok()) return all.status();
  std::set<std::string> names;
  for (const auto& porteur : all->porteurs()) names.insert(porteur.name());
  return names;
}

}  // namespace pdv::pdvctl
