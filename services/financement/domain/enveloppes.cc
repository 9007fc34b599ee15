#include "services/financement/domain/enveloppes.h"

#include <algorithm>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/centimes.h"
#include "services/financement/domain/comptes.h"
#include "services/financement/domain/ecritures.h"

namespace pdv::financement {
namespace {

// From the widest to the narrowest.
int Niveau(const std::string& perimetre) {
  if (perimetre == "nation") return 0;
  if (absl::StartsWith(perimetre, "regions/")) return 1;
  if (absl::StartsWith(perimetre, "departements/")) return 2;
  return 3;
}

// What differs between two envelopes that must go together.
class Accord {
 public:
  Accord(const char* reason, const char* phrase, const v1::Enveloppe& autre)
      : reason_(reason),
        autre_(autre.name()),
        error_(absl::StatusCode::kFailedPrecondition, reason, phrase) {}
  Accord& Exiger(bool tenu, const char* phrase) {
    if (!tenu) error_.Precondition(reason_, autre_, phrase);
    failed_ |= !tenu;
    return *this;
  }
  // One money: same payer, same programme, and AE and CP are opened apart (LOLF, art. 8).
  Accord& MemeArgent(const v1::Enveloppe& a, const v1::Enveloppe& b) {
    Exiger(a.financeur() == b.financeur(), "Elle est d'un autre financeur.");
    Exiger(a.programme() == b.programme(), "Elle est d'un autre programme.");
    return Exiger(a.nature() == b.nature(), "Elle est d'une autre nature (AE ou CP).");
  }
  absl::Status Conclure() {
    return failed_ ? error_.With("enveloppe", autre_).Build() : absl::OkStatus();
  }

 private:
  const char* reason_;
  const std::string autre_;
  status::Error error_;
  bool failed_ = false;
};

v1::Ecriture Ecrire(v1::NatureEcriture nature, std::string debit, std::string credit,
                    int64_t montant, const v1::Enveloppe& enveloppe) {
  v1::Ecriture e;
  e.set_nature(nature);
  e.set_debit(std::move(debit));
  e.set_credit(std::move(credit));
  e.set_montant_centimes(montant);
  e.set_enveloppe(enveloppe.name());
  return e;
}

v1::Ecriture Entre(v1::NatureEcriture nature, const v1::Enveloppe& source,
                   const v1::Enveloppe& destination, int64_t montant) {
  v1::Ecriture e =
      Ecrire(nature, CompteDisponible(source), CompteDisponible(destination), montant, source);
  e.set_contrepartie(destination.name());
  return e;
}

// What a child holds from its parent is all that it can take back there: what the child has from
// elsewhere, a transfer, is not the parent's, and what it gave to another child is with that one.
absl::Status Reprendre(const v1::Enveloppe& parent, const v1::Enveloppe& enfant, int64_t montant) {
  if (montant <= enfant.recu_centimes()) return absl::OkStatus();
  return status::Error(
             absl::StatusCode::kFailedPrecondition, "REPRISE_EXCESSIVE",
             absl::StrCat("L'enveloppe « ", parent.libelle(), " » n'a délégué que ",
                          types::FormaterMontant(enfant.recu_centimes()), " à « ", enfant.libelle(),
                          " » : elle ne lui reprend pas ", types::FormaterMontant(montant), "."))
      .With("enveloppe", parent.name())
      .With("enfant", enfant.name())
      .With("delegue_centimes", enfant.recu_centimes());
}

// A département or a contrat elsewhere has nothing to receive from here.
bool Contient(const v1::Enveloppe& parent, const Englobants& englobants) {
  return parent.perimetre() == "nation" ||
         (englobants.has_value() && std::find(englobants->begin(), englobants->end(),
                                              parent.perimetre()) != englobants->end());
}

}  // namespace

absl::Status VerifierParent(const v1::Enveloppe& parent, const v1::Enveloppe& enfant,
                            const Englobants& englobants) {
  const bool plus_large = Niveau(parent.perimetre()) < Niveau(enfant.perimetre());
  return Accord("PARENT_INCOHERENT",
                "Cette enveloppe ne peut pas recevoir de délégation de celle-là.", parent)
      .MemeArgent(parent, enfant)
      .Exiger(parent.exercice() == enfant.exercice(), "Elle est d'un autre exercice.")
      .Exiger(plus_large,
              "Son périmètre n'est pas plus large : nation, région, département, contrat.")
      .Exiger(!plus_large || Contient(parent, englobants),
              englobants.has_value()
                  ? "Son périmètre ne contient pas celui de l'enveloppe qui recevrait."
                  : "On ne connaît pas encore le périmètre de l'enveloppe qui recevrait : rien ne "
                    "dit que le sien le contient.")
      .Conclure();
}

v1::Ecriture Abonder(const v1::Enveloppe& enveloppe, int64_t montant) {
  return Ecrire(v1::NATURE_ECRITURE_ABONDEMENT, CompteExterieur(enveloppe.financeur()),
                CompteDisponible(enveloppe), montant, enveloppe);
}

absl::StatusOr<v1::Ecriture> Deleguer(const v1::Enveloppe& parent, const v1::Enveloppe& enfant,
                                      int64_t montant, bool reprise) {
  if (enfant.parent() != parent.name())
    return Accord("PARENT_INCOHERENT", "Cette enveloppe ne reçoit pas de délégation de celle-là.",
                  enfant)
        .Exiger(false, "Son parent est une autre enveloppe.")
        .Conclure();
  const v1::Enveloppe& source = reprise ? enfant : parent;
  if (montant > source.disponible_centimes())
    return Insuffisante(source, source.disponible_centimes(), montant);
  if (reprise) {
    absl::Status owned = Reprendre(parent, enfant, montant);
    if (!owned.ok()) return owned;
  }
  v1::Ecriture e =
      Entre(v1::NATURE_ECRITURE_DELEGATION, source, reprise ? parent : enfant, montant);
  e.set_enveloppe(parent.name());
  e.set_contrepartie(enfant.name());
  return e;
}

absl::StatusOr<v1::Ecriture> Transferer(const v1::Enveloppe& source,
                                        const v1::Enveloppe& destination, int64_t montant) {
  absl::Status fits =
      Accord("ENVELOPPE_INCOHERENTE", "On ne transfère pas entre ces deux enveloppes.", destination)
          .Exiger(source.name() != destination.name(), "C'est la même enveloppe.")
          .MemeArgent(source, destination)
          .Exiger(source.exercice() == destination.exercice(),
                  "Elle est d'un autre exercice : d'une année à l'autre, on reporte.")
          .Conclure();
  if (!fits.ok()) return fits;
  if (montant > source.disponible_centimes())
    return Insuffisante(source, source.disponible_centimes(), montant);
  return Entre(v1::NATURE_ECRITURE_TRANSFERT, source, destination, montant);
}

absl::StatusOr<v1::Ecriture> Geler(const v1::Enveloppe& enveloppe, int64_t montant) {
  if (montant > enveloppe.disponible_centimes())
    return Insuffisante(enveloppe, enveloppe.disponible_centimes(), montant);
  return Ecrire(v1::NATURE_ECRITURE_GEL, CompteDisponible(enveloppe), CompteGele(enveloppe),
                montant, enveloppe);
}

absl::StatusOr<v1::Ecriture> Degeler(const v1::Enveloppe& enveloppe, int64_t montant) {
  if (montant > enveloppe.gele_centimes())
    return Insuffisante(enveloppe, enveloppe.gele_centimes(), montant, "gelés ");
  return Ecrire(v1::NATURE_ECRITURE_DEGEL, CompteGele(enveloppe), CompteDisponible(enveloppe),
                montant, enveloppe);
}

absl::StatusOr<v1::Ecriture> Reporter(const v1::Enveloppe& source, const v1::Enveloppe& destination,
                                      int64_t montant) {
  absl::Status fits =
      Accord("ENVELOPPE_INCOHERENTE", "On ne reporte pas de l'une à l'autre enveloppe.",
             destination)
          .MemeArgent(source, destination)
          .Exiger(source.perimetre() == destination.perimetre(), "Elle est d'un autre périmètre.")
          .Exiger(source.exercice() + 1 == destination.exercice(),
                  "Elle n'est pas de l'exercice suivant.")
          .Conclure();
  if (!fits.ok()) return fits;
  if (montant == 0)
    return status::Error(absl::StatusCode::kFailedPrecondition, "MONTANT_NUL",
                         absl::StrCat("L'enveloppe « ", source.libelle(),
                                      " » n'a plus rien de disponible : il n'y a rien à reporter."))
        .With("enveloppe", source.name())
        .Build();
  if (montant > source.disponible_centimes())
    return Insuffisante(source, source.disponible_centimes(), montant);
  return Entre(v1::NATURE_ECRITURE_REPORT, source, destination, montant);
}

absl::StatusOr<v1::Ecriture> EcritureDotation(const v1::Enveloppe* before,
                                              const v1::Enveloppe& after,
                                              const v1::Enveloppe* parent) {
  const int64_t plus =
      after.dotation_centimes() - (before == nullptr ? 0 : before->dotation_centimes());
  const int64_t reste = before == nullptr ? 0 : before->disponible_centimes();
  if (plus < 0 && reste + plus < 0)
    return status::Error(absl::StatusCode::kFailedPrecondition, "ENVELOPPE_ENTAMEE",
                         absl::StrCat("Il ne reste que ", types::FormaterMontant(reste),
                                      " sur l'enveloppe : on n'en retire pas ",
                                      types::FormaterMontant(-plus), "."))
        .With("reste_centimes", reste)
        .Build();
  if (parent != nullptr && plus < 0) {
    absl::Status owned = Reprendre(*parent, *before, -plus);
    if (!owned.ok()) return owned;
  }
  if (parent != nullptr && plus > parent->disponible_centimes())
    return Insuffisante(*parent, parent->disponible_centimes(), plus);
  const std::string sien = CompteDisponible(after);
  const std::string source =
      parent != nullptr ? CompteDisponible(*parent) : CompteExterieur(after.financeur());
  v1::Ecriture e;
  e.set_debit(plus > 0 ? source : sien);
  e.set_credit(plus > 0 ? sien : source);
  e.set_montant_centimes(plus > 0 ? plus : -plus);
  e.set_nature(parent != nullptr   ? v1::NATURE_ECRITURE_DELEGATION
               : before == nullptr ? v1::NATURE_ECRITURE_ABONDEMENT
                                   : v1::NATURE_ECRITURE_CORRECTION);
  e.set_enveloppe(parent != nullptr ? parent->name() : after.name());
  if (parent != nullptr) e.set_contrepartie(after.name());
  return e;
}

}  // namespace pdv::financement
