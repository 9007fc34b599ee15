#include "services/financement/app/verbes_ligne.h"

#include "common/status/error.h"
#include "google/protobuf/util/time_util.h"
#include "pdv/financement/v1/financeur.pb.h"
#include "services/financement/app/budgets.h"
#include "services/financement/app/decision.h"
#include "services/financement/domain/budget.h"
#include "services/financement/domain/montants.h"

namespace pdv::financement {
namespace {

// How long a proposal holds its envelope when nobody says: a vote comes within the quarter.
constexpr absl::Duration kReservation = absl::Hours(24 * 90);

template <class Request, class Set>
absl::StatusOr<v1::Ligne> Decider(const Request& request, Verbe verbe, store::Changes& changes,
                                  GrandLivre& livre, Set set) {
  if constexpr (requires { request.motif(); }) {
    livre.Motiver(request.motif());
  } else {
    livre.Motiver("");
  }
  return Decider(changes, livre, request.name(), request.etag(), verbe, set);
}

// A verb that moves no amount of its own.
template <class Request>
absl::StatusOr<v1::Ligne> Simple(const Request& request, Verbe verbe, store::Changes& changes,
                                 GrandLivre& livre) {
  return Decider(request, verbe, changes, livre, [&](v1::Ligne& ligne) {
    if constexpr (requires { request.motif(); }) ligne.set_motif(request.motif());
    return absl::OkStatus();
  });
}

// Who proposes or votes says which envelope is to pay. One that holds the line's money already
// stays.
template <class Request>
absl::Status Imputer(const Request& request, const store::Changes& changes, v1::Ligne& ligne) {
  if (request.enveloppe().empty() || request.enveloppe() == ligne.enveloppe())
    return absl::OkStatus();
  const auto* before = changes.Find<v1::Ligne>(ligne.name());
  if (before->reserve_droit_commun_centimes() + before->reserve_specifiques_centimes() > 0)
    return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNE_RESERVEE",
                         "L'enveloppe de cette ligne lui réserve déjà de l'argent : elle n'en "
                         "change pas avant le vote, le refus ou l'échéance de la réservation.")
        .With("enveloppe", ligne.enveloppe());
  const auto* enveloppe = changes.Find<v1::Enveloppe>(request.enveloppe());
  if (enveloppe == nullptr) return store::Changes::Missing(request.enveloppe());
  ligne.set_enveloppe(request.enveloppe());
  const auto* budget = changes.Find<v1::Budget>(BudgetDe(ligne.action()));
  return budget == nullptr ? absl::OkStatus() : VerifierImputation(*enveloppe, *budget);
}

// Some funders follow every euro that they vote: their vote is taken from an envelope of
// autorisations d'engagement, or it is not taken.
absl::Status ExigerEnveloppe(const v1::Ligne& ligne, const store::Changes& changes) {
  const auto* financeur = changes.Find<v1::Financeur>(ligne.financeur());
  if (financeur == nullptr || !financeur->impute_ses_votes()) return absl::OkStatus();
  const auto* enveloppe = changes.Find<v1::Enveloppe>(ligne.enveloppe());
  if (enveloppe != nullptr && enveloppe->nature() == v1::NATURE_ENVELOPPE_AE)
    return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_MANQUANTE",
                       "Ce financeur prend chacun de ses votes sur une enveloppe d'autorisations "
                       "d'engagement : dites laquelle.")
      .With("financeur", ligne.financeur());
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

absl::StatusOr<v1::Ligne> Agir(const v1::PrendreEnChargeLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre) {
  return Simple(request, Verbe::kPrendreEnCharge, changes, livre);
}
absl::StatusOr<v1::Ligne> Agir(const v1::DeclarerRecevableLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre) {
  return Simple(request, Verbe::kDeclarerRecevable, changes, livre);
}
absl::StatusOr<v1::Ligne> Agir(const v1::DeclarerIrrecevableLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre) {
  return Simple(request, Verbe::kDeclarerIrrecevable, changes, livre);
}
absl::StatusOr<v1::Ligne> Agir(const v1::ConstaterSansReponseLigneRequest& request,
                               store::Changes& changes, GrandLivre& livre) {
  return Simple(request, Verbe::kConstaterSansReponse, changes, livre);
}
absl::StatusOr<v1::Ligne> Agir(const v1::RefuserLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre) {
  return Simple(request, Verbe::kRefuser, changes, livre);
}

absl::StatusOr<v1::Ligne> Agir(const v1::ProposerLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre) {
  return Decider(request, Verbe::kProposer, changes, livre, [&](v1::Ligne& ligne) {
    absl::Status status = Imputer(request, changes, ligne);
    if (!status.ok()) return status;
    ligne.set_propose_droit_commun_centimes(request.propose_droit_commun_centimes());
    ligne.set_propose_specifiques_centimes(request.propose_specifiques_centimes());
    return Reserver(request, changes.now(), livre.Enveloppe(ligne.enveloppe()), ligne);
  });
}

absl::StatusOr<v1::Ligne> Agir(const v1::VoterLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre) {
  return Decider(request, Verbe::kVoter, changes, livre, [&](v1::Ligne& ligne) {
    absl::Status status = Imputer(request, changes, ligne);
    if (status.ok()) status = ExigerEnveloppe(ligne, changes);
    if (!status.ok()) return status;
    ligne.set_vote_droit_commun_centimes(request.vote_droit_commun_centimes());
    ligne.set_vote_specifiques_centimes(request.vote_specifiques_centimes());
    *ligne.mutable_vote_le() =
        request.has_vote_le() ? request.vote_le() : DayInParis(changes.now());
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Ligne> Agir(const v1::NotifierLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre) {
  return Decider(request, Verbe::kNotifier, changes, livre, [&](v1::Ligne& ligne) {
    *ligne.mutable_notifie_le() =
        request.has_notifie_le() ? request.notifie_le() : DayInParis(changes.now());
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Ligne> Agir(const v1::EngagerLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre) {
  return Decider(request, Verbe::kEngager, changes, livre, [&](v1::Ligne& ligne) {
    ligne.set_engage_droit_commun_centimes(request.engage_droit_commun_centimes());
    ligne.set_engage_specifiques_centimes(request.engage_specifiques_centimes());
    if (!request.ej().empty()) ligne.set_ej(request.ej());
    return absl::OkStatus();
  });
}

absl::StatusOr<v1::Ligne> Agir(const v1::VerserLigneRequest& request, store::Changes& changes,
                               GrandLivre& livre) {
  return Decider(request, Verbe::kVerser, changes, livre, [&](v1::Ligne& ligne) {
    ligne.set_paye_droit_commun_centimes(request.paye_droit_commun_centimes());
    ligne.set_paye_specifiques_centimes(request.paye_specifiques_centimes());
    return absl::OkStatus();
  });
}

}  // namespace pdv::financement
