#ifndef PDV_SERVICES_FINANCEMENT_APP_ACTES_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_APP_ACTES_PGTEST_H_

#include <array>
#include <cstdint>
#include <ostream>

// What the histories are made of: one thing after another that somebody asks.
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
  // A proposal or a vote that names another envelope.
  kProposerSur,
  kVoterSur,
  // UpdateLigne: what is asked, then which envelope is to pay.
  kRedemander,
  kReimputer,
  kAbonder,
  kDeleguer,
  kReprendre,
  kTransferer,
  kGeler,
  kDegeler,
  kReporter,
  // A register tells a line again, or for the first time.
  kImporter,
  // The action of a line changes its exercice: the facts of the line follow.
  kDeplacer,
};
// Those of lines; those that clients ask under a request_id; those that write the ledger; and all,
// with the fact of a peer.
inline constexpr int kDesLignes = 17, kGestes = 24, kDesEcritures = 25, kTous = 26;
inline constexpr const char* kNoms[] = {
    "Creer",    "PrendreEnCharge", "Recevoir",   "Ecarter",    "SansReponse", "Proposer",
    "Voter",    "Refuser",         "Notifier",   "Engager",    "Verser",      "Expirer",
    "VoterLot", "ProposerSur",     "VoterSur",   "Redemander", "Reimputer",   "Abonder",
    "Deleguer", "Reprendre",       "Transferer", "Geler",      "Degeler",     "Reporter",
    "Importer", "Deplacer"};

inline constexpr int kLignes = 400, kEnveloppes = 6, kLot = 3;

// One thing that somebody asks: of a line with amounts of droit commun and crédits spécifiques, or
// of two envelopes with an amount.
struct Acte {
  int geste = 0, ligne = 0, enveloppe = 0, autre = 0;
  int commun = 0, specifiques = 0;
  bool item_par_item = false;
  Geste quoi() const { return static_cast<Geste>(geste); }
  int64_t total() const { return int64_t{commun} + specifiques; }
  // Of a register: which one, the amounts that it changes (-1: none, as often when it tells another
  // envelope), and the envelope that it tells (-1: none), unless it tells the one that is known.
  int registre() const { return 1 + specifiques % 2; }
  int stade() const {
    if (!meme_enveloppe() && autre % 2 == 0) return -1;
    return std::array{4, 3, 0, 5, -1, 1}[autre];
  }
  bool meme_enveloppe() const { return item_par_item; }
  int enveloppe_dite() const { return enveloppe - 1; }
};
inline std::ostream& operator<<(std::ostream& out, const Acte& a) {
  return out << "\n  " << kNoms[a.geste] << " ligne " << a.ligne << ", enveloppes " << a.enveloppe
             << " et " << a.autre << ", " << a.commun << " + " << a.specifiques
             << (a.item_par_item ? " (item par item)" : "");
}

}  // namespace pdv::financement::modele

#endif  // PDV_SERVICES_FINANCEMENT_APP_ACTES_PGTEST_H_
