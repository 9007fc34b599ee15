#include "services/pdvctl/commandes/tableau.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "pdv/gateway/v1/tableau.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/existence.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = gateway::v1;

const std::map<std::string, v1::Axe>& Axes() {
  static const std::map<std::string, v1::Axe> kAxes = {{"pilier", v1::AXE_PILIER},
                                                       {"thematique", v1::AXE_THEMATIQUE},
                                                       {"financeur", v1::AXE_FINANCEUR},
                                                       {"dispositif", v1::AXE_DISPOSITIF},
                                                       {"qpv", v1::AXE_QPV}};
  return kAxes;
}

const char* Titre(v1::Axe axe) {
  switch (axe) {
    case v1::AXE_PILIER:
      return "Par pilier";
    case v1::AXE_THEMATIQUE:
      return "Par thématique";
    case v1::AXE_FINANCEUR:
      return "Par financeur";
    case v1::AXE_DISPOSITIF:
      return "Par dispositif";
    default:
      return "Par quartier";
  }
}

int64_t Vote(const v1::Montants& m) {
  return m.vote_droit_commun_centimes() + m.vote_specifiques_centimes();
}

bool Vide(const v1::TableauDeBord& tableau) {
  return tableau.nb_actions() == 0 && Vote(tableau.total()) == 0 && tableau.injoignables().empty();
}

// Basis points as percent: 8 234 -> "82,3 %".
std::string Points(int64_t points) { return PourcentageFr(points, 10'000); }

std::string Perimetre(const Arguments& arguments) {
  auto named = [&](const char* option, const char* collection) -> std::string {
    const auto text = arguments.Texte(option);
    if (!text) return "";
    return NomComplet(collection, *text);
  };
  for (const auto& [option, collection] :
       {std::pair{"contrat", "contrats"}, {"departement", "departements"}, {"region", "regions"}}) {
    std::string name = named(option, collection);
    if (!name.empty()) return name;
  }
  return "nation";
}

void MontrerEtapes(const v1::TableauDeBord& tableau, Contexte& contexte) {
  Tableau table(
      {{"Étape"}, {"Droit commun", true}, {"Crédits spécifiques", true}, {"Total", true}});
  const v1::Montants& m = tableau.total();
  auto line = [&](const char* step, int64_t common, int64_t specific) {
    table.Ajouter({step, EurosFr(common), EurosFr(specific), EurosFr(common + specific)});
  };
  line("Demandé", m.demande_droit_commun_centimes(), m.demande_specifiques_centimes());
  line("Proposé", m.propose_droit_commun_centimes(), m.propose_specifiques_centimes());
  line("Voté", m.vote_droit_commun_centimes(), m.vote_specifiques_centimes());
  line("Engagé (AE)", m.engage_droit_commun_centimes(), m.engage_specifiques_centimes());
  line("Payé (CP)", m.paye_droit_commun_centimes(), m.paye_specifiques_centimes());
  contexte.sortie << table.Rendre(contexte.terminal_sortie);
  contexte.sortie << CompterFr(tableau.nb_actions(), "action", "actions") << ", "
                  << CompterFr(tableau.nb_porteurs(), "porteur", "porteurs");
  if (tableau.has_levier_points())
    contexte.sortie << " ; 1 € de crédits spécifiques accompagne "
                    << EurosFr(tableau.levier_points() / 100) << " de droit commun";
  contexte.sortie << ".\n";
}

void MontrerVentilation(const v1::Ventilation& ventilation, Contexte& contexte) {
  contexte.sortie << "\n"
                  << Styler(Titre(ventilation.axe()), Style::kTitre, contexte.terminal_sortie)
                  << " (part du voté";
  const bool reference = std::any_of(ventilation.parts().begin(), ventilation.parts().end(),
                                     [](const v1::Part& p) { return p.has_reference_points(); });
  contexte.sortie << (reference ? " ; ┊ et réf. : référence, puis l'écart)\n" : ")\n");
  std::vector<Barre> bars;
  for (const v1::Part& part : ventilation.parts()) {
    Barre bar{part.libelle(),
              static_cast<double>(part.part_points()),
              {Points(part.part_points()), EurosFr(Vote(part.montants()))},
              {},
              {}};
    if (part.has_reference_points()) {
      bar.repere = part.reference_points();
      bar.textes.push_back(absl::StrCat("réf. ", Points(part.reference_points())));
      bar.textes.push_back(PointsFr(part.ecart_points()));
    }
    bars.push_back(std::move(bar));
  }
  contexte.sortie << RendreBarres(bars, 10'000, contexte.terminal_sortie);
}

void MontrerRangs(const v1::TableauDeBord& tableau, Contexte& contexte) {
  contexte.sortie << "\n"
                  << Styler("Rang des financeurs", Style::kTitre, contexte.terminal_sortie) << "\n";
  Tableau table(
      {{"Périmètre"}, {"Premier"}, {"Second"}, {"Écart", true}, {"Points", true}, {"Voté", true}});
  auto line = [&](const v1::RangFinanceurs& rang) {
    std::optional<Style> style;
    if (rang.alerte_etat_non_premier()) style = Style::kAlerte;
    table.Ajouter({rang.libelle(), rang.premier_libelle(), rang.second_libelle(),
                   EurosFr(rang.ecart_centimes()), PointsFr(rang.ecart_points()),
                   EurosFr(rang.vote_centimes())},
                  style);
  };
  for (const auto& rang : tableau.rangs_par_contrat()) line(rang);
  if (tableau.rangs_par_contrat_size() > 0) table.Tracer();
  v1::RangFinanceurs whole = tableau.rang();
  whole.set_libelle(tableau.libelle());
  line(whole);
  contexte.sortie << table.Rendre(contexte.terminal_sortie);
  for (const std::string& alert : tableau.alertes())
    contexte.sortie << Styler(absl::StrCat("⚠ ", alert), Style::kAlerte, contexte.terminal_sortie)
                    << "\n";
}

void MontrerEnveloppes(const v1::TableauDeBord& tableau, Contexte& contexte) {
  if (tableau.enveloppes().empty()) return;
  contexte.sortie << "\n"
                  << Styler("Enveloppes", Style::kTitre, contexte.terminal_sortie)
                  << " (part consommée, puis reste)\n";
  std::vector<Barre> bars;
  for (const auto& one : tableau.enveloppes()) {
    const double share = one.montant_centimes() == 0
                             ? 0
                             : 10'000.0 * static_cast<double>(one.consomme_centimes()) /
                                   static_cast<double>(one.montant_centimes());
    bars.push_back({absl::StrCat(one.libelle(), " ", one.nature()),
                    share,
                    {PourcentageFr(one.consomme_centimes(), one.montant_centimes()),
                     EurosFr(one.reste_centimes())},
                    std::nullopt,
                    std::nullopt});
  }
  contexte.sortie << RendreBarres(bars, 10'000, contexte.terminal_sortie);
}

void MontrerTable(const v1::TableauDeBord& tableau, Contexte& contexte) {
  const std::string years =
      tableau.exercice_debut() == tableau.exercice_fin()
          ? absl::StrCat(tableau.exercice_debut())
          : absl::StrCat(tableau.exercice_debut(), "-", tableau.exercice_fin());
  contexte.sortie << Styler(
                         absl::StrCat("Politique de la ville — ", tableau.libelle(), " — ", years),
                         Style::kTitre, contexte.terminal_sortie)
                  << "\n\n";
  // A code that was mistyped must not be read as « nothing was voted there ».
  if (Vide(tableau)) {
    contexte.sortie << "Aucune action : vérifier le périmètre (" << tableau.perimetre()
                    << ") et l'exercice.\n";
    return;
  }
  MontrerEtapes(tableau, contexte);
  for (const auto& ventilation : tableau.ventilations()) MontrerVentilation(ventilation, contexte);
  MontrerRangs(tableau, contexte);
  MontrerEnveloppes(tableau, contexte);
}

void MontrerCsv(const v1::TableauDeBord& tableau, Contexte& contexte) {
  contexte.sortie << EnregistrementCsvDe({"axe", "cle", "libelle", "demande", "propose", "vote",
                                          "engage", "paye", "vote_droit_commun", "vote_specifiques",
                                          "part_points", "reference_points", "nb_actions"});
  for (const auto& ventilation : tableau.ventilations()) {
    for (const v1::Part& part : ventilation.parts()) {
      const v1::Montants& m = part.montants();
      contexte.sortie << EnregistrementCsvDe(
          {absl::AsciiStrToLower(v1::Axe_Name(ventilation.axe()).substr(4)), part.cle(),
           part.libelle(),
           EurosDecimal(m.demande_droit_commun_centimes() + m.demande_specifiques_centimes()),
           EurosDecimal(m.propose_droit_commun_centimes() + m.propose_specifiques_centimes()),
           EurosDecimal(Vote(m)),
           EurosDecimal(m.engage_droit_commun_centimes() + m.engage_specifiques_centimes()),
           EurosDecimal(m.paye_droit_commun_centimes() + m.paye_specifiques_centimes()),
           EurosDecimal(m.vote_droit_commun_centimes()),
           EurosDecimal(m.vote_specifiques_centimes()), absl::StrCat(part.part_points()),
           part.has_reference_points() ? absl::StrCat(part.reference_points()) : "",
           part.has_nb_actions() ? absl::StrCat(part.nb_actions()) : ""});
    }
  }
}

}  // namespace

CommandeDeclaree DeclarationTableau() {
  return {
      "tableau",
      "Qui paie quoi, pour quel pilier, à côté de la référence.",
      {},
      {{"contrat", GenreOption::kTexte, "CODE", "un contrat : CV110", false, {}},
       {"departement", GenreOption::kTexte, "CODE", "un département : 34", false, {}},
       {"region", GenreOption::kTexte, "CODE", "une région : 76", false, {}},
       {"national", GenreOption::kDrapeau, "", "la France entière", false, {}},
       {"exercice", GenreOption::kExercices, "AAAA[-AAAA]", "un exercice ou plusieurs", true, {}},
       {"au",
        GenreOption::kTexte,
        "JOUR|INSTANT",
        "les montants tels qu'ils étaient alors (un jour : à sa fin)",
        false,
        {}},
       {"par",
        GenreOption::kChoix,
        "",
        "une seule ventilation",
        false,
        {"pilier", "thematique", "financeur", "dispositif", "qpv"}},
       OptionFormat(),
       OptionPasserelle()},
      {{"contrat", "departement", "region", "national"}}};
}

int ExecuterTableau(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::GetTableauDeBordRequest request;
  request.set_perimetre(Perimetre(arguments));
  const auto years = arguments.LesExercices("exercice");
  request.set_exercice_debut(years->premier);
  request.set_exercice_fin(years->dernier);
  const auto when = arguments.Texte("au");
  if (when) {
    absl::Status read = LireInstant(*when, request.mutable_read_time());
    if (!read.ok()) return DireErreur(read, contexte);
  }
  const std::string format = arguments.TexteOu("format", "table");
  if (const auto by = arguments.Texte("par")) {
    request.add_axes(Axes().at(*by));
  } else if (format == "table") {
    request.add_axes(v1::AXE_PILIER);
    request.add_axes(v1::AXE_FINANCEUR);
    request.add_axes(v1::AXE_DISPOSITIF);
  }
  auto tableau = passerelle.Appeler<v1::TableauDeBord>(
      "pdv.gateway.v1.GatewayService/GetTableauDeBord", request);
  if (!tableau.ok()) return DireErreur(tableau.status(), contexte);
  if (arguments.Texte("contrat") && Vide(*tableau)) {
    absl::Status known = VerifierContrat(passerelle, request.perimetre());
    if (!known.ok()) return DireErreur(known, contexte);
  }
  if (format == "json") {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    options.add_whitespace = true;
    std::string json;
    (void)google::protobuf::util::MessageToJsonString(*tableau, &json, options);
    contexte.sortie << json;
  } else if (format == "csv") {
    MontrerCsv(*tableau, contexte);
  } else {
    if (when)
      contexte.sortie << "Montants au " << InstantFr(request.read_time())
                      << " ; classement et nombres d'actions et de porteurs d'aujourd'hui.\n";
    MontrerTable(*tableau, contexte);
  }
  for (const std::string& service : tableau->injoignables())
    contexte.erreurs << Styler(absl::StrCat("⚠ ", service, " ne répond pas : sa part manque."),
                               Style::kAlerte, contexte.terminal_erreurs)
                     << "\n";
  return tableau->injoignables().empty() ? kReussite : kIncomplet;
}

}  // namespace pdv::pdvctl
