#include "services/contrats/app/semer_referentiel.h"

#include <memory>

#include "services/contrats/domain/referentiel.h"

namespace pdv::contrats {
namespace {

template <class T>
void AddReads(const std::vector<T>& rows, std::vector<store::Read>* reads) {
  for (const T& row : rows) reads->push_back(store::Read::Of<T>(row.name()));
}

template <class T>
absl::Status InsertMissing(const std::vector<T>& rows, store::Changes& changes) {
  for (const T& row : rows) {
    if (changes.Find<T>(row.name()) != nullptr) continue;
    absl::Status inserted = changes.Insert(row).status();
    if (!inserted.ok()) return inserted;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status SemerReferentiel(store::Store& store) {
  const auto nomenclatures = Nomenclatures();
  const auto thematiques = Thematiques();
  const auto correspondances = Correspondances();
  const auto dispositifs = Dispositifs();
  std::vector<store::Read> reads;
  AddReads(nomenclatures, &reads);
  AddReads(thematiques, &reads);
  AddReads(correspondances, &reads);
  AddReads(dispositifs, &reads);
  auto call = std::make_shared<rpc::Call>();
  call->deadline = absl::InfiniteFuture();
  call->identity.acteur = "contrats";
  auto mutation = store::Decide<v1::Nomenclature>(
      std::move(reads), [=](store::Changes& changes) -> absl::StatusOr<v1::Nomenclature> {
        absl::Status status = InsertMissing(nomenclatures, changes);
        if (status.ok()) status = InsertMissing(thematiques, changes);
        if (status.ok()) status = InsertMissing(correspondances, changes);
        if (status.ok()) status = InsertMissing(dispositifs, changes);
        if (!status.ok()) return status;
        return nomenclatures.front();
      });
  return store.MutateAndWait(call, std::make_shared<const v1::Nomenclature>(), std::move(mutation))
      .status();
}

}  // namespace pdv::contrats
