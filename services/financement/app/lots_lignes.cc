// BatchVoterLignes and BatchDeciderLignes: thousands of decisions in one transaction, set by set.
#include <memory>
#include <optional>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/verbes_ligne.h"

namespace pdv::financement {
namespace {

// More would not fit in the message that a client accepts.
constexpr int kLignesRendues = 1000;
// Refusals told of a batch that is refused whole; the others are counted.
constexpr int kRefusDits = 100;

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

// All or none: the refusal of the whole is that of the first item refused, and names the others, so
// that one answer is enough to mend them all.
class RefusDuTout {
 public:
  void Ajouter(int rang, const std::string& ligne, const absl::Status& refus) {
    if (nombre_++ == 0) {
      tout_ = status::Error::Of(refus);
      tout_->With("rang", rang).With("ligne", ligne);
    }
    if (nombre_ > kRefusDits) return;
    tout_->Precondition(status::ReasonOf(refus), ligne,
                        absl::StrCat("Ligne n° ", rang + 1, " : ", refus.message()));
  }
  absl::Status Conclure() {
    return nombre_ == 0 ? absl::OkStatus() : tout_->With("refus", nombre_).Build();
  }

 private:
  std::optional<status::Error> tout_;
  int nombre_ = 0;
};

template <class Response, class Request>
absl::StatusOr<Response> DeciderTout(const Request& request, store::Changes& changes) {
  Response answer;
  RefusDuTout tout;
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
    // A fault of ours, half-way or without a reason, is not a refusal.
    if (changes.staged() != mark || status::ReasonOf(decided.status()).empty())
      return decided.status();
    const std::string name = Avec(item, [](const auto& one) { return one.name(); });
    if (request.mode() == v1::MODE_LOT_ITEM_PAR_ITEM) {
      Refuser(rang, name, decided.status(), answer.add_refus());
    } else {
      tout.Ajouter(rang, name, decided.status());
    }
  }
  absl::Status whole = tout.Conclure();
  if (whole.ok()) whole = livre.Clore();
  if (!whole.ok()) return whole;
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
