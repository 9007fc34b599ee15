#include "services/evaluation/app/semer_indicateurs.h"

#include "services/evaluation/domain/referentiel.h"

namespace pdv::evaluation {

absl::Status SemerIndicateurs(store::Store& store) {
  const std::vector<v1::Indicateur> wanted = Indicateurs();
  std::vector<store::Read> reads;
  for (const auto& one : wanted) reads.push_back(store::Read::Of<v1::Indicateur>(one.name()));
  auto call = std::make_shared<rpc::Call>();
  call->deadline = absl::InfiniteFuture();
  call->identity.acteur = "evaluation";
  auto mutation = store::Decide<v1::Indicateur>(
      std::move(reads), [wanted](store::Changes& changes) -> absl::StatusOr<v1::Indicateur> {
        for (const auto& one : wanted) {
          if (changes.Find<v1::Indicateur>(one.name()) != nullptr) continue;
          absl::Status inserted = changes.Insert(one).status();
          if (!inserted.ok()) return inserted;
        }
        return wanted.front();
      });
  return store.MutateAndWait(call, std::make_shared<const v1::Indicateur>(), std::move(mutation))
      .status();
}

}  // namespace pdv::evaluation
