#include "services/financement/domain/etats.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::financement {
namespace {

using enum Verbe;

// A committee may propose again before the vote, and payments come in several times. A subvention
// is granted by one decision (loi n° 2000-321 du 12 avril 2000, art. 9-1 and 10): no second vote.
constexpr Etape kEtapes[] = {
    {v1::ETAT_LIGNE_DEMANDEE, kPrendreEnCharge, v1::ETAT_LIGNE_PRISE_EN_CHARGE},
    {v1::ETAT_LIGNE_SANS_REPONSE, kPrendreEnCharge, v1::ETAT_LIGNE_PRISE_EN_CHARGE},

    {v1::ETAT_LIGNE_DEMANDEE, kDeclarerRecevable, v1::ETAT_LIGNE_RECEVABLE},
    {v1::ETAT_LIGNE_PRISE_EN_CHARGE, kDeclarerRecevable, v1::ETAT_LIGNE_RECEVABLE},
    {v1::ETAT_LIGNE_SANS_REPONSE, kDeclarerRecevable, v1::ETAT_LIGNE_RECEVABLE},

    {v1::ETAT_LIGNE_DEMANDEE, kDeclarerIrrecevable, v1::ETAT_LIGNE_IRRECEVABLE},
    {v1::ETAT_LIGNE_PRISE_EN_CHARGE, kDeclarerIrrecevable, v1::ETAT_LIGNE_IRRECEVABLE},
    {v1::ETAT_LIGNE_RECEVABLE, kDeclarerIrrecevable, v1::ETAT_LIGNE_IRRECEVABLE},
    {v1::ETAT_LIGNE_SANS_REPONSE, kDeclarerIrrecevable, v1::ETAT_LIGNE_IRRECEVABLE},

    {v1::ETAT_LIGNE_DEMANDEE, kConstaterSansReponse, v1::ETAT_LIGNE_SANS_REPONSE},
    {v1::ETAT_LIGNE_PRISE_EN_CHARGE, kConstaterSansReponse, v1::ETAT_LIGNE_SANS_REPONSE},
    {v1::ETAT_LIGNE_RECEVABLE, kConstaterSansReponse, v1::ETAT_LIGNE_SANS_REPONSE},

    {v1::ETAT_LIGNE_DEMANDEE, kProposer, v1::ETAT_LIGNE_PROPOSEE},
    {v1::ETAT_LIGNE_PRISE_EN_CHARGE, kProposer, v1::ETAT_LIGNE_PROPOSEE},
    {v1::ETAT_LIGNE_RECEVABLE, kProposer, v1::ETAT_LIGNE_PROPOSEE},
    {v1::ETAT_LIGNE_PROPOSEE, kProposer, v1::ETAT_LIGNE_PROPOSEE},
    {v1::ETAT_LIGNE_SANS_REPONSE, kProposer, v1::ETAT_LIGNE_PROPOSEE},

    {v1::ETAT_LIGNE_DEMANDEE, kVoter, v1::ETAT_LIGNE_VOTEE},
    {v1::ETAT_LIGNE_PRISE_EN_CHARGE, kVoter, v1::ETAT_LIGNE_VOTEE},
    {v1::ETAT_LIGNE_RECEVABLE, kVoter, v1::ETAT_LIGNE_VOTEE},
    {v1::ETAT_LIGNE_PROPOSEE, kVoter, v1::ETAT_LIGNE_VOTEE},
    {v1::ETAT_LIGNE_SANS_REPONSE, kVoter, v1::ETAT_LIGNE_VOTEE},

    {v1::ETAT_LIGNE_DEMANDEE, kRefuser, v1::ETAT_LIGNE_REFUSEE},
    {v1::ETAT_LIGNE_PRISE_EN_CHARGE, kRefuser, v1::ETAT_LIGNE_REFUSEE},
    {v1::ETAT_LIGNE_RECEVABLE, kRefuser, v1::ETAT_LIGNE_REFUSEE},
    {v1::ETAT_LIGNE_PROPOSEE, kRefuser, v1::ETAT_LIGNE_REFUSEE},
    {v1::ETAT_LIGNE_SANS_REPONSE, kRefuser, v1::ETAT_LIGNE_REFUSEE},

    {v1::ETAT_LIGNE_VOTEE, kNotifier, v1::ETAT_LIGNE_NOTIFIEE},

    {v1::ETAT_LIGNE_VOTEE, kEngager, v1::ETAT_LIGNE_ENGAGEE},
    {v1::ETAT_LIGNE_NOTIFIEE, kEngager, v1::ETAT_LIGNE_ENGAGEE},

    {v1::ETAT_LIGNE_ENGAGEE, kVerser, v1::ETAT_LIGNE_VERSEE},
    {v1::ETAT_LIGNE_VERSEE, kVerser, v1::ETAT_LIGNE_VERSEE},
};

const char* Nom(Verbe verbe) {
  switch (verbe) {
    case kPrendreEnCharge:
      return "être prise en charge";
    case kDeclarerRecevable:
      return "être déclarée recevable";
    case kDeclarerIrrecevable:
      return "être déclarée irrecevable";
    case kConstaterSansReponse:
      return "être dite sans réponse";
    case kNotifier:
      return "être notifiée";
    case kProposer:
      return "recevoir une proposition";
    case kVoter:
      return "être votée";
    case kRefuser:
      return "être refusée";
    case kEngager:
      return "être engagée";
    case kVerser:
      return "être versée";
  }
  return "";
}

}  // namespace

std::span<const Etape> Etapes() { return kEtapes; }

std::string_view EtatEnClair(EtatLigne etat) {
  switch (etat) {
    case v1::ETAT_LIGNE_DEMANDEE:
      return "demandée";
    case v1::ETAT_LIGNE_PRISE_EN_CHARGE:
      return "prise en charge";
    case v1::ETAT_LIGNE_RECEVABLE:
      return "recevable";
    case v1::ETAT_LIGNE_PROPOSEE:
      return "proposée";
    case v1::ETAT_LIGNE_VOTEE:
      return "votée";
    case v1::ETAT_LIGNE_NOTIFIEE:
      return "notifiée";
    case v1::ETAT_LIGNE_ENGAGEE:
      return "engagée";
    case v1::ETAT_LIGNE_VERSEE:
      return "versée";
    case v1::ETAT_LIGNE_JUSTIFIEE:
      return "justifiée";
    case v1::ETAT_LIGNE_SOLDEE:
      return "soldée";
    case v1::ETAT_LIGNE_IRRECEVABLE:
      return "irrecevable";
    case v1::ETAT_LIGNE_REFUSEE:
      return "refusée";
    case v1::ETAT_LIGNE_A_REVERSER:
      return "à reverser";
    case v1::ETAT_LIGNE_REVERSEE:
      return "reversée";
    case v1::ETAT_LIGNE_SANS_REPONSE:
      return "sans réponse";
    case v1::ETAT_LIGNE_RETIREE:
      return "retirée";
    default:
      return "sans état connu";
  }
}

absl::StatusOr<EtatLigne> Transition(EtatLigne de, Verbe verbe) {
  for (const Etape& etape : kEtapes) {
    if (etape.de == de && etape.verbe == verbe) return etape.vers;
  }
  return status::Error(absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
                       absl::StrCat("Une ligne ", std::string(EtatEnClair(de)), " ne peut pas ",
                                    Nom(verbe), "."))
      .With("etat", v1::EtatLigne_Name(de).substr(sizeof("ETAT_LIGNE_") - 1))
      .Build();
}

bool DecideMontants(Verbe verbe) {
  return verbe == kProposer || verbe == kVoter || verbe == kEngager || verbe == kVerser;
}

bool Indecise(EtatLigne etat) {
  for (const Etape& etape : kEtapes) {
    if (etape.de == etat && etape.verbe == kVoter) return true;
  }
  return false;
}

EtatLigne EtatSelonMontants(const v1::Ligne& l) {
  if (l.paye_droit_commun_centimes() + l.paye_specifiques_centimes() > 0)
    return v1::ETAT_LIGNE_VERSEE;
  if (l.engage_droit_commun_centimes() + l.engage_specifiques_centimes() > 0)
    return v1::ETAT_LIGNE_ENGAGEE;
  if (l.vote_droit_commun_centimes() + l.vote_specifiques_centimes() > 0)
    return v1::ETAT_LIGNE_VOTEE;
  if (l.propose_droit_commun_centimes() + l.propose_specifiques_centimes() > 0)
    return v1::ETAT_LIGNE_PROPOSEE;
  return v1::ETAT_LIGNE_DEMANDEE;
}

}  // namespace pdv::financement
