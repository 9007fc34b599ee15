#include "services/financement/domain/plan_comptable.h"

namespace pdv::financement {
namespace {

constexpr auto kCharge = v1::NATURE_COMPTE_CHARGE;
constexpr auto kProduit = v1::NATURE_COMPTE_PRODUIT;
constexpr auto kSubvention = v1::NATURE_COMPTE_SUBVENTION;
constexpr auto kEmploi = v1::NATURE_COMPTE_EMPLOI_VOLONTAIRE;
constexpr auto kRessource = v1::NATURE_COMPTE_RESSOURCE_VOLONTAIRE;
constexpr auto kInvestissement = v1::NATURE_COMPTE_INVESTISSEMENT;

struct LigneDuFormulaire {
  const char* code;
  const char* libelle;
  v1::NatureCompte nature;
  const char* parent = "";
};

constexpr LigneDuFormulaire kCerfa[] = {
    {"60", "Achats", kCharge},
    {"601", "Achats de matières et de fournitures", kCharge, "60"},
    {"604", "Prestations de services", kCharge, "60"},
    {"60x", "Autres fournitures", kCharge, "60"},
    {"61", "Services extérieurs", kCharge},
    {"613", "Locations", kCharge, "61"},
    {"615", "Entretien et réparation", kCharge, "61"},
    {"616", "Assurance", kCharge, "61"},
    {"618", "Documentation", kCharge, "61"},
    {"62", "Autres services extérieurs", kCharge},
    {"622", "Rémunérations intermédiaires et honoraires", kCharge, "62"},
    {"623", "Publicité, publications", kCharge, "62"},
    {"625", "Déplacements, missions", kCharge, "62"},
    {"62x", "Services bancaires, autres", kCharge, "62"},
    {"63", "Impôts et taxes", kCharge},
    {"631", "Impôts et taxes sur rémunération", kCharge, "63"},
    {"635", "Autres impôts et taxes", kCharge, "63"},
    {"64", "Charges de personnel", kCharge},
    {"641", "Rémunération des personnels", kCharge, "64"},
    {"645", "Charges sociales", kCharge, "64"},
    {"647", "Autres charges de personnel", kCharge, "64"},
    {"65", "Autres charges de gestion courante", kCharge},
    {"66", "Charges financières", kCharge},
    {"67", "Charges exceptionnelles", kCharge},
    {"68", "Dotations aux amortissements, aux provisions et aux engagements", kCharge},
    {"69", "Impôt sur les bénéfices, participation des salariés", kCharge},
    {"indirectes", "Charges indirectes réparties affectées à l'action", kCharge},
    {"70", "Vente de produits finis, de marchandises, prestations de services", kProduit},
    {"73", "Dotations et produits de tarification", kProduit},
    {"74", "Subventions d'exploitation", kSubvention},
    {"74etat", "État", kSubvention, "74"},
    {"74region", "Conseil régional", kSubvention, "74"},
    {"74dep", "Conseil départemental", kSubvention, "74"},
    {"74epci", "Intercommunalité", kSubvention, "74"},
    {"74com", "Commune", kSubvention, "74"},
    {"74orgasoc", "Organismes sociaux (CAF…)", kSubvention, "74"},
    {"74fe", "Fonds européens", kSubvention, "74"},
    {"74agenceserv", "Agence de services et de paiement, agences de l'État", kSubvention, "74"},
    {"74aidespriv", "Aides privées (fondations)", kSubvention, "74"},
    {"74x", "Autres établissements publics", kSubvention, "74"},
    {"75", "Autres produits de gestion courante", kProduit},
    {"750", "Produits de gestion courante", kProduit, "75"},
    {"756", "Cotisations", kProduit, "75"},
    {"758", "Dons manuels, mécénat", kProduit, "75"},
    {"76", "Produits financiers", kProduit},
    {"77", "Produits exceptionnels", kProduit},
    {"78", "Reprises sur amortissements, dépréciations et provisions", kProduit},
    {"789", "Report des ressources non utilisées d'exercices antérieurs", kProduit, "78"},
    {"79", "Transfert de charges", kProduit},
    {"propres", "Ressources propres affectées à l'action", kProduit},
    {"86", "Emplois des contributions volontaires en nature", kEmploi},
    {"860", "Secours en nature", kEmploi, "86"},
    {"861", "Mise à disposition gratuite de biens et services", kEmploi, "86"},
    {"862", "Prestations", kEmploi, "86"},
    {"864", "Personnel bénévole", kEmploi, "86"},
    {"87", "Contributions volontaires en nature", kRessource},
    {"870", "Bénévolat", kRessource, "87"},
    {"871", "Prestations en nature", kRessource, "87"},
    {"875", "Dons en nature", kRessource, "87"},
    {"20", "Immobilisations incorporelles", kInvestissement},
    {"21", "Immobilisations corporelles", kInvestissement},
    {"23", "Immobilisations en cours", kInvestissement},
};

v1::PlanComptable Batir() {
  v1::PlanComptable plan;
  plan.set_name(kPlanCerfa);
  plan.set_libelle("CERFA n° 12156*06");
  plan.mutable_valide_du()->set_year(2015);
  plan.mutable_valide_du()->set_month(1);
  plan.mutable_valide_du()->set_day(1);
  for (const LigneDuFormulaire& ligne : kCerfa) {
    v1::CompteBudget* compte = plan.add_comptes();
    compte->set_code(ligne.code);
    compte->set_libelle(ligne.libelle);
    compte->set_nature(ligne.nature);
    compte->set_parent(ligne.parent);
  }
  return plan;
}

types::Date Jour(const google::type::Date& date) {
  return types::Date(date.year(), date.month(), date.day());
}

types::Periode Validite(const v1::PlanComptable& plan) {
  types::Periode periode{Jour(plan.valide_du()), std::nullopt};
  if (plan.has_valide_au()) periode.fin = Jour(plan.valide_au());
  return periode;
}

}  // namespace

bool EnVigueur(const v1::PlanComptable& plan, types::Date jour) {
  return Validite(plan).Contient(jour);
}

const v1::PlanComptable* PlanDuJour(const std::vector<const v1::PlanComptable*>& plans,
                                    types::Date jour) {
  const v1::PlanComptable* found = nullptr;
  for (const v1::PlanComptable* plan : plans) {
    if (!EnVigueur(*plan, jour)) continue;
    if (found == nullptr || Validite(*found).debut < Validite(*plan).debut) found = plan;
  }
  return found;
}

const v1::PlanComptable& PlanCerfa() {
  static const v1::PlanComptable plan = Batir();
  return plan;
}

bool EstRessourcePropre(std::string_view compte) {
  return compte == "propres" || compte.starts_with("70") || compte.starts_with("75") ||
         compte.starts_with("76");
}

const v1::CompteBudget* Compte(const v1::PlanComptable& plan, std::string_view code) {
  for (const v1::CompteBudget& compte : plan.comptes()) {
    if (compte.code() == code) return &compte;
  }
  return nullptr;
}

}  // namespace pdv::financement
