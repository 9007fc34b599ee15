#include "services/financement/app/grand_livre.h"

#include <random>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "services/financement/domain/montants.h"
#include "services/financement/store/ecritures.h"

namespace pdv::financement {
namespace {

// A random name: uniqueness is all that is asked of it.
std::string NouvelleOperation() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return absl::StrFormat("%016x%016x", random(), random());
}

}  // namespace

GrandLivre::GrandLivre(store::Changes& changes, std::string motif)
    : changes_(changes), motif_(std::move(motif)), operation_(NouvelleOperation()) {}

v1::Enveloppe* GrandLivre::Enveloppe(const std::string& name) {
  auto known = enveloppes_.find(name);
  if (known != enveloppes_.end()) return &known->second;
  const auto* row = name.empty() ? nullptr : changes_.Find<v1::Enveloppe>(name);
  return row == nullptr ? nullptr : &enveloppes_.emplace(name, *row).first->second;
}

absl::Status GrandLivre::Mouvoir(const v1::Ligne* before, const v1::Ligne& after, Cause cause) {
  v1::Enveloppe* enveloppe = Enveloppe(after.enveloppe());
  const bool asked_only =
      before != nullptr && MemesDecisions(*before, after) && MemeReserve(*before, after);
  if (enveloppe == nullptr && !after.enveloppe().empty() && !asked_only)
    return store::Changes::Missing(after.enveloppe());
  std::vector<v1::Ecriture> ecritures = EcrituresLigne(before, after, enveloppe, cause);
  if (enveloppe != nullptr) {
    absl::Status porte = PorterLigne(before, after, ecritures, *enveloppe);
    if (!porte.ok()) return porte;
  }
  return Inscrire(std::move(ecritures));
}

absl::Status GrandLivre::Passer(std::vector<v1::Ecriture> ecritures) {
  for (const v1::Ecriture& e : ecritures) {
    for (const std::string& name : {e.enveloppe(), e.contrepartie()}) {
      v1::Enveloppe* enveloppe = Enveloppe(name);
      if (enveloppe != nullptr) Porter(e, *enveloppe);
    }
  }
  return Inscrire(std::move(ecritures));
}

absl::Status GrandLivre::Inscrire(std::vector<v1::Ecriture> ecritures) {
  const rpc::Identity& caller = changes_.call().identity;
  for (v1::Ecriture& e : ecritures) {
    e.set_name(absl::StrCat(operation_, "-", changes_.staged()));
    e.set_operation(operation_);
    e.set_acteur(caller.acteur);
    e.set_organisation(caller.organisation);
    e.set_motif(motif_);
    e.set_request_id(changes_.request_id());
    absl::Status inserted = changes_.InsertRow(TableEcriture(), &e);
    if (!inserted.ok()) return inserted;
  }
  return absl::OkStatus();
}

absl::Status GrandLivre::Clore() {
  for (auto& [name, enveloppe] : enveloppes_) {
    const auto* row = changes_.Find<v1::Enveloppe>(name);
    if (row->SerializeAsString() == enveloppe.SerializeAsString()) continue;
    absl::Status updated = changes_.Update(std::move(enveloppe)).status();
    if (!updated.ok()) return updated;
  }
  enveloppes_.clear();
  return absl::OkStatus();
}

}  // namespace pdv::financement
