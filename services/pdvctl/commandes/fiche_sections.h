#ifndef PDV_SERVICES_PDVCTL_COMMANDES_FICHE_SECTIONS_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_FICHE_SECTIONS_H_

#include <string>
#include <vector>

#include "google/protobuf/any.pb.h"
#include "google/protobuf/repeated_field.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/commande.h"

namespace pdv::pdvctl {

// A titled part of a page; nothing where it is empty.
inline void DireSection(const char* titre, const std::string& corps, Contexte& contexte) {
  if (corps.empty()) return;
  contexte.sortie << "\n"
                  << Styler(titre, Style::kTitre, contexte.terminal_sortie) << "\n"
                  << corps;
}
inline void DireTable(const char* titre, const Tableau& table, Contexte& contexte) {
  if (!table.vide()) DireSection(titre, table.Rendre(contexte.terminal_sortie), contexte);
}

// What a fiche holds of that type, in its order.
template <class Ressource>
std::vector<Ressource> Deballer(
    const google::protobuf::RepeatedPtrField<google::protobuf::Any>& parts) {
  std::vector<Ressource> resources;
  for (const google::protobuf::Any& part : parts) {
    Ressource one;
    if (part.UnpackTo(&one)) resources.push_back(std::move(one));
  }
  return resources;
}

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_FICHE_SECTIONS_H_
