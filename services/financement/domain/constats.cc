#include "services/financement/domain/constats.h"

#include <set>

#include "services/financement/domain/aides.h"
#include "services/financement/domain/programmes.h"

namespace pdv::financement {
namespace {

bool DuProgramme147(const LigneEvaluee& l) {
  if (!l.programme.empty()) return EstProgramme147(l.programme);
  const int64_t specifiques = l.ligne.demande_specifiques_centimes() +
                              l.ligne.propose_specifiques_centimes() +
                              l.ligne.vote_specifiques_centimes();
  return l.ligne.financeur() == "financeurs/etat" && specifiques > 0;
}

}  // namespace

std::vector<v1::ConstatFinancement> Evaluer(const std::vector<LigneEvaluee>& lignes) {
  std::set<std::string> financeurs;
  std::vector<std::string> p147;
  for (const LigneEvaluee& one : lignes) {
    // One that gives nothing, or of whom nothing is asked, is no other funder.
    if (MontantEnVue(one.ligne) == 0) continue;
    financeurs.insert(one.ligne.financeur());
    if (DuProgramme147(one)) p147.push_back(one.ligne.name());
  }
  if (p147.empty() || financeurs.size() > 1) return {};
  v1::ConstatFinancement constat;
  constat.set_regle("P147_FINANCEUR_UNIQUE");
  constat.set_gravite(v1::GRAVITE_FINANCEMENT_AVERTISSEMENT);
  constat.set_message(
      "Le programme 147 est le seul financeur de cette action : un cofinancement est attendu.");
  constat.set_reference("pratique de gestion du programme 147 ; n'est pas une règle de droit");
  for (std::string& name : p147) constat.add_lignes(std::move(name));
  return {constat};
}

}  // namespace pdv::financement
