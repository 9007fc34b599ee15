#include "services/financement/app/decider_ligne.h"

#include "common/status/error.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/app/decision.h"
#include "services/financement/domain/montants.h"

namespace pdv::financement {
namespace {

// How long a proposal holds its envelope when nobody says: a vote comes within the quarter.
constexpr absl::Duration kReservation = absl::Hours(24 * 90);

template <class Request>
std::string MotifDe(const Request& request) {
  if constexpr (requires { request.motif(); }) return request.motif();
  return "";
}

template <class Request, class Set>
store::Mutation Verbal(const Request& request, Verbe verbe, Set set) {
  return store::DecideFollowing<v1::Ligne>(
      {store::Read::Of<v1::Ligne>(request.name())},
      [name = request.name()](const store::Changes& changes) { return Suites(name, changes); },
      [request, verbe, set](store::Changes& changes) -> absl::StatusOr<v1::Ligne> {
        GrandLivre livre(changes, MotifDe(request));
        absl::StatusOr<v1::Ligne> decided =
            Decider(changes, livre, request.name(), request.etag(), verbe,
                    [&](v1::Ligne& ligne) { return set(request, changes.now(), ligne); });
        if (!decided.ok()) return decided;
        absl::Status closed = livre.Clore();
        if (!closed.ok()) return closed;
        return decided;
      });
}

// A verb that moves no amount of its own.
template <class Request>
store::Mutation Simple(const Request& request, Verbe verbe) {
  return Verbal(request, verbe, [](const Request& request, absl::Time, v1::Ligne& ligne) {
    if constexpr (requires { request.motif(); }) ligne.set_motif(request.motif());
    return absl::OkStatus();
  });
}

// A line whose envelope is of autorisations d'engagement holds what it proposes: two proposals
// never count on the same euro. Crédits de paiement are taken when they are paid.
absl::Status Reserver(const v1::ProposerLigneRequest& request, absl::Time now,
                      const v1::Enveloppe* enveloppe, v1::Ligne& ligne) {
  Liberer(ligne);
  const auto expiry = google::protobuf::util::TimeUtil::NanosecondsToTimestamp(
      absl::ToUnixNanos(now + kReservation));
  if (request.has_expire_time() &&
      absl::FromUnixNanos(
          google::protobuf::util::TimeUtil::TimestampToNanoseconds(request.expire_time())) <= now)
    return status::Error(absl::StatusCode::kFailedPrecondition, "DATE_PASSEE",
                         "La réservation expirerait avant d'exister : donnez un instant à venir.");
  if (enveloppe == nullptr || enveloppe->nature() != v1::NATURE_ENVELOPPE_AE)
    return absl::OkStatus();
  ligne.set_reserve_droit_commun_centimes(ligne.propose_droit_commun_centimes());
  ligne.set_reserve_specifiques_centimes(ligne.propose_specifiques_centimes());
  if (ligne.propose_droit_commun_centimes() + ligne.propose_specifiques_centimes() > 0)
    *ligne.mutable_reserve_expire_time() =
        request.has_expire_time() ? request.expire_time() : expiry;
  return absl::OkStatus();
}

}  // namespace

store::Mutation PrendreEnChargeLigne(const v1::PrendreEnChargeLigneRequest& request) {
  return Simple(request, Verbe::kPrendreEnCharge);
}
store::Mutation DeclarerRecevableLigne(const v1::DeclarerRecevableLigneRequest& request) {
  return Simple(request, Verbe::kDeclarerRecevable);
}
store::Mutation DeclarerIrrecevableLigne(const v1::DeclarerIrrecevableLigneRequest& request) {
  return Simple(request, Verbe::kDeclarerIrrecevable);
}
store::Mutation ConstaterSansReponseLigne(const v1::ConstaterSansReponseLigneRequest& request) {
  return Simple(request, Verbe::kConstaterSansReponse);
}
store::Mutation RefuserLigne(const v1::RefuserLigneRequest& request) {
  return Simple(request, Verbe::kRefuser);
}

store::Mutation ProposerLigne(const v1::ProposerLigneRequest& request) {
  return store::DecideFollowing<v1::Ligne>(
      {store::Read::Of<v1::Ligne>(request.name())},
      [name = request.name()](const store::Changes& changes) { return Suites(name, changes); },
      [request](store::Changes& changes) -> absl::StatusOr<v1::Ligne> {
        GrandLivre livre(changes);
        absl::StatusOr<v1::Ligne> proposed = Decider(
            changes, livre, request.name(), request.etag(), Verbe::kProposer,
            [&](v1::Ligne& ligne) {
              ligne.set_propose_droit_commun_centimes(request.propose_droit_commun_centimes());
              ligne.set_propose_specifiques_centimes(request.propose_specifiques_centimes());
              return Reserver(request, changes.now(), livre.Enveloppe(ligne.enveloppe()), ligne);
            });
        if (!proposed.ok()) return proposed;
        absl::Status closed = livre.Clore();
        if (!closed.ok()) return closed;
        return proposed;
      });
}

store::Mutation VoterLigne(const v1::VoterLigneRequest& request) {
  return Verbal(request, Verbe::kVoter, Vote);
}

store::Mutation NotifierLigne(const v1::NotifierLigneRequest& request) {
  return Verbal(request, Verbe::kNotifier,
                [](const v1::NotifierLigneRequest& request, absl::Time now, v1::Ligne& ligne) {
                  *ligne.mutable_notifie_le() =
                      request.has_notifie_le() ? request.notifie_le() : DayInParis(now);
                  return absl::OkStatus();
                });
}

store::Mutation EngagerLigne(const v1::EngagerLigneRequest& request) {
  return Verbal(request, Verbe::kEngager,
                [](const v1::EngagerLigneRequest& request, absl::Time, v1::Ligne& ligne) {
                  ligne.set_engage_droit_commun_centimes(request.engage_droit_commun_centimes());
                  ligne.set_engage_specifiques_centimes(request.engage_specifiques_centimes());
                  if (!request.ej().empty()) ligne.set_ej(request.ej());
                  return absl::OkStatus();
                });
}

store::Mutation VerserLigne(const v1::VerserLigneRequest& request) {
  return Verbal(request, Verbe::kVerser,
                [](const v1::VerserLigneRequest& request, absl::Time, v1::Ligne& ligne) {
                  ligne.set_paye_droit_commun_centimes(request.paye_droit_commun_centimes());
                  ligne.set_paye_specifiques_centimes(request.paye_specifiques_centimes());
                  return absl::OkStatus();
                });
}

}  // namespace pdv::financement
