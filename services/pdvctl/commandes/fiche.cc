#include "services/pdvctl/commandes/fiche.h"

#include <memory>
#include <set>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"
#include "pdv/evaluation/v1/mesure.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/gateway/v1/fiche.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/libelles.h"
#include "services/pdvctl/ressources/presentation.h"
#include "services/pdvctl/ressources/ressources.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Message;

// A resource that the fiche names: "Les Ateliers (porteurs/ateliers)".
template <class T>
std::string Nommer(const google::protobuf::Any& any, const std::string& name) {
  T resource;
  if (!any.UnpackTo(&resource)) return name;
  return absl::StrCat(TitreDe(resource), " (", resource.name(), ")");
}

void DireIdentite(const gateway::v1::FicheAction& fiche, const actions::v1::Action& action,
                  Contexte& contexte) {
  const Terminal& terminal = contexte.terminal_sortie;
  for (const std::string& line : Plier(TitreDe(action), terminal.largeur))
    contexte.sortie << Styler(line, Style::kTitre, terminal) << "\n";
  std::vector<std::pair<std::string, std::string>> fields = {
      {"Nom", action.name()},
      {"État",
       absl::StrCat(LibelleEtat(action), action.motif().empty() ? "" : " : ", action.motif())},
      {"Porteur", Nommer<actions::v1::Porteur>(fiche.porteur(), action.porteur())},
      {"Contrat", action.contrat().empty()
                      ? action.contrat_source()
                      : Nommer<contrats::v1::Contrat>(fiche.contrat(), action.contrat())},
      {"Thématique", action.thematique().empty() ? ""
                                                 : Nommer<contrats::v1::Thematique>(
                                                       fiche.thematique(), action.thematique())},
      {"Période",
       action.date_debut().year() == 0
           ? ""
           : absl::StrCat("du ", DateFr(action.date_debut()), " au ", DateFr(action.date_fin()))}};
  // The rest of what the action says, in the order of its proto.
  static const std::set<std::string> kDites = {
      "name",         "etat",         "motif",     "porteur",  "contrat",       "contrat_source",
      "thematique",   "date_debut",   "date_fin",  "intitule", "uid",           "etag",
      "create_time",  "update_time",  "quartiers", "publics",  "quartier_vecu", "npnru",
      "etat_importe", "attestations", "reponses",  "pieces"};
  for (int i = 0; i < action.GetDescriptor()->field_count(); ++i) {
    const auto& field = *action.GetDescriptor()->field(i);
    // A fingerprint says nothing to people.
    if (!kDites.contains(field.name()) && field.name() != "empreinte_importee")
      fields.emplace_back(LibelleChamp(field.name()), ValeurLisible(action, field));
  }
  if (action.quartier_vecu()) fields.emplace_back("Quartier vécu", "oui");
  if (action.npnru()) fields.emplace_back("NPNRU", "oui");
  contexte.sortie << RendreChamps(fields, terminal);
}

void DireTable(const char* title, const Tableau& table, Contexte& contexte) {
  if (table.vide()) return;
  contexte.sortie << "\n"
                  << Styler(title, Style::kTitre, contexte.terminal_sortie) << "\n"
                  << table.Rendre(contexte.terminal_sortie);
}

void DireQuartiersEtPublics(const gateway::v1::FicheAction& fiche,
                            const actions::v1::Action& action, Contexte& contexte) {
  Tableau quartiers({{"Quartier"}, {"Libellé"}, {"Part", true}});
  for (int i = 0; i < action.quartiers_size(); ++i) {
    contrats::v1::Qpv qpv;
    if (i < fiche.quartiers_size()) (void)fiche.quartiers(i).UnpackTo(&qpv);
    quartiers.Ajouter({action.quartiers(i).qpv(), qpv.libelle(),
                       PourcentageFr(action.quartiers(i).part_points(), 10'000)});
  }
  DireTable("Quartiers", quartiers, contexte);
  Tableau publics({{"Public"}, {"Âge"}, {"Effectif", true}, {"dont QPV", true}});
  for (const auto& one : action.publics()) {
    const auto* sex = actions::v1::Sexe_descriptor()->FindValueByNumber(one.sexe());
    const auto* age = actions::v1::TrancheAge_descriptor()->FindValueByNumber(one.age());
    publics.Ajouter({sex == nullptr ? "" : LibelleValeur(*sex),
                     age == nullptr ? "" : absl::StrCat(LibelleValeur(*age), " ans"),
                     EntierFr(one.effectif()), EntierFr(one.effectif_qpv())});
  }
  DireTable("Publics", publics, contexte);
}

// What one funder does at the five stages, both kinds of credits together or one of them.
struct Etapes {
  int64_t montants[5] = {};
  void Ajouter(const financement::v1::Ligne& l, bool droit_commun, bool specifiques) {
    const int64_t commun[] = {l.demande_droit_commun_centimes(), l.propose_droit_commun_centimes(),
                              l.vote_droit_commun_centimes(), l.engage_droit_commun_centimes(),
                              l.paye_droit_commun_centimes()};
    const int64_t special[] = {l.demande_specifiques_centimes(), l.propose_specifiques_centimes(),
                               l.vote_specifiques_centimes(), l.engage_specifiques_centimes(),
                               l.paye_specifiques_centimes()};
    for (int i = 0; i < 5; ++i)
      montants[i] += (droit_commun ? commun[i] : 0) + (specifiques ? special[i] : 0);
  }
  std::vector<std::string> Cellules(const std::string& title, const std::string& etat) const {
    std::vector<std::string> cells = {title};
    for (const int64_t cents : montants) cells.push_back(EurosFr(cents));
    cells.push_back(etat);
    return cells;
  }
};

void DireLignes(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  Tableau table({{"Financeur"},
                 {"Demandé", true},
                 {"Proposé", true},
                 {"Voté", true},
                 {"Engagé", true},
                 {"Payé", true},
                 {"État"}});
  Etapes common, specific, all;
  for (const auto& any : fiche.lignes()) {
    financement::v1::Ligne line;
    if (!any.UnpackTo(&line)) continue;
    Etapes own;
    own.Ajouter(line, true, true);
    all.Ajouter(line, true, true);
    common.Ajouter(line, true, false);
    specific.Ajouter(line, false, true);
    table.Ajouter(
        own.Cellules(std::string(types::DernierSegment(line.financeur())), LibelleEtat(line)));
  }
  if (table.vide()) return;
  table.Tracer();
  table.Ajouter(common.Cellules("Droit commun", ""));
  table.Ajouter(specific.Cellules("Crédits spécifiques", ""));
  table.Ajouter(all.Cellules("Total", ""), Style::kTitre);
  DireTable("Financement", table, contexte);
}

void DireMesures(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  std::vector<const google::protobuf::FieldDescriptor*> fields;
  std::vector<ColonneTableau> columns;
  for (const char* name :
       {"indicateur", "debut", "fin", "desagregation", "valeur", "statut", "source"}) {
    const auto* field = evaluation::v1::Mesure::descriptor()->FindFieldByName(name);
    if (field == nullptr) continue;
    fields.push_back(field);
    columns.push_back({LibelleChamp(name)});
  }
  Tableau table(columns);
  for (const auto& any : fiche.mesures()) {
    evaluation::v1::Mesure measure;
    if (!any.UnpackTo(&measure)) continue;
    std::vector<std::string> cells;
    for (const auto* field : fields) cells.push_back(ValeurLisible(measure, *field));
    table.Ajouter(std::move(cells));
  }
  DireTable("Mesures", table, contexte);
}

int DireFicheAction(Passerelle& passerelle, const std::string& name, bool json,
                    Contexte& contexte) {
  gateway::v1::GetFicheActionRequest request;
  request.set_name(name);
  auto fiche = passerelle.Appeler<gateway::v1::FicheAction>(
      "pdv.gateway.v1.GatewayService/GetFicheAction", request);
  if (!fiche.ok()) return DireErreur(fiche.status(), contexte);
  MasquerSecrets(&*fiche);
  actions::v1::Action action;
  if (!fiche->action().UnpackTo(&action))
    return DireErreur(absl::InternalError("la passerelle n'a pas répondu l'action"), contexte);
  if (json) {
    contexte.sortie << EcrireJson(*fiche);
  } else {
    DireIdentite(*fiche, action, contexte);
    DireQuartiersEtPublics(*fiche, action, contexte);
    DireLignes(*fiche, contexte);
    DireMesures(*fiche, contexte);
  }
  for (const std::string& service : fiche->injoignables())
    contexte.erreurs << Styler(absl::StrCat("⚠ ", service, " ne répond pas : sa part manque."),
                               Style::kAlerte, contexte.terminal_erreurs)
                     << "\n";
  return fiche->injoignables().empty() ? kReussite : kIncomplet;
}

// What a name that is of no resource might have meant.
absl::Status NomInconnu(const std::string& name) {
  if (!name.empty() && name.find('/') == std::string::npos)
    return absl::InvalidArgumentError(absl::StrCat(
        "« ", name,
        " » n'est le nom d'aucune ressource : sa collection manque devant, comme dans actions/",
        name, ", porteurs/", name, " ou lignes/", name));
  std::vector<std::string> patterns;
  for (const RessourceConnue& one : RessourcesConnues()) {
    if (one.lire != nullptr) patterns.push_back(one.motif);
  }
  return absl::InvalidArgumentError(absl::StrCat("« ", name,
                                                 " » n'est le nom d'aucune ressource ; un nom est ",
                                                 absl::StrJoin(patterns, ", ")));
}

}  // namespace

CommandeDeclaree DeclarationFiche() {
  CommandeDeclaree declaration{
      "fiche",
      "Tout ce que la suite sait d'une ressource (action, contrat, porteur, ligne, quartier…).",
      {{"NOM",
        "son nom : actions/2023-cv110-0042, contrats/cv110, qpv/qn03401m…",
        true,
        false,
        {}}},
      {{"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json"}},
       OptionPasserelle()},
      {}};
  for (OptionDeclaree& option : OptionsIdentite()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterFiche(const Arguments& arguments, Contexte& contexte) {
  const std::string name = arguments.Valeur("NOM");
  const bool json = arguments.TexteOu("format", "table") == "json";
  const RessourceConnue* resource = RessourceNommee(name);
  if (resource == nullptr || resource->lire == nullptr)
    return DireErreur(NomInconnu(name), contexte);
  Passerelle passerelle(arguments);
  if (resource->message == actions::v1::Action::descriptor())
    return DireFicheAction(passerelle, name, json, contexte);
  auto* factory = google::protobuf::MessageFactory::generated_factory();
  std::unique_ptr<Message> request(factory->GetPrototype(resource->lire->input_type())->New());
  std::unique_ptr<Message> answer(factory->GetPrototype(resource->message)->New());
  request->GetReflection()->SetString(request.get(),
                                      request->GetDescriptor()->FindFieldByName("name"), name);
  const std::string method =
      absl::StrCat(resource->lire->service()->full_name(), "/", resource->lire->name());
  absl::Status called = passerelle.Appeler(method, *request, answer.get());
  if (!called.ok()) return DireErreur(called, contexte);
  MasquerSecrets(answer.get());
  contexte.sortie << (json ? EcrireJson(*answer) : Presenter(*answer, contexte.terminal_sortie));
  return kReussite;
}

}  // namespace pdv::pdvctl
