#include "services/financement/app/semer_etat.h"

#include "pdv/financement/v1/financeur.pb.h"

namespace pdv::financement {

absl::Status SemerEtat(store::Store& store) {
  auto etat = std::make_shared<v1::Financeur>();
  etat->set_name("financeurs/etat");
  etat->set_libelle("État (ANCT, programme 147)");
  etat->set_categorie(v1::CATEGORIE_FINANCEUR_ETAT);
  etat->set_utilise_la_suite(true);
  auto call = std::make_shared<rpc::Call>();
  call->deadline = absl::InfiniteFuture();
  call->identity.acteur = "financement";
  auto mutation = store::Decide<v1::Financeur>(
      {store::Read::Of<v1::Financeur>(etat->name())},
      [row = *etat](store::Changes& changes) -> absl::StatusOr<v1::Financeur> {
        const auto* known = changes.Find<v1::Financeur>(row.name());
        if (known != nullptr) return *known;
        return changes.Insert(row);
      });
  return store.MutateAndWait(call, etat, std::move(mutation)).status();
}

}  // namespace pdv::financement
