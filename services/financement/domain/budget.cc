#include "services/financement/domain/budget.h"

#include <set>
#include <string_view>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/centimes.h"
#include "services/financement/domain/plan_comptable.h"

namespace pdv::financement {
namespace {

using types::FormaterMontant;

constexpr char kProgrammePolitiqueDeLaVille[] = "147";
constexpr char kRenouvellementUrbain[] = "NPNRU";
// Class 2 of every chart of accounts: what is kept.
constexpr char kClasseInvestissement[] = "2";

// "147" however it is written: "P147", "p 147", "0147".
std::string_view Programme(std::string_view code) {
  const size_t first = code.find_first_not_of("Pp0 \t");
  if (first == std::string_view::npos) return {};
  return code.substr(first, code.find_last_not_of(" \t") + 1 - first);
}

// A subvention of the État without a programme is of the politique de la ville: it is what the
// suite is for.
bool EstDuProgramme147(const v1::LigneBudget& ligne) {
  const std::string_view programme = Programme(ligne.programme());
  if (programme == kProgrammePolitiqueDeLaVille) return true;
  return programme.empty() &&
         (ligne.compte() == "74etat" || ligne.financeur() == "financeurs/etat");
}

std::vector<status::Violation> Violations(const v1::PlanComptable& plan, const v1::Budget& budget) {
  std::vector<status::Violation> violations;
  for (int i = 0; i < budget.lignes_size(); ++i) {
    const v1::LigneBudget& ligne = budget.lignes(i);
    const std::string path = absl::StrCat("budget.lignes[", i, "].");
    const v1::CompteBudget* compte = Compte(plan, ligne.compte());
    if (compte == nullptr) {
      violations.push_back({path + "compte", "COMPTE_INCONNU",
                            absl::StrCat("Le compte « ", ligne.compte(), " » n'est pas du plan ",
                                         plan.libelle(), ".")});
      continue;
    }
    const bool subvention = compte->nature() == v1::NATURE_COMPTE_SUBVENTION;
    if (subvention && ligne.financeur().empty())
      violations.push_back({path + "financeur", "FINANCEUR_MANQUANT",
                            "Une subvention dit à qui elle est demandée."});
    if (!subvention && !ligne.financeur().empty())
      violations.push_back(
          {path + "financeur", "FINANCEUR_SANS_SUBVENTION",
           absl::StrCat("Le compte « ", ligne.compte(),
                        " » n'est pas une subvention : il n'a pas de financeur.")});
  }
  return violations;
}

// Difference of two sums that should be the same, in words. `plus` and `moins` are plural.
void Comparer(const char* raison, const char* plus, int64_t a, const char* moins, int64_t b,
              v1::Budget* budget) {
  if (a == b) return;
  v1::EcartBudget* ecart = budget->add_ecarts();
  ecart->set_raison(raison);
  ecart->set_ecart_centimes(a - b);
  ecart->set_message(absl::StrCat("Les ", a > b ? plus : moins, " dépassent les ",
                                  a > b ? moins : plus, " de ",
                                  FormaterMontant(a > b ? a - b : b - a), "."));
}

void ComparerDemandes(const Demandes& demandes, const Demandes& subventions, v1::Budget* budget) {
  Demandes pairs = subventions;
  for (const auto& [financeur, montant] : demandes) pairs.try_emplace(financeur, 0);
  for (const auto& [financeur, ecrit] : pairs) {
    const auto line = demandes.find(financeur);
    const int64_t asked = line == demandes.end() ? 0 : line->second;
    if (ecrit == asked && line != demandes.end()) continue;
    v1::EcartBudget* ecart = budget->add_ecarts();
    ecart->set_raison("SUBVENTION_LIGNE");
    ecart->set_ecart_centimes(ecrit - asked);
    ecart->set_financeur(financeur);
    ecart->set_message(
        line == demandes.end()
            ? absl::StrCat("Le compte 74 compte ", FormaterMontant(ecrit), " de ", financeur,
                           ", à qui rien n'est demandé.")
            : absl::StrCat("Le compte 74 compte ", FormaterMontant(ecrit), " de ", financeur,
                           ", à qui ", FormaterMontant(asked), " sont demandés : ",
                           FormaterMontant(ecrit > asked ? ecrit - asked : asked - ecrit),
                           ecrit > asked ? " de trop." : " manquent."));
  }
}

// Basis points, rounded up: a share that passes a cap by a cent passes it.
int32_t PartPoints(int64_t part, int64_t whole) {
  if (whole == 0) return 0;
  const absl::uint128 points =
      (absl::uint128(part) * 10'000 + absl::uint128(whole) - 1) / absl::uint128(whole);
  return static_cast<int32_t>(absl::Uint128Low64(points));
}

// Basis points, rounded down: a share that lacks a cent of a floor lacks it.
int32_t PartPointsParDefaut(int64_t part, int64_t whole) {
  if (whole == 0) return 0;
  return static_cast<int32_t>(
      absl::Uint128Low64(absl::uint128(part) * 10'000 / absl::uint128(whole)));
}

// The shares that the caps of an appel à projets look at, without the amounts.
void CalculerParts(int64_t subventions, int64_t produits, v1::Budget* budget) {
  int64_t privees = 0, propres = 0;
  for (const v1::LigneBudget& ligne : budget->lignes()) {
    if (ligne.compte() == kAidesPrivees) privees += ligne.montant_centimes();
    if (EstRessourcePropre(ligne.compte())) propres += ligne.montant_centimes();
  }
  budget->set_part_subventions_points(PartPoints(subventions, produits));
  budget->set_part_aides_publiques_points(PartPoints(subventions - privees, produits));
  budget->set_part_ressources_propres_points(PartPointsParDefaut(propres, produits));
}

// What programme 147 does not pay: the investment of a budget, in cents, and what NPNRU pays.
absl::Status VerifierProgramme147(int64_t investment, bool npnru) {
  // The programme pays operations, never investment: its credits are of titre 6 (LOLF art. 5), and
  // the framework of the contrats says « crédits de fonctionnement uniquement ».
  if (investment > 0)
    return status::Error(absl::StatusCode::kFailedPrecondition, "INVESTISSEMENT_INTERDIT",
                         absl::StrCat("Le programme 147 ne paie que du fonctionnement : ",
                                      FormaterMontant(investment),
                                      " de dépenses d'investissement sont au budget."))
        .With("investissement_centimes", investment)
        .With("reference_legale", "loi organique n° 2001-692 du 1er août 2001, art. 5");
  // The cadre de vie of a contrat completes the renewal programme and never replaces it.
  if (npnru)
    return status::Error(absl::StatusCode::kFailedPrecondition, "DOUBLE_FINANCEMENT_NPNRU",
                         "Une action que le renouvellement urbain finance (NPNRU) ne l'est pas "
                         "aussi par le programme 147.")
        .With("reference_legale", "loi n° 2003-710 du 1er août 2003, art. 9-1");
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifierBudget(const v1::PlanComptable& plan, const v1::Budget& budget) {
  std::vector<status::Violation> violations = Violations(plan, budget);
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  int64_t investment = 0;
  bool programme_147 = false, npnru = false;
  for (const v1::LigneBudget& ligne : budget.lignes()) {
    if (Compte(plan, ligne.compte())->nature() == v1::NATURE_COMPTE_INVESTISSEMENT)
      investment += ligne.montant_centimes();
    programme_147 |= EstDuProgramme147(ligne);
    npnru |= ligne.programme() == kRenouvellementUrbain;
  }
  return programme_147 ? VerifierProgramme147(investment, npnru) : absl::OkStatus();
}

absl::Status VerifierImputation(const v1::Enveloppe& enveloppe, const v1::Budget& budget) {
  if (Programme(enveloppe.programme()) != kProgrammePolitiqueDeLaVille) return absl::OkStatus();
  int64_t investment = 0;
  bool npnru = false;
  for (const v1::LigneBudget& ligne : budget.lignes()) {
    if (absl::StartsWith(ligne.compte(), kClasseInvestissement))
      investment += ligne.montant_centimes();
    npnru |= ligne.programme() == kRenouvellementUrbain;
  }
  return VerifierProgramme147(investment, npnru);
}

Demandes DemandesDe(const std::vector<const v1::Ligne*>& lignes) {
  Demandes demandes;
  for (const v1::Ligne* ligne : lignes)
    demandes[ligne->financeur()] +=
        ligne->demande_droit_commun_centimes() + ligne->demande_specifiques_centimes();
  return demandes;
}

void CalculerBudget(const v1::PlanComptable& plan, const Demandes& demandes, v1::Budget* budget) {
  std::map<v1::NatureCompte, int64_t> sums;
  for (const v1::LigneBudget& ligne : budget->lignes())
    sums[Compte(plan, ligne.compte())->nature()] += ligne.montant_centimes();
  const int64_t charges = sums[v1::NATURE_COMPTE_CHARGE] + sums[v1::NATURE_COMPTE_INVESTISSEMENT];
  const int64_t produits = sums[v1::NATURE_COMPTE_PRODUIT] + sums[v1::NATURE_COMPTE_SUBVENTION];
  budget->set_charges_centimes(charges);
  budget->set_produits_centimes(produits);
  budget->set_subventions_centimes(sums[v1::NATURE_COMPTE_SUBVENTION]);
  CalculerParts(sums[v1::NATURE_COMPTE_SUBVENTION], produits, budget);
  budget->set_emplois_volontaires_centimes(sums[v1::NATURE_COMPTE_EMPLOI_VOLONTAIRE]);
  budget->set_ressources_volontaires_centimes(sums[v1::NATURE_COMPTE_RESSOURCE_VOLONTAIRE]);
  CalculerEcarts(demandes, budget);
}

void CalculerEcarts(const Demandes& demandes, v1::Budget* budget) {
  Demandes subventions;  // the lines that have a funder, and no other (VerifierBudget)
  for (const v1::LigneBudget& ligne : budget->lignes()) {
    if (!ligne.financeur().empty()) subventions[ligne.financeur()] += ligne.montant_centimes();
  }
  budget->clear_ecarts();
  Comparer("CHARGES_PRODUITS", "charges", budget->charges_centimes(), "produits",
           budget->produits_centimes(), budget);
  Comparer("CONTRIBUTIONS_VOLONTAIRES", "emplois des contributions volontaires (86)",
           budget->emplois_volontaires_centimes(), "contributions volontaires (87)",
           budget->ressources_volontaires_centimes(), budget);
  ComparerDemandes(demandes, subventions, budget);
  budget->set_equilibre(budget->ecarts().empty());
}

}  // namespace pdv::financement
