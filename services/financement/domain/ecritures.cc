#include "services/financement/domain/ecritures.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/centimes.h"
#include "services/financement/domain/comptes.h"

namespace pdv::financement {
namespace {

using enum Stade;

v1::NatureEcriture NatureDuStade(Stade stade) {
  switch (stade) {
    case kDemande:
      return v1::NATURE_ECRITURE_DEMANDE;
    case kPropose:
      return v1::NATURE_ECRITURE_PROPOSITION;
    case kReserve:
      return v1::NATURE_ECRITURE_RESERVATION;
    case kVote:
      return v1::NATURE_ECRITURE_VOTE;
    case kEngage:
      return v1::NATURE_ECRITURE_ENGAGEMENT;
    case kPaye:
      return v1::NATURE_ECRITURE_VERSEMENT;
  }
  return v1::NATURE_ECRITURE_UNSPECIFIED;
}

// The entries of one line, as they come.
class Plume {
 public:
  Plume(const v1::Ligne& before, const v1::Ligne& after, const v1::Enveloppe* enveloppe,
        Cause cause)
      : before_(before), after_(after), enveloppe_(enveloppe), cause_(cause) {}

  // One account that goes from one balance to another, against where its money comes from.
  void Poser(const Poste& poste, int64_t avant, int64_t apres) {
    const bool tenu = Fournit(enveloppe_, poste.stade);
    // The envelope of the line has changed: what it had goes back outside, and is taken again.
    const bool change = before_.enveloppe() != after_.enveloppe() && tenu;
    if (change && avant > 0) {
      Ecrire(Compte(after_, poste), CompteExterieur(after_.financeur()), avant,
             v1::NATURE_ECRITURE_CORRECTION, false);
      avant = 0;
    }
    if (avant == apres) return;
    const std::string source =
        tenu ? CompteDisponible(*enveloppe_) : CompteExterieur(after_.financeur());
    const std::string compte = Compte(after_, poste);
    const auto nature = Nature(poste.stade, avant, apres);
    if (apres > avant)
      Ecrire(source, compte, apres - avant, nature, tenu);
    else
      Ecrire(compte, source, avant - apres, nature, tenu);
  }

  // What was reserved is what is voted, as far as it goes.
  int64_t VoterLeReserve(const Poste& reserve, const Poste& vote) {
    const int64_t rendu = (before_.*reserve.lire)() - (after_.*reserve.lire)();
    const int64_t vote_de_plus = (after_.*vote.lire)() - (before_.*vote.lire)();
    const int64_t montant = std::min(rendu, vote_de_plus);
    if (montant <= 0) return 0;
    Ecrire(Compte(after_, reserve), Compte(after_, vote), montant,
           cause_ == Cause::kImport ? v1::NATURE_ECRITURE_IMPORT : v1::NATURE_ECRITURE_VOTE, true);
    return montant;
  }

  // What returns to the envelope first: its balance never dips on the way.
  std::vector<v1::Ecriture> Rendre() {
    std::stable_partition(ecritures_.begin(), ecritures_.end(), [](const v1::Ecriture& e) {
      return absl::EndsWith(e.credit(), "/comptes/disponible");
    });
    return std::move(ecritures_);
  }

 private:
  static bool Fournit(const v1::Enveloppe* enveloppe, Stade stade) {
    if (enveloppe == nullptr) return false;
    if (enveloppe->nature() == v1::NATURE_ENVELOPPE_CP) return stade == kPaye;
    return stade == kReserve || stade == kVote;
  }
  v1::NatureEcriture Nature(Stade stade, int64_t avant, int64_t apres) const {
    if (stade == kReserve && apres < avant)
      return cause_ == Cause::kExpiration ? v1::NATURE_ECRITURE_EXPIRATION
                                          : v1::NATURE_ECRITURE_LIBERATION;
    if (cause_ != Cause::kImport) return NatureDuStade(stade);
    return avant == 0 ? v1::NATURE_ECRITURE_IMPORT : v1::NATURE_ECRITURE_CORRECTION;
  }
  void Ecrire(std::string debit, std::string credit, int64_t montant, v1::NatureEcriture nature,
              bool par_enveloppe) {
    v1::Ecriture& e = ecritures_.emplace_back();
    e.set_nature(nature);
    e.set_debit(std::move(debit));
    e.set_credit(std::move(credit));
    e.set_montant_centimes(montant);
    e.set_ligne(after_.name());
    if (par_enveloppe) e.set_enveloppe(enveloppe_->name());
  }

  const v1::Ligne& before_;
  const v1::Ligne& after_;
  const v1::Enveloppe* enveloppe_;
  const Cause cause_;
  std::vector<v1::Ecriture> ecritures_;
};

bool Couvre(const std::string& perimetre, const v1::Ligne& l) {
  return perimetre == "nation" || perimetre == l.region() || perimetre == l.departement() ||
         perimetre == l.contrat();
}

// +1 when the entry credits an account that ends so, -1 when it debits one.
template <class Est>
int Sens(const v1::Ecriture& e, Est est) {
  return static_cast<int>(est(e.credit())) - static_cast<int>(est(e.debit()));
}

int64_t Reserve(const v1::Ligne& l) {
  return l.reserve_droit_commun_centimes() + l.reserve_specifiques_centimes();
}

}  // namespace

std::vector<v1::Ecriture> EcrituresLigne(const v1::Ligne* before, const v1::Ligne& after,
                                         const v1::Enveloppe* enveloppe, Cause cause) {
  const v1::Ligne nulle;
  const v1::Ligne& de = before != nullptr ? *before : nulle;
  Plume plume(de, after, enveloppe, cause);
  const auto postes = Postes();
  for (size_t i = 0; i < postes.size(); ++i) {
    const Poste& poste = postes[i];
    int64_t avant = (de.*poste.lire)();
    if (poste.stade == kVote) continue;  // with its reservation
    if (poste.stade != kReserve) {
      plume.Poser(poste, avant, (after.*poste.lire)());
      continue;
    }
    const Poste& vote = postes[i + 2];
    const int64_t vote_du_reserve = plume.VoterLeReserve(poste, vote);
    plume.Poser(poste, avant - vote_du_reserve, (after.*poste.lire)());
    plume.Poser(vote, (de.*vote.lire)() + vote_du_reserve, (after.*vote.lire)());
  }
  return plume.Rendre();
}

void Porter(const v1::Ecriture& e, v1::Enveloppe& enveloppe) {
  const bool proche = e.enveloppe() == enveloppe.name();
  if (!proche && e.contrepartie() != enveloppe.name()) return;
  const int64_t m = e.montant_centimes();
  const std::string disponible = CompteDisponible(enveloppe), gele = CompteGele(enveloppe);
  const int sens = Sens(e, [&](const std::string& c) { return c == disponible; });
  enveloppe.set_disponible_centimes(enveloppe.disponible_centimes() + sens * m);
  if (proche) {
    auto ligne = [](const char* stade) {
      return [stade](const std::string& c) {
        return absl::StartsWith(c, "lignes/") && absl::StrContains(c, stade);
      };
    };
    enveloppe.set_reserve_centimes(enveloppe.reserve_centimes() +
                                   Sens(e, ligne("/comptes/reserve-")) * m);
    enveloppe.set_consomme_centimes(
        enveloppe.consomme_centimes() +
        (Sens(e, ligne("/comptes/vote-")) + Sens(e, ligne("/comptes/paye-"))) * m);
    enveloppe.set_gele_centimes(enveloppe.gele_centimes() +
                                Sens(e, [&](const std::string& c) { return c == gele; }) * m);
    if (e.nature() == v1::NATURE_ECRITURE_DELEGATION)
      enveloppe.set_delegue_centimes(enveloppe.delegue_centimes() - sens * m);
  } else if (e.nature() == v1::NATURE_ECRITURE_DELEGATION) {
    enveloppe.set_recu_centimes(enveloppe.recu_centimes() + sens * m);
  }
  enveloppe.set_montant_centimes(enveloppe.disponible_centimes() + enveloppe.reserve_centimes() +
                                 enveloppe.consomme_centimes() + enveloppe.gele_centimes());
}

absl::Status PorterLigne(const v1::Ligne* before, const v1::Ligne& after,
                         const std::vector<v1::Ecriture>& ecritures, v1::Enveloppe& enveloppe) {
  v1::Enveloppe portee = enveloppe;
  bool touchee = false;
  for (const v1::Ecriture& e : ecritures) {
    touchee |= e.enveloppe() == enveloppe.name();
    Porter(e, portee);
  }
  if (!touchee) return absl::OkStatus();
  // A line follows its action, which may have left the envelope since: what it holds there still
  // returns, or is voted; nothing more is given.
  const bool donne = portee.disponible_centimes() < enveloppe.disponible_centimes();
  if (donne && (enveloppe.financeur() != after.financeur() ||
                enveloppe.exercice() != after.exercice() || !Couvre(enveloppe.perimetre(), after)))
    return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_INCOHERENTE",
                         "L'enveloppe est d'un autre financeur, d'un autre exercice ou d'un autre "
                         "périmètre.")
        .With("enveloppe", enveloppe.name());
  if (portee.disponible_centimes() < 0) {
    const int64_t propre = before == nullptr ? 0 : Reserve(*before);
    return Insuffisante(enveloppe, enveloppe.disponible_centimes() + propre,
                        enveloppe.disponible_centimes() + propre - portee.disponible_centimes());
  }
  enveloppe = std::move(portee);
  return absl::OkStatus();
}

absl::Status Insuffisante(const v1::Enveloppe& enveloppe, int64_t reste_centimes,
                          int64_t demande_centimes, std::string_view quoi) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_INSUFFISANTE",
                       absl::StrCat("Il reste ", types::FormaterMontant(reste_centimes), " ",
                                    absl::string_view(quoi.data(), quoi.size()),
                                    "sur l'enveloppe « ", enveloppe.libelle(), " », et il faut ",
                                    types::FormaterMontant(demande_centimes), "."))
      .With("enveloppe", enveloppe.name())
      .With("reste_centimes", reste_centimes)
      .With("demande_centimes", demande_centimes);
}

}  // namespace pdv::financement
