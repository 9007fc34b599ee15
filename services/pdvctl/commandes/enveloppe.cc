#include "services/pdvctl/commandes/enveloppe.h"

#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/centimes.h"
#include "common/types/nom.h"
#include "pdv/financement/v1/enveloppe.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/libelles.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;
using google::protobuf::Message;

// A movement of an envelope, and the field that names the other one ("": none).
struct Mouvement {
  Verbe verbe;
  const char* autre;
};

const std::vector<Mouvement>& Mouvements() {
  static const std::vector<Mouvement> kMouvements = {
      {{"abonder", absl::StrCat(kFinancement, "AbonderEnveloppe"), "ajoute de l'argent"}, ""},
      {{"deleguer", absl::StrCat(kFinancement, "DeleguerEnveloppe"), "donne à l'enveloppe --vers"},
       "enfant"},
      {{"transferer", absl::StrCat(kFinancement, "TransfererEnveloppe"),
        "passe à l'enveloppe --vers"},
       "destination"},
      {{"geler", absl::StrCat(kFinancement, "GelerEnveloppe"), "met hors d'usage"}, ""},
      {{"degeler", absl::StrCat(kFinancement, "DegelerEnveloppe"), "rend utilisable"}, ""},
      {{"reporter", absl::StrCat(kFinancement, "ReporterEnveloppe"),
        "passe le reste à l'exercice suivant (--vers)"},
       "destination"}};
  return kMouvements;
}

// What of an envelope is used: consumed or held by proposals.
int64_t Employe(const v1::Enveloppe& e) { return e.consomme_centimes() + e.reserve_centimes(); }

// 0 is a pipe: nothing is narrow there. A name that would be cut is of no use.
bool Large(const Terminal& terminal) { return terminal.largeur == 0 || terminal.largeur >= 140; }

// The envelopes as a tree of delegation: each under its parent.
class Arbre {
 public:
  explicit Arbre(const v1::ListEnveloppesResponse& all) {
    for (const v1::Enveloppe& one : all.enveloppes()) names_.insert({one.name(), &one});
    for (const v1::Enveloppe& one : all.enveloppes())
      children_[names_.contains(one.parent()) ? one.parent() : ""].push_back(&one);
  }
  // `large`: there is room for the amounts beside the bars.
  std::vector<Barre> Barres(bool large) const {
    std::vector<Barre> bars;
    Ajouter("", 0, large, &bars);
    return bars;
  }

 private:
  void Ajouter(const std::string& parent, int depth, bool large, std::vector<Barre>* bars) const {
    const auto children = children_.find(parent);
    if (children == children_.end()) return;
    for (const v1::Enveloppe* one : children->second) {
      const int64_t held = one->montant_centimes();
      Barre bar;
      bar.libelle = absl::StrCat(std::string(static_cast<size_t>(2 * depth), ' '), one->libelle(),
                                 " (", one->nature() == v1::NATURE_ENVELOPPE_CP ? "CP" : "AE", ")");
      if (large)
        absl::StrAppend(&bar.libelle, " ", std::string(types::DernierSegment(one->name())));
      bar.valeur =
          held == 0 ? 0 : 100.0 * static_cast<double>(Employe(*one)) / static_cast<double>(held);
      bar.textes = {held == 0 ? "—" : PourcentageFr(Employe(*one), held)};
      if (large) bar.textes.push_back(absl::StrCat("de ", EurosFr(held)));
      bar.textes.push_back(absl::StrCat("reste ", EurosFr(one->disponible_centimes())));
      if (large && one->delegue_centimes() > 0)
        bar.textes.push_back(absl::StrCat("délègue ", EurosFr(one->delegue_centimes())));
      if (held > 0 && one->disponible_centimes() == 0) bar.style = Style::kAttention;
      bars->push_back(std::move(bar));
      Ajouter(one->name(), depth + 1, large, bars);
    }
  }

  std::map<std::string, const v1::Enveloppe*> names_;
  std::map<std::string, std::vector<const v1::Enveloppe*>> children_;
};

// The envelopes that the options choose.
absl::StatusOr<v1::ListEnveloppesResponse> Choisies(Passerelle& passerelle,
                                                    const Arguments& arguments) {
  v1::ListEnveloppesRequest request;
  request.set_order_by("exercice, financeur, perimetre, name");
  std::vector<std::string> conditions;
  if (const auto year = arguments.Entier("exercice"))
    conditions.push_back(absl::StrCat("exercice = ", *year));
  if (const auto name = arguments.Texte("financeur"))
    conditions.push_back(absl::StrCat("financeur = \"", NomComplet("financeurs", *name), "\""));
  if (const auto where = arguments.Texte("perimetre"))
    conditions.push_back(absl::StrCat("perimetre = \"", absl::AsciiStrToLower(*where), "\""));
  request.set_filter(absl::StrJoin(conditions, " AND "));
  return ToutesLesPages<v1::ListEnveloppesResponse>(
      passerelle, absl::StrCat(kFinancement, "ListEnveloppes"), request);
}

// One envelope and all that it delegated to, from the widest to the narrowest: delegation stays
// with one funder and one exercice.
absl::StatusOr<v1::ListEnveloppesResponse> Descendance(Passerelle& passerelle,
                                                       const std::string& name) {
  v1::GetEnveloppeRequest get;
  get.set_name(name);
  auto root = passerelle.Appeler<v1::Enveloppe>(absl::StrCat(kFinancement, "GetEnveloppe"), get);
  if (!root.ok()) return root.status();
  v1::ListEnveloppesRequest request;
  request.set_order_by("perimetre, name");
  request.set_filter(absl::StrCat("exercice = ", root->exercice(), " AND financeur = \"",
                                  root->financeur(), "\""));
  auto all = ToutesLesPages<v1::ListEnveloppesResponse>(
      passerelle, absl::StrCat(kFinancement, "ListEnveloppes"), request);
  if (!all.ok()) return all.status();
  std::multimap<std::string, const v1::Enveloppe*> children;
  for (const v1::Enveloppe& one : all->enveloppes()) children.insert({one.parent(), &one});
  v1::ListEnveloppesResponse kept;
  root->clear_explication();
  *kept.add_enveloppes() = *root;
  for (int i = 0; i < kept.enveloppes_size(); ++i) {
    const auto [from, to] = children.equal_range(kept.enveloppes(i).name());
    for (auto child = from; child != to; ++child) *kept.add_enveloppes() = *child->second;
  }
  return kept;
}

int Montrer(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  const std::string name = arguments.Valeur("NOM");
  auto all = name.empty() ? Choisies(passerelle, arguments)
                          : Descendance(passerelle, NomComplet("enveloppes", name));
  if (!all.ok()) return DireErreur(all.status(), contexte);
  if (contexte.json)
    contexte.sortie << EcrireJson(*all);
  else if (all->enveloppes().empty())
    contexte.sortie << "Aucune enveloppe.\n";
  else
    contexte.sortie << RendreBarres(Arbre(*all).Barres(Large(contexte.terminal_sortie)), 100,
                                    contexte.terminal_sortie);
  return kReussite;
}

const char* Nature(const v1::Enveloppe& e) {
  return e.nature() == v1::NATURE_ENVELOPPE_CP ? "CP" : "AE";
}

void DireCsv(const v1::ListEnveloppesResponse& all, Contexte& contexte) {
  contexte.sortie << EnregistrementCsvDe({"enveloppe", "libelle", "financeur", "programme",
                                          "exercice", "perimetre", "nature", "parent", "montant",
                                          "reserve", "consomme", "gele", "disponible", "delegue"});
  for (const v1::Enveloppe& e : all.enveloppes())
    contexte.sortie << EnregistrementCsvDe(
        {e.name(), e.libelle(), e.financeur(), e.programme(), absl::StrCat(e.exercice()),
         e.perimetre(), Nature(e), e.parent(), EurosDecimal(e.montant_centimes()),
         EurosDecimal(e.reserve_centimes()), EurosDecimal(e.consomme_centimes()),
         EurosDecimal(e.gele_centimes()), EurosDecimal(e.disponible_centimes()),
         EurosDecimal(e.delegue_centimes())});
}

// No total: AE and CP do not add up.
int Lister(const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  auto all = Choisies(passerelle, arguments);
  if (!all.ok()) return DireErreur(all.status(), contexte);
  if (contexte.json) {
    contexte.sortie << EcrireJson(*all);
    return kReussite;
  }
  if (arguments.TexteOu("format", "table") == "csv") {
    DireCsv(*all, contexte);
    return kReussite;
  }
  Tableau table({{"Enveloppe", true},  // never cut: it is what one types next

                 {"Libellé"},
                 {"Financeur"},
                 {"Exercice", true},
                 {"Périmètre"},
                 {"Nature"},
                 {"Tient", true},
                 {"Reste", true}});
  for (const v1::Enveloppe& e : all->enveloppes())
    table.Ajouter({std::string(types::DernierSegment(e.name())), e.libelle(),
                   std::string(types::DernierSegment(e.financeur())), absl::StrCat(e.exercice()),
                   e.perimetre(), Nature(e), EurosFr(e.montant_centimes()),
                   EurosFr(e.disponible_centimes())});
  contexte.sortie << (table.vide() ? "Aucune enveloppe.\n"
                                   : table.Rendre(contexte.terminal_sortie));
  return kReussite;
}

// Where the remainder comes from: what came in and went out, by nature of entry.
void DireExplication(const v1::Enveloppe& e, const std::string& quand, Contexte& contexte) {
  contexte.sortie << Styler(e.libelle(), Style::kTitre, contexte.terminal_sortie) << "\n"
                  << e.name() << ", " << e.financeur() << ", exercice " << e.exercice() << ", "
                  << e.perimetre() << (quand.empty() ? "" : absl::StrCat(", le ", quand)) << "\n\n";
  Tableau table({{"Écritures"}, {"Nombre", true}, {"Entrées", true}, {"Sorties", true}});
  for (const v1::PartEnveloppe& part : e.explication()) {
    const auto* nature = v1::NatureEcriture_descriptor()->FindValueByNumber(part.nature());
    table.Ajouter({nature == nullptr ? "" : LibelleValeur(*nature), EntierFr(part.nombre()),
                   EurosFr(part.entrees_centimes()), EurosFr(part.sorties_centimes())});
  }
  table.Tracer();
  table.Ajouter({"Reste", "", EurosFr(e.disponible_centimes()), ""});
  contexte.sortie << table.Rendre(contexte.terminal_sortie) << "Réservé "
                  << EurosFr(e.reserve_centimes()) << ", consommé "
                  << EurosFr(e.consomme_centimes()) << ", gelé " << EurosFr(e.gele_centimes())
                  << ", délégué " << EurosFr(e.delegue_centimes()) << ". Le détail : pdvctl releve "
                  << e.name();
}

int Expliquer(const Arguments& arguments, Contexte& contexte) {
  v1::GetEnveloppeRequest request;
  request.set_name(NomComplet("enveloppes", arguments.Valeur("NOM")));
  const auto when = arguments.Texte("au");
  if (when) {
    absl::Status read = LireInstant(*when, request.mutable_read_time());
    if (!read.ok()) return DireErreur(read, contexte);
  }
  Passerelle passerelle(arguments);
  auto found =
      passerelle.Appeler<v1::Enveloppe>(absl::StrCat(kFinancement, "GetEnveloppe"), request);
  const std::string instant = when ? InstantFr(request.read_time()) : "";
  if (when && absl::IsNotFound(found.status()))
    return DireErreur(
        absl::NotFoundError(absl::StrCat("« ", request.name(), " » n'existait pas le ", instant)),
        contexte);
  if (!found.ok()) return DireErreur(found.status(), contexte);
  if (contexte.json) {
    contexte.sortie << EcrireJson(*found);
    return kReussite;
  }
  DireExplication(*found, instant, contexte);
  contexte.sortie << (when ? absl::StrCat(" --au=", *when) : "") << "\n";
  return kReussite;
}

int Creer(const Arguments& arguments, Contexte& contexte) {
  v1::CreateEnveloppeRequest request;
  absl::Status read = LireFichierJson(arguments.Valeur("NOM"), request.mutable_enveloppe());
  if (!read.ok()) return DireErreur(read, contexte);
  request.set_enveloppe_id(std::string(types::DernierSegment(request.enveloppe().name())));
  request.set_request_id(arguments.TexteOu("request-id", NouvelIdentifiantDeRequete()));
  request.set_validate_only(arguments.Drapeau("simulation"));
  Passerelle passerelle(arguments);
  auto made =
      passerelle.Appeler<v1::Enveloppe>(absl::StrCat(kFinancement, "CreateEnveloppe"), request);
  if (!made.ok()) return DireErreur(made.status(), contexte);
  DireRessource(*made, arguments, contexte);
  return kReussite;
}

absl::Status Completer(const Mouvement& movement, const Arguments& arguments, Message* request) {
  const auto field = [&](const char* name) {
    return request->GetDescriptor()->FindFieldByName(name);
  };
  const std::string amount = arguments.Valeur("MONTANT");
  if (amount.empty() && movement.verbe.mot != "reporter")
    return absl::InvalidArgumentError("le montant est attendu : « 12 345,67 »");
  if (!amount.empty()) {
    absl::StatusOr<types::Centimes> cents = types::LireMontant(amount);
    if (!cents.ok()) return cents.status();
    request->GetReflection()->SetInt64(request, field("montant_centimes"), *cents);
  }
  if (*movement.autre == '\0') return absl::OkStatus();
  const auto other = arguments.Texte("vers");
  if (!other) return absl::InvalidArgumentError("--vers dit quelle enveloppe reçoit");
  request->GetReflection()->SetString(request, field(movement.autre),
                                      NomComplet("enveloppes", *other));
  if (movement.verbe.mot == "deleguer" && arguments.Drapeau("reprise"))
    request->GetReflection()->SetBool(request, field("reprise"), true);
  return absl::OkStatus();
}

int Mouvoir(const Mouvement& movement, const Arguments& arguments, Contexte& contexte) {
  Passerelle passerelle(arguments);
  auto moved = Appliquer(passerelle, movement.verbe,
                         NomComplet("enveloppes", arguments.Valeur("NOM")), arguments,
                         [&](Message* request) { return Completer(movement, arguments, request); });
  if (!moved.ok()) return DireErreur(moved.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(**moved);
    return kReussite;
  }
  const auto& envelope = static_cast<const v1::Enveloppe&>(**moved);
  contexte.sortie << (arguments.Drapeau("simulation") ? "(simulation) " : "") << envelope.name()
                  << " : reste " << EurosFr(envelope.disponible_centimes()) << " sur "
                  << EurosFr(envelope.montant_centimes()) << "\n";
  return kReussite;
}

}  // namespace

CommandeDeclaree DeclarationEnveloppe() {
  CommandeDeclaree declaration{
      "enveloppe",
      "Les enveloppes : leur liste, leur arbre, ce qui en reste et pourquoi, ce qu'on y met et ce "
      "qu'on en "
      "retire.",
      {ArgumentVerbe({{"lister", "celles d'un exercice, d'un financeur, d'un périmètre"},
                      {"arbre", "qui délègue à qui, et ce qui est employé"},
                      {"voir", "ce qui reste, et pourquoi (--au : un autre jour)"},
                      {"creer", "en ouvre une, d'un fichier JSON"}},
                     Mouvements(), [](const Mouvement& one) -> const Verbe& { return one.verbe; }),
       {"NOM",
        "l'enveloppe (arbre : d'où il part, toutes sinon) ; creer : le fichier JSON",
        false,
        false,
        {},
        {}},
       {"MONTANT",
        "« 12 345,67 » (reporter : tout le reste s'il n'est pas dit)",
        false,
        false,
        {},
        {}}},
      {{"exercice", GenreOption::kEntier, "AAAA", "lister, arbre : un seul exercice", false, {}},
       {"financeur", GenreOption::kTexte, "NOM", "lister, arbre : un seul financeur", false, {}},
       {"perimetre",
        GenreOption::kTexte,
        "NOM",
        "lister, arbre : nation, regions/76, departements/34, contrats/cv110",
        false,
        {}},
       {"au",
        GenreOption::kTexte,
        "JOUR|INSTANT",
        "voir : telle qu'elle était alors (un jour : à sa fin)",
        false,
        {}},
       {"vers", GenreOption::kTexte, "NOM", "l'enveloppe qui reçoit", false, {}},
       {"reprise", GenreOption::kDrapeau, "", "deleguer : reprend ce qui fut donné", false, {}}},
      {}};
  for (OptionDeclaree& option : OptionsVerbe()) {
    if (option.nom == "format") option = OptionFormat();
    declaration.options.push_back(std::move(option));
  }
  return declaration;
}

int ExecuterEnveloppe(const Arguments& arguments, Contexte& contexte) {
  const std::string word = arguments.Valeur("VERBE");
  const auto seulement = [&](const char* option, const char* verb) {
    return DireErreur(absl::InvalidArgumentError(absl::StrCat(option, " : seulement pour ", verb)),
                      contexte);
  };
  if (arguments.Texte("au") && word != "voir") return seulement("--au", "voir");
  if (arguments.TexteOu("format", "table") == "csv" && word != "lister")
    return seulement("--format=csv", "lister");
  if (word == "lister") return Lister(arguments, contexte);
  if (word == "arbre") return Montrer(arguments, contexte);
  if (arguments.Valeur("NOM").empty())
    return DireErreur(
        absl::InvalidArgumentError(absl::StrCat("enveloppe ", word, " : NOM est attendu")),
        contexte);
  if (word == "voir") return Expliquer(arguments, contexte);
  if (word == "creer") return Creer(arguments, contexte);
  for (const Mouvement& one : Mouvements())
    if (one.verbe.mot == word) return Mouvoir(one, arguments, contexte);
  return kEchec;
}

}  // namespace pdv::pdvctl
