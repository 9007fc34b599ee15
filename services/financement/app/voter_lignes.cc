// BatchVoterLignes: thousands of votes in one transaction, set by set.
#include <memory>

#include "absl/strings/numbers.h"
#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/decision.h"

namespace pdv::financement {
namespace {

// More would not fit in the message that a client accepts.
constexpr int kLignesRendues = 1000;

using Demande = std::shared_ptr<const v1::BatchVoterLignesRequest>;

std::vector<store::Read> ToutesLesSuites(const v1::BatchVoterLignesRequest& request,
                                         const store::Changes& changes) {
  std::vector<store::Read> reads;
  for (const auto& one : request.requests()) {
    std::vector<store::Read> more = Suites(one.name(), changes);
    reads.insert(reads.end(), std::make_move_iterator(more.begin()),
                 std::make_move_iterator(more.end()));
  }
  return reads;
}

void Refuser(int rang, const std::string& name, const absl::Status& refus, v1::RefusLigne* one) {
  one->set_rang(rang);
  one->set_name(name);
  one->set_raison(status::ReasonOf(refus));
  one->set_message(std::string(refus.message()));
  int64_t reste = 0;
  if (absl::SimpleAtoi(status::MetadataOf(refus, "reste_centimes"), &reste))
    one->set_reste_centimes(reste);
}

absl::StatusOr<v1::BatchVoterLignesResponse> VoterToutes(const v1::BatchVoterLignesRequest& request,
                                                         store::Changes& changes) {
  v1::BatchVoterLignesResponse answer;
  GrandLivre livre(changes);
  for (int rang = 0; rang < request.requests_size(); ++rang) {
    const v1::VoterLigneRequest& one = request.requests(rang);
    const size_t mark = changes.staged();
    absl::StatusOr<v1::Ligne> voted =
        Decider(changes, livre, one.name(), one.etag(), Verbe::kVoter,
                [&](v1::Ligne& ligne) { return Vote(one, changes.now(), ligne); });
    if (voted.ok()) {
      answer.set_votees(answer.votees() + 1);
      if (request.requests_size() <= kLignesRendues) *answer.add_lignes() = *std::move(voted);
      continue;
    }
    // A fault of ours, half-way, is not a refusal.
    if (request.mode() != v1::MODE_LOT_ITEM_PAR_ITEM || changes.staged() != mark)
      return voted.status();
    Refuser(rang, one.name(), voted.status(), answer.add_refus());
  }
  absl::Status closed = livre.Clore();
  if (!closed.ok()) return closed;
  return answer;
}

}  // namespace

store::Mutation BatchVoterLignes(const v1::BatchVoterLignesRequest& request) {
  const Demande demande = std::make_shared<v1::BatchVoterLignesRequest>(request);
  std::vector<store::Read> reads;
  for (const auto& one : request.requests())
    reads.push_back(store::Read::Of<v1::Ligne>(one.name()));
  return store::DecideFollowing<v1::BatchVoterLignesResponse>(
      std::move(reads),
      [demande](const store::Changes& changes) { return ToutesLesSuites(*demande, changes); },
      [demande](store::Changes& changes) { return VoterToutes(*demande, changes); });
}

}  // namespace pdv::financement
