#include "services/financement/app/decider_ligne.h"

#include "services/financement/app/regles_ressources.h"
#include "services/financement/domain/etats.h"
#include "services/financement/domain/montants.h"

namespace pdv::financement {
namespace {

std::vector<store::Read> EnveloppeDe(const std::string& name, const store::Changes& changes) {
  const auto* ligne = changes.Find<v1::Ligne>(name);
  return ligne == nullptr ? std::vector<store::Read>() : LecturesLigne(*ligne);
}

// One verb on one line: state, amounts, envelope. `set` writes what the request says.
template <class Set>
absl::StatusOr<v1::Ligne> Decider(store::Changes& changes, const std::string& name,
                                  const std::string& etag, Verbe verbe, const Set& set) {
  absl::StatusOr<v1::Ligne> ligne = changes.Get<v1::Ligne>(name);
  if (!ligne.ok()) return ligne;
  absl::Status status = store::CheckEtag(*ligne, etag);
  if (!status.ok()) return status;
  absl::StatusOr<EtatLigne> etat = Transition(ligne->etat(), verbe);
  if (!etat.ok()) return etat.status();
  const v1::Ligne before = *ligne;
  ligne->set_etat(*etat);
  set(*ligne);
  status = VerifierVerbe(verbe, before, *ligne);
  if (status.ok()) status = VerifierMontants(*ligne);
  if (status.ok()) status = ImputerEnveloppe(&before, *ligne, changes);
  if (!status.ok()) return status;
  return changes.Update(*std::move(ligne));
}

template <class Request, class Set>
store::Mutation Verbal(const Request& request, Verbe verbe, Set set) {
  return store::DecideFollowing<v1::Ligne>(
      {store::Read::Of<v1::Ligne>(request.name())},
      [name = request.name()](const store::Changes& changes) { return EnveloppeDe(name, changes); },
      [request, verbe, set](store::Changes& changes) {
        return Decider(changes, request.name(), request.etag(), verbe,
                       [&](v1::Ligne& ligne) { set(request, changes.now(), ligne); });
      });
}

// The day of an instant, where the law is made.
google::type::Date DayInParis(absl::Time instant) {
  static const absl::TimeZone paris = [] {
    absl::TimeZone zone = absl::UTCTimeZone();
    absl::LoadTimeZone("Europe/Paris", &zone);
    return zone;
  }();
  const absl::CivilDay day = absl::ToCivilDay(instant, paris);
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

void Vote(const v1::VoterLigneRequest& request, absl::Time now, v1::Ligne& ligne) {
  ligne.set_vote_droit_commun_centimes(request.vote_droit_commun_centimes());
  ligne.set_vote_specifiques_centimes(request.vote_specifiques_centimes());
  *ligne.mutable_vote_le() = request.has_vote_le() ? request.vote_le() : DayInParis(now);
}

}  // namespace

store::Mutation ProposerLigne(const v1::ProposerLigneRequest& request) {
  return Verbal(request, Verbe::kProposer,
                [](const v1::ProposerLigneRequest& request, absl::Time, v1::Ligne& ligne) {
                  ligne.set_propose_droit_commun_centimes(request.propose_droit_commun_centimes());
                  ligne.set_propose_specifiques_centimes(request.propose_specifiques_centimes());
                });
}

store::Mutation VoterLigne(const v1::VoterLigneRequest& request) {
  return Verbal(request, Verbe::kVoter, Vote);
}

store::Mutation RefuserLigne(const v1::RefuserLigneRequest& request) {
  return Verbal(request, Verbe::kRefuser,
                [](const v1::RefuserLigneRequest& request, absl::Time, v1::Ligne& ligne) {
                  ligne.set_motif(request.motif());
                });
}

store::Mutation EngagerLigne(const v1::EngagerLigneRequest& request) {
  return Verbal(request, Verbe::kEngager,
                [](const v1::EngagerLigneRequest& request, absl::Time, v1::Ligne& ligne) {
                  ligne.set_engage_droit_commun_centimes(request.engage_droit_commun_centimes());
                  ligne.set_engage_specifiques_centimes(request.engage_specifiques_centimes());
                  if (!request.ej().empty()) ligne.set_ej(request.ej());
                });
}

store::Mutation VerserLigne(const v1::VerserLigneRequest& request) {
  return Verbal(request, Verbe::kVerser,
                [](const v1::VerserLigneRequest& request, absl::Time, v1::Ligne& ligne) {
                  ligne.set_paye_droit_commun_centimes(request.paye_droit_commun_centimes());
                  ligne.set_paye_specifiques_centimes(request.paye_specifiques_centimes());
                });
}

store::Mutation BatchVoterLignes(const v1::BatchVoterLignesRequest& request) {
  std::vector<store::Read> reads;
  for (const auto& one : request.requests())
    reads.push_back(store::Read::Of<v1::Ligne>(one.name()));
  return store::DecideFollowing<v1::BatchVoterLignesResponse>(
      std::move(reads),
      [request](const store::Changes& changes) {
        std::vector<store::Read> envelopes;
        for (const auto& one : request.requests()) {
          std::vector<store::Read> more = EnveloppeDe(one.name(), changes);
          envelopes.insert(envelopes.end(), more.begin(), more.end());
        }
        return envelopes;
      },
      [request](store::Changes& changes) -> absl::StatusOr<v1::BatchVoterLignesResponse> {
        v1::BatchVoterLignesResponse answer;
        for (const auto& one : request.requests()) {
          absl::StatusOr<v1::Ligne> voted =
              Decider(changes, one.name(), one.etag(), Verbe::kVoter,
                      [&](v1::Ligne& ligne) { Vote(one, changes.now(), ligne); });
          if (!voted.ok()) return voted.status();
          *answer.add_lignes() = *std::move(voted);
        }
        return answer;
      });
}

}  // namespace pdv::financement
