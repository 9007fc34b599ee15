#include "services/financement/domain/habilitations.h"

#include <algorithm>
#include <array>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/status/roles.h"

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

absl::Status PasCeRole(const Titulaire& titulaire, std::span<const std::string_view> roles) {
  std::vector<std::string_view> wanted(roles.begin(), roles.end());
  if (titulaire.hors_suite)
    for (const std::string_view role : kPourAutrui)
      if (std::find(wanted.begin(), wanted.end(), role) == wanted.end()) wanted.push_back(role);
  return status::Error(
             absl::StatusCode::kPermissionDenied, "ROLE_INSUFFISANT",
             absl::StrCat("Ce rôle ne prend pas cette décision pour ", titulaire.financeur,
                          " : elle demande ", status::UnDesRoles(wanted), "."))
      .With("financeur", titulaire.financeur);
}

absl::Status PasLeSien(const Titulaire& titulaire, std::string_view organisation) {
  return status::Error(absl::StatusCode::kPermissionDenied, "PERIMETRE_INSUFFISANT",
                       organisation.empty()
                           ? absl::StrCat("Ceci est à ", titulaire.financeur,
                                          " : dites au nom de quelle organisation vous agissez.")
                           : absl::StrCat("Ceci est à un autre financeur que le vôtre : ",
                                          titulaire.financeur, "."))
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
  const auto& roles = titulaire.financeur == kEtat ? h.roles_etat : h.roles;
  if (!UnDe(roles, porte)) return PasCeRole(titulaire, roles);
  if (h.toute_ligne || organisation == titulaire.financeur) return absl::OkStatus();
  return PasLeSien(titulaire, organisation);
}

absl::Status HabiliterEnveloppe(const Titulaire& titulaire, std::string_view organisation,
                                Porte porte) {
  if (titulaire.hors_suite && UnDe(kPourAutrui, porte)) return absl::OkStatus();
  static constexpr std::array<std::string_view, 2> kDeLEtat = {"anct", "prefet"},
                                                   kAutres = {"financeur"};
  const auto& roles = titulaire.financeur == kEtat ? kDeLEtat : kAutres;
  if (!UnDe(roles, porte)) return PasCeRole(titulaire, roles);
  if (organisation == titulaire.financeur) return absl::OkStatus();
  return PasLeSien(titulaire, organisation);
}

absl::Status HabiliterArret(std::string_view organisation, Porte porte) {
  const Titulaire etat{std::string(kEtat)};
  static constexpr std::string_view kRoles[] = {"prefet"};
  if (!UnDe(kRoles, porte)) return PasCeRole(etat, kRoles);
  return organisation == kEtat ? absl::OkStatus() : PasLeSien(etat, organisation);
}

}  // namespace pdv::financement
