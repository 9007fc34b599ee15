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

const v1::PieceRequise* PieceDe(const v1::AppelAProjets& appel, const std::string& code) {
  for (const v1::PieceRequise& one : appel.pieces()) {
    if (one.code() == code) return &one;
  }
  return nullptr;
}

const v1::Document* DocumentDe(const Faits& faits, const std::string& name) {
  for (const v1::Document* one : faits.documents) {
    if (one->name() == name) return one;
  }
  return nullptr;
}

// What is wrong with a document that is brought for a piece, after its title; "" where it will do.
std::string Ecart(const v1::PieceRequise& asked, const v1::Document& brought, types::Date jour) {
  if (asked.nature() != v1::NATURE_DOCUMENT_UNSPECIFIED && asked.nature() != brought.nature())
    return "est d'une autre nature que celle que l'appel demande.";
  if (brought.has_valide_du() && jour < DateDe(brought.valide_du()))
    return absl::StrCat("ne vaut qu'à partir du ", types::EcrireDate(DateDe(brought.valide_du())),
                        ".");
  if (brought.has_valide_jusquau() && jour > DateDe(brought.valide_jusquau()))
    return absl::StrCat("ne vaut plus depuis le ",
                        types::EcrireDate(DateDe(brought.valide_jusquau()) + 1), ".");
  return "";
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

Manques SansAppel(const Faits& faits) {
  if (!SertUnPublic(*faits.action) || !faits.action->appel().empty()) return {};
  return {{"Elle ne répond à aucun appel à projets : aucune de leurs règles ne la regarde."}};
}

Manques AppelOuvert(const Faits& faits) {
  if (faits.action->appel().empty()) return {};
  if (faits.appel == nullptr) return {{"L'appel à projets qu'elle nomme n'existe plus."}};
  const v1::AppelAProjets& appel = *faits.appel;
  if (!PremierDepot(faits) || appel.etat() == v1::ETAT_APPEL_PUBLIE) return {};
  std::string why = "n'est pas encore publié.";
  if (appel.etat() == v1::ETAT_APPEL_CLOS)
    why =
        appel.has_clos_time()
            ? absl::StrCat(
                  "est clos depuis le ",
                  types::EcrireDate(JourAParis(absl::FromUnixSeconds(appel.clos_time().seconds()))),
                  ".")
            : "est clos.";
  return {{absl::StrCat("L'appel « ", appel.libelle(), " » ", why)}};
}

Manques PasAvantLOuverture(const Faits& faits) {
  if (!PremierDepot(faits) || faits.jour >= DateDe(faits.appel->date_ouverture())) return {};
  return {{absl::StrCat("L'appel ouvre le ",
                        types::EcrireDate(DateDe(faits.appel->date_ouverture())), ".")}};
}

Manques PasApresLaCloture(const Faits& faits) {
  if (!PremierDepot(faits) || faits.jour <= DernierJour(*faits.appel)) return {};
  return {{absl::StrCat("Les dépôts étaient ouverts jusqu'au ",
                        types::EcrireDate(DernierJour(*faits.appel)), " ; nous sommes le ",
                        types::EcrireDate(faits.jour), ".")}};
}

Manques DansLAppel(const Faits& faits) {
  if (faits.appel == nullptr) return {};
  Manques manques;
  const auto& contrats = faits.appel->contrats();
  if (std::find(contrats.begin(), contrats.end(), faits.action->contrat()) == contrats.end())
    manques.push_back({"Son contrat n'est pas de ceux de l'appel.", "contrat"});
  if (faits.action->exercice() != faits.appel->exercice())
    manques.push_back(
        {absl::StrCat("L'appel est de l'exercice ", faits.appel->exercice(), "."), "exercice"});
  return manques;
}

Manques Reponses(const Faits& faits) {
  if (faits.appel == nullptr) return {};
  std::set<std::string> answered;
  for (const v1::ReponseCritere& one : faits.action->reponses()) answered.insert(one.critere());
  std::vector<std::string> missing;
  for (const v1::Critere& critere : faits.appel->criteres()) {
    if (critere.reponse_obligatoire() && !answered.contains(critere.id()))
      missing.push_back(absl::StrCat("« ", critere.question(), " »"));
  }
  if (missing.empty()) return {};
  return {{absl::StrCat("Sans réponse : ", absl::StrJoin(missing, ", "), ".")}};
}

Manques Pieces(const Faits& faits) {
  if (faits.appel == nullptr) return {};
  std::set<std::string> joined;
  for (const v1::PieceJointe& one : faits.action->pieces()) joined.insert(one.code());
  std::vector<std::string> missing;
  for (const v1::PieceRequise& piece : faits.appel->pieces()) {
    if (piece.obligatoire() && !joined.contains(piece.code()))
      missing.push_back(absl::StrCat("« ", piece.libelle(), " »"));
  }
  if (missing.empty()) return {};
  return {{absl::StrCat("Il manque : ", absl::StrJoin(missing, ", "), ".")}};
}

Manques PiecesConformes(const Faits& faits) {
  if (faits.appel == nullptr) return {};
  Manques manques;
  for (int i = 0; i < faits.action->pieces_size(); ++i) {
    const v1::PieceRequise* asked = PieceDe(*faits.appel, faits.action->pieces(i).code());
    const v1::Document* brought = DocumentDe(faits, faits.action->pieces(i).document());
    if (asked == nullptr || !asked->obligatoire() || brought == nullptr) continue;
    const std::string wrong = Ecart(*asked, *brought, faits.jour);
    if (wrong.empty()) continue;
    manques.push_back({absl::StrCat("« ", asked->libelle(), " » : le document « ", brought->titre(),
                                    " » ", wrong),
                       absl::StrCat("pieces[", i, "].document")});
  }
  return manques;
}

Manques PartQpvDeLAppel(const Faits& faits) {
  if (faits.appel == nullptr || faits.appel->part_qpv_min_points() == 0 ||
      !SertUnPublic(*faits.action))
    return {};
  const int64_t asked = faits.appel->part_qpv_min_points();
  const std::optional<int64_t> part = PartQpv(*faits.action);
  if (part.has_value() && *part >= asked) return {};
  return {
      {absl::StrCat(part.has_value() ? absl::StrCat(Pourcent(*part), " de son public habite")
                                     : std::string("Rien ne dit quelle part de son public habite"),
                    " un quartier prioritaire ; l'appel demande ", Pourcent(asked), "."),
       ChampPartQpv(*faits.action, asked)}};
}

}  // namespace pdv::actions::regles
