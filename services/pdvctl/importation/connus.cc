#include "services/pdvctl/importation/connus.h"

#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/pdvctl/commandes/pages.h"

namespace pdv::pdvctl {

absl::StatusOr<std::set<std::string>> ContratsConnus(Passerelle& passerelle,
                                                     const std::string& filtre) {
  std::set<std::string> names;
  contrats::v1::ListContratsRequest request;
  request.set_filter(filtre);
  absl::Status read = ParcourirPages<contrats::v1::ListContratsResponse>(
      passerelle, "pdv.contrats.v1.ContratsService/ListContrats", request, [&](const auto& page) {
        for (const auto& contrat : page.contrats()) names.insert(contrat.name());
      });
  if (!read.ok()) return read;
  return names;
}

absl::StatusOr<std::set<std::string>> PorteursConnus(Passerelle& passerelle) {
  std::set<std::string> names;
  absl::Status read = ParcourirPages<actions::v1::ListPorteursResponse>(
      passerelle, "pdv.actions.v1.ActionsService/ListPorteurs", actions::v1::ListPorteursRequest(),
      [&](const auto& page) {
        for (const auto& porteur : page.porteurs()) names.insert(porteur.name());
      });
  if (!read.ok()) return read;
  return names;
}

}  // namespace pdv::pdvctl
