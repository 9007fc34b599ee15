#include "services/pdvctl/commandes/fiche_action.h"

#include <set>

#include "absl/strings/str_cat.h"
#include "pdv/actions/v1/action.pb.h"
#include "pdv/actions/v1/porteur.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/nomenclature.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"
#include "pdv/evaluation/v1/mesure.pb.h"
#include "pdv/gateway/v1/fiche.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/etats.h"
#include "services/pdvctl/commandes/fiche_financement.h"
#include "services/pdvctl/commandes/fiche_instruction.h"
#include "services/pdvctl/commandes/fiche_sections.h"
#include "services/pdvctl/commandes/json_proto.h"
#include "services/pdvctl/ressources/libelles.h"
#include "services/pdvctl/ressources/presentation.h"

namespace pdv::pdvctl {
namespace {

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

// "de 16 à 17 ans", "65 ans et plus".
std::string AgeLisible(actions::v1::TrancheAge age) {
  if (age == actions::v1::TRANCHE_AGE_DE_65_ET_PLUS) return "65 ans et plus";
  const auto* known = actions::v1::TrancheAge_descriptor()->FindValueByNumber(age);
  const std::string words = known == nullptr ? "" : LibelleValeur(*known);
  return words.empty() ? "" : absl::StrCat(words, " ans");
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
    publics.Ajouter({sex == nullptr ? "" : LibelleValeur(*sex), AgeLisible(one.age()),
                     EntierFr(one.effectif()), EntierFr(one.effectif_qpv())});
  }
  DireTable("Publics", publics, contexte);
}

// What the porteur answers to the appel, brings, and vouches for.
void DireDossier(const actions::v1::Action& action, Contexte& contexte) {
  std::vector<std::pair<std::string, std::string>> answers;
  for (const auto& one : action.reponses())
    answers.emplace_back(one.critere(), Assainir(one.texte()));
  DireSection("Réponses à l'appel", RendreChamps(answers, contexte.terminal_sortie), contexte);
  Tableau pieces({{"Pièce"}, {"Document", false, true}});
  for (const auto& one : action.pieces()) pieces.Ajouter({one.code(), one.document()});
  DireTable("Pièces", pieces, contexte);
  Tableau attestations({{"Attesté le"}, {"Par"}, {"Pour"}});
  for (const auto& one : action.attestations())
    attestations.Ajouter({InstantFr(one.instant()), one.acteur(), one.organisation()});
  DireTable("Attestations", attestations, contexte);
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
  for (const auto& measure : Deballer<evaluation::v1::Mesure>(fiche.mesures())) {
    std::vector<std::string> cells;
    for (const auto* field : fields) cells.push_back(ValeurLisible(measure, *field));
    table.Ajouter(std::move(cells));
  }
  DireTable("Mesures", table, contexte);
}

}  // namespace

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
    DireDossier(action, contexte);
    DireFinancement(*fiche, contexte);
    DireInstruction(*fiche, contexte);
    DireMesures(*fiche, contexte);
  }
  for (const std::string& service : fiche->injoignables())
    contexte.erreurs << Styler(absl::StrCat("⚠ ", service, " ne répond pas : sa part manque."),
                               Style::kAlerte, contexte.terminal_erreurs)
                     << "\n";
  return fiche->injoignables().empty() ? kReussite : kIncomplet;
}

}  // namespace pdv::pdvctl
