// Every state × verb × role of a dossier, through the service, against a table written by hand.
#include <iterator>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "services/actions/api/essai_pgtest.h"

namespace pdv::actions {
namespace {

using status::ReasonOf;

constexpr const char* kRoles[] = {
    "redacteur", "signataire",   "delegue_prefet", "chef_projet",     "instructeur", "financeur",
    "prefet",    "gestionnaire", "anct",           "conseil_citoyen", "auditeur"};

// The verbs, with the initials of the roles that may: Rédacteur, Signataire, Chef de projet,
// Instructeur, Préfet.
struct Colonne {
  const char* methode;
  const char* roles;
};
constexpr Colonne kColonnes[] = {
    {"UpdateAction", "RC"},       {"SoumettreAction", "R"},
    {"AttesterAction", "S"},      {"DemanderComplements", "CI"},
    {"RepondreComplements", "R"}, {"DeclarerComplete", "CI"},
    {"InstruireAction", "CI"},    {"ProgrammerAction", "P"},
    {"RefuserAction", "P"},       {"AjournerAction", "P"},
    {"ReprendreAction", "CIP"},   {"DeclarerActionIrrecevable", "IP"},
    {"AbandonnerAction", "RS"},
};

// A row per state, a column per verb, in the order of kColonnes. A dot is forbidden.
struct Rangee {
  const char* etat;
  const char* vers[std::size(kColonnes)];
};
constexpr char kAttente[] = "EN_ATTENTE_ATTESTATION", kJuge[] = "EN_INSTRUCTION";
constexpr char kFini[] = "ABANDONNEE", kHors[] = "IRRECEVABLE";
constexpr Rangee kVie[] = {
    // clang-format off
    //                 modifier  soumettre attester  demander      répondre  complète   instruire programmer   refuser   ajourner  reprendre irrecevable abandonner
    {"BROUILLON",     {"BROUILLON", kAttente, ".",   ".",          ".",      ".",       ".",   ".",          ".",       ".",        ".",   ".",   kFini}},
    {kAttente,        {kAttente, ".",     "DEPOSEE", ".",          ".",      ".",       ".",   ".",          ".",       ".",        ".",   kHors, kFini}},
    {"DEPOSEE",       {kAttente, ".",     ".",       "A_COMPLETER", ".",     "COMPLETE", ".",  ".",          ".",       ".",        ".",   kHors, kFini}},
    {"A_COMPLETER",   {"A_COMPLETER", ".", ".",      ".",          kAttente, ".",       ".",   ".",          ".",       ".",        ".",   kHors, kFini}},
    {"COMPLETE",      {kAttente, ".",     ".",       "A_COMPLETER", ".",     ".",       kJuge, ".",          ".",       ".",        ".",   kHors, kFini}},
    {kJuge,           {kAttente, ".",     ".",       "A_COMPLETER", ".",     ".",       ".",   "PROGRAMMEE", "REFUSEE", "AJOURNEE", ".",   kHors, kFini}},
    {"AJOURNEE",      {kAttente, ".",     ".",       ".",          ".",      ".",       ".",   ".",          ".",       ".",        kJuge, ".",   kFini}},
    {"PROGRAMMEE",    {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"EN_COURS",      {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"REALISEE",      {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"JUSTIFIEE",     {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"SOLDEE",        {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"IRRECEVABLE",   {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"REFUSEE",       {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"ABANDONNEE",    {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    {"NON_REALISEE",  {".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", ".", "."}},
    // clang-format on
};

class TransitionsTest : public ActionsTest {
 protected:
  // Calls the verb on the action as a dry run: the real transaction, and the state stays.
  absl::StatusOr<v1::Action> Essayer(const std::string& methode, const std::string& name) {
    if (methode == "UpdateAction") {
      v1::UpdateActionRequest request;
      request.mutable_action()->set_name(name);
      request.mutable_action()->set_intitule("Aide aux leçons");
      request.set_validate_only(true);
      return service_.Call<v1::Action>(methode, request);
    }
    if (methode == "RepondreComplements") {
      v1::RepondreComplementsRequest request;
      request.set_name(name);
      request.set_validate_only(true);
      auto* reponse = request.add_reponses();
      reponse->set_complement(name + "/complements/1");
      reponse->set_texte("Le voici");
      return service_.Call<v1::Action>(methode, request);
    }
    v1::DemanderComplementsRequest request;  // has the fields of all the others
    request.set_name(name);
    request.set_motif("Avis du comité");
    request.set_validate_only(true);
    if (methode == "DemanderComplements") {
      request.add_demandes()->set_objet("Le calendrier");
      return service_.Call<v1::Action>(methode, request);
    }
    return service_.Call<v1::Action>(methode, request);
  }
  static bool May(const Colonne& colonne, const std::string& role) {
    const char initial = static_cast<char>(role[0] - 'a' + 'A');
    // The only two whose initials are another's: conseil_citoyen is not C.
    return role != "conseil_citoyen" &&
           std::string(colonne.roles).find(initial) != std::string::npos;
  }
};

TEST_F(TransitionsTest, EveryStateVerbAndRoleIsWalked) {
  ASSERT_EQ(std::size(kColonnes), Actes().size());
  ASSERT_EQ(std::size(kVie) + 1, static_cast<size_t>(v1::EtatAction_ARRAYSIZE));  // UNSPECIFIED
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  size_t steps = 0, refused = 0, role_refused = 0;
  for (const Rangee& ligne : kVie) {
    std::string id = absl::StrCat("etat-", ligne.etat);
    for (char& c : id) c = c == '_' ? '-' : static_cast<char>(std::tolower(c));
    const std::string name = "actions/" + id;
    ASSERT_TRUE(Creer(Action(id)).ok()) << id;
    Budget(id, true);
    service_.Script(absl::StrCat(
        "ALTER TABLE action DISABLE TRIGGER action_etape; UPDATE action SET etat = '", ligne.etat,
        "', depot_time = now(), attestations = '[{\"acteur\": \"alice\"}]' WHERE name = '", name,
        "'; ALTER TABLE action ENABLE TRIGGER action_etape; INSERT INTO complement (name, uid, "
        "revision, create_time, update_time, action, objet, "
        "demandeur) VALUES ('",
        name, "/complements/1', 'u', 1, now(), now(), '", name, "', 'Le budget', 'irene')"));
    for (size_t i = 0; i < std::size(kColonnes); ++i) {
      // A programmation takes a vote, and an end of another kind takes that there is none.
      const bool programmer = std::string_view(kColonnes[i].methode) == "ProgrammerAction";
      Ligne(id, "etat", programmer ? "VOTEE" : "PROPOSEE");
      for (const char* role : kRoles) {
        SCOPED_TRACE(absl::StrCat(ligne.etat, " ", kColonnes[i].methode, " ", role));
        service_.As(role, "porteurs/p");
        const auto done = Essayer(kColonnes[i].methode, name);
        if (!May(kColonnes[i], role)) {
          ++role_refused;
          ASSERT_EQ(ReasonOf(done.status()), "ROLE_INSUFFISANT");
          ASSERT_EQ(done.status().code(), absl::StatusCode::kPermissionDenied);
        } else if (std::string_view(ligne.vers[i]) == ".") {
          ++refused;
          ASSERT_EQ(ReasonOf(done.status()), "TRANSITION_INTERDITE") << done.status();
        } else {
          ++steps;
          ASSERT_TRUE(done.ok()) << done.status();
          ASSERT_EQ(NomDeLEtat(done->etat()), ligne.vers[i]);
        }
      }
    }
  }
  EXPECT_EQ(steps + refused + role_refused,
            std::size(kVie) * std::size(kColonnes) * std::size(kRoles));
  // Nothing of all that was kept.
  EXPECT_EQ(service_.Number("SELECT count(*) FROM journal WHERE name LIKE 'actions/%'"),
            static_cast<int64_t>(std::size(kVie)));
}

TEST_F(TransitionsTest, ADossierIsNotDecidedAgainstItsLines) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  ASSERT_TRUE(Deposer("a").ok());
  ASSERT_TRUE(Instruire("a").ok());
  service_.As("prefet", "", "paule");
  EXPECT_EQ(ReasonOf(Essayer("ProgrammerAction", "actions/a").status()), "VOTE_ABSENT");
  Ligne("a", "caf", "SANS_REPONSE");
  EXPECT_EQ(ReasonOf(Essayer("ProgrammerAction", "actions/a").status()), "VOTE_ABSENT");
  EXPECT_TRUE(Essayer("RefuserAction", "actions/a").ok());
  Ligne("a", "etat", "NOTIFIEE");
  const absl::Status refused = Essayer("RefuserAction", "actions/a").status();
  EXPECT_EQ(ReasonOf(refused), "LIGNE_VOTEE");
  EXPECT_EQ(refused.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_EQ(status::MetadataOf(refused, "lignes"), "lignes/a-etat");
  EXPECT_EQ(refused.message(),
            "Une action sur laquelle un financeur a voté ne peut pas être refusée (État).");
  EXPECT_EQ(ReasonOf(Essayer("DeclarerActionIrrecevable", "actions/a").status()), "LIGNE_VOTEE");
  service_.As("signataire", "porteurs/p", "alice");
  EXPECT_EQ(ReasonOf(Essayer("AbandonnerAction", "actions/a").status()), "LIGNE_VOTEE");
  // The CAF does not answer, and holds nobody up.
  service_.As("prefet", "", "paule");
  EXPECT_TRUE(Essayer("ProgrammerAction", "actions/a").ok());
}

TEST_F(TransitionsTest, WhoeverWritesAndSignsFilesADraftInOneStep) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  v1::AttesterActionRequest request;
  request.set_name("actions/a");
  service_.As("redacteur,signataire", "porteurs/p", "alice");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("AttesterAction", request).status()),
            "TRANSITION_INTERDITE");
  request.set_soumettre(true);
  // What a rule refuses is still a draft, not a submission.
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("AttesterAction", request).status()),
            "BUDGET_ABSENT");
  EXPECT_EQ(service_.Number("SELECT count(*) FROM action WHERE etat = 'BROUILLON'"), 1);
  Budget("a", true);
  service_.As("signataire", "porteurs/p", "alice");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("AttesterAction", request).status()),
            "ROLE_INSUFFISANT");
  service_.As("redacteur,signataire", "porteurs/p", "alice");
  const auto filed = service_.Call<v1::Action>("AttesterAction", request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->etat(), v1::ETAT_ACTION_DEPOSEE);
  // Both steps are in the history, each a revision.
  EXPECT_EQ(filed->etag(), "3");
  EXPECT_EQ(
      service_.Number("SELECT count(*) FROM journal WHERE name = 'actions/a' AND methode LIKE "
                      "'%/AttesterAction'"),
      2);
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("AttesterAction", request).status()),
            "TRANSITION_INTERDITE");
}

// One who signs alone attests what another has submitted, as without the option.
TEST_F(TransitionsTest, WhatIsSubmittedAlreadyIsOnlyAttested) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  ASSERT_TRUE(Soumettre("a").ok());
  Budget("a", true);
  v1::AttesterActionRequest request;
  request.set_name("actions/a");
  request.set_soumettre(true);
  service_.As("signataire", "porteurs/p", "alice");
  const auto filed = service_.Call<v1::Action>("AttesterAction", request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->etag(), "3");
}

TEST_F(TransitionsTest, AFiledDossierIsInSomebodysHandsUntilTheEnd) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  ASSERT_TRUE(Soumettre("a").ok());
  service_.As("instructeur", "", "irene");
  EXPECT_EQ(ReasonOf(Essayer("DeclarerActionIrrecevable", "actions/a").status()),
            "TRANSITION_INTERDITE")
      << "it was never filed";
  Budget("a", true);
  ASSERT_TRUE(Attester("a").ok());
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  update.mutable_action()->set_intitule("Aide aux leçons");
  service_.As("redacteur", "porteurs/p", "remi");
  ASSERT_EQ(service_.Call<v1::Action>("UpdateAction", update)->etat(),
            v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  const auto out = Faire<v1::DeclarerActionIrrecevableRequest>(Verbe::kDeclarerIrrecevable, "a");
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_EQ(out->etat(), v1::ETAT_ACTION_IRRECEVABLE);
}

TEST_F(TransitionsTest, ThePorteurActsForItselfOnly) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Creer(Porteur("q")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  service_.As("redacteur", "porteurs/q");
  v1::CreateActionRequest create;
  *create.mutable_action() = Action("a");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("CreateAction", create).status()),
            "PERIMETRE_INSUFFISANT");
  ASSERT_TRUE(Creer(Action("a")).ok());
  for (const char* organisation : {"porteurs/q", ""}) {
    service_.As("redacteur,signataire", organisation);
    for (const Colonne& colonne : kColonnes) {
      if (!May(colonne, "redacteur") && !May(colonne, "signataire")) continue;
      const absl::Status refused = Essayer(colonne.methode, "actions/a").status();
      EXPECT_EQ(ReasonOf(refused), "PERIMETRE_INSUFFISANT") << colonne.methode;
      EXPECT_EQ(refused.code(), absl::StatusCode::kPermissionDenied);
    }
  }
  // A project team that helps to write is bound to no porteur; nor may one give its dossier away.
  service_.As("redacteur,chef_projet", "porteurs/q");
  EXPECT_TRUE(Essayer("UpdateAction", "actions/a").ok());
  service_.As("redacteur", "porteurs/p");
  v1::UpdateActionRequest away;
  away.mutable_action()->set_name("actions/a");
  away.mutable_action()->set_porteur("porteurs/q");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("UpdateAction", away).status()),
            "PERIMETRE_INSUFFISANT");
}

TEST_F(TransitionsTest, AnAttestationSaysWhoWhenAndWhat) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  ASSERT_TRUE(Soumettre("a").ok());
  Budget("a", true);
  v1::AttesterActionRequest request;
  request.set_name("actions/a");
  service_.As("signataire", "porteurs/p", "");
  EXPECT_EQ(ReasonOf(service_.Call<v1::Action>("AttesterAction", request).status()),
            "ACTEUR_ABSENT");
  service_.As("signataire", "porteurs/p", "alice");
  const auto filed = service_.Call<v1::Action>("AttesterAction", request);
  ASSERT_TRUE(filed.ok()) << filed.status();
  ASSERT_EQ(filed->attestations_size(), 1);
  EXPECT_EQ(filed->attestations(0).acteur(), "alice");
  EXPECT_EQ(filed->attestations(0).instant().seconds(), filed->depot_time().seconds());
  EXPECT_EQ(filed->attestations(0).empreinte().size(), 64u);

  // A change asks for a new one; the same thing written again does not.
  v1::UpdateActionRequest update;
  update.mutable_action()->set_name("actions/a");
  update.mutable_action()->set_intitule(filed->intitule());
  service_.As("redacteur", "porteurs/p", "remi");
  auto written = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->etat(), v1::ETAT_ACTION_DEPOSEE);
  update.mutable_action()->set_intitule("Aide aux leçons");
  written = service_.Call<v1::Action>("UpdateAction", update);
  ASSERT_TRUE(written.ok()) << written.status();
  EXPECT_EQ(written->etat(), v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);
  service_.As("signataire", "porteurs/p", "alice");
  const auto again = service_.Call<v1::Action>("AttesterAction", request);
  ASSERT_TRUE(again.ok()) << again.status();
  ASSERT_EQ(again->attestations_size(), 2);
  EXPECT_NE(again->attestations(1).empreinte(), again->attestations(0).empreinte());
  EXPECT_EQ(again->depot_time().nanos(), filed->depot_time().nanos());  // the first deposit stays
}

TEST_F(TransitionsTest, ComplementsAreAskedForAndAnswered) {
  ASSERT_TRUE(Creer(Porteur("p")).ok());
  ASSERT_TRUE(Souscrire("p", 2022, 1, 2).ok());
  ASSERT_TRUE(Creer(Action("a")).ok());
  ASSERT_TRUE(Deposer("a").ok());
  v1::DemanderComplementsRequest ask;
  ask.set_name("actions/a");
  ask.add_demandes()->set_objet("Le calendrier");
  ask.add_demandes()->set_objet("Les intervenants");
  ask.mutable_demandes(0)->set_champ("publics[0].zzz");
  service_.As("instructeur", "", "irene");
  const absl::Status nowhere = service_.Call<v1::Action>("DemanderComplements", ask).status();
  ASSERT_EQ(status::ViolationsOf(nowhere).size(), 1u) << nowhere;
  EXPECT_EQ(status::ViolationsOf(nowhere)[0].reason, "CHAMP_INCONNU");
  ask.mutable_demandes(0)->set_champ("publics[0].effectif_qpv");
  const auto asked = service_.Call<v1::Action>("DemanderComplements", ask);
  ASSERT_TRUE(asked.ok()) << asked.status();
  EXPECT_EQ(asked->etat(), v1::ETAT_ACTION_A_COMPLETER);

  v1::RepondreComplementsRequest answer;
  answer.set_name("actions/a");
  auto* first = answer.add_reponses();
  first->set_complement("actions/a/complements/1");
  first->set_texte("De septembre à juin");
  service_.As("redacteur", "porteurs/p", "remi");
  const absl::Status partial = service_.Call<v1::Action>("RepondreComplements", answer).status();
  ASSERT_EQ(status::ViolationsOf(partial).size(), 1u) << partial;
  EXPECT_EQ(status::ViolationsOf(partial)[0].reason, "COMPLEMENTS_INCOHERENTS");
  auto* second = answer.add_reponses();
  second->set_complement("actions/a/complements/2");
  second->set_texte("Deux salariés");
  const auto answered = service_.Call<v1::Action>("RepondreComplements", answer);
  ASSERT_TRUE(answered.ok()) << answered.status();
  EXPECT_EQ(answered->etat(), v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION);

  v1::ListComplementsRequest list;
  list.set_parent("actions/a");
  const auto page = service_.Call<v1::ListComplementsResponse>("ListComplements", list);
  ASSERT_TRUE(page.ok()) << page.status();
  ASSERT_EQ(page->complements_size(), 2);
  EXPECT_EQ(page->complements(0).demandeur(), "irene");
  EXPECT_EQ(page->complements(0).champ(), "publics[0].effectif_qpv");
  EXPECT_EQ(page->complements(0).reponse(), "De septembre à juin");
  EXPECT_EQ(page->complements(1).repondant(), "remi");

  // A second request is numbered after the first.
  ASSERT_TRUE(Attester("a").ok());
  service_.As("instructeur", "", "irene");
  ASSERT_TRUE(service_.Call<v1::Action>("DemanderComplements", ask).ok());
  EXPECT_EQ(service_.Number("SELECT count(*) FROM complement WHERE reponse IS NULL"), 2);
}

}  // namespace
}  // namespace pdv::actions
