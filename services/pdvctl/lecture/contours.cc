#include "services/pdvctl/lecture/contours.h"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "absl/status/status.h"

namespace pdv::pdvctl {
namespace {

using nlohmann::json;

std::string LireSommet(const json& valeur, Sommet& sommet) {
  if (!valeur.is_array() || valeur.size() < 2 || !valeur[0].is_number() || !valeur[1].is_number()) {
    return "une position n'est pas un couple de nombres";
  }
  sommet = {valeur[0].get<double>(), valeur[1].get<double>()};
  if (std::abs(sommet.longitude) > 180 || std::abs(sommet.latitude) > 90) {
    return "une position sort du globe";
  }
  return "";
}

std::string LireAnneau(const json& valeur, Anneau& anneau) {
  // RFC 7946 §3.1.6: a linear ring has four positions or more, the last equal to the first.
  if (!valeur.is_array() || valeur.size() < 4) return "un anneau a moins de quatre positions";
  for (const json& position : valeur) {
    Sommet sommet;
    if (auto motif = LireSommet(position, sommet); !motif.empty()) return motif;
    anneau.push_back(sommet);
  }
  const bool ferme = anneau.front().longitude == anneau.back().longitude &&
                     anneau.front().latitude == anneau.back().latitude;
  return ferme ? "" : "un anneau n'est pas fermé";
}

std::string LirePolygones(const json& valeur, std::vector<Polygone>& polygones) {
  if (!valeur.is_array() || valeur.empty()) return "aucun polygone";
  for (const json& lu : valeur) {
    if (!lu.is_array() || lu.empty()) return "un polygone n'a pas d'anneau";
    Polygone polygone;
    for (const json& anneau : lu) {
      if (auto motif = LireAnneau(anneau, polygone.emplace_back()); !motif.empty()) return motif;
    }
    polygones.push_back(std::move(polygone));
  }
  return "";
}

std::string TexteDe(const json& objet, const char* champ) {
  const auto trouve = objet.find(champ);
  return trouve != objet.end() && trouve->is_string() ? trouve->get<std::string>() : "";
}

ContourQpv LireContour(const json& objet) {
  ContourQpv contour;
  if (!objet.is_object()) {
    contour.motif = "une valeur au lieu d'un objet";
    return contour;
  }
  contour.code = TexteDe(objet, "code");
  contour.libelle = TexteDe(objet, "label");
  if (const auto insee = objet.find("insee"); insee != objet.end() && insee->is_array()) {
    for (const json& commune : *insee) {
      if (commune.is_string()) contour.communes.push_back(commune.get<std::string>());
    }
  }
  if (contour.code.empty()) contour.motif = "code absent";
  const auto polygones = objet.find("g");
  if (contour.motif.empty()) {
    contour.motif =
        polygones == objet.end() ? "contour absent" : LirePolygones(*polygones, contour.polygones);
  }
  return contour;
}

}  // namespace

absl::StatusOr<std::vector<ContourQpv>> LireContours(std::string_view texte) {
  const json document = json::parse(texte.begin(), texte.end(), nullptr, false);
  if (!document.is_object() || !document.contains("qpvs") || !document["qpvs"].is_array()) {
    return absl::InvalidArgumentError("le document ne contient pas de liste « qpvs » de contours");
  }
  std::vector<ContourQpv> contours;
  for (const json& objet : document["qpvs"]) contours.push_back(LireContour(objet));
  return contours;
}

}  // namespace pdv::pdvctl
