// Regions, départements, communes, EPCI, quartiers and their contours: from files to resources.
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/types/codes.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "services/pdvctl/importation/fichiers.h"
#include "services/pdvctl/importation/types.h"
#include "services/pdvctl/lecture/contours.h"
#include "services/pdvctl/lecture/fichier.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = contrats::v1;

std::string Bas(const std::string& text) { return absl::AsciiStrToLower(text); }

google::type::Date Le(int year, int month, int day) {
  google::type::Date date;
  date.set_year(year);
  date.set_month(month);
  date.set_day(day);
  return date;
}

Rangee Avec(const Champs& fields, std::shared_ptr<google::protobuf::Message> resource) {
  Rangee row;
  row.ligne = fields.ligne;
  row.ressource = std::move(resource);
  return row;
}

absl::Status Importer(Passerelle& passerelle, const char* methode, const std::string& chemin,
                      bool simulation, RapportImport* rapport, Contexte& contexte,
                      const Traduire& traduire) {
  FichierLu lu;
  const std::vector<Rangee> rows = LireRangees(chemin, traduire, &lu);
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "contrats", methode, rows, simulation, rapport, contexte);
}

// Overseas the priority quartiers begin a year later (décret n° 2024-1212).
bool OutreMer(const std::string& departement) {
  return departement.size() == 3 && departement[0] == '9';
}

}  // namespace

absl::Status ImporterRegions(Passerelle& passerelle, const std::string& chemin, bool simulation,
                             RapportImport* rapport, Contexte& contexte) {
  return Importer(passerelle, "ImporterRegions", chemin, simulation, rapport, contexte,
                  [](const Champs& fields) {
                    auto region = std::make_shared<v1::Region>();
                    region->set_name(absl::StrCat("regions/", fields["reg"]));
                    region->set_code(fields["reg"]);
                    region->set_libelle(fields["libelle"]);
                    return Avec(fields, region);
                  });
}

absl::Status ImporterDepartements(Passerelle& passerelle, const std::string& chemin,
                                  bool simulation, RapportImport* rapport, Contexte& contexte) {
  auto seen = std::make_shared<std::map<std::string, bool>>();
  return Importer(
      passerelle, "ImporterDepartements", chemin, simulation, rapport, contexte,
      [seen](const Champs& fields) {
        // collectivites-outremer.csv has a row per commune: the first one gives the collectivity.
        const bool overseas = !fields["code_collectivite"].empty();
        const std::string& code = overseas ? fields["code_collectivite"] : fields["dep"];
        auto departement = std::make_shared<v1::Departement>();
        departement->set_name(absl::StrCat("departements/", Bas(code)));
        departement->set_code(code);
        departement->set_libelle(overseas ? fields["nom_collectivite"] : fields["libelle"]);
        if (!overseas) departement->set_region(absl::StrCat("regions/", fields["reg"]));
        Rangee row = Avec(fields, departement);
        if (!seen->emplace(code, true).second) {
          row.ressource = nullptr;
          row.jointe = true;
        }
        return row;
      });
}

absl::Status ImporterCommunes(Passerelle& passerelle, const std::string& chemin, bool simulation,
                              RapportImport* rapport, Contexte& contexte) {
  return Importer(
      passerelle, "ImporterCommunes", chemin, simulation, rapport, contexte,
      [](const Champs& fields) {
        auto commune = std::make_shared<v1::Commune>();
        const bool overseas = !fields["code_commune"].empty();
        const std::string& code = overseas ? fields["code_commune"] : fields["com"];
        const std::string type = overseas ? "COM" : fields["typecom"];
        const bool whole = type == "COM" || type == "ARM";
        // A code may name a commune and one that was joined to it: the kind tells them apart.
        commune->set_name(absl::StrCat("communes/", Bas(code), whole ? "" : "-",
                                       whole ? "" : Bas(type)));
        commune->set_code(code);
        commune->set_type(type);
        commune->set_libelle(overseas ? fields["nom_commune"] : fields["libelle"]);
        const std::string departement =
            overseas ? fields["code_collectivite"]
                     : (fields["dep"].empty() ? types::DepartementDe(code) : fields["dep"]);
        commune->set_departement(absl::StrCat("departements/", Bas(departement)));
        if (!fields["reg"].empty()) commune->set_region(absl::StrCat("regions/", fields["reg"]));
        if (!whole && !fields["comparent"].empty())
          commune->set_successeur(absl::StrCat("communes/", Bas(fields["comparent"])));
        return Avec(fields, commune);
      });
}

absl::Status ImporterEpci(Passerelle& passerelle, const std::string& chemin, bool simulation,
                          RapportImport* rapport, Contexte& contexte) {
  FichierLu lu;
  bool memberships = false;
  const std::vector<Rangee> rows = LireRangees(
      chemin,
      [&memberships](const Champs& fields) {
        if (!fields["insee_commune"].empty()) {
          memberships = true;
          auto one = std::make_shared<v1::Appartenance>();
          one->set_name(absl::StrCat("appartenances/", Bas(fields["insee_commune"]), "-",
                                     fields["siren_epci"]));
          one->set_commune(absl::StrCat("communes/", Bas(fields["insee_commune"])));
          one->set_epci(absl::StrCat("epci/", fields["siren_epci"]));
          *one->mutable_valide_du() = Le(2025, 1, 1);
          return Avec(fields, one);
        }
        auto epci = std::make_shared<v1::Epci>();
        epci->set_name(absl::StrCat("epci/", fields["siren"]));
        epci->set_siren(fields["siren"]);
        epci->set_libelle(fields["raison_sociale"]);
        epci->set_nature(fields["nature_juridique"]);
        if (!fields["departement"].empty())
          epci->set_departement(absl::StrCat("departements/", Bas(fields["departement"])));
        return Avec(fields, epci);
      },
      &lu);
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "contrats",
                        memberships ? "ImporterAppartenances" : "ImporterEpcis", rows, simulation,
                        rapport, contexte);
}

absl::Status ImporterQpv(Passerelle& passerelle, const std::string& chemin, bool simulation,
                         RapportImport* rapport, Contexte& contexte) {
  auto labels = std::make_shared<std::map<std::string, int>>();
  return Importer(
      passerelle, "ImporterQpvs", chemin, simulation, rapport, contexte,
      [labels](const Champs& fields) {
        auto qpv = std::make_shared<v1::Qpv>();
        Rangee row = Avec(fields, qpv);
        auto warn = [&](const char* column, const std::string& value, const char* why) {
          row.avertissements.push_back({fields.ligne, 0, column, value, why});
        };
        qpv->set_name(absl::StrCat("qpv/", Bas(fields["code_qp"])));
        qpv->set_code(fields["code_qp"]);
        qpv->set_libelle(fields["lib_qp"]);
        for (absl::string_view code : absl::StrSplit(fields["insee_com"], absl::ByAnyChar("|,; "),
                                                     absl::SkipEmpty())) {
          // Pierrefitte-sur-Seine is a commune déléguée of Saint-Denis since 2025-01-01 (INSEE).
          const bool merged = code == "93059";
          qpv->add_communes(absl::StrCat("communes/", Bas(std::string(code)),
                                         merged ? "-comd" : ""));
          if (merged) warn("insee_com", "93059", "commune réunie à 93066 le 1er janvier 2025");
        }
        const std::string& departement =
            fields["departement"].empty() ? fields["insee_dep"] : fields["departement"];
        if (!departement.empty())
          qpv->set_departement(absl::StrCat("departements/", Bas(departement)));
        if (!fields["region"].empty() && !OutreMer(departement))
          qpv->set_region(absl::StrCat("regions/", fields["region"]));
        if (!fields["siren_epci"].empty())
          qpv->set_epci(absl::StrCat("epci/", fields["siren_epci"]));
        double number;
        if (absl::SimpleAtod(fields["lon_centre"], &number)) qpv->set_centre_longitude(number);
        if (absl::SimpleAtod(fields["lat_centre"], &number)) qpv->set_centre_latitude(number);
        // Quartiers of the first list (QP) made room for those of the second (QN).
        const google::type::Date second = OutreMer(departement) ? Le(2025, 1, 1) : Le(2024, 1, 1);
        const bool premiere = absl::StartsWith(qpv->code(), "QP");
        *qpv->mutable_valide_du() = premiere ? Le(2015, 1, 1) : second;
        if (premiere) *qpv->mutable_valide_au() = second;
        if (++(*labels)[qpv->libelle()] == 2)
          warn("lib_qp", qpv->libelle(), "libellé porté par plusieurs quartiers : le code fait foi");
        return row;
      });
}

absl::Status ImporterContours(Passerelle& passerelle, const std::string& chemin, bool simulation,
                              RapportImport* rapport, Contexte& contexte) {
  FichierLu lu;
  lu.chemin = chemin;
  std::vector<Rangee> rows;
  absl::StatusOr<std::string> bytes = LireFichier(chemin);
  absl::StatusOr<std::vector<ContourQpv>> contours =
      bytes.ok() ? LireContours(*bytes) : absl::StatusOr<std::vector<ContourQpv>>(bytes.status());
  if (!contours.ok()) {
    lu.illisible = std::string(contours.status().message());
  } else {
    for (const ContourQpv& one : *contours) {
      Rangee row;
      row.ligne = static_cast<int64_t>(rows.size()) + 1;
      if (!one.motif.empty()) {
        row.rejets.push_back({row.ligne, 0, "g", one.code, one.motif});
        rows.push_back(std::move(row));
        continue;
      }
      auto contour = std::make_shared<v1::Contour>();
      contour->set_name(absl::StrCat("contours/", Bas(one.code)));
      contour->set_qpv(absl::StrCat("qpv/", Bas(one.code)));
      for (const Polygone& polygon : one.polygones) {
        auto* message = contour->add_polygones();
        for (const Anneau& ring : polygon) {
          auto* points = message->add_anneaux();
          for (const Sommet& point : ring) {
            points->add_coordonnees(point.longitude);
            points->add_coordonnees(point.latitude);
          }
        }
      }
      row.ressource = contour;
      rows.push_back(std::move(row));
    }
  }
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "contrats", "ImporterContours", rows, simulation, rapport,
                        contexte);
}

}  // namespace pdv::pdvctl
