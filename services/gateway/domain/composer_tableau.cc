#include "services/gateway/domain/composer_tableau.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/types/centimes.h"
#include "services/gateway/domain/parts.h"
#include "services/gateway/domain/rang.h"

namespace pdv::gateway {
namespace {

constexpr char kPiliers[] = "nomenclatures/piliers-2015-2023/";

// Adds the amounts of a sum: the fields have the same names on both sides.
void Ajouter(const financement::v1::Agregat& from, v1::Montants* to) {
  const auto* type = to->GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    const auto* field = type->field(i);
    const auto* source = from.GetDescriptor()->FindFieldByName(field->name());
    to->GetReflection()->SetInt64(
        to, field,
        to->GetReflection()->GetInt64(*to, field) + from.GetReflection()->GetInt64(from, source));
  }
}

int64_t Vote(const v1::Montants& m) {
  return m.vote_droit_commun_centimes() + m.vote_specifiques_centimes();
}
int64_t Vote(const financement::v1::Agregat& a) {
  return a.vote_droit_commun_centimes() + a.vote_specifiques_centimes();
}

std::string Libelle(const Matiere& matiere, const std::string& name) {
  if (name.empty()) return "Non renseigné";
  if (name == "hors-qpv") return "Hors quartier désigné";
  auto label = matiere.libelles.find(name);
  return label == matiere.libelles.end() ? name : label->second;
}

const char* NomAxe(v1::Axe axe) {
  switch (axe) {
    case v1::AXE_PILIER:
    case v1::AXE_THEMATIQUE:
      return "thematique";
    case v1::AXE_DISPOSITIF:
      return "dispositif";
    case v1::AXE_QPV:
      return "qpv";
    default:
      return "financeur";
  }
}

v1::Ventilation Ventiler(const Matiere& matiere, v1::Axe axe,
                         const std::map<std::string, std::string>& piliers,
                         const std::map<std::string, int32_t>& references) {
  auto key = [&](const std::string& cle) {
    if (axe != v1::AXE_PILIER) return cle;
    auto pilier = piliers.find(cle);
    return pilier == piliers.end() ? std::string() : pilier->second;
  };
  std::map<std::string, v1::Part> parts;
  for (const auto& sum : matiere.agregats.agregats()) {
    if (sum.contrat().empty() && sum.axe() == NomAxe(axe))
      Ajouter(sum, parts[key(sum.cle())].mutable_montants());
  }
  for (const auto& count : matiere.comptes.axes()) {
    auto part = parts.find(key(count.cle()));
    if (count.axe() == NomAxe(axe) && part != parts.end())
      part->second.set_nb_actions(part->second.nb_actions() + count.nb_actions());
  }
  v1::Ventilation ventilation;
  ventilation.set_axe(axe);
  for (auto& [cle, part] : parts) {
    part.set_cle(cle);
    // An action is part of a dispositif or of none: that is an answer too.
    part.set_libelle(cle.empty() && axe == v1::AXE_DISPOSITIF ? "Hors dispositif"
                                                              : Libelle(matiere, cle));
    *ventilation.add_parts() = std::move(part);
  }
  std::stable_sort(
      ventilation.mutable_parts()->begin(), ventilation.mutable_parts()->end(),
      [](const v1::Part& a, const v1::Part& b) { return Vote(a.montants()) > Vote(b.montants()); });
  std::vector<int64_t> votes;
  for (const auto& part : ventilation.parts()) votes.push_back(Vote(part.montants()));
  const std::vector<int32_t> shares = PartsEnPoints(votes);
  for (int i = 0; i < ventilation.parts_size(); ++i) {
    v1::Part* part = ventilation.mutable_parts(i);
    part->set_part_points(shares[i]);
    auto reference = references.find(part->cle());
    if (reference == references.end()) continue;
    part->set_reference_points(reference->second);
    part->set_ecart_points(shares[i] - reference->second);
  }
  return ventilation;
}

v1::RangFinanceurs Ranger(const Matiere& matiere, const std::string& perimetre,
                          const std::map<std::string, int64_t>& votes) {
  std::vector<VoteFinanceur> list;
  for (const auto& [financeur, vote] : votes)
    list.push_back({financeur, matiere.financeurs_etat.contains(financeur), vote});
  const Rang rang = Classer(std::move(list));
  v1::RangFinanceurs message;
  message.set_perimetre(perimetre);
  message.set_libelle(Libelle(matiere, perimetre));
  message.set_premier(rang.premier);
  message.set_second(rang.second);
  if (!rang.premier.empty()) message.set_premier_libelle(Libelle(matiere, rang.premier));
  if (!rang.second.empty()) message.set_second_libelle(Libelle(matiere, rang.second));
  message.set_ecart_centimes(rang.ecart_centimes);
  message.set_ecart_points(rang.ecart_points);
  message.set_nb_financeurs(rang.nb_financeurs);
  message.set_vote_centimes(rang.vote_centimes);
  message.set_alerte_etat_non_premier(rang.alerte_etat_non_premier);
  return message;
}

void Rangs(const Matiere& matiere, v1::TableauDeBord* tableau) {
  std::map<std::string, int64_t> whole;
  std::map<std::string, std::map<std::string, int64_t>> by_contrat;
  for (const auto& sum : matiere.agregats.agregats()) {
    if (sum.axe() != "financeur") continue;
    (sum.contrat().empty() ? whole : by_contrat[sum.contrat()])[sum.cle()] += Vote(sum);
  }
  *tableau->mutable_rang() = Ranger(matiere, tableau->perimetre(), whole);
  for (const auto& [contrat, votes] : by_contrat) {
    if (contrat == tableau->perimetre()) continue;
    *tableau->add_rangs_par_contrat() = Ranger(matiere, contrat, votes);
  }
  auto alert = [&](const v1::RangFinanceurs& rang) {
    if (!rang.alerte_etat_non_premier()) return;
    tableau->add_alertes(absl::StrCat(rang.libelle(), " : l'État n'est pas le premier financeur, ",
                                      rang.premier_libelle(),
                                      " le devance (écart entre les deux premiers : ",
                                      types::FormaterMontant(rang.ecart_centimes()), ")."));
  };
  alert(tableau->rang());
  for (const auto& rang : tableau->rangs_par_contrat()) alert(rang);
}

void Exercices(const Matiere& matiere, v1::TableauDeBord* tableau) {
  std::map<int32_t, v1::LigneExercice> years;
  for (const auto& sum : matiere.agregats.agregats()) {
    if (!sum.contrat().empty() || sum.axe() != "total") continue;
    Ajouter(sum, years[sum.exercice()].mutable_montants());
    Ajouter(sum, tableau->mutable_total());
  }
  for (const auto& count : matiere.comptes.exercices()) {
    years[count.exercice()].set_nb_actions(count.nb_actions());
    years[count.exercice()].set_nb_porteurs(count.nb_porteurs());
  }
  for (auto& [year, line] : years) {
    line.set_exercice(year);
    *tableau->add_exercices() = std::move(line);
  }
}

// What an envelope delegated has left it, and is consumed below: it is shown with its whole tree.
void Enveloppes(const Matiere& matiere, v1::TableauDeBord* tableau) {
  std::multimap<std::string, const financement::v1::Enveloppe*> children;
  for (const auto& child : matiere.delegations) children.emplace(child.parent(), &child);
  for (const auto& root : matiere.enveloppes) {
    int64_t montant = 0, consomme = 0;
    std::vector<const financement::v1::Enveloppe*> tree = {&root};
    for (size_t i = 0; i < tree.size(); ++i) {
      montant += tree[i]->montant_centimes();
      consomme += tree[i]->consomme_centimes();
      const auto [first, last] = children.equal_range(tree[i]->name());
      for (auto child = first; child != last; ++child) tree.push_back(child->second);
    }
    v1::ConsommationEnveloppe* line = tableau->add_enveloppes();
    line->set_enveloppe(root.name());
    line->set_libelle(root.libelle());
    line->set_nature(root.nature() == financement::v1::NATURE_ENVELOPPE_AE ? "AE" : "CP");
    line->set_exercice(root.exercice());
    line->set_montant_centimes(montant);
    line->set_consomme_centimes(consomme);
    line->set_reste_centimes(montant - consomme);
  }
}

}  // namespace

std::map<std::string, std::string> PiliersParThematique(const Matiere& matiere) {
  std::map<std::string, std::string> roots, piliers;
  for (const auto& theme : matiere.thematiques) roots[theme.name()] = theme.pilier();
  std::map<std::string, std::string> mapped;
  for (const auto& link : matiere.correspondances) {
    // Other mappings lead from one national tree to the next.
    if (link.cible().starts_with(kPiliers)) mapped[link.source()] = link.cible();
  }
  for (const auto& [name, root] : roots) {
    auto target = mapped.find(name);
    const bool of_document = name.starts_with(kPiliers);
    auto through =
        !of_document && target != mapped.end() ? roots.find(target->second) : roots.end();
    piliers[name] = through == roots.end() ? root : through->second;
  }
  return piliers;
}

v1::TableauDeBord ComposerTableau(const Matiere& matiere) {
  v1::TableauDeBord tableau;
  const v1::GetTableauDeBordRequest& demande = matiere.demande;
  tableau.set_perimetre(demande.perimetre());
  tableau.set_libelle(demande.perimetre() == "nation" ? "France entière"
                                                      : Libelle(matiere, demande.perimetre()));
  tableau.set_exercice_debut(demande.exercice_debut());
  tableau.set_exercice_fin(std::max(demande.exercice_debut(), demande.exercice_fin()));
  Exercices(matiere, &tableau);
  const auto piliers = PiliersParThematique(matiere);
  std::map<std::string, int32_t> references;
  for (const auto& theme : matiere.thematiques) {
    if (theme.has_part_reference_points()) references[theme.name()] = theme.part_reference_points();
  }
  std::vector<v1::Axe> axes;
  for (int axe : demande.axes()) axes.push_back(static_cast<v1::Axe>(axe));
  if (axes.empty())
    axes = {v1::AXE_PILIER, v1::AXE_THEMATIQUE, v1::AXE_FINANCEUR, v1::AXE_DISPOSITIF, v1::AXE_QPV};
  for (v1::Axe axe : axes)
    *tableau.add_ventilations() = Ventiler(matiere, axe, piliers, references);
  Rangs(matiere, &tableau);
  Enveloppes(matiere, &tableau);
  tableau.set_nb_actions(matiere.comptes.nb_actions());
  tableau.set_nb_porteurs(matiere.comptes.nb_porteurs());
  const auto lever = LevierEnPoints(tableau.total().vote_droit_commun_centimes(),
                                    tableau.total().vote_specifiques_centimes());
  if (lever) tableau.set_levier_points(*lever);
  return tableau;
}

}  // namespace pdv::gateway
