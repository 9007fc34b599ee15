#include "services/financement/domain/comptes.h"

#include "absl/strings/str_cat.h"

namespace pdv::financement {
namespace {

using L = v1::Ligne;
using enum Stade;

constexpr Poste kPostes[] = {
    {kDemande, "demande-droit-commun", &L::demande_droit_commun_centimes},
    {kDemande, "demande-specifiques", &L::demande_specifiques_centimes},
    {kPropose, "propose-droit-commun", &L::propose_droit_commun_centimes},
    {kPropose, "propose-specifiques", &L::propose_specifiques_centimes},
    {kReserve, "reserve-droit-commun", &L::reserve_droit_commun_centimes},
    {kReserve, "reserve-specifiques", &L::reserve_specifiques_centimes},
    {kVote, "vote-droit-commun", &L::vote_droit_commun_centimes},
    {kVote, "vote-specifiques", &L::vote_specifiques_centimes},
    {kEngage, "engage-droit-commun", &L::engage_droit_commun_centimes},
    {kEngage, "engage-specifiques", &L::engage_specifiques_centimes},
    {kPaye, "paye-droit-commun", &L::paye_droit_commun_centimes},
    {kPaye, "paye-specifiques", &L::paye_specifiques_centimes},
};

std::string Nom(std::string_view titulaire, std::string_view poste) {
  return absl::StrCat(absl::string_view(titulaire.data(), titulaire.size()), "/comptes/",
                      absl::string_view(poste.data(), poste.size()));
}

}  // namespace

std::span<const Poste> Postes() { return kPostes; }

std::string Compte(const v1::Ligne& ligne, const Poste& poste) {
  return Nom(ligne.name(), poste.nom);
}
std::string CompteDisponible(const v1::Enveloppe& enveloppe) {
  return Nom(enveloppe.name(), "disponible");
}
std::string CompteGele(const v1::Enveloppe& enveloppe) { return Nom(enveloppe.name(), "gele"); }
std::string CompteExterieur(std::string_view financeur) { return Nom(financeur, "exterieur"); }

}  // namespace pdv::financement
