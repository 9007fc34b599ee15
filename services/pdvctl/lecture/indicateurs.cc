#include "services/pdvctl/lecture/indicateurs.h"

#include <nlohmann/json.hpp>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pdv::pdvctl {
namespace {

using nlohmann::json;

// dump() writes the shortest text that reads back as the same number, which is the text of the file
// for the two or three digits of these series.
std::optional<std::string> Decimal(const json& objet, const char* champ) {
  const auto valeur = objet.find(champ);
  if (valeur == objet.end() || !valeur->is_number()) return std::nullopt;
  return valeur->dump();
}

bool EstObjet(const json& document, const char* champ) {
  return document.is_object() && document.contains(champ) && document[champ].is_object();
}

absl::StatusOr<std::vector<std::string>> LireTrimestres(const json& document) {
  std::vector<std::string> trimestres;
  if (document.is_object() && document.contains("quarters") && document["quarters"].is_array()) {
    for (const json& trimestre : document["quarters"]) {
      if (trimestre.is_string()) trimestres.push_back(trimestre.get<std::string>());
    }
  }
  if (trimestres.empty()) return absl::InvalidArgumentError("la liste « quarters » est absente");
  return trimestres;
}

absl::Status LireZone(const std::string& code, const json& zone,
                      const std::vector<std::string>& trimestres, Chomage& sortie) {
  const bool datable = zone.is_object() && zone.contains("rate_pct") &&
                       zone["rate_pct"].is_array() && zone["rate_pct"].size() == trimestres.size();
  if (!datable) {
    return absl::InvalidArgumentError(absl::StrCat("zone d'emploi ", code, " : la série n'a pas ",
                                                   trimestres.size(), " trimestres"));
  }
  for (size_t i = 0; i < trimestres.size(); ++i) {
    const json& taux = zone["rate_pct"][i];
    sortie.taux.push_back(
        {code, zone.value("label", ""), trimestres[i],
         taux.is_number() ? std::optional<std::string>(taux.dump()) : std::nullopt});
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Chomage> LireChomage(std::string_view texte) {
  const json document = json::parse(texte.begin(), texte.end(), nullptr, false);
  const auto trimestres = LireTrimestres(document);
  if (!trimestres.ok()) return trimestres.status();
  if (!EstObjet(document, "zes")) {
    return absl::InvalidArgumentError("l'objet « zes » des zones d'emploi est absent");
  }
  Chomage sortie;
  for (const auto& [code, zone] : document["zes"].items()) {
    if (auto etat = LireZone(code, zone, *trimestres, sortie); !etat.ok()) return etat;
  }
  if (EstObjet(document, "communes")) {
    for (const auto& [commune, zone] : document["communes"].items()) {
      if (zone.is_string()) sortie.communes[commune] = zone.get<std::string>();
    }
  }
  return sortie;
}

absl::StatusOr<std::vector<RevenuCommune>> LireRevenus(std::string_view texte) {
  const json document = json::parse(texte.begin(), texte.end(), nullptr, false);
  if (!EstObjet(document, "communes")) {
    return absl::InvalidArgumentError("l'objet « communes » des revenus est absent");
  }
  std::vector<RevenuCommune> sortie;
  for (const auto& [commune, revenu] : document["communes"].items()) {
    if (!revenu.is_object()) {
      return absl::InvalidArgumentError(
          absl::StrCat("commune ", commune, " : une valeur au lieu d'un objet"));
    }
    sortie.push_back({commune, Decimal(revenu, "median_eur"), Decimal(revenu, "minima_pct")});
  }
  return sortie;
}

}  // namespace pdv::pdvctl
