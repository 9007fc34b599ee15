// Random histories against the reference model (modele_pgtest.h), on a real store. A failure prints
// the history, shrunken; the seed, printed first, plays it again: RC_PARAMS="seed=…".
// PDV_HISTOIRES=longues (label slow) plays longer ones.
#include "services/financement/app/histoires_pgtest.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "common/types/centimes.h"
#include "services/financement/store/agregats.h"

namespace pdv::financement {
namespace {

using modele::Acte;
using modele::Commencer;
using modele::Geste;
using modele::kPeu;
using modele::Longues;
using modele::Modele;
using modele::Monde;
using modele::Reponse;
using modele::Verifier;

int64_t Nombre(Monde& monde, const std::string& sql) { return monde.banc().Number(sql); }

// What the store keeps is what the model keeps.
void Comparer(Monde& monde, const Modele& modele) {
  for (int i = 0; i < modele::kEnveloppes; ++i) {
    const modele::Enveloppe& e = modele.enveloppes[i];
    RC_ASSERT(
        Nombre(monde, absl::StrCat("SELECT count(*) FROM enveloppe WHERE name = '", Monde::Nom(i),
                                   "' AND disponible_centimes = ", e.disponible,
                                   " AND reserve_centimes = ", e.reserve,
                                   " AND consomme_centimes = ", e.consomme, " AND gele_centimes = ",
                                   e.gele, " AND delegue_centimes = ", e.delegue,
                                   " AND recu_centimes = ", e.recu)) == 1);
  }
  for (int i = 0; i < modele::kLignes; ++i) {
    const modele::Ligne& l = modele.lignes[i];
    if (!l.existe) continue;
    std::string soldes;
    for (const auto& stade : l.m) {
      for (int64_t cents : stade) absl::StrAppend(&soldes, soldes.empty() ? "" : ",", cents);
    }
    const std::string etat = v1::EtatLigne_Name(l.etat).substr(sizeof("ETAT_LIGNE_") - 1);
    RC_ASSERT(Nombre(monde,
                     absl::StrCat("SELECT count(*) FROM ligne l WHERE name = '", Monde::NomLigne(i),
                                  "' AND etat = '", etat, "' AND coalesce(enveloppe, '') = '",
                                  Monde::NomOuRien(l.enveloppe),
                                  "' AND ARRAY(SELECT solde FROM soldes_ligne(l)) = "
                                  "ARRAY[",
                                  soldes, "]::bigint[]")) == 1);
  }
}

// What holds after any history, whatever the model says.
void Invariants(Monde& monde) {
  const auto checked = VerifierAgregats(monde.banc().sql(), {});
  RC_ASSERT(checked.ok());
  RC_ASSERT(checked->ecarts_size() == 0);
  // Money comes from outside, and is neither made nor lost on the way down.
  RC_ASSERT(Nombre(monde,
                   "SELECT sum(montant_centimes)::bigint - (SELECT sum(CASE WHEN debit LIKE "
                   "'financeurs/%' THEN montant_centimes ELSE -montant_centimes END) FROM ecriture "
                   "WHERE enveloppe IS NOT NULL AND (debit LIKE 'financeurs/%' OR credit LIKE "
                   "'financeurs/%'))::bigint FROM enveloppe") == 0);
  // At every instant of the history, no account of an envelope was under zero.
  RC_ASSERT(
      Nombre(monde,
             "SELECT count(*) FROM (SELECT sum(disponible) OVER w AS d, sum(reserve) OVER w AS "
             "r, sum(consomme) OVER w AS c, sum(gele) OVER w AS g FROM mouvement_enveloppe "
             "WINDOW w AS (PARTITION BY name ORDER BY instant)) s WHERE least(d, r, c, g) < "
             "0") == 0);
}

TEST(HistoiresTest, OneClientIsAnsweredAsTheModelSays) {
  Verifier(Longues() ? 200 : 10, Longues() ? 600 : 300, kPeu, modele::kTous,
           [](const std::vector<Acte>& histoire) {
             Monde monde;
             Modele modele;
             Commencer(monde, modele, kPeu);
             for (size_t i = 0; i < histoire.size(); ++i) {
               const Acte& acte = histoire[i];
               int64_t reste = -1;
               std::vector<bool> votees;
               const std::string attendu = acte.quoi() == Geste::kVoterLot
                                               ? modele.VoterLot(acte, &votees, &reste)
                                               : modele.Jouer(acte, &reste);
               const Reponse reponse = monde.Jouer(acte, absl::StrCat("acte-", i));
               RC_ASSERT(reponse.raison == attendu);
               if (attendu == "ENVELOPPE_INSUFFISANTE") RC_ASSERT(reponse.reste == reste);
               if (attendu.empty() && acte.quoi() == Geste::kVoterLot)
                 RC_ASSERT(reponse.votees == votees);
               if (i % 40 == 39) Comparer(monde, modele);
             }
             Comparer(monde, modele);
             Invariants(monde);
           });
}

// The order in which acts took effect: that of the revisions of each row they wrote. There is one,
// or the transactions were not serializable.
std::vector<size_t> Ordre(Monde& monde) {
  const auto rows = monde.banc().sql().Exec(
      "SELECT substr(request_id, 6)::int, name, revision FROM journal WHERE request_id LIKE "
      "'acte-%' "
      "ORDER BY name, revision",
      {}, false);
  RC_ASSERT(rows.ok());
  std::map<std::string, std::vector<size_t>> par_ligne;
  std::map<size_t, size_t> attendues;  // events of an act that are not yet next on their row
  for (int row = 0; row < rows->rows(); ++row) {
    const auto acte = static_cast<size_t>(rows->Int64(row, 0));
    par_ligne[std::string(rows->Text(row, 1))].push_back(acte);
    ++attendues[acte];
  }
  std::vector<size_t> ordre;
  std::set<std::string> names;
  std::vector<std::string> work;
  std::map<std::string, size_t> at;
  for (const auto& [name, actes] : par_ligne) work.push_back(name);
  std::map<size_t, std::vector<std::string>> lignes_de;
  while (!work.empty()) {
    const std::string name = work.back();
    work.pop_back();
    const auto& actes = par_ligne[name];
    if (at[name] == actes.size()) continue;
    const size_t acte = actes[at[name]];
    lignes_de[acte].push_back(name);
    if (--attendues[acte] > 0) continue;
    ordre.push_back(acte);
    for (const std::string& moved : lignes_de[acte]) {
      ++at[moved];
      work.push_back(moved);
    }
  }
  RC_ASSERT(ordre.size() == attendues.size());
  return ordre;
}

// Plays the acts with as many clients, half of them on each replica. One act in five is asked again
// under its request_id, of the other replica: what was done is answered as it was, and not done
// again (the model would not find the same balances). Returns how many answers differed.
int JouerEnsemble(Monde& monde, const std::vector<Acte>& histoire, std::vector<Reponse>& reponses) {
  constexpr size_t kClients = 8;
  std::atomic<size_t> next{0};
  std::atomic<int> differentes{0};
  std::vector<std::thread> clients;
  for (size_t c = 0; c < kClients; ++c) {
    clients.emplace_back([&, c] {
      for (size_t i = next++; i < histoire.size(); i = next++) {
        const std::string id = absl::StrCat("acte-", i);
        reponses[i] = monde.Jouer(histoire[i], id, c % 2);
        if (i % 5 != 0) continue;
        const bool fait = reponses[i].raison.empty();
        const Reponse encore = monde.Jouer(histoire[i], id, 1 - c % 2);
        if (fait && (!encore.raison.empty() || encore.votees != reponses[i].votees)) ++differentes;
        if (!fait) reponses[i] = encore;  // a refusal is not kept: it may pass now
      }
    });
  }
  for (std::thread& client : clients) client.join();
  return differentes;
}

TEST(HistoiresTest, ConcurrentClientsAreSerializable) {
  Verifier(
      Longues() ? 60 : 3, Longues() ? 10'000 : 4'000, modele::kLignes, modele::kGestes,
      [](const std::vector<Acte>& histoire) {
        Monde monde(/*replicas=*/2);
        Modele modele;
        Commencer(monde, modele, modele::kLignes);
        std::vector<Reponse> reponses(histoire.size());
        RC_ASSERT(JouerEnsemble(monde, histoire, reponses) == 0);
        // Histories in which nothing happens would prove nothing.
        const auto acceptes = std::count_if(reponses.begin(), reponses.end(),
                                            [](const Reponse& r) { return r.raison.empty(); });
        RC_ASSERT(acceptes >= static_cast<int64_t>(histoire.size()) / 20);

        for (size_t i : Ordre(monde)) {
          int64_t reste = -1;
          RC_ASSERT(reponses[i].raison == "");
          Acte acte = histoire[i];
          if (acte.quoi() != Geste::kVoterLot) {
            RC_ASSERT(modele.Jouer(acte, &reste) == "");
            continue;
          }
          // The items that were voted could be; those that were not waited for rows of others.
          acte.geste = static_cast<int>(Geste::kVoter);
          for (int item = 0; item < modele::kLot; ++item) {
            Acte one = acte;
            one.ligne = (acte.ligne + item) % modele::kLignes;
            if (reponses[i].votees[item]) RC_ASSERT(modele.Jouer(one, &reste) == "");
          }
        }
        for (const Reponse& reponse : reponses) {
          if (reponse.raison == "ENVELOPPE_INSUFFISANTE") RC_ASSERT(reponse.reste >= 0);
          RC_ASSERT(reponse.raison.find(':') == std::string::npos);  // every refusal has a reason
        }
        Comparer(monde, modele);
        Invariants(monde);
      });
}

// 64 clients that want amounts of their own, and an envelope for about half of them.
TEST(HistoiresTest, ExactlyWhatFitsIsVotedAndEachLoserIsToldWhatIsLeft) {
  constexpr int kClients = 64;
  // Multiples of ten, and an envelope that is not: something always remains.
  const auto cents = [](int client) { return int64_t{1'000} + 130 * client; };
  constexpr int64_t kDotation = 163'847;
  Banc banc;
  ASSERT_TRUE(banc.CreerEnveloppe("ae", "nation", kDotation).ok());
  for (int i = 0; i < kClients; ++i) {
    const std::string id = absl::StrCat(i);
    banc.Action(id, 1, "contrats/cv110", "");
    ASSERT_TRUE(banc.Creer(Banc::Demande(id, id, "ae", cents(i))).ok());
  }
  auto replica = banc.Open();
  std::atomic<int64_t> accorde{0};
  std::array<int64_t, kClients> restes;  // what each loser was told; -1: voted
  restes.fill(-1);
  std::vector<std::thread> clients;
  for (int i = 0; i < kClients; ++i) {
    clients.emplace_back([&, i] {
      v1::VoterLigneRequest vote;
      vote.set_name(absl::StrCat("lignes/", i));
      vote.set_vote_specifiques_centimes(cents(i));
      vote.set_request_id(absl::StrCat("vote-", i));
      const auto voted =
          banc.Run<v1::Ligne>(vote, VoterLigne, i % 2 ? replica.get() : &banc.store());
      if (voted.ok()) {
        accorde += cents(i);
        return;
      }
      EXPECT_EQ(status::ReasonOf(voted.status()), "ENVELOPPE_INSUFFISANTE") << voted.status();
      restes[i] = std::atoll(status::MetadataOf(voted.status(), "reste_centimes").c_str());
      EXPECT_THAT(std::string(voted.status().message()),
                  ::testing::HasSubstr("Il reste " + types::FormaterMontant(restes[i])));
    });
  }
  for (std::thread& client : clients) client.join();
  const int64_t reste = banc.Number("SELECT disponible_centimes FROM enveloppe");
  EXPECT_GT(reste, 0);
  EXPECT_EQ(accorde, kDotation - reste);
  EXPECT_EQ(banc.Number("SELECT consomme_centimes FROM enveloppe"), accorde);
  EXPECT_EQ(banc.Number("SELECT sum(vote_specifiques_centimes)::bigint FROM ligne"), accorde);
  for (int i = 0; i < kClients; ++i) {
    if (restes[i] == -1) continue;
    EXPECT_GT(cents(i), restes[i]);  // it did not fit when it was refused,
    EXPECT_GT(cents(i), reste);      // nor would it at the end:
    EXPECT_GE(restes[i], reste);     // nothing comes back.
  }
  EXPECT_EQ(banc.Number("SELECT count(*) FROM ecart"), 0);
}

}  // namespace
}  // namespace pdv::financement
