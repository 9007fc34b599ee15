#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_COMPTES_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_COMPTES_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "pdv/financement/v1/enveloppe.pb.h"
#include "pdv/financement/v1/ligne.pb.h"

namespace pdv::financement {

// The stages of a line that hold an amount, in the order of its life.
enum class Stade { kDemande, kPropose, kReserve, kVote, kEngage, kPaye };

// One account of a line: a stage, of droit commun or of crédits spécifiques. Its balance is a field
// of the line, in cents.
struct Poste {
  Stade stade;
  std::string_view nom;  // "vote-droit-commun": the last segment of the account's name
  int64_t (v1::Ligne::*lire)() const;
};

// The twelve of them: for each stage, droit commun then crédits spécifiques.
std::span<const Poste> Postes();

// "lignes/a/comptes/vote-specifiques".
std::string Compte(const v1::Ligne& ligne, const Poste& poste);
// "enveloppes/e/comptes/disponible", "enveloppes/e/comptes/gele".
std::string CompteDisponible(const v1::Enveloppe& enveloppe);
std::string CompteGele(const v1::Enveloppe& enveloppe);
// "financeurs/etat/comptes/exterieur": where money comes from, and what no envelope follows.
std::string CompteExterieur(std::string_view financeur);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_COMPTES_H_
