#include "services/financement/domain/habilitations.h"

#include <algorithm>

#include "common/status/error.h"

namespace pdv::financement {
namespace {

using enum Verbe;

constexpr std::string_view kEtat = "financeurs/etat";

// The préfet decides for the State in the département (décret n° 2004-374 du 29 avril 2004, art.
// 20: ordonnateur secondaire); the DDETS commits and pays in his name. A funder decides for itself.
constexpr Habilitation kHabilitations[] = {
    {kPrendreEnCharge,
     "PrendreEnChargeLigne",
     {"instructeur", "chef_projet"},
     {"instructeur"},
     false},
    {kDeclarerRecevable,
     "DeclarerRecevableLigne",
     {"instructeur", "chef_projet"},
     {"instructeur"},
     false},
    {kDeclarerIrrecevable,
     "DeclarerIrrecevableLigne",
     {"instructeur", "chef_projet"},
     {"instructeur"},
     false},
    {kConstaterSansReponse,
     "ConstaterSansReponseLigne",
     {"chef_projet", "prefet"},
     {"chef_projet", "prefet"},
     true},
    {kProposer, "ProposerLigne", {"instructeur", "chef_projet"}, {"instructeur"}, false},
    {kVoter, "VoterLigne", {"financeur"}, {"prefet"}, false},
    {kNotifier, "NotifierLigne", {"financeur"}, {"prefet"}, false},
    {kRefuser, "RefuserLigne", {"financeur"}, {"prefet"}, false},
    {kEngager, "EngagerLigne", {"financeur"}, {"gestionnaire"}, false},
    {kVerser, "VerserLigne", {"financeur"}, {"gestionnaire"}, false},
};
constexpr std::string_view kPourAutrui[] = {"chef_projet", "prefet"};

using Porte = absl::FunctionRef<bool(std::string_view)>;

bool UnDe(std::span<const std::string_view> roles, Porte porte) {
  return std::any_of(roles.begin(), roles.end(),
                     [&](std::string_view role) { return !role.empty() && porte(role); });
}

absl::Status PasCeRole(const Titulaire& titulaire) {
  return status::Error(absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
                       "Ce rôle ne prend pas cette décision pour ce financeur.")
      .With("financeur", titulaire.financeur);
}

absl::Status PasLeSien(const Titulaire& titulaire, std::string_view organisation) {
  return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                       "Ceci est à un autre financeur.")
      .With("financeur", titulaire.financeur)
      .With("organisation", organisation);
}

}  // namespace

std::span<const Habilitation> Habilitations() { return kHabilitations; }
std::span<const std::string_view> RolesPourAutrui() { return kPourAutrui; }

absl::Status Habiliter(Verbe verbe, const Titulaire& titulaire, std::string_view organisation,
                       Porte porte) {
  if (titulaire.hors_suite && UnDe(kPourAutrui, porte)) return absl::OkStatus();
  const Habilitation& h = kHabilitations[static_cast<int>(verbe)];
  if (!UnDe(titulaire.financeur == kEtat ? h.roles_etat : h.roles, porte))
    return PasCeRole(titulaire);
  if (h.toute_ligne || organisation == titulaire.financeur) return absl::OkStatus();
  return PasLeSien(titulaire, organisation);
}

absl::Status HabiliterEnveloppe(const Titulaire& titulaire, std::string_view organisation,
                                Porte porte) {
  if (titulaire.hors_suite && UnDe(kPourAutrui, porte)) return absl::OkStatus();
  const bool role =
      titulaire.financeur == kEtat ? porte("anct") || porte("prefet") : porte("financeur");
  if (!role) return PasCeRole(titulaire);
  if (organisation == titulaire.financeur) return absl::OkStatus();
  return PasLeSien(titulaire, organisation);
}

absl::Status HabiliterArret(std::string_view organisation, Porte porte) {
  const Titulaire etat{std::string(kEtat)};
  if (!porte("prefet")) return PasCeRole(etat);
  return organisation == kEtat ? absl::OkStatus() : PasLeSien(etat, organisation);
}

}  // namespace pdv::financement
