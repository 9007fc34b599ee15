#include "services/financement/domain/budget.h"

#include <algorithm>
#include <utility>

#include "absl/numeric/int128.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "common/types/centimes.h"
#include "services/financement/domain/plan_comptable.h"
#include "services/financement/domain/programmes.h"
#include "services/financement/domain/rubriques.h"

namespace pdv::financement {
namespace {

using types::FormaterMontant;

constexpr char kRenouvellementUrbain[] = "NPNRU";
// Class 2 of every chart of accounts: what is kept.
constexpr char kClasseInvestissement[] = "2";

// A subvention of the État without a programme is of the politique de la ville: it is what the
// suite is for.
bool EstDuProgramme147(const v1::LigneBudget& ligne) {
  if (EstProgramme147(ligne.programme())) return true;
  return NumeroProgramme(ligne.programme()).empty() &&
         (ligne.compte() == "74etat" || ligne.financeur() == "financeurs/etat");
}

// The same of an envelope.
bool PaieProgramme147(const v1::Enveloppe& enveloppe) {
  return EstProgramme147(enveloppe.programme()) ||
         (NumeroProgramme(enveloppe.programme()).empty() &&
          enveloppe.financeur() == "financeurs/etat");
}

std::vector<status::Violation> Violations(const v1::PlanComptable& plan, const v1::Budget& budget) {
  const auto rubriques = Rubriques(plan, budget);
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
    if (rubriques.contains(ligne.compte())) {
      if (!ligne.financeur().empty())
        violations.push_back(
            {path + "financeur", "FINANCEUR_SANS_SUBVENTION",
             absl::StrCat("Le compte « ", ligne.compte(),
                          " » est le total de ses lignes : le financeur se dit sur chacune.")});
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

// A heading says the total of its lines.
void ComparerRubriques(const v1::PlanComptable& plan, v1::Budget* budget) {
  for (const auto& [compte, rubrique] : Rubriques(plan, *budget)) {
    const int64_t plus = rubrique.annonce_centimes - rubrique.lignes_centimes;
    if (plus == 0) continue;
    v1::EcartBudget* ecart = budget->add_ecarts();
    ecart->set_raison("TOTAL_RUBRIQUE");
    ecart->set_ecart_centimes(plus);
    ecart->set_message(absl::StrCat(
        "Le compte ", compte, " (", Compte(plan, compte)->libelle(), ") annonce ",
        FormaterMontant(rubrique.annonce_centimes), " et ses lignes font ",
        FormaterMontant(rubrique.lignes_centimes), " : il annonce ",
        FormaterMontant(plus > 0 ? plus : -plus), plus > 0 ? " de trop." : " de moins."));
  }
}

// What a funder is written for, and what its line asks.
std::string PhraseSubvention(const std::string& libelle, int64_t ecrit, const int64_t* demande) {
  if (demande == nullptr)
    return absl::StrCat("Le budget compte ", FormaterMontant(ecrit), " de « ", libelle,
                        " », à qui rien n'est demandé.");
  const int64_t plus = ecrit - *demande;
  if (ecrit == 0)
    return absl::StrCat("Le budget ne compte rien de « ", libelle, " », à qui ",
                        FormaterMontant(*demande), " sont demandés.");
  return absl::StrCat("Le budget compte ", FormaterMontant(ecrit), " de « ", libelle, " », à qui ",
                      FormaterMontant(*demande),
                      " sont demandés : ", FormaterMontant(plus > 0 ? plus : -plus),
                      plus > 0 ? " de trop." : " manquent.");
}

// `avant`: the differences as they were told, for the funders whose label is not known here.
void ComparerDemandes(const Demandes& demandes, const Libelles& libelles, const v1::Budget& avant,
                      v1::Budget* budget) {
  Demandes subventions;  // the lines that have a funder, and no other (VerifierBudget)
  for (const v1::LigneBudget& ligne : budget->lignes()) {
    if (!ligne.financeur().empty()) subventions[ligne.financeur()] += ligne.montant_centimes();
  }
  for (const auto& [financeur, montant] : demandes) subventions.try_emplace(financeur, 0);
  for (const auto& [financeur, ecrit] : subventions) {
    const auto line = demandes.find(financeur);
    const int64_t* asked = line == demandes.end() ? nullptr : &line->second;
    if (asked != nullptr && ecrit == *asked) continue;
    v1::EcartBudget* ecart = budget->add_ecarts();
    ecart->set_raison("SUBVENTION_LIGNE");
    ecart->set_ecart_centimes(ecrit - (asked == nullptr ? 0 : *asked));
    ecart->set_financeur(financeur);
    const auto libelle = libelles.find(financeur);
    const auto told =
        std::find_if(avant.ecarts().begin(), avant.ecarts().end(), [&](const v1::EcartBudget& one) {
          return one.financeur() == financeur && one.ecart_centimes() == ecart->ecart_centimes();
        });
    ecart->set_message(
        libelle == libelles.end() && told != avant.ecarts().end()
            ? told->message()
            : PhraseSubvention(libelle == libelles.end() ? financeur : libelle->second, ecrit,
                               asked));
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
void CalculerParts(const v1::PlanComptable& plan, int64_t subventions, int64_t produits,
                   v1::Budget* budget) {
  const auto rubriques = Rubriques(plan, *budget);
  int64_t privees = 0, propres = 0;
  for (const v1::LigneBudget& ligne : budget->lignes()) {
    if (rubriques.contains(ligne.compte())) continue;
    if (ligne.compte() == kAidesPrivees) privees += ligne.montant_centimes();
    if (EstRessourcePropre(ligne.compte())) propres += ligne.montant_centimes();
  }
  budget->set_part_subventions_points(PartPoints(subventions, produits));
  budget->set_part_aides_publiques_points(PartPoints(subventions - privees, produits));
  budget->set_part_ressources_propres_points(PartPointsParDefaut(propres, produits));
}

// What programme 147 does not pay: the investment of a budget, in cents, and what NPNRU pays.
absl::Status VerifierProgramme147(int64_t investment, bool npnru) {
  // « Il ne s'agit pas de crédits d'investissement mais uniquement de crédits de fonctionnement » :
  // a rule of the management of the programme (directives of the ANCT to the contrats de ville),
  // not an article of a law.
  if (investment > 0)
    return status::Error(absl::StatusCode::kFailedPrecondition, "INVESTISSEMENT_INTERDIT",
                         absl::StrCat("Le programme 147 ne paie que du fonctionnement : ",
                                      FormaterMontant(investment),
                                      " de dépenses d'investissement sont au budget."))
        .With("investissement_centimes", investment)
        .With(
            "reference_legale",
            "cadre des contrats de ville, directives de l'ANCT : le programme 147 n'ouvre que des "
            "crédits de fonctionnement");
  // The same text: in the cadre de vie, the programme does not take the place of the ANRU.
  if (npnru)
    return status::Error(absl::StatusCode::kFailedPrecondition, "DOUBLE_FINANCEMENT_NPNRU",
                         "Une action que le renouvellement urbain finance (NPNRU) ne l'est pas "
                         "aussi par le programme 147.")
        .With("reference_legale",
              "cadre des contrats de ville, directives de l'ANCT : le cadre de vie ne se substitue "
              "pas aux interventions de l'ANRU");
  return absl::OkStatus();
}

}  // namespace

absl::Status VerifierBudget(const v1::PlanComptable& plan, const v1::Budget& budget) {
  std::vector<status::Violation> violations = Violations(plan, budget);
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  int64_t investment = 0;
  bool programme_147 = false, npnru = false;
  const auto rubriques = Rubriques(plan, budget);
  for (const v1::LigneBudget& ligne : budget.lignes()) {
    if (rubriques.contains(ligne.compte())) continue;
    if (Compte(plan, ligne.compte())->nature() == v1::NATURE_COMPTE_INVESTISSEMENT)
      investment += ligne.montant_centimes();
    programme_147 |= EstDuProgramme147(ligne);
    npnru |= ligne.programme() == kRenouvellementUrbain;
  }
  return programme_147 ? VerifierProgramme147(investment, npnru) : absl::OkStatus();
}

absl::Status VerifierImputation(const v1::Enveloppe& enveloppe, const v1::Budget& budget) {
  if (!PaieProgramme147(enveloppe)) return absl::OkStatus();
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

void CalculerBudget(const v1::PlanComptable& plan, const Demandes& demandes,
                    const Libelles& libelles, v1::Budget* budget) {
  const v1::Budget avant = *budget;
  const auto rubriques = Rubriques(plan, *budget);
  std::map<v1::NatureCompte, int64_t> sums;
  for (const v1::LigneBudget& ligne : budget->lignes()) {
    if (rubriques.contains(ligne.compte())) continue;
    sums[Compte(plan, ligne.compte())->nature()] += ligne.montant_centimes();
  }
  const int64_t charges = sums[v1::NATURE_COMPTE_CHARGE] + sums[v1::NATURE_COMPTE_INVESTISSEMENT];
  const int64_t produits = sums[v1::NATURE_COMPTE_PRODUIT] + sums[v1::NATURE_COMPTE_SUBVENTION];
  budget->set_charges_centimes(charges);
  budget->set_produits_centimes(produits);
  budget->set_subventions_centimes(sums[v1::NATURE_COMPTE_SUBVENTION]);
  CalculerParts(plan, sums[v1::NATURE_COMPTE_SUBVENTION], produits, budget);
  budget->set_emplois_volontaires_centimes(sums[v1::NATURE_COMPTE_EMPLOI_VOLONTAIRE]);
  budget->set_ressources_volontaires_centimes(sums[v1::NATURE_COMPTE_RESSOURCE_VOLONTAIRE]);
  budget->clear_ecarts();
  Comparer("CHARGES_PRODUITS", "charges", charges, "produits", produits, budget);
  Comparer("CONTRIBUTIONS_VOLONTAIRES", "emplois des contributions volontaires (86)",
           budget->emplois_volontaires_centimes(), "contributions volontaires (87)",
           budget->ressources_volontaires_centimes(), budget);
  ComparerRubriques(plan, budget);
  ComparerDemandes(demandes, libelles, avant, budget);
  budget->set_equilibre(budget->ecarts().empty());
}

}  // namespace pdv::financement
