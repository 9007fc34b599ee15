#include "services/actions/domain/etats.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::actions {
namespace {

using enum Verbe;

constexpr Etape kEtapes[] = {
    {v1::ETAT_ACTION_BROUILLON, kDeposer, v1::ETAT_ACTION_DEPOSEE},

    {v1::ETAT_ACTION_DEPOSEE, kInstruire, v1::ETAT_ACTION_EN_INSTRUCTION},
    {v1::ETAT_ACTION_COMPLETE, kInstruire, v1::ETAT_ACTION_EN_INSTRUCTION},

    {v1::ETAT_ACTION_EN_INSTRUCTION, kProgrammer, v1::ETAT_ACTION_PROGRAMMEE},
    {v1::ETAT_ACTION_AJOURNEE, kProgrammer, v1::ETAT_ACTION_PROGRAMMEE},

    {v1::ETAT_ACTION_EN_INSTRUCTION, kRefuser, v1::ETAT_ACTION_REFUSEE},
    {v1::ETAT_ACTION_AJOURNEE, kRefuser, v1::ETAT_ACTION_REFUSEE},

    {v1::ETAT_ACTION_EN_INSTRUCTION, kAjourner, v1::ETAT_ACTION_AJOURNEE},

    {v1::ETAT_ACTION_DEPOSEE, kDeclarerIrrecevable, v1::ETAT_ACTION_IRRECEVABLE},
    {v1::ETAT_ACTION_COMPLETE, kDeclarerIrrecevable, v1::ETAT_ACTION_IRRECEVABLE},
    {v1::ETAT_ACTION_EN_INSTRUCTION, kDeclarerIrrecevable, v1::ETAT_ACTION_IRRECEVABLE},

    {v1::ETAT_ACTION_BROUILLON, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
    {v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
    {v1::ETAT_ACTION_DEPOSEE, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
    {v1::ETAT_ACTION_A_COMPLETER, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
    {v1::ETAT_ACTION_COMPLETE, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
    {v1::ETAT_ACTION_EN_INSTRUCTION, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
    {v1::ETAT_ACTION_AJOURNEE, kAbandonner, v1::ETAT_ACTION_ABANDONNEE},
};

const char* Nom(Verbe verbe) {
  switch (verbe) {
    case kDeposer:
      return "se déposer";
    case kInstruire:
      return "passer en instruction";
    case kProgrammer:
      return "être programmée";
    case kRefuser:
      return "être refusée";
    case kAjourner:
      return "être ajournée";
    case kDeclarerIrrecevable:
      return "être déclarée irrecevable";
    case kAbandonner:
      return "être abandonnée";
  }
  return "";
}

}  // namespace

std::span<const Etape> Etapes() { return kEtapes; }

absl::StatusOr<EtatAction> Transition(EtatAction de, Verbe verbe) {
  for (const Etape& etape : kEtapes) {
    if (etape.de == de && etape.verbe == verbe) return etape.vers;
  }
  // ETAT_ACTION_EN_INSTRUCTION -> "EN_INSTRUCTION", as the API writes it.
  const std::string etat = v1::EtatAction_Name(de).substr(sizeof("ETAT_ACTION_") - 1);
  return status::Error(absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
                       absl::StrCat("Une action à l'état ", etat, " ne peut pas ", Nom(verbe), "."))
      .With("etat", etat)
      .Build();
}

}  // namespace pdv::actions
