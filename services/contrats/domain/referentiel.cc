#include "services/contrats/domain/referentiel.h"

#include <map>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/referentiel_tables.h"
#include "services/contrats/domain/thematiques.h"

namespace pdv::contrats {
namespace {

constexpr char kPiliersId[] = "piliers-2015-2023";
constexpr char k2020[] = "national-2020-2023";
constexpr char k2024[] = "national-2024-2025";

std::string NomThematique(std::string_view nomenclature, std::string_view id) {
  return absl::StrCat("nomenclatures/", absl::string_view(nomenclature.data(), nomenclature.size()),
                      "/thematiques/", absl::string_view(id.data(), id.size()));
}

template <size_t N>
void Ajouter(const char* nomenclature, const Noeud (&nodes)[N], std::vector<v1::Thematique>* all) {
  std::map<std::string, v1::Thematique> placed;  // by id; parents come before their children
  for (const Noeud& node : nodes) {
    v1::Thematique t;
    t.set_name(NomThematique(nomenclature, node.id));
    t.set_code(node.code);
    t.set_libelle(node.libelle);
    t.set_transversale(node.transversale);
    if (node.reference > 0) t.set_part_reference_points(node.reference);
    const v1::Thematique* parent = *node.parent == '\0' ? nullptr : &placed.at(node.parent);
    if (parent != nullptr) t.set_parent(parent->name());
    // The tables are ours: a test places every one of them.
    (void)PlacerThematique(parent, &t);
    placed[node.id] = t;
    all->push_back(std::move(t));
  }
}

v1::Nomenclature Version(const char* id, const char* libelle, const char* generation,
                         types::Date from, types::Date to) {
  v1::Nomenclature n;
  n.set_name(absl::StrCat("nomenclatures/", id));
  n.set_libelle(libelle);
  n.set_generation(generation);
  *n.mutable_valide_du() = EnMessage(from);
  *n.mutable_valide_au() = EnMessage(to);
  return n;
}

}  // namespace

std::vector<v1::Nomenclature> Nomenclatures() {
  return {Version(kPiliersId, "Les piliers de la politique de la ville", "2015-2023",
                  types::Date(2015, 1, 1), types::Date(2024, 1, 1)),
          Version(k2020, "Thématiques nationales du programme 147, 2020-2023", "2020-2023",
                  types::Date(2020, 1, 1), types::Date(2024, 1, 1)),
          Version(k2024, "Thématiques nationales du programme 147, 2024-2025", "2024-2025",
                  types::Date(2024, 1, 1), types::Date(2026, 1, 1))};
}

std::vector<v1::Thematique> Thematiques() {
  std::vector<v1::Thematique> all;
  Ajouter(kPiliersId, kPiliers, &all);
  Ajouter(k2020, kNational2020, &all);
  Ajouter(k2024, kNational2024, &all);
  return all;
}

std::vector<v1::Correspondance> Correspondances() {
  std::vector<v1::Correspondance> all;
  for (const Lien& link : kLiens) {
    v1::Correspondance c;
    c.set_name(absl::StrCat("correspondances/", link.nomenclature, "-", link.source));
    c.set_source(NomThematique(link.nomenclature, link.source));
    c.set_cible(NomThematique(kPiliersId, link.pilier));
    all.push_back(std::move(c));
  }
  for (const Heritier& heir : kHeritiers) {
    v1::Correspondance c;
    c.set_name(absl::StrCat("correspondances/", k2020, "-", heir.source, "-vers-", k2024));
    c.set_source(NomThematique(k2020, heir.source));
    c.set_cible(NomThematique(k2024, heir.cible));
    all.push_back(std::move(c));
  }
  return all;
}

std::vector<v1::Dispositif> Dispositifs() {
  std::vector<v1::Dispositif> all;
  for (const Nom& name : kDispositifs) {
    v1::Dispositif d;
    d.set_name(absl::StrCat("dispositifs/", name.id));
    d.set_libelle(name.libelle);
    d.set_description(name.description);
    d.set_thematique(NomThematique(kPiliersId, name.thematique));
    all.push_back(std::move(d));
  }
  return all;
}

}  // namespace pdv::contrats
