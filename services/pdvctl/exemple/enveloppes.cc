#include <map>

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "services/pdvctl/exemple/campagne.h"

namespace pdv::pdvctl::exemple {
namespace {

using financement::v1::Enveloppe;

// From the envelope that a line takes from, up to the root of its funder.
struct Niveau {
  const char* suffixe;  // of the name; the contrat's is its id
  const char* perimetre;
};
constexpr Niveau kContrat = {"", ""}, kDuDepartement = {"-34", "departements/34"},
                 kDeLaRegion = {"-76", "regions/76"}, kNation = {"", "nation"};

std::vector<Niveau> Niveaux(int rang) {
  switch (rang) {
    case kEtat:
      return {kContrat, kDuDepartement, kDeLaRegion, kNation};
    case kDepartement:
      return {kContrat, kDuDepartement};
    case kRegion:
      return {kDuDepartement, kDeLaRegion};
    case kCaf:
      return {kDuDepartement};
    default:
      return {kContrat};
  }
}

bool DuContrat(const Niveau& niveau) { return *niveau.perimetre == '\0'; }

std::string Nom(int rang, size_t niveau, const ContratExemple& contrat, int exercice) {
  const std::string financeur = NomFinanceur(rang, contrat);
  const std::vector<Niveau> niveaux = Niveaux(rang);
  std::string nom = absl::StrCat("enveloppes/", std::string(types::DernierSegment(financeur)), "-",
                                 exercice, "-ae", niveaux[niveau].suffixe);
  // A funder of one contrat bears its id already.
  if (DuContrat(niveaux[niveau]) && niveaux.size() > 1)
    absl::StrAppend(&nom, "-", IdContrat(contrat));
  return nom;
}

class Arbres {
 public:
  explicit Arbres(int exercice) : exercice_(exercice) {}

  void Compter(const DossierExemple& dossier, const LigneExemple& ligne) {
    if (ligne.issue != Issue::kPayee) return;
    Ouvrir(ligne.rang, 0, *dossier.contrat).besoin += ligne.accorde.total();
  }

  std::vector<EnveloppeExemple> Doter() {
    // The deepest are doted first: each asks its parent for what it needs, and some room.
    for (int profondeur = 3; profondeur >= 0; --profondeur) {
      for (auto& [name, one] : noeuds_) {
        if (one.profondeur == profondeur) Doter(one);
      }
    }
    std::vector<EnveloppeExemple> toutes;
    for (int profondeur = 0; profondeur <= 3; ++profondeur) {
      for (auto& [name, one] : noeuds_) {
        if (one.profondeur == profondeur) toutes.push_back(one.exemple);
      }
    }
    return toutes;
  }

 private:
  struct Noeud {
    EnveloppeExemple exemple;
    int profondeur = 0;  // 0: a root
    int64_t besoin = 0;
  };

  Noeud& Ouvrir(int rang, size_t niveau, const ContratExemple& contrat) {
    const std::vector<Niveau> niveaux = Niveaux(rang);
    const bool du_contrat = DuContrat(niveaux[niveau]);
    const std::string name = Nom(rang, niveau, contrat, exercice_);
    Noeud& noeud = noeuds_[name];
    Enveloppe& e = noeud.exemple.enveloppe;
    if (!e.name().empty()) return noeud;
    noeud.exemple.rang = rang;
    noeud.exemple.contrat = &contrat;
    e.set_name(name);
    e.set_financeur(NomFinanceur(rang, contrat));
    e.set_exercice(exercice_);
    e.set_nature(financement::v1::NATURE_ENVELOPPE_AE);
    e.set_perimetre(du_contrat ? NomContrat(contrat) : niveaux[niveau].perimetre);
    if (rang == kEtat) e.set_programme("147");
    constexpr const char* kNoms[] = {"P147", "EPCI", "Communes", "Département", "CAF", "Région"};
    const std::string lieu = du_contrat                      ? contrat.code
                             : e.perimetre() == "nation"     ? "France (exemple)"
                             : e.perimetre() == "regions/76" ? "Occitanie"
                                                             : "Hérault";
    e.set_libelle(absl::StrCat(kNoms[rang], " ", lieu, " ", exercice_));
    noeud.profondeur = static_cast<int>(niveaux.size() - 1 - niveau);
    if (niveau + 1 < niveaux.size())
      e.set_parent(Ouvrir(rang, niveau + 1, contrat).exemple.enveloppe.name());
    return noeud;
  }

  // 4 % of room, rounded up to 1 000 €.
  void Doter(Noeud& noeud) {
    constexpr int64_t kMille = 100'000;
    noeud.exemple.recu_centimes = (noeud.besoin / 100 * 104 / kMille + 1) * kMille;
    const std::string& parent = noeud.exemple.enveloppe.parent();
    if (!parent.empty()) noeuds_.at(parent).besoin += noeud.exemple.recu_centimes;
  }

  const int exercice_;
  std::map<std::string, Noeud> noeuds_;  // references stay valid
};

}  // namespace

std::string EnveloppeDe(int rang, const ContratExemple& contrat, int exercice) {
  return Nom(rang, 0, contrat, exercice);
}

std::vector<EnveloppeExemple> Enveloppes(int exercice,
                                         const std::vector<DossierExemple>& dossiers) {
  Arbres arbres(exercice);
  for (const DossierExemple& dossier : dossiers) {
    for (const LigneExemple& ligne : dossier.lignes) arbres.Compter(dossier, ligne);
  }
  return arbres.Doter();
}

}  // namespace pdv::pdvctl::exemple
