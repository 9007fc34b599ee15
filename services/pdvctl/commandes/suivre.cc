#include "services/pdvctl/commandes/suivre.h"

#include <google/protobuf/util/json_util.h>

#include <csignal>
#include <memory>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/commandes/passerelle.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/presentation.h"
#include "services/pdvctl/ressources/ressources.h"
#include "services/pdvctl/suivi/flux.h"

namespace pdv::pdvctl {
namespace {

using commun::type::v1::Evenement;
using google::protobuf::Message;

// A person has had enough. Set by a signal, looked at between two news.
volatile std::sig_atomic_t arret_demande = 0;
void DemanderArret(int) { arret_demande = 1; }

// SIGINT and SIGTERM end the command cleanly while this lives.
class Signaux {
 public:
  Signaux() {
    arret_demande = 0;
    struct sigaction action {};
    action.sa_handler = DemanderArret;
    sigaction(SIGINT, &action, &int_);
    sigaction(SIGTERM, &action, &term_);
  }
  ~Signaux() {
    sigaction(SIGINT, &int_, nullptr);
    sigaction(SIGTERM, &term_, nullptr);
  }

 private:
  struct sigaction int_ {
  }, term_{};
};

const char* Verbe(const Evenement& event) {
  switch (event.type()) {
    case commun::type::v1::TYPE_EVENEMENT_CREATION:
      return "création";
    case commun::type::v1::TYPE_EVENEMENT_SUPPRESSION:
      return "suppression";
    default:
      return "modification";
  }
}

// The resource of an event, without its secrets; null where this program does not know its type.
std::unique_ptr<Message> Ressource(const Evenement& event) {
  const std::string& url = event.ressource().type_url();
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      url.substr(url.rfind('/') + 1));
  if (type == nullptr) return nullptr;
  std::unique_ptr<Message> resource(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (!event.ressource().UnpackTo(resource.get())) return nullptr;
  MasquerSecrets(resource.get());
  return resource;
}

// "pdv.actions.v1.ActionsService/AttesterAction" -> "AttesterAction".
std::string Methode(const Evenement& event) {
  return event.methode().substr(event.methode().rfind('/') + 1);
}

std::string Ligne(const std::string& service, const Evenement& event, const Terminal& terminal) {
  const std::unique_ptr<Message> resource = Ressource(event);
  const std::string state = resource == nullptr ? "" : LibelleEtat(*resource);
  std::vector<std::string> words = {InstantFr(event.instant()), CompleterADroite(service, 11),
                                    CompleterADroite(Verbe(event), 12), event.name()};
  if (!state.empty()) words.push_back(state);
  if (!event.methode().empty()) words.push_back(Methode(event));
  if (!event.acteur().empty()) words.push_back("par " + event.acteur());
  std::string line = Assainir(absl::StrJoin(words, "  "));
  if (terminal.largeur > 0) line = Tronquer(line, terminal.largeur);
  return event.type() == commun::type::v1::TYPE_EVENEMENT_SUPPRESSION
             ? Styler(line, Style::kAttention, terminal)
             : line;
}

nlohmann::ordered_json EnJson(const std::string& service, const Evenement& event,
                              const std::string& cursor) {
  const std::unique_ptr<Message> resource = Ressource(event);
  nlohmann::ordered_json content;
  if (resource != nullptr) {
    google::protobuf::util::JsonPrintOptions options;
    options.preserve_proto_field_names = true;
    std::string text;
    (void)google::protobuf::util::MessageToJsonString(*resource, &text, options);
    content = nlohmann::ordered_json::parse(text, nullptr, /*allow_exceptions=*/false);
  }
  std::string instant;
  {
    google::protobuf::util::JsonPrintOptions options;
    (void)google::protobuf::util::MessageToJsonString(event.instant(), &instant, options);
  }
  return {{"service", service},
          {"name", event.name()},
          {"revision", event.revision()},
          {"type", Verbe(event)},
          {"methode", event.methode()},
          {"request_id", event.request_id()},
          {"acteur", event.acteur()},
          {"instant", nlohmann::ordered_json::parse(instant, nullptr, false)},
          {"ressource", content},
          {"curseur", cursor}};
}

// What is followed: the services asked, and of them those that have the types asked.
absl::StatusOr<std::vector<Flux::Service>> Choisir(const Arguments& arguments) {
  std::vector<std::string> names = ServicesConnus();
  if (const auto text = arguments.Texte("service")) {
    names = absl::StrSplit(*text, ',');
    for (const std::string& name : names) {
      if (ServiceDe(name) == nullptr || std::find(ServicesConnus().begin(), ServicesConnus().end(),
                                                  name) == ServicesConnus().end())
        return absl::InvalidArgumentError(absl::StrCat(
            "« ", name, " » n'est pas un service : ", absl::StrJoin(ServicesConnus(), ", ")));
    }
  }
  std::vector<Flux::Service> services;
  for (const std::string& name : names) services.push_back({name, {}, ""});
  const auto types = arguments.Texte("type");
  if (!types) return services;
  for (const std::string& word : std::vector<std::string>(absl::StrSplit(*types, ','))) {
    const RessourceConnue* resource = RessourceDeType(word);
    if (resource == nullptr)
      return absl::InvalidArgumentError(absl::StrCat(
          "« ", word, " » n'est pas un type de ressource : action, ligne, contrat, porteur…"));
    const auto owner = std::find_if(services.begin(), services.end(),
                                    [&](const auto& s) { return s.nom == resource->service; });
    if (owner == services.end())
      return absl::InvalidArgumentError(
          absl::StrCat("« ", word, " » est de ", resource->service, ", qui n'est pas suivi"));
    owner->types.push_back(resource->message->full_name());
  }
  std::erase_if(services, [](const auto& service) { return service.types.empty(); });
  return services;
}

// Prints the news and remembers where each service stands.
class Recit {
 public:
  Recit(Curseurs curseurs, bool json, Contexte& contexte)
      : curseurs_(std::move(curseurs)), json_(json), contexte_(contexte) {}

  // False when the story ends there; `statut` is then the exit status, if it failed.
  bool Dire(const Nouvelle& news, int* statut) {
    switch (news.genre) {
      case Nouvelle::Genre::kLot:
        DireLot(news);
        return contexte_.sortie.good();
      case Nouvelle::Genre::kCoupure:
        Remarque(absl::StrCat(news.service, " : flux coupé, reprise au curseur…"));
        return true;
      case Nouvelle::Genre::kReprise:
        Remarque(absl::StrCat(news.service, " : flux repris."));
        return true;
      case Nouvelle::Genre::kPresent:
        return true;
      case Nouvelle::Genre::kEchec:
        *statut = DireErreur(news.motif, contexte_);
        return false;
    }
    return true;
  }
  const Curseurs& curseurs() const { return curseurs_; }

 private:
  void DireLot(const Nouvelle& news) {
    for (int i = 0; i < news.lot.evenements_size(); ++i) {
      const Evenement& event = news.lot.evenements(i);
      // To go on after this event loses nothing: the cursor of the lot comes with its last one.
      if (i + 1 == news.lot.evenements_size()) curseurs_[news.service] = news.lot.curseur();
      if (json_) {
        contexte_.sortie << EnJson(news.service, event, EcrireCurseurs(curseurs_))
                                .dump(-1, ' ', false,
                                      nlohmann::ordered_json::error_handler_t::replace)
                         << "\n";
      } else {
        contexte_.sortie << Ligne(news.service, event, contexte_.terminal_sortie) << "\n";
      }
    }
    curseurs_[news.service] = news.lot.curseur();
    contexte_.sortie.flush();
  }
  void Remarque(const std::string& phrase) {
    contexte_.erreurs << Styler(phrase, Style::kAttention, contexte_.terminal_erreurs) << "\n";
  }

  Curseurs curseurs_;
  const bool json_;
  Contexte& contexte_;
};

}  // namespace

CommandeDeclaree DeclarationSuivre() {
  CommandeDeclaree declaration{
      "suivre",
      "Ce qui change dans la suite, au fil de l'eau ; Ctrl-C pour finir.",
      {},
      {{"service", GenreOption::kTexte, "NOM,…", "seulement ces services", false, {}},
       {"type",
        GenreOption::kTexte,
        "TYPE,…",
        "seulement ces ressources : action, ligne…",
        false,
        {}},
       {"depuis",
        GenreOption::kTexte,
        "CURSEUR",
        "reprend là où un suivi s'est arrêté ; - : d'abord l'état de chaque ressource",
        false,
        {}},
       {"jusqu-a",
        GenreOption::kChoix,
        "",
        "finit quand tout ce qui existait est dit",
        false,
        {"present"}},
       {"format", GenreOption::kChoix, "", "json : un objet par ligne", false, {"table", "json"}},
       OptionPasserelle()},
      {}};
  for (OptionDeclaree& option : OptionsIdentite()) declaration.options.push_back(std::move(option));
  return declaration;
}

int ExecuterSuivre(const Arguments& arguments, Contexte& contexte) {
  absl::StatusOr<std::vector<Flux::Service>> services = Choisir(arguments);
  if (!services.ok()) return DireErreur(services.status(), contexte);
  std::vector<std::string> names;
  for (const auto& service : *services) names.push_back(service.nom);
  absl::StatusOr<Curseurs> curseurs = LireCurseurs(arguments.TexteOu("depuis", ""), names);
  if (!curseurs.ok()) return DireErreur(curseurs.status(), contexte);
  for (auto& service : *services) service.curseur = (*curseurs)[service.nom];

  const Signaux signaux;
  Passerelle passerelle(arguments);
  Recit recit(*curseurs, arguments.TexteOu("format", "table") == "json", contexte);
  int statut = kReussite;
  {
    size_t running = services->size();
    Flux flux(passerelle.channel(), *services, passerelle.identite(), arguments.Drapeau("jusqu-a"));
    Nouvelle news;
    while (arret_demande == 0 && running > 0) {
      if (!flux.Suivante(absl::Milliseconds(100), &news)) continue;
      if (!recit.Dire(news, &statut)) break;
      if (news.genre == Nouvelle::Genre::kPresent) --running;
    }
  }
  const std::string where = EcrireCurseurs(recit.curseurs());
  if (!where.empty() && where.find("=-") == std::string::npos)
    contexte.erreurs << "Pour reprendre : --depuis=" << where << "\n";
  return statut;
}

}  // namespace pdv::pdvctl
