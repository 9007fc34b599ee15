#ifndef PDV_SERVICES_FINANCEMENT_APP_MODELE_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_APP_MODELE_PGTEST_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "pdv/financement/v1/ligne.pb.h"

// The rules of the euros told a second time, as simply as can be: what the service answers and
// keeps is compared with it.
namespace pdv::financement::modele {

enum class Geste {
  kCreer,
  kPrendreEnCharge,
  kRecevoir,
  kEcarter,
  kSansReponse,
  kProposer,
  kVoter,
  kRefuser,
  kNotifier,
  kEngager,
  kVerser,
  kExpirer,
  kVoterLot,
  kAbonder,
  kDeleguer,
  kReprendre,
  kTransferer,
  kGeler,
  kDegeler,
  kReporter,
  // The action of a line changes its exercice: the facts of the line follow.
  kDeplacer,
};
// Those that only clients make: the others are a fact of a peer.
inline constexpr int kGestes = 20;
inline constexpr const char* kNoms[] = {
    "Creer",    "PrendreEnCharge", "Recevoir",   "Ecarter", "SansReponse", "Proposer", "Voter",
    "Refuser",  "Notifier",        "Engager",    "Verser",  "Expirer",     "VoterLot", "Abonder",
    "Deleguer", "Reprendre",       "Transferer", "Geler",   "Degeler",     "Reporter", "Deplacer"};

inline constexpr int kLignes = 400, kEnveloppes = 6, kLot = 3;

// One thing that somebody asks: of a line with amounts of droit commun and crédits spécifiques, or
// of two envelopes with an amount.
struct Acte {
  int geste = 0, ligne = 0, enveloppe = 0, autre = 0;
  int commun = 0, specifiques = 0;
  bool item_par_item = false;
  Geste quoi() const { return static_cast<Geste>(geste); }
  int64_t total() const { return int64_t{commun} + specifiques; }
};
inline std::ostream& operator<<(std::ostream& out, const Acte& a) {
  return out << "\n  " << kNoms[a.geste] << " ligne " << a.ligne << ", enveloppes " << a.enveloppe
             << " et " << a.autre << ", " << a.commun << " + " << a.specifiques
             << (a.item_par_item ? " (item par item)" : "");
}

struct Enveloppe {
  int parent;  // -1: a root
  bool ae;
  int exercice, niveau;
  int64_t disponible, reserve = 0, consomme = 0, gele = 0, delegue = 0, recu = 0;
};

struct Ligne {
  bool existe = false;
  v1::EtatLigne etat = v1::ETAT_LIGNE_DEMANDEE;
  int enveloppe = -1, exercice = 2023;
  // demande, propose, reserve, vote, engage, paye: of each, droit commun and crédits spécifiques.
  std::array<std::array<int64_t, 2>, 6> m{};
  int64_t Total(int stade) const { return m[stade][0] + m[stade][1]; }
};

// The tree: a nation, its région, the two envelopes of a département; one of the next exercice; and
// one of crédits de paiement.
inline std::array<Enveloppe, kEnveloppes> Arbre() {
  return {{{-1, true, 2023, 0, 60'000},
           {0, true, 2023, 1, 0},
           {1, true, 2023, 2, 0},
           {1, true, 2023, 2, 0},
           {-1, true, 2024, 2, 0},
           {-1, false, 2023, 0, 20'000}}};
}

class Modele {
 public:
  std::array<Enveloppe, kEnveloppes> enveloppes = Arbre();
  std::array<Ligne, kLignes> lignes;

  // The reason of the refusal, or "" once it is done. `reste` is what an insufficient envelope has.
  std::string Jouer(const Acte& a, int64_t* reste) {
    Ligne& l = lignes[a.ligne];
    const std::array<int64_t, 2> deux{a.commun, a.specifiques};
    switch (a.quoi()) {
      case Geste::kCreer:
        if (l.existe) return "RESSOURCE_EXISTANTE";
        l.existe = true;
        l.enveloppe = a.enveloppe - 1;  // the first one: no envelope is followed
        l.m[0] = deux;
        return "";
      case Geste::kPrendreEnCharge:
        return Passer(l, {1, 15}, 2);
      case Geste::kRecevoir:
        return Passer(l, {1, 2, 15}, 3);
      case Geste::kEcarter:
        return Passer(l, {1, 2, 3, 15}, 11);
      case Geste::kSansReponse:
        return Passer(l, {1, 2, 3}, 15);
      case Geste::kNotifier:
        return Passer(l, {5}, 6);
      case Geste::kProposer:
        return Proposer(l, deux, reste);
      case Geste::kVoter:
        return Voter(l, deux, reste);
      case Geste::kRefuser:
        return Rendre(l, Passer(l, {1, 2, 3, 4, 15}, 12));
      case Geste::kExpirer:
        return Rendre(l, "");
      case Geste::kEngager:
        return Engager(l, deux);
      case Geste::kVerser:
        return Verser(l, deux, reste);
      case Geste::kVoterLot:
        return VoterLot(a, nullptr, reste);
      case Geste::kDeplacer:
        l.exercice = l.exercice == 2023 ? 2024 : 2023;
        return "";
      default:
        return Doter(a, reste);
    }
  }

  // Those of a batch that are voted, in `votees`; all or none unless item by item.
  std::string VoterLot(const Acte& a, std::vector<bool>* votees, int64_t* reste) {
    const Modele avant = *this;
    for (int i = 0; i < kLot; ++i) {
      const std::string refus =
          Voter(lignes[(a.ligne + i) % kLignes], {a.commun, a.specifiques}, reste);
      if (votees != nullptr) votees->push_back(refus.empty());
      if (refus.empty() || a.item_par_item) continue;
      *this = avant;
      return refus;
    }
    return "";
  }

 private:
  static std::string Passer(Ligne& l, std::vector<int> de, int vers) {
    if (!l.existe) return "RESSOURCE_INTROUVABLE";
    if (std::find(de.begin(), de.end(), l.etat) == de.end()) return "TRANSITION_INTERDITE";
    l.etat = static_cast<v1::EtatLigne>(vers);
    return "";
  }
  Enveloppe* De(const Ligne& l, bool ae) {
    if (l.enveloppe < 0 || enveloppes[l.enveloppe].ae != ae) return nullptr;
    return &enveloppes[l.enveloppe];
  }
  // Takes it from the envelope, or says why not. `propre` is what the line holds there already.
  // What returns does so whatever the line has become.
  static std::string Prendre(Enveloppe* e, const Ligne& l, int64_t plus, int64_t propre,
                             int64_t* reste) {
    if (e == nullptr) return "";
    if (plus > 0 && e->exercice != l.exercice) return "ENVELOPPE_INCOHERENTE";
    *reste = e->disponible + propre;
    if (plus > e->disponible) return "ENVELOPPE_INSUFFISANTE";
    e->disponible -= plus;
    return "";
  }
  std::string Rendre(Ligne& l, std::string refus) {
    if (!refus.empty() || l.Total(2) == 0) return refus;
    Enveloppe& e = enveloppes[l.enveloppe];
    e.disponible += l.Total(2);
    e.reserve -= l.Total(2);
    l.m[2] = {};
    return "";
  }
  std::string Proposer(Ligne& l, std::array<int64_t, 2> deux, int64_t* reste) {
    Ligne apres = l;
    std::string refus = Passer(apres, {1, 2, 3, 4, 15}, 4);
    if (refus.empty() && deux[0] + deux[1] == 0) refus = "MONTANT_NUL";
    Enveloppe* e = De(l, true);
    const int64_t plus = deux[0] + deux[1] - l.Total(2);
    if (refus.empty() && e != nullptr && deux != l.m[2])
      refus = Prendre(e, l, plus, l.Total(2), reste);
    if (!refus.empty()) return refus;
    apres.m[1] = deux;
    if (e != nullptr) {
      e->reserve += plus;
      apres.m[2] = deux;
    }
    l = apres;
    return "";
  }
  std::string Voter(Ligne& l, std::array<int64_t, 2> deux, int64_t* reste) {
    Ligne apres = l;
    std::string refus = Passer(apres, {1, 2, 3, 4, 15}, 5);
    if (refus.empty() && deux[0] + deux[1] == 0) refus = "MONTANT_NUL";
    Enveloppe* e = De(l, true);
    if (refus.empty()) refus = Prendre(e, l, deux[0] + deux[1] - l.Total(2), l.Total(2), reste);
    if (!refus.empty()) return refus;
    if (e != nullptr) {
      e->reserve -= l.Total(2);
      e->consomme += deux[0] + deux[1];
    }
    apres.m[2] = {};
    apres.m[3] = deux;
    l = apres;
    return "";
  }
  static std::string Engager(Ligne& l, std::array<int64_t, 2> deux) {
    Ligne apres = l;
    const std::string refus = Passer(apres, {5, 6}, 7);
    if (!refus.empty()) return refus;
    if (deux[0] + deux[1] == 0) return "MONTANT_NUL";
    if (deux[0] > l.m[3][0] || deux[1] > l.m[3][1]) return "MONTANT_EXCESSIF";
    apres.m[4] = deux;
    l = apres;
    return "";
  }
  std::string Verser(Ligne& l, std::array<int64_t, 2> deux, int64_t* reste) {
    Ligne apres = l;
    std::string refus = Passer(apres, {7, 8}, 8);
    if (!refus.empty()) return refus;
    if (deux[0] < l.m[5][0] || deux[1] < l.m[5][1]) return "MONTANT_DECROISSANT";
    if (deux == l.m[5]) return "MONTANT_NUL";
    if (deux[0] > l.m[4][0] || deux[1] > l.m[4][1]) return "MONTANT_EXCESSIF";
    Enveloppe* e = De(l, false);
    const int64_t plus = deux[0] + deux[1] - l.Total(5);
    if (plus > 0) refus = Prendre(e, l, plus, 0, reste);
    if (!refus.empty()) return refus;
    if (e != nullptr) e->consomme += plus;
    apres.m[5] = deux;
    l = apres;
    return "";
  }
  std::string Doter(const Acte& a, int64_t* reste) {
    Enveloppe &e = enveloppes[a.enveloppe], &autre = enveloppes[a.autre];
    const int64_t m = a.quoi() == Geste::kReporter ? e.disponible : a.total() + 1;
    auto bouger = [&](int64_t& de, int64_t& vers) -> std::string {
      if (m == 0) return "MONTANT_NUL";
      *reste = de;
      if (m > de) return "ENVELOPPE_INSUFFISANTE";
      de -= m;
      vers += m;
      return "";
    };
    switch (a.quoi()) {
      case Geste::kAbonder:
        e.disponible += m;
        return "";
      case Geste::kGeler:
        return bouger(e.disponible, e.gele);
      case Geste::kDegeler:
        return bouger(e.gele, e.disponible);
      case Geste::kDeleguer:
      case Geste::kReprendre: {
        if (autre.parent != a.enveloppe) return "PARENT_INCOHERENT";
        const bool reprise = a.quoi() == Geste::kReprendre;
        if (reprise && m <= autre.disponible && m > autre.recu) return "REPRISE_EXCESSIVE";
        const std::string refus = reprise ? bouger(autre.disponible, e.disponible)
                                          : bouger(e.disponible, autre.disponible);
        if (!refus.empty()) return refus;
        e.delegue += reprise ? -m : m;
        autre.recu += reprise ? -m : m;
        return "";
      }
      case Geste::kTransferer:
        if (&e == &autre || e.ae != autre.ae || e.exercice != autre.exercice)
          return "ENVELOPPE_INCOHERENTE";
        return bouger(e.disponible, autre.disponible);
      default:  // Reporter: all that is available
        if (e.ae != autre.ae || e.niveau != autre.niveau || e.exercice + 1 != autre.exercice)
          return "ENVELOPPE_INCOHERENTE";
        return bouger(e.disponible, autre.disponible);
    }
  }
};

}  // namespace pdv::financement::modele

#endif  // PDV_SERVICES_FINANCEMENT_APP_MODELE_PGTEST_H_
