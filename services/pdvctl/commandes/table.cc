#include "services/pdvctl/commandes/commande.h"
#include "services/pdvctl/commandes/examiner.h"

namespace pdv::pdvctl {

const std::vector<Commande>& Commandes() {
  static const std::vector<Commande> kCommandes = {
      {DeclarationExaminer(), ExecuterExaminer},
  };
  return kCommandes;
}

}  // namespace pdv::pdvctl
