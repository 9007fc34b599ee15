// Any amount is read as of any instant: photos of the balances are taken after each act of a random
// history, and the past is asked for them again when it is over. A failure prints the history,
// shrunken, and its seed (see histoires_pgtest.cc).
#include <map>
#include <optional>

#include "absl/time/clock.h"
#include "google/protobuf/util/message_differencer.h"
#include "google/protobuf/util/time_util.h"
#include "services/financement/app/histoires_pgtest.h"
#include "services/financement/store/agregats.h"
#include "services/financement/store/enveloppes.h"
#include "services/financement/store/releve.h"

namespace pdv::financement {
namespace {

using google::protobuf::Timestamp;
using google::protobuf::util::MessageDifferencer;
using google::protobuf::util::TimeUtil;
using modele::Acte;
using modele::Geste;
using modele::Modele;
using modele::Monde;

constexpr char kCle[] = "clé de test";
using Soldes = std::map<std::string, int64_t>;  // account -> cents, those at zero left out

Timestamp Instant(int64_t microseconds) { return TimeUtil::MicrosecondsToTimestamp(microseconds); }

// The balances of the envelopes, and the sums of the nation.
struct Photo {
  Soldes enveloppes;
  v1::Agregats sommes;
};

template <class Request>
Request Le(const std::optional<int64_t>& instant) {
  Request request;
  if (instant.has_value()) *request.mutable_read_time() = Instant(*instant);
  return request;
}

Photo Photographier(Monde& monde, std::optional<int64_t> instant = std::nullopt) {
  Photo photo;
  const auto page =
      ListEnveloppes(monde.banc().sql(), Le<v1::ListEnveloppesRequest>(instant), kCle);
  RC_ASSERT(page.ok());
  for (const v1::Enveloppe& e : page->enveloppes()) {
    for (const auto& [poste, cents] : {std::pair{"disponible", e.disponible_centimes()},
                                       {"reserve", e.reserve_centimes()},
                                       {"consomme", e.consomme_centimes()},
                                       {"gele", e.gele_centimes()},
                                       {"delegue", e.delegue_centimes()},
                                       {"recu", e.recu_centimes()}})
      if (cents != 0) photo.enveloppes[absl::StrCat(e.name(), "/comptes/", poste)] = cents;
  }
  auto request = Le<v1::GetAgregatsRequest>(instant);
  request.set_perimetre("nation");
  request.set_exercice_debut(2023);
  const auto sums = GetAgregats(monde.banc().sql(), request);
  RC_ASSERT(sums.ok());
  photo.sommes = *sums;
  return photo;
}

// Amounts only: a line is counted from its creation, an instant before its first entry.
v1::Agregats SansNombres(v1::Agregats sommes) {
  v1::Agregats amounts;
  for (v1::Agregat& one : *sommes.mutable_agregats()) {
    one.clear_nb_lignes();
    v1::Agregat key;
    key.set_exercice(one.exercice());
    key.set_axe(one.axe());
    key.set_cle(one.cle());
    if (!MessageDifferencer::Equals(one, key)) *amounts.add_agregats() = one;
  }
  return amounts;
}

// The statement of an envelope ends on what it had then.
void ComparerReleves(Monde& monde, const Photo& photo, int64_t instant) {
  Soldes told;
  for (int i = 0; i < modele::kEnveloppes; ++i) {
    auto request = Le<v1::ReleveCompteRequest>(instant);
    request.set_compte(Monde::Nom(i));
    request.set_page_size(1);
    const auto releve = ReleveCompte(monde.banc().sql(), request, kCle);
    RC_ASSERT(releve.ok());
    for (const auto& one : releve->soldes())
      if (one.solde_centimes() != 0) told[one.compte()] = one.solde_centimes();
  }
  RC_ASSERT(told == photo.enveloppes);
}

TEST(PhotosTest, ThePastIsReadAsItWas) {
  modele::Verifier(
      modele::Longues() ? 60 : 4, modele::Longues() ? 300 : 60, modele::kPeu, modele::kDesEcritures,
      [](const std::vector<Acte>& histoire) {
        Monde monde;
        Modele modele;
        modele::Commencer(monde, modele, modele::kPeu);
        std::map<int64_t, Photo> apres;  // once an act is done
        std::map<int64_t, Photo> entre;  // at the instant of its entries, and just before
        auto dernier = [&] {
          return monde.banc().Number(
              "SELECT (extract(epoch FROM max(instant)) * 1000000)::bigint FROM ecriture");
        };
        Photo avant = Photographier(monde);
        int64_t vu = dernier();
        for (size_t i = 0; i < histoire.size(); ++i) {
          monde.Jouer(histoire[i], absl::StrCat("acte-", i));
          Photo photo = Photographier(monde);
          const int64_t ecrit = dernier();
          if (ecrit != vu) {
            // All the entries of an act are of one instant: half of it is never shown.
            entre[ecrit - 1] = avant;
            entre[ecrit] = photo;
          }
          apres[monde.banc().Number(
              "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")] = photo;
          avant = std::move(photo);
          vu = ecrit;
        }
        for (const auto& [instant, photo] : apres) {
          const Photo read = Photographier(monde, instant);
          RC_ASSERT(read.enveloppes == photo.enveloppes);
          RC_ASSERT(MessageDifferencer::Equals(read.sommes, photo.sommes));
          ComparerReleves(monde, photo, instant);
        }
        for (const auto& [instant, photo] : entre) {
          const Photo read = Photographier(monde, instant);
          RC_ASSERT(read.enveloppes == photo.enveloppes);
          RC_ASSERT(
              MessageDifferencer::Equals(SansNombres(read.sommes), SansNombres(photo.sommes)));
        }
        const Photo rien = Photographier(monde, 1'000'000'000'000'000);  // 2001
        RC_ASSERT(rien.enveloppes.empty());
        RC_ASSERT(rien.sommes.agregats_size() == 0);
        auto futur = Le<v1::ListEnveloppesRequest>(absl::ToUnixMicros(absl::Now()) + 60'000'000);
        RC_ASSERT(status::ReasonOf(ListEnveloppes(monde.banc().sql(), futur, kCle).status()) ==
                  "INSTANT_FUTUR");
      });
}

}  // namespace
}  // namespace pdv::financement
