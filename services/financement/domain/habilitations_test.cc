#include "services/financement/domain/habilitations.h"

#include <set>

#include "common/status/error.h"
#include "gtest/gtest.h"
#include "pdv/commun/options/v1/options.pb.h"
#include "pdv/financement/v1/financement.pb.h"

namespace pdv::financement {
namespace {

constexpr std::string_view kRoles[] = {
    "redacteur", "signataire",   "delegue_prefet", "chef_projet",     "instructeur", "financeur",
    "prefet",    "gestionnaire", "anct",           "conseil_citoyen", "auditeur"};

std::string Raison(Verbe verbe, const Titulaire& titulaire, std::string_view organisation,
                   std::string_view role) {
  return status::ReasonOf(
      Habiliter(verbe, titulaire, organisation, [&](std::string_view r) { return r == role; }));
}

bool Cite(const std::array<std::string_view, 2>& roles, std::string_view role) {
  return roles[0] == role || roles[1] == role;
}

TEST(HabiliterTest, EveryVerbAndRoleOnEveryKindOfLine) {
  const Titulaire etat{"financeurs/etat"}, caf{"financeurs/caf"}, dehors{"financeurs/caf", true};
  for (const Habilitation& h : Habilitations()) {
    for (std::string_view role : kRoles) {
      SCOPED_TRACE(std::string(h.methode) + " " + std::string(role));
      EXPECT_EQ(Raison(h.verbe, etat, "financeurs/etat", role),
                Cite(h.roles_etat, role) ? "" : "ROLE_INSUFFISANT");
      EXPECT_EQ(Raison(h.verbe, caf, "financeurs/caf", role),
                Cite(h.roles, role) ? "" : "ROLE_INSUFFISANT");
      const std::string ailleurs = Raison(h.verbe, caf, "financeurs/region-76", role);
      EXPECT_EQ(ailleurs, !Cite(h.roles, role) ? "ROLE_INSUFFISANT"
                          : h.toute_ligne      ? ""
                                               : "PERIMETRE_INSUFFISANT");
      const bool pour_autrui = role == "chef_projet" || role == "prefet";
      EXPECT_EQ(Raison(h.verbe, dehors, "epci/243400769", role), pour_autrui ? "" : ailleurs);
    }
  }
}

TEST(HabiliterTest, NobodyVotesWithoutAnOrganisation) {
  EXPECT_EQ(Raison(Verbe::kVoter, {"financeurs/etat"}, "", "prefet"), "PERIMETRE_INSUFFISANT");
}

TEST(HabiliterTest, ARefusalSaysWhoMay) {
  const auto dit = [](const Titulaire& titulaire, std::string_view organisation,
                      std::string_view role) {
    return std::string(Habiliter(Verbe::kVoter, titulaire, organisation, [&](std::string_view r) {
                         return r == role;
                       }).message());
  };
  EXPECT_EQ(dit({"financeurs/etat"}, "", "prefet"),
            "Ceci est à financeurs/etat : dites au nom de quelle organisation vous agissez.");
  EXPECT_EQ(dit({"financeurs/caf"}, "financeurs/etat", "financeur"),
            "Ceci est à un autre financeur que le vôtre : financeurs/caf.");
  EXPECT_EQ(
      dit({"financeurs/etat"}, "financeurs/etat", "financeur"),
      "Ce rôle ne prend pas cette décision pour financeurs/etat : elle demande le rôle prefet.");
  EXPECT_EQ(dit({"financeurs/caf", true}, "financeurs/caf", "instructeur"),
            "Ce rôle ne prend pas cette décision pour financeurs/caf : elle demande l'un des rôles "
            "financeur, chef_projet ou prefet.");
}

TEST(HabiliterEnveloppeTest, EachMovesItsOwnMoney) {
  auto raison = [](const Titulaire& titulaire, std::string_view organisation,
                   std::string_view role) {
    return status::ReasonOf(
        HabiliterEnveloppe(titulaire, organisation, [&](std::string_view r) { return r == role; }));
  };
  EXPECT_EQ(raison({"financeurs/etat"}, "financeurs/etat", "anct"), "");
  EXPECT_EQ(raison({"financeurs/etat"}, "financeurs/etat", "prefet"), "");
  EXPECT_EQ(raison({"financeurs/etat"}, "financeurs/etat", "financeur"), "ROLE_INSUFFISANT");
  EXPECT_EQ(raison({"financeurs/caf"}, "financeurs/caf", "financeur"), "");
  EXPECT_EQ(raison({"financeurs/caf"}, "financeurs/caf", "prefet"), "ROLE_INSUFFISANT");
  EXPECT_EQ(raison({"financeurs/caf"}, "financeurs/etat", "financeur"), "PERIMETRE_INSUFFISANT");
  EXPECT_EQ(raison({"financeurs/caf", true}, "financeurs/etat", "prefet"), "");
}

// The contract announces every role that may pass, and no other.
TEST(HabiliterTest, TheMethodsAnnounceTheSameRoles) {
  const auto* service = google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      "pdv.financement.v1.FinancementService");
  for (const Habilitation& h : Habilitations()) {
    const auto* method = service->FindMethodByName(std::string(h.methode));
    ASSERT_NE(method, nullptr) << h.methode;
    const auto& declared = method->options().GetExtension(commun::options::v1::method).roles();
    std::set<std::string> expected(RolesPourAutrui().begin(), RolesPourAutrui().end());
    expected.insert(h.roles.begin(), h.roles.end());
    expected.insert(h.roles_etat.begin(), h.roles_etat.end());
    expected.erase("");
    EXPECT_EQ(std::set<std::string>(declared.begin(), declared.end()), expected) << h.methode;
  }
}

}  // namespace
}  // namespace pdv::financement
