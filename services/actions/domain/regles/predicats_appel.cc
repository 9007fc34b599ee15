// Of the appel à projets: they hold for an action that names one. The window is that of the first
// deposit: what is attested again after complements was in time.
#include <algorithm>
#include <set>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/predicats.h"

namespace pdv::actions::regles {
namespace {

bool PremierDepot(const Faits& faits) {
  return faits.appel != nullptr && !faits.action->has_depot_time();
}

}  // namespace

types::Date DernierJour(const v1::AppelAProjets& appel) {
  const int again = appel.reouvertures_size();
  return DateDe(again == 0 ? appel.date_cloture() : appel.reouvertures(again - 1).jusquau());
}

std::string Pourcent(int64_t points) {
  if (points % 100 == 0) return absl::StrCat(points / 100, " %");
  return absl::StrCat(points / 100, ",", absl::Dec(points % 100, absl::kZeroPad2), " %");
}

Manque AppelOuvert(const Faits& faits) {
  if (faits.action->appel().empty()) return std::nullopt;
  if (faits.appel == nullptr) return "L'appel à projets qu'elle nomme n'existe plus.";
  if (!PremierDepot(faits) || faits.appel->etat() == v1::ETAT_APPEL_PUBLIE) return std::nullopt;
  return absl::StrCat(
      "L'appel « ", faits.appel->libelle(), " » ",
      faits.appel->etat() == v1::ETAT_APPEL_CLOS ? "est clos." : "n'est pas encore publié.");
}

Manque PasAvantLOuverture(const Faits& faits) {
  if (!PremierDepot(faits) || faits.jour >= DateDe(faits.appel->date_ouverture()))
    return std::nullopt;
  return absl::StrCat("L'appel ouvre le ",
                      types::EcrireDate(DateDe(faits.appel->date_ouverture())), ".");
}

Manque PasApresLaCloture(const Faits& faits) {
  if (!PremierDepot(faits) || faits.jour <= DernierJour(*faits.appel)) return std::nullopt;
  return absl::StrCat("Les dépôts étaient ouverts jusqu'au ",
                      types::EcrireDate(DernierJour(*faits.appel)), " ; nous sommes le ",
                      types::EcrireDate(faits.jour), ".");
}

Manque DansLAppel(const Faits& faits) {
  if (faits.appel == nullptr) return std::nullopt;
  const auto& contrats = faits.appel->contrats();
  if (std::find(contrats.begin(), contrats.end(), faits.action->contrat()) == contrats.end())
    return "Son contrat n'est pas de ceux de l'appel.";
  if (faits.action->exercice() != faits.appel->exercice())
    return absl::StrCat("L'appel est de l'exercice ", faits.appel->exercice(), ".");
  return std::nullopt;
}

Manque Reponses(const Faits& faits) {
  if (faits.appel == nullptr) return std::nullopt;
  std::set<std::string> answered;
  for (const v1::ReponseCritere& one : faits.action->reponses()) answered.insert(one.critere());
  std::vector<std::string> missing;
  for (const v1::Critere& critere : faits.appel->criteres()) {
    if (critere.reponse_obligatoire() && !answered.contains(critere.id()))
      missing.push_back(absl::StrCat("« ", critere.question(), " »"));
  }
  if (missing.empty()) return std::nullopt;
  return absl::StrCat("Sans réponse : ", absl::StrJoin(missing, ", "), ".");
}

Manque Pieces(const Faits& faits) {
  if (faits.appel == nullptr) return std::nullopt;
  std::set<std::string> joined;
  for (const v1::PieceJointe& one : faits.action->pieces()) joined.insert(one.code());
  std::vector<std::string> missing;
  for (const v1::PieceRequise& piece : faits.appel->pieces()) {
    if (piece.obligatoire() && !joined.contains(piece.code()))
      missing.push_back(absl::StrCat("« ", piece.libelle(), " »"));
  }
  if (missing.empty()) return std::nullopt;
  return absl::StrCat("Il manque : ", absl::StrJoin(missing, ", "), ".");
}

Manque PartQpvDeLAppel(const Faits& faits) {
  if (faits.appel == nullptr || faits.appel->part_qpv_min_points() == 0) return std::nullopt;
  const std::optional<int64_t> part = PartQpv(*faits.action);
  if (part.has_value() && *part >= faits.appel->part_qpv_min_points()) return std::nullopt;
  return absl::StrCat(part.has_value()
                          ? absl::StrCat(Pourcent(*part), " de son public habite")
                          : std::string("Rien ne dit quelle part de son public habite"),
                      " un quartier prioritaire ; l'appel demande ",
                      Pourcent(faits.appel->part_qpv_min_points()), ".");
}

}  // namespace pdv::actions::regles
