#include "services/pdvctl/commandes/ligne.h"

#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/nom.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/transitions.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/lot_votes.h"
#include "services/pdvctl/commandes/montants.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;
using google::protobuf::Message;

// A verb of a line, and the stage whose amounts it gives ("" : none).
struct VerbeLigne {
  Verbe verbe;
  const char* etape;
};

const std::vector<VerbeLigne>& Verbes() {
  static const std::vector<VerbeLigne> kVerbes = {
      {{"prendre", absl::StrCat(kFinancement, "PrendreEnChargeLigne"), "le financeur s'en saisit"},
       ""},
      {{"recevable", absl::StrCat(kFinancement, "DeclarerRecevableLigne"), "elle est recevable"},
       ""},
      {{"irrecevable", absl::StrCat(kFinancement, "DeclarerIrrecevableLigne"),
        "elle ne l'est pas (--motif)"},
       ""},
      {{"sans-reponse", absl::StrCat(kFinancement, "ConstaterSansReponseLigne"),
        "le financeur ne répond pas"},
       ""},
      {{"proposer", absl::StrCat(kFinancement, "ProposerLigne"), "propose un montant au vote"},
       "propose"},
      {{"voter", absl::StrCat(kFinancement, "VoterLigne"), "accorde un montant"}, "vote"},
      {{"refuser", absl::StrCat(kFinancement, "RefuserLigne"), "n'accorde rien (--motif)"}, ""},
      {{"notifier", absl::StrCat(kFinancement, "NotifierLigne"), "le porteur est prévenu"}, ""},
      {{"engager", absl::StrCat(kFinancement, "EngagerLigne"), "engage un montant"}, "engage"},
      {{"verser", absl::StrCat(kFinancement, "VerserLigne"), "note ce qui est payé en tout"},
       "paye"}};
  return kVerbes;
}

// Each amount of each line: the file that a spreadsheet opens.
void DireCsv(const v1::ListLignesResponse& all, Contexte& contexte) {
  std::vector<std::string> titles = {"ligne",    "action",  "financeur", "enveloppe",
                                     "exercice", "contrat", "etat"};
  std::vector<const google::protobuf::FieldDescriptor*> amounts;
  for (const char* step : {"demande", "propose", "vote", "engage", "paye"})
    for (const char* kind : {"droit_commun", "specifiques"}) {
      titles.push_back(absl::StrCat(step, "_", kind));
      amounts.push_back(
          v1::Ligne::descriptor()->FindFieldByName(absl::StrCat(titles.back(), "_centimes")));
    }
  contexte.sortie << EnregistrementCsvDe(titles);
  for (const v1::Ligne& one : all.lignes()) {
    std::vector<std::string> cells = {one.name(),
                                      one.action(),
                                      one.financeur(),
                                      one.enveloppe(),
                                      absl::StrCat(one.exercice()),
                                      one.contrat(),
                                      LibelleEtat(one)};
    for (const auto* field : amounts)
      cells.push_back(EurosDecimal(one.GetReflection()->GetInt64(one, field)));
    contexte.sortie << EnregistrementCsvDe(cells);
  }
}

int64_t Paye(const v1::Ligne& l) {
  return l.paye_droit_commun_centimes() + l.paye_specifiques_centimes();
}

int Lister(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  v1::ListLignesRequest request;
  std::vector<std::string> conditions;
  const auto equals = [&](const char* option, const char* collection) {
    if (const auto value = arguments.Texte(option))
      conditions.push_back(absl::StrCat(option, " = \"", NomComplet(collection, *value), "\""));
  };
  equals("contrat", "contrats");
  equals("financeur", "financeurs");
  equals("action", "actions");
  if (const auto year = arguments.Entier("exercice"))
    conditions.push_back(absl::StrCat("exercice = ", *year));
  if (const auto state = arguments.Texte("etat")) {
    const auto read = LireEtat(*v1::EtatLigne_descriptor(), *state);
    if (!read.ok()) return DireErreur(read.status(), contexte);
    conditions.push_back(absl::StrCat("etat = ", *read));
  }
  request.set_filter(absl::StrJoin(conditions, " AND "));
  auto all = ToutesLesPages<v1::ListLignesResponse>(
      passerelle, absl::StrCat(kFinancement, "ListLignes"), request);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*all);
    return kReussite;
  }
  if (arguments.TexteOu("format", "table") == "csv") {
    DireCsv(*all, contexte);
    return kReussite;
  }
  Tableau table({{"Ligne", false, true},
                 {"Financeur"},
                 {"Demandé", true},
                 {"Proposé", true},
                 {"Voté", true},
                 {"Payé", true},
                 {"État"}});
  int64_t asked = 0, proposed = 0, voted = 0, paid = 0;
  for (const v1::Ligne& l : all->lignes()) {
    const int64_t a = l.demande_droit_commun_centimes() + l.demande_specifiques_centimes();
    const int64_t p = l.propose_droit_commun_centimes() + l.propose_specifiques_centimes();
    const int64_t v = l.vote_droit_commun_centimes() + l.vote_specifiques_centimes();
    const int64_t d = Paye(l);
    asked += a, proposed += p, voted += v, paid += d;
    table.Ajouter({std::string(types::DernierSegment(l.name())),
                   std::string(types::DernierSegment(l.financeur())), EurosFr(a), EurosFr(p),
                   EurosFr(v), EurosFr(d), LibelleEtat(l)});
  }
  if (table.vide()) {
    contexte.sortie << "Aucune ligne.\n";
    return kReussite;
  }
  table.Tracer();
  table.Ajouter({CompterFr(all->lignes_size(), "ligne", "lignes"), "", EurosFr(asked),
                 EurosFr(proposed), EurosFr(voted), EurosFr(paid), ""});
  contexte.sortie << table.Rendre(contexte.terminal_sortie);
  return kReussite;
}

// The amounts of a verb: as they are told, or one amount of the only kind of money that was asked.
// `avant` receives the line as it was.
absl::Status Montants(Passerelle& passerelle, const VerbeLigne& verb, const Arguments& arguments,
                      Message* request, v1::Ligne* avant) {
  if (*verb.etape == '\0') return absl::OkStatus();
  MontantsDits dits{arguments.Valeur("MONTANT"), arguments.TexteOu("droit-commun", ""),
                    arguments.TexteOu("specifiques", "")};
  v1::GetLigneRequest get;
  get.set_name(request->GetReflection()->GetString(
      *request, request->GetDescriptor()->FindFieldByName("name")));
  auto ligne = passerelle.Appeler<v1::Ligne>(absl::StrCat(kFinancement, "GetLigne"), get);
  if (!ligne.ok()) return ligne.status();
  *avant = *ligne;
  absl::StatusOr<MontantsLigne> read = LireMontants(dits, *ligne);
  if (!read.ok()) return read.status();
  const auto set = [&](const char* kind, int64_t cents) {
    request->GetReflection()->SetInt64(
        request,
        request->GetDescriptor()->FindFieldByName(absl::StrCat(verb.etape, "_", kind, "_centimes")),
        cents);
  };
  set("droit_commun", read->droit_commun);
  set("specifiques", read->specifiques);
  // Of the verbs that decide an amount, a proposal and a vote name the envelope that pays.
  const auto* paying = request->GetDescriptor()->FindFieldByName("enveloppe");
  if (const auto envelope = arguments.Texte("enveloppe"); paying != nullptr && envelope)
    request->GetReflection()->SetString(request, paying, NomComplet("enveloppes", *envelope));
  return absl::OkStatus();
}

// What the line is now, in words and euros.
void DireLigne(const v1::Ligne& ligne, const Arguments& arguments, Contexte& contexte) {
  DireRessource(ligne, arguments, contexte);
  if (contexte.json) return;
  const std::pair<const char*, int64_t> steps[] = {
      {"demandé", ligne.demande_droit_commun_centimes() + ligne.demande_specifiques_centimes()},
      {"proposé", ligne.propose_droit_commun_centimes() + ligne.propose_specifiques_centimes()},
      {"voté", ligne.vote_droit_commun_centimes() + ligne.vote_specifiques_centimes()},
      {"engagé", ligne.engage_droit_commun_centimes() + ligne.engage_specifiques_centimes()}};
  std::vector<std::string> told;
  for (const auto& [word, cents] : steps)
    if (cents != 0 || told.empty()) told.push_back(absl::StrCat(EurosFr(cents), " ", word));
  contexte.sortie << "  " << absl::StrJoin(told, ", ") << "\n";
}

// The amount of a payment is what is paid in all: what this one adds is said beside it.
void DireVersement(const v1::Ligne& avant, const v1::Ligne& ligne, const Arguments& arguments,
                   Contexte& contexte) {
  const int64_t added = Paye(ligne) - Paye(avant);
  if (contexte.json) {
    auto document = nlohmann::ordered_json::parse(EcrireJson(ligne));
    document["versement_centimes"] = absl::StrCat(added);  // int64 is a text in proto JSON
    contexte.sortie << TexteJson(document);
    return;
  }
  DireRessource(ligne, arguments, contexte);
  const int64_t committed =
      ligne.engage_droit_commun_centimes() + ligne.engage_specifiques_centimes();
  contexte.sortie << "Versé en tout : " << EurosFr(Paye(ligne)) << " sur " << EurosFr(committed)
                  << " engagés, dont "
                  << (added == 0 ? "rien de nouveau (ce versement était déjà noté)"
                                 : absl::StrCat(EurosFr(added), " par ce versement"))
                  << ".\n";
}

}  // namespace

CommandeDeclaree DeclarationLigne() {
  CommandeDeclaree declaration{
      "ligne",
      "Une ligne de financement : lister, proposer, voter, payer ; ou les votes d'un fichier "
      "(lot).",
      {ArgumentVerbe(
           {{"lister", "les lignes (--contrat, --financeur, --action, --exercice, --etat)"},
            {"lot", "vote celles d'un fichier CSV (--atomique)"}},
           Verbes(), [](const VerbeLigne& one) -> const Verbe& { return one.verbe; }),
       {"NOM", "la ligne (2023-cv110-0042-etat) ; lot : le fichier CSV", false, false, {}, {}},
       {"MONTANT",
        "proposer, voter, engager : « 12 345,67 » ; verser : ce qui est payé en tout depuis le "
        "début, "
        "ce versement compris",
        false,
        false,
        {},
        {}}},
      {{"droit-commun", GenreOption::kTexte, "MONTANT", "la part de droit commun", false, {}},
       {"specifiques", GenreOption::kTexte, "MONTANT", "la part de crédits spécifiques", false, {}},
       {"enveloppe", GenreOption::kTexte, "NOM", "proposer, voter : celle qui paie", false, {}},
       {"contrat", GenreOption::kTexte, "NOM", "lister : un seul contrat", false, {}},
       {"financeur", GenreOption::kTexte, "NOM", "lister : un seul financeur", false, {}},
       {"action", GenreOption::kTexte, "NOM", "lister : une seule action", false, {}},
       {"exercice", GenreOption::kEntier, "AAAA", "lister : un seul exercice", false, {}},
       {"etat",
        GenreOption::kTexte,
        "ÉTAT",
        "lister : un seul état (« sans réponse »…)",
        false,
        {}},
       {"atomique", GenreOption::kDrapeau, "", "lot : tous les votes ou aucun", false, {}}},
      {}};
  for (OptionDeclaree& option : OptionsVerbe()) {
    if (option.nom == "format") option = OptionFormat();
    declaration.options.push_back(std::move(option));
  }
  return declaration;
}

int ExecuterLigne(const Arguments& arguments, Contexte& contexte) {
  const std::string word = arguments.Valeur("VERBE");
  if (word == "lister") return Lister(arguments, contexte);
  if (arguments.TexteOu("format", "table") == "csv")
    return DireErreur(absl::InvalidArgumentError("--format=csv : seulement pour lister"), contexte);
  if (arguments.Valeur("NOM").empty())
    return DireErreur(
        absl::InvalidArgumentError(absl::StrCat("ligne ", word, " : NOM est attendu")), contexte);
  if (word == "lot") return VoterLot(arguments, contexte);
  Passerelle passerelle(arguments);
  for (const VerbeLigne& one : Verbes()) {
    if (one.verbe.mot != word) continue;
    v1::Ligne before;
    auto moved = Appliquer(
        passerelle, one.verbe, NomComplet("lignes", arguments.Valeur("NOM")), arguments,
        [&](Message* request) { return Montants(passerelle, one, arguments, request, &before); });
    if (!moved.ok()) return DireErreur(moved.status(), contexte);
    if (word == "verser")
      DireVersement(before, static_cast<const v1::Ligne&>(**moved), arguments, contexte);
    else
      DireLigne(static_cast<const v1::Ligne&>(**moved), arguments, contexte);
  }
  return kReussite;
}

}  // namespace pdv::pdvctl
