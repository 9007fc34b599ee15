#include "services/financement/app/doter_enveloppe.h"

#include "services/financement/app/appelant.h"
#include "services/financement/app/grand_livre.h"
#include "services/financement/domain/enveloppes.h"

namespace pdv::financement {
namespace {

// One movement of the envelope `request.name()`, with `autre` or with the outside (empty). `ecrire`
// says it: (enveloppe, autre) -> StatusOr<Ecriture>.
template <class Request, class Ecrire>
store::Mutation Mouvement(const Request& request, const std::string& autre, Ecrire ecrire) {
  // Locked once the lines of the transactions beside are, as the verbs of lines do: nobody waits for
  // somebody who waits for him.
  store::Read first = store::Read::Of<v1::Enveloppe>(request.name());
  first.lock = false;
  return store::DecideFollowing<v1::Enveloppe>(
      {first},
      [name = request.name(), autre](const store::Changes& changes) {
        const auto* enveloppe = changes.Find<v1::Enveloppe>(name);
        if (enveloppe == nullptr) return std::vector<store::Read>();
        std::vector<store::Read> reads{LectureTitulaire(enveloppe->financeur()),
                                       store::Read::Of<v1::Enveloppe>(name)};
        if (!autre.empty()) reads.push_back(store::Read::Of<v1::Enveloppe>(autre));
        return reads;
      },
      [request, autre, ecrire](store::Changes& changes) -> absl::StatusOr<v1::Enveloppe> {
        absl::StatusOr<v1::Enveloppe> enveloppe = changes.Get<v1::Enveloppe>(request.name());
        if (!enveloppe.ok()) return enveloppe;
        absl::Status allowed = VerifierEnveloppe(*enveloppe, changes);
        if (allowed.ok()) allowed = store::CheckEtag(*enveloppe, request.etag());
        if (!allowed.ok()) return allowed;
        absl::StatusOr<v1::Enveloppe> other = v1::Enveloppe();
        if (!autre.empty()) other = changes.Get<v1::Enveloppe>(autre);
        if (!other.ok()) return other;
        absl::StatusOr<v1::Ecriture> ecriture = ecrire(request, *enveloppe, *other);
        if (!ecriture.ok()) return ecriture.status();
        GrandLivre livre(changes, request.motif());
        absl::Status passed = livre.Passer({*std::move(ecriture)});
        if (passed.ok()) passed = livre.Clore();
        if (!passed.ok()) return passed;
        return changes.Get<v1::Enveloppe>(request.name());
      });
}

}  // namespace

store::Mutation AbonderEnveloppe(const v1::AbonderEnveloppeRequest& request) {
  return Mouvement(request, "",
                   [](const auto& request, const v1::Enveloppe& enveloppe,
                      const v1::Enveloppe&) -> absl::StatusOr<v1::Ecriture> {
                     return Abonder(enveloppe, request.montant_centimes());
                   });
}

store::Mutation DeleguerEnveloppe(const v1::DeleguerEnveloppeRequest& request) {
  return Mouvement(
      request, request.enfant(),
      [](const auto& request, const v1::Enveloppe& parent, const v1::Enveloppe& enfant) {
        return Deleguer(parent, enfant, request.montant_centimes(), request.reprise());
      });
}

store::Mutation TransfererEnveloppe(const v1::TransfererEnveloppeRequest& request) {
  return Mouvement(
      request, request.destination(),
      [](const auto& request, const v1::Enveloppe& source, const v1::Enveloppe& destination) {
        return Transferer(source, destination, request.montant_centimes());
      });
}

store::Mutation GelerEnveloppe(const v1::GelerEnveloppeRequest& request) {
  return Mouvement(request, "",
                   [](const auto& request, const v1::Enveloppe& enveloppe, const v1::Enveloppe&) {
                     return Geler(enveloppe, request.montant_centimes());
                   });
}

store::Mutation DegelerEnveloppe(const v1::DegelerEnveloppeRequest& request) {
  return Mouvement(request, "",
                   [](const auto& request, const v1::Enveloppe& enveloppe, const v1::Enveloppe&) {
                     return Degeler(enveloppe, request.montant_centimes());
                   });
}

store::Mutation ReporterEnveloppe(const v1::ReporterEnveloppeRequest& request) {
  return Mouvement(
      request, request.destination(),
      [](const auto& request, const v1::Enveloppe& source, const v1::Enveloppe& destination) {
        const int64_t montant = request.montant_centimes() > 0 ? request.montant_centimes()
                                                               : source.disponible_centimes();
        return Reporter(source, destination, montant);
      });
}

}  // namespace pdv::financement
