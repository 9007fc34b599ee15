#ifndef PDV_SERVICES_FINANCEMENT_APP_MODELE_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_APP_MODELE_PGTEST_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "pdv/financement/v1/ligne.pb.h"
#include "services/financement/app/actes_pgtest.h"

// The rules of the euros told a second time, as simply as can be: what the service answers and
// keeps is compared with it.
namespace pdv::financement::modele {

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
  // The furthest step that a verb took (0: none), and the register that told it (0: none).
  int etape = 0, source = 0;
  // demande, propose, reserve, vote, engage, paye: of each, droit commun and crédits spécifiques.
  std::array<std::array<int64_t, 2>, 6> m{};
  int64_t Total(int stade) const { return m[stade][0] + m[stade][1]; }
  // Nothing is proposed nor decided yet.
  bool Ouverte() const { return etat <= 3 || etat == 15 || etat == 16; }
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
        return Proposer(l, -1, deux, reste);
      case Geste::kProposerSur:
        return Proposer(l, a.autre, deux, reste);
      case Geste::kVoter:
        return Voter(l, -1, deux, reste);
      case Geste::kVoterSur:
        return Voter(l, a.autre, deux, reste);
      case Geste::kRedemander:
        return Redemander(l, deux);
      case Geste::kReimputer:
        return Reimputer(l, a.enveloppe - 1);
      case Geste::kImporter:
        return Importer(l, a);
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
          Voter(lignes[(a.ligne + i) % kLignes], -1, {a.commun, a.specifiques}, reste);
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
  // A proposal or a vote may name the envelope (-1: it does not), unless one holds money for the
  // line.
  static std::string Nommer(Ligne& l, int enveloppe) {
    if (enveloppe < 0 || enveloppe == l.enveloppe) return "";
    if (l.Total(2) > 0) return "LIGNE_RESERVEE";
    l.enveloppe = enveloppe;
    return "";
  }
  std::string Proposer(Ligne& l, int sur, std::array<int64_t, 2> deux, int64_t* reste) {
    Ligne apres = l;
    std::string refus = Passer(apres, {1, 2, 3, 4, 15}, 4);
    if (refus.empty()) refus = Nommer(apres, sur);
    if (refus.empty() && deux[0] + deux[1] == 0) refus = "MONTANT_NUL";
    Enveloppe* e = De(apres, true);
    const int64_t plus = deux[0] + deux[1] - l.Total(2);
    if (refus.empty() && e != nullptr && deux != l.m[2])
      refus = Prendre(e, l, plus, l.Total(2), reste);
    if (!refus.empty()) return refus;
    apres.etape = 4;
    apres.m[1] = deux;
    if (e != nullptr) {
      e->reserve += plus;
      apres.m[2] = deux;
    }
    l = apres;
    return "";
  }
  std::string Voter(Ligne& l, int sur, std::array<int64_t, 2> deux, int64_t* reste) {
    Ligne apres = l;
    std::string refus = Passer(apres, {1, 2, 3, 4, 15}, 5);
    if (refus.empty()) refus = Nommer(apres, sur);
    if (refus.empty() && deux[0] + deux[1] == 0) refus = "MONTANT_NUL";
    Enveloppe* e = De(apres, true);
    if (refus.empty()) refus = Prendre(e, l, deux[0] + deux[1] - l.Total(2), l.Total(2), reste);
    if (!refus.empty()) return refus;
    if (e != nullptr) {
      e->reserve -= l.Total(2);
      e->consomme += deux[0] + deux[1];
    }
    apres.etape = 5;
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
    apres.etape = 7;
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
    refus = Prendre(e, l, plus, 0, reste);
    if (!refus.empty()) return refus;
    if (e != nullptr) e->consomme += plus;
    apres.etape = 8;
    apres.m[5] = deux;
    l = apres;
    return "";
  }

  // What is asked changes until a proposal; nothing asked any more, the line is withdrawn.
  static int SelonDemande(const Ligne& l, const std::array<int64_t, 2>& demande) {
    const int64_t apres = demande[0] + demande[1];
    if (l.etat == 16 && apres > 0) return 1;
    return l.Ouverte() && l.Total(0) > 0 && apres == 0 ? 16 : l.etat;
  }
  static std::string Redemander(Ligne& l, std::array<int64_t, 2> deux) {
    if (!l.existe) return "RESSOURCE_INTROUVABLE";
    if (!l.Ouverte() && deux != l.m[0]) return "LIGNE_DECIDEE";
    l.etat = static_cast<v1::EtatLigne>(SelonDemande(l, deux));
    l.m[0] = deux;
    return "";
  }
  static std::string Reimputer(Ligne& l, int enveloppe) {
    if (!l.existe) return "RESSOURCE_INTROUVABLE";
    if (!l.Ouverte() && enveloppe != l.enveloppe) return "LIGNE_DECIDEE";
    l.enveloppe = enveloppe;
    return "";
  }

  // The furthest stage that has an amount.
  static int Dit(const Ligne& l) {
    return l.Total(5) > 0 ? 8 : l.Total(4) > 0 ? 7 : l.Total(3) > 0 ? 5 : l.Total(1) > 0 ? 4 : 1;
  }
  // How far a state is: without an answer as admissible, withdrawn as asked.
  static int Rang(int etat) { return etat == 15 ? 3 : etat == 16 ? 1 : etat; }
  // A verb decided the amounts of its step and of those before, on an envelope: a register does
  // not.
  static bool Contredit(const Ligne& l, const Ligne& apres) {
    if (l.etape == 0) return false;
    bool autre = l.enveloppe != apres.enveloppe;
    for (const auto& [stade, etape] : {std::pair{0, 4}, {1, 4}, {2, 4}, {3, 5}, {4, 7}, {5, 8}})
      autre |= etape <= l.etape && l.m[stade] != apres.m[stade];
    return autre;
  }
  // What a register tells of a line that is known: `apres`, whose state and facts follow.
  static std::string Restituer(const Ligne& l, Ligne& apres) {
    if (l.etat == 11 || l.etat == 12 || Contredit(l, apres)) return "LIGNE_DECIDEE";
    const bool sienne = l.source == apres.source;
    if (!l.Ouverte() && !sienne) {
      apres.source = l.source;
      apres.enveloppe = l.enveloppe;
    }
    if (apres.m != l.m) {
      if (!l.Ouverte() && (!sienne || Dit(apres) < Dit(l))) return "LIGNE_DECIDEE";
      const int tenu = SelonDemande(l, apres.m[0]);
      apres.etat = static_cast<v1::EtatLigne>(Rang(Dit(apres)) > Rang(tenu) ? Dit(apres) : tenu);
      if (Rang(apres.etat) > 4) apres.m[2] = {};
    }
    const bool tient = l.enveloppe >= 0 && l.Total(2) + l.Total(3) > 0;
    return tient && l.enveloppe != apres.enveloppe ? "LIGNE_DECIDEE" : "";
  }
  std::string Importer(Ligne& l, const Acte& a) {
    Ligne apres = l;
    apres.source = a.registre();
    if (!a.meme_enveloppe()) apres.enveloppe = a.enveloppe_dite();
    if (a.stade() >= 0) apres.m[a.stade()] = {a.commun, a.specifiques};
    const bool pareille =
        apres.source == l.source && apres.enveloppe == l.enveloppe && apres.m == l.m;
    if (l.existe && pareille) return "";
    for (int k = 0; k < 2; ++k)
      if (apres.m[4][k] > apres.m[3][k] || apres.m[5][k] > apres.m[4][k]) return "MONTANT_EXCESSIF";
    std::string refus;
    if (l.existe) {
      refus = Restituer(l, apres);
    } else {
      apres.existe = true;
      apres.etat = static_cast<v1::EtatLigne>(Dit(apres));
    }
    if (refus.empty()) refus = Porter(l, apres);
    if (refus.empty()) l = apres;
    return refus;
  }
  // An envelope that is newly told gives what the line has: nothing returns from the one before.
  std::string Porter(const Ligne& l, const Ligne& apres) {
    if (apres.enveloppe < 0) return "";
    Enveloppe& e = enveloppes[apres.enveloppe];
    const Ligne avant = l.enveloppe == apres.enveloppe ? l : Ligne{};
    const int pris = e.ae ? 3 : 5;
    const int64_t reserve = e.ae ? apres.Total(2) - avant.Total(2) : 0;
    const int64_t consomme = apres.Total(pris) - avant.Total(pris);
    int64_t tu = 0;  // a finding does not tell what is left
    const std::string refus = Prendre(&e, apres, reserve + consomme, 0, &tu);
    if (!refus.empty()) return refus;
    e.reserve += reserve;
    e.consomme += consomme;
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
