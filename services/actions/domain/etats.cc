#include "services/actions/domain/etats.h"

#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::actions {
namespace {

using enum Verbe;

// Who does what (handbook of the trade: the porteur writes and its signataire attests; the project
// teams and the services of the State take up and judge; the préfet decides).
constexpr Acte kActes[] = {
    {kModifier, "UpdateAction", {"redacteur", "chef_projet"}, "être modifiée"},
    {kSoumettre, "SoumettreAction", {"redacteur"}, "être soumise à l'attestation"},
    {kAttester, "AttesterAction", {"signataire"}, "être attestée"},
    {kDemanderComplements,
     "DemanderComplements",
     {"instructeur", "chef_projet"},
     "recevoir une demande de compléments"},
    {kRepondre, "RepondreComplements", {"redacteur"}, "recevoir des compléments"},
    {kDeclarerComplete,
     "DeclarerComplete",
     {"instructeur", "chef_projet"},
     "être déclarée complète"},
    {kInstruire, "InstruireAction", {"instructeur", "chef_projet"}, "passer en instruction"},
    {kProgrammer, "ProgrammerAction", {"prefet"}, "être programmée"},
    {kRefuser, "RefuserAction", {"prefet"}, "être refusée"},
    {kAjourner, "AjournerAction", {"prefet"}, "être ajournée"},
    {kReprendre, "ReprendreAction", {"instructeur", "chef_projet", "prefet"}, "être reprise"},
    {kDeclarerIrrecevable,
     "DeclarerActionIrrecevable",
     {"instructeur", "prefet"},
     "être déclarée irrecevable"},
    {kAbandonner, "AbandonnerAction", {"redacteur", "signataire"}, "être abandonnée"},
};

constexpr EtatAction kBrouillon = v1::ETAT_ACTION_BROUILLON;
constexpr EtatAction kEnAttente = v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION;
constexpr EtatAction kDeposee = v1::ETAT_ACTION_DEPOSEE;
constexpr EtatAction kACompleter = v1::ETAT_ACTION_A_COMPLETER;
constexpr EtatAction kComplete = v1::ETAT_ACTION_COMPLETE;
constexpr EtatAction kEnInstruction = v1::ETAT_ACTION_EN_INSTRUCTION;
constexpr EtatAction kAjournee = v1::ETAT_ACTION_AJOURNEE;
constexpr EtatAction kProgrammee = v1::ETAT_ACTION_PROGRAMMEE;
constexpr EtatAction kRefusee = v1::ETAT_ACTION_REFUSEE;
constexpr EtatAction kIrrecevable = v1::ETAT_ACTION_IRRECEVABLE;
constexpr EtatAction kAbandonnee = v1::ETAT_ACTION_ABANDONNEE;

constexpr Etape kEtapes[] = {
    {kBrouillon, kModifier, kBrouillon},
    {kBrouillon, kSoumettre, kEnAttente},
    {kBrouillon, kAbandonner, kAbandonnee},

    {kEnAttente, kModifier, kEnAttente},
    {kEnAttente, kAttester, kDeposee},
    // Once filed only: a signataire who does not come back leaves it in nobody's hands.
    {kEnAttente, kDeclarerIrrecevable, kIrrecevable},
    {kEnAttente, kAbandonner, kAbandonnee},

    // What was attested is no longer what is asked: the signataire looks at it again.
    {kDeposee, kModifier, kEnAttente},
    {kDeposee, kDemanderComplements, kACompleter},
    {kDeposee, kDeclarerComplete, kComplete},
    {kDeposee, kDeclarerIrrecevable, kIrrecevable},
    {kDeposee, kAbandonner, kAbandonnee},

    // The answer ends the request; what is changed meanwhile is attested with it.
    {kACompleter, kModifier, kACompleter},
    {kACompleter, kRepondre, kEnAttente},
    {kACompleter, kDeclarerIrrecevable, kIrrecevable},
    {kACompleter, kAbandonner, kAbandonnee},

    {kComplete, kModifier, kEnAttente},
    {kComplete, kDemanderComplements, kACompleter},
    {kComplete, kInstruire, kEnInstruction},
    {kComplete, kDeclarerIrrecevable, kIrrecevable},
    {kComplete, kAbandonner, kAbandonnee},

    {kEnInstruction, kModifier, kEnAttente},
    {kEnInstruction, kDemanderComplements, kACompleter},
    {kEnInstruction, kProgrammer, kProgrammee},
    {kEnInstruction, kRefuser, kRefusee},
    {kEnInstruction, kAjourner, kAjournee},
    {kEnInstruction, kDeclarerIrrecevable, kIrrecevable},
    {kEnInstruction, kAbandonner, kAbandonnee},

    {kAjournee, kModifier, kEnAttente},
    {kAjournee, kReprendre, kEnInstruction},
    {kAjournee, kAbandonner, kAbandonnee},
};

}  // namespace

std::span<const Acte> Actes() { return kActes; }
const Acte& ActeDe(Verbe verbe) { return kActes[static_cast<size_t>(verbe)]; }

bool Juge(Verbe verbe) {
  const std::string_view first = ActeDe(verbe).roles[0];
  return first != "redacteur" && first != "signataire";
}

std::span<const Etape> Etapes() { return kEtapes; }

std::string NomDeLEtat(EtatAction etat) {
  return v1::EtatAction_Name(etat).substr(sizeof("ETAT_ACTION_") - 1);
}

std::string_view EtatEnClair(EtatAction etat) {
  switch (etat) {
    case kBrouillon:
      return "en brouillon";
    case kEnAttente:
      return "en attente d'attestation";
    case kDeposee:
      return "déposée";
    case kACompleter:
      return "à compléter";
    case kComplete:
      return "complète";
    case kEnInstruction:
      return "en instruction";
    case kProgrammee:
      return "programmée";
    case v1::ETAT_ACTION_EN_COURS:
      return "en cours";
    case v1::ETAT_ACTION_REALISEE:
      return "réalisée";
    case v1::ETAT_ACTION_JUSTIFIEE:
      return "justifiée";
    case v1::ETAT_ACTION_SOLDEE:
      return "soldée";
    case kIrrecevable:
      return "irrecevable";
    case kRefusee:
      return "refusée";
    case kAjournee:
      return "ajournée";
    case kAbandonnee:
      return "abandonnée";
    case v1::ETAT_ACTION_NON_REALISEE:
      return "non réalisée";
    default:
      return "sans état connu";
  }
}

absl::StatusOr<EtatAction> Transition(EtatAction de, Verbe verbe) {
  for (const Etape& etape : kEtapes) {
    if (etape.de == de && etape.verbe == verbe) return etape.vers;
  }
  return status::Error(absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
                       absl::StrCat("Une action ", std::string(EtatEnClair(de)), " ne peut pas ",
                                    std::string(ActeDe(verbe).en_clair), "."))
      .With("etat", NomDeLEtat(de))
      .Build();
}

absl::StatusOr<EtatAction> Transition(const v1::Action& action, Verbe verbe) {
  if (action.etat() == kEnAttente && verbe == kDeclarerIrrecevable && !action.has_depot_time())
    return status::Error(absl::StatusCode::kFailedPrecondition, "TRANSITION_INTERDITE",
                         "Une action qui n'a jamais été déposée ne peut pas être déclarée "
                         "irrecevable.")
        .With("etat", NomDeLEtat(action.etat()))
        .Build();
  return Transition(action.etat(), verbe);
}

}  // namespace pdv::actions
