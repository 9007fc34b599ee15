#include "services/pdvctl/commandes/etat.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "pdv/gateway/v1/etat.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/passerelle.h"

namespace pdv::pdvctl {

CommandeDeclaree DeclarationEtat() {
  return {"etat",
          "Dit si chaque service de la suite répond (0 : tous ; 1 : pas tous).",
          {},
          {OptionFormat(), OptionPasserelle()},
          {}};
}

int ExecuterEtat(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  auto suite = passerelle.Appeler<gateway::v1::EtatSuite>(
      "pdv.gateway.v1.GatewayService/GetEtat", gateway::v1::GetEtatRequest(), absl::Seconds(5));
  if (!suite.ok()) return DireErreur(suite.status(), contexte);
  bool all = true;
  nlohmann::ordered_json document = nlohmann::ordered_json::array();
  Tableau table({{"Service"}, {"Adresse"}, {"État"}, {"Aller-retour", true}, {"Motif"}});
  for (const auto& service : suite->services()) {
    all &= service.sert();
    document.push_back({{"service", service.service()},
                        {"adresse", service.adresse()},
                        {"sert", service.sert()},
                        {"aller_retour_us", service.aller_retour_us()},
                        {"motif", service.motif()}});
    table.Ajouter({service.service(), service.adresse(), service.sert() ? "sert" : "ne sert pas",
                   service.sert() ? absl::StrCat(EntierFr(service.aller_retour_us()), " µs") : "",
                   service.motif()},
                  service.sert() ? Style::kBon : Style::kAlerte);
  }
  const std::string format = arguments.TexteOu("format", "table");
  if (format == "json") {
    contexte.sortie << TexteJson(document);
  } else if (format == "csv") {
    contexte.sortie << EnregistrementCsvDe({"service", "adresse", "sert", "motif"});
    for (const auto& service : suite->services())
      contexte.sortie << EnregistrementCsvDe({service.service(), service.adresse(),
                                              service.sert() ? "oui" : "non", service.motif()});
  } else {
    contexte.sortie << "Passerelle " << passerelle.adresse() << "\n"
                    << table.Rendre(contexte.terminal_sortie);
  }
  return all ? kReussite : kIncomplet;
}

}  // namespace pdv::pdvctl
