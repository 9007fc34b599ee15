#include "services/financement/domain/surfinancement.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "services/financement/domain/aides.h"
#include "services/financement/domain/constats_surfinancement.h"
#include "services/financement/domain/objets.h"

namespace pdv::financement {
namespace {

// An action or an attribution, with the words of its object, read once.
struct Action {
  const ActionDetectee* faits;
  Objet objet;
  std::vector<const v1::Subvention*> hors_plan;  // of it, from an authority without a line there
};
struct Publiee {
  const v1::Subvention* faits;
  Objet objet;
  bool d_une_ligne = false;
};

std::string SirenDe(const v1::Subvention& s) { return s.attribuant_siret().substr(0, 9); }

// Two or more that give, and together more than the largest once what is taken back is off.
bool PlusieursFois(const std::vector<const v1::Subvention*>& publiees) {
  absl::int128 net = 0;
  int64_t largest = 0;
  for (const v1::Subvention* one : publiees) {
    net += PartDuBeneficiaire(*one);
    largest = std::max(largest, PartDuBeneficiaire(*one));
  }
  return largest > 0 && net > largest;
}

bool Concerne(const Publiee& publiee, const Action& action) {
  return DeLAnnee(*publiee.faits, action.faits->exercice) && MemeObjet(publiee.objet, action.objet);
}

// The public aid of actions; an attribution of several of them counts once.
Aide AideDe(const std::vector<const Action*>& actions) {
  Aide aide;
  std::set<const v1::Subvention*> counted;
  for (const Action* action : actions) {
    for (const LigneDetectee& ligne : action->faits->lignes) {
      const int64_t cents = MontantEnVue(ligne.ligne);
      if (!ligne.publique || cents == 0) continue;
      (EstDecidee(ligne.ligne) ? aide.certaine : aide.attendue) += cents;
      aide.lignes.push_back({action->faits, &ligne});
    }
    for (const v1::Subvention* one : action->hors_plan) {
      if (!counted.insert(one).second) continue;
      const bool euros = one->nature() != v1::NATURE_SUBVENTION_NUMERAIRE_ET_NATURE;
      (euros ? aide.certaine : aide.attendue) += PartDuBeneficiaire(*one);
      aide.hors_plan.push_back(one);
    }
  }
  return aide;
}

class Detection {
 public:
  Detection(const std::vector<ActionDetectee>& actions,
            const std::vector<v1::Subvention>& publiees) {
    for (const ActionDetectee& action : actions)
      actions_.push_back({&action, LireObjet(action.intitule), {}});
    for (const v1::Subvention& publiee : publiees) {
      if (!EnNature(publiee)) publiees_.push_back({&publiee, LireObjet(publiee.objet())});
    }
  }

  std::vector<v1::ConstatSurfinancement> Executer(int32_t exercice) {
    for (const Action& action : actions_) RapprocherLignes(action);
    for (Action& action : actions_) RapprocherReste(action);
    for (const Action& action : actions_) ComparerAuCout(action);
    ComparerActions();
    ComparerPubliees(exercice);
    std::stable_sort(constats_.begin(), constats_.end(), [](const auto& a, const auto& b) {
      if (a.gravite() != b.gravite()) return a.gravite() > b.gravite();
      return a.montant_centimes() > b.montant_centimes();
    });
    return std::move(constats_);
  }

 private:
  // A line against what its funder publishes of it: one attribution, or all its instalments, less
  // what it takes back.
  void RapprocherLignes(const Action& action) {
    for (const LigneDetectee& ligne : action.faits->lignes) {
      if (ligne.siren.empty()) continue;
      const int64_t known = MontantEnVue(ligne.ligne);
      std::vector<const v1::Subvention*> same;
      absl::int128 published = 0, whole = 0;
      bool agrees = false, taken_back = false;
      for (Publiee& one : publiees_) {
        if (SirenDe(*one.faits) != ligne.siren || !Concerne(one, action)) continue;
        one.d_une_ligne = true;
        same.push_back(one.faits);
        published += PartDuBeneficiaire(*one.faits);
        whole += one.faits->montant_centimes();
        agrees = agrees || MontantDe(*one.faits, known);
        taken_back = taken_back || one.faits->montant_centimes() < 0;
      }
      agrees = (agrees && !taken_back) || published == known || whole == known;
      if (same.empty() || agrees) continue;
      constats_.push_back(MontantDiscordant({action.faits, &ligne}, published, same));
    }
  }

  // The attributions that are of the action and of no line, by authority: what it takes back comes
  // off what it gave, and no further.
  void RapprocherReste(Action& action) {
    std::map<std::string, std::vector<const v1::Subvention*>> by_authority;
    for (const Publiee& one : publiees_) {
      if (!one.d_une_ligne && Concerne(one, action))
        by_authority[SirenDe(*one.faits)].push_back(one.faits);
    }
    for (const auto& [authority, given] : by_authority) {
      absl::int128 net = 0;
      for (const v1::Subvention* one : given) net += PartDuBeneficiaire(*one);
      if (net <= 0) continue;
      action.hors_plan.insert(action.hors_plan.end(), given.begin(), given.end());
      constats_.push_back(AideNonDeclaree(*action.faits, net, given));
    }
  }

  void ComparerAuCout(const Action& action) {
    if (!action.faits->cout_centimes.has_value()) return;
    const Aide aide = AideDe({&action});
    if (aide.certaine + aide.attendue > *action.faits->cout_centimes)
      constats_.push_back(AideSuperieureAuCout(*action.faits, aide));
  }

  // Actions of one object and year: a funder that pays several, and one cost that is paid twice.
  void ComparerActions() {
    std::map<int32_t, std::vector<const Action*>> by_year;
    for (const Action& action : actions_) by_year[action.faits->exercice].push_back(&action);
    for (const auto& [year, actions] : by_year) {
      const auto groups = Grouper(
          actions, [](const Action* a, const Action* b) { return MemeObjet(a->objet, b->objet); });
      for (const std::vector<const Action*>& group : groups) {
        if (group.size() < 2) continue;
        ComparerFinanceurs(group);
        ComparerAuCoutCommun(group);
      }
    }
  }
  void ComparerFinanceurs(const std::vector<const Action*>& group) {
    std::map<std::string, std::vector<LigneDAction>> by_funder;
    for (const Action* action : group) {
      for (const LigneDetectee& ligne : action->faits->lignes) {
        if (MontantEnVue(ligne.ligne) > 0)
          by_funder[ligne.ligne.financeur()].push_back({action->faits, &ligne});
      }
    }
    for (const auto& [funder, lines] : by_funder) {
      if (lines.size() > 1) constats_.push_back(LignesEnDouble(lines));
    }
  }
  void ComparerAuCoutCommun(const std::vector<const Action*>& group) {
    absl::int128 cost = 0;
    std::vector<const ActionDetectee*> actions;
    for (const Action* action : group) {
      if (!action->faits->cout_centimes.has_value()) return;
      cost = std::max<absl::int128>(cost, *action->faits->cout_centimes);
      actions.push_back(action->faits);
    }
    const Aide aide = AideDe(group);
    if (aide.certaine + aide.attendue > cost)
      constats_.push_back(AideSuperieureAuCoutCommun(actions, cost, aide));
  }

  // One authority that publishes one object several times in a year.
  void ComparerPubliees(int32_t exercice) {
    std::map<std::pair<std::string, int32_t>, std::vector<const Publiee*>> by_authority;
    for (const Publiee& one : publiees_) {
      const int32_t year = one.faits->date_convention().year();
      if (exercice == 0 || year == exercice)
        by_authority[{SirenDe(*one.faits), year}].push_back(&one);
    }
    for (const auto& [authority, published] : by_authority) {
      const auto groups = Grouper(published, [](const Publiee* a, const Publiee* b) {
        return MemeObjet(a->objet, b->objet);
      });
      for (const std::vector<const Publiee*>& group : groups) {
        std::vector<const v1::Subvention*> facts;
        for (const Publiee* one : group) facts.push_back(one->faits);
        if (PlusieursFois(facts)) constats_.push_back(PublieesEnDouble(facts));
      }
    }
  }

  std::vector<Action> actions_;
  std::vector<Publiee> publiees_;
  std::vector<v1::ConstatSurfinancement> constats_;
};

}  // namespace

bool AidePublique(v1::CategorieFinanceur categorie) {
  switch (categorie) {
    case v1::CATEGORIE_FINANCEUR_ETAT:
    case v1::CATEGORIE_FINANCEUR_REGION:
    case v1::CATEGORIE_FINANCEUR_DEPARTEMENT:
    case v1::CATEGORIE_FINANCEUR_EPCI:
    case v1::CATEGORIE_FINANCEUR_COMMUNE:
    case v1::CATEGORIE_FINANCEUR_CAF:
    case v1::CATEGORIE_FINANCEUR_EUROPE:
      return true;
    default:
      return false;
  }
}

std::vector<v1::ConstatSurfinancement> Detecter(const std::vector<ActionDetectee>& actions,
                                                const std::vector<v1::Subvention>& publiees,
                                                int32_t exercice) {
  return Detection(actions, publiees).Executer(exercice);
}

}  // namespace pdv::financement
