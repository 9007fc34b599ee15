// BatchVoterLignes and BatchDeciderLignes: thousands of decisions in one transaction, set by set.
#include <memory>
#include <utility>

#include "absl/strings/numbers.h"
#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/verbes_ligne.h"

namespace pdv::financement {
namespace {

// More would not fit in the message that a client accepts.
constexpr int kLignesRendues = 1000;

// Calls f(request) with the one request that an act holds.
template <class F>
auto Avec(const v1::ActeLigne& acte, F f) {
  switch (acte.acte_case()) {
    case v1::ActeLigne::kPrendreEnCharge:
      return f(acte.prendre_en_charge());
    case v1::ActeLigne::kDeclarerRecevable:
      return f(acte.declarer_recevable());
    case v1::ActeLigne::kDeclarerIrrecevable:
      return f(acte.declarer_irrecevable());
    case v1::ActeLigne::kConstaterSansReponse:
      return f(acte.constater_sans_reponse());
    case v1::ActeLigne::kProposer:
      return f(acte.proposer());
    case v1::ActeLigne::kRefuser:
      return f(acte.refuser());
    case v1::ActeLigne::kNotifier:
      return f(acte.notifier());
    case v1::ActeLigne::kEngager:
      return f(acte.engager());
    case v1::ActeLigne::kVerser:
      return f(acte.verser());
    case v1::ActeLigne::kVoter:
    case v1::ActeLigne::ACTE_NOT_SET:  // no line is named "": it is refused as unknown
      break;
  }
  return f(acte.voter());
}
template <class F>
auto Avec(const v1::VoterLigneRequest& vote, F f) {
  return f(vote);
}

const auto& Items(const v1::BatchVoterLignesRequest& request) { return request.requests(); }
const auto& Items(const v1::BatchDeciderLignesRequest& request) { return request.actes(); }

void Refuser(int rang, const std::string& name, const absl::Status& refus, v1::RefusLigne* one) {
  one->set_rang(rang);
  one->set_name(name);
  one->set_raison(status::ReasonOf(refus));
  one->set_message(std::string(refus.message()));
  int64_t reste = 0;
  if (absl::SimpleAtoi(status::MetadataOf(refus, "reste_centimes"), &reste))
    one->set_reste_centimes(reste);
}

template <class Response, class Request>
absl::StatusOr<Response> DeciderTout(const Request& request, store::Changes& changes) {
  Response answer;
  GrandLivre livre(changes);
  for (int rang = 0; rang < Items(request).size(); ++rang) {
    const auto& item = Items(request)[rang];
    const size_t mark = changes.staged();
    absl::StatusOr<v1::Ligne> decided =
        Avec(item, [&](const auto& one) { return Agir(one, changes, livre); });
    if (decided.ok()) {
      if (Items(request).size() <= kLignesRendues) *answer.add_lignes() = *std::move(decided);
      continue;
    }
    // A fault of ours, half-way, is not a refusal.
    if (request.mode() != v1::MODE_LOT_ITEM_PAR_ITEM || changes.staged() != mark)
      return decided.status();
    Refuser(rang, Avec(item, [](const auto& one) { return one.name(); }), decided.status(),
            answer.add_refus());
  }
  absl::Status closed = livre.Clore();
  if (!closed.ok()) return closed;
  const int done = Items(request).size() - answer.refus_size();
  if constexpr (requires { answer.set_votees(done); }) {
    answer.set_votees(done);
  } else {
    answer.set_faits(done);
  }
  return answer;
}

template <class Response, class Request>
store::Mutation Lot(const Request& request) {
  const auto demande = std::make_shared<const Request>(request);
  std::vector<store::Read> reads;
  for (const auto& item : Items(*demande))
    reads.push_back(
        store::Read::Of<v1::Ligne>(Avec(item, [](const auto& one) { return one.name(); })));
  return store::DecideFollowing<Response>(
      std::move(reads),
      [demande](const store::Changes& changes) {
        std::vector<store::Read> all;
        for (const auto& item : Items(*demande)) {
          std::vector<store::Read> more =
              Avec(item, [&](const auto& one) { return Lectures(one, changes); });
          all.insert(all.end(), std::make_move_iterator(more.begin()),
                     std::make_move_iterator(more.end()));
        }
        return all;
      },
      [demande](store::Changes& changes) { return DeciderTout<Response>(*demande, changes); });
}

}  // namespace

store::Mutation BatchVoterLignes(const v1::BatchVoterLignesRequest& request) {
  return Lot<v1::BatchVoterLignesResponse>(request);
}

store::Mutation BatchDeciderLignes(const v1::BatchDeciderLignesRequest& request) {
  return Lot<v1::BatchDeciderLignesResponse>(request);
}

}  // namespace pdv::financement
