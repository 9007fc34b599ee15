#include "services/pdvctl/commandes/verbes.h"

#include <google/protobuf/util/json_util.h>

#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_replace.h"
#include "common/types/sha256.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;

const MethodDescriptor* Methode(const std::string& path) {
  const size_t slash = path.find('/');
  const auto* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(path.substr(0, slash));
  return service == nullptr ? nullptr : service->FindMethodByName(path.substr(slash + 1));
}

std::unique_ptr<Message> Nouveau(const Descriptor* type) {
  return std::unique_ptr<Message>(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
}

void Poser(Message* message, const char* field, const std::string& value) {
  const FieldDescriptor* f = message->GetDescriptor()->FindFieldByName(field);
  if (f != nullptr) message->GetReflection()->SetString(message, f, value);
}

}  // namespace

std::string NomComplet(std::string_view collection, std::string_view nom) {
  const std::string id = absl::AsciiStrToLower(std::string(nom));
  if (id.find('/') != std::string::npos) return id;
  return absl::StrCat(std::string(collection), "/", id);
}

absl::Status LireJson(const std::string& texte, Message* message) {
  const auto read = google::protobuf::util::JsonStringToMessage(texte, message);
  if (read.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("ce JSON n'est pas un ", message->GetDescriptor()->name(), " : ",
                   absl::string_view(read.message().data(), read.message().size())));
}

absl::Status LireFichierJson(const std::string& chemin, Message* message) {
  std::ifstream file;
  if (chemin != "-") file.open(chemin, std::ios::binary);
  std::istream& in = chemin == "-" ? std::cin : file;
  if (!in) return absl::NotFoundError(absl::StrCat("« ", chemin, " » ne peut pas être lu"));
  return LireJson(std::string{std::istreambuf_iterator<char>(in), {}}, message);
}

std::string EcrireJson(const Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.add_whitespace = true;
  std::string json;
  (void)google::protobuf::util::MessageToJsonString(message, &json, options);
  return json;
}

std::string NouvelIdentifiantDeRequete() {
  std::random_device random;
  return absl::StrFormat("pdvctl-%08x%08x%08x", random(), random(), random());
}

std::string IdentifiantDuContenu(std::string_view prefixe, std::string_view octets) {
  return absl::StrCat(std::string(prefixe), "-", types::Sha256Hex(octets).substr(0, 24));
}

std::vector<OptionDeclaree> OptionsVerbe() {
  std::vector<OptionDeclaree> options = {
      {"motif", GenreOption::kTexte, "TEXTE", "pourquoi, tel que le porteur le lira", false, {}},
      {"request-id",
       GenreOption::kTexte,
       "ID",
       "le même identifiant et la même demande : la même réponse, jamais deux fois",
       false,
       {}},
      {"simulation",
       GenreOption::kDrapeau,
       "",
       "joue la vraie transaction, puis l'annule",
       false,
       {}},
      {"format", GenreOption::kChoix, "", "forme du résultat", false, {"table", "json"}},
      OptionPasserelle()};
  for (OptionDeclaree& option : OptionsIdentite()) options.push_back(std::move(option));
  return options;
}

absl::StatusOr<std::unique_ptr<Message>> Appliquer(
    Passerelle& passerelle, const Verbe& verbe, const std::string& nom, const Arguments& arguments,
    const std::function<absl::Status(Message*)>& completer) {
  const MethodDescriptor* method = Methode(verbe.methode);
  if (method == nullptr) return absl::InternalError(absl::StrCat("méthode ", verbe.methode));
  std::unique_ptr<Message> request = Nouveau(method->input_type());
  Poser(request.get(), "name", nom);
  Poser(request.get(), "motif", arguments.TexteOu("motif", ""));
  Poser(request.get(), "request_id", arguments.TexteOu("request-id", NouvelIdentifiantDeRequete()));
  if (arguments.Drapeau("simulation")) {
    const FieldDescriptor* dry = request->GetDescriptor()->FindFieldByName("validate_only");
    if (dry != nullptr) request->GetReflection()->SetBool(request.get(), dry, true);
  }
  if (completer) {
    if (absl::Status completed = completer(request.get()); !completed.ok()) return completed;
  }
  std::unique_ptr<Message> answer = Nouveau(method->output_type());
  absl::Status called = passerelle.Appeler(verbe.methode, *request, answer.get());
  if (!called.ok()) return called;
  return answer;
}

std::string LibelleEtat(const Message& ressource) {
  // As the API writes them, without accents; a dossier and an appel are masculine, a line is not.
  static const std::map<std::string, std::string> kAccents = {
      {"en attente attestation", "en attente d'attestation"},
      {"deposee", "déposé"},
      {"a completer", "à compléter"},
      {"complete", "complet"},
      {"programmee", "programmé"},
      {"refusee", "refusé"},
      {"ajournee", "ajourné"},
      {"abandonnee", "abandonné"},
      {"realisee", "réalisé"},
      {"justifiee", "justifié"},
      {"soldee", "soldé"},
      {"non realisee", "non réalisé"},
      {"preparation", "en préparation"},
      {"publie", "publié"},
      {"demandee", "demandé"},
      {"proposee", "proposé"},
      {"votee", "voté"},
      {"notifiee", "notifié"},
      {"engagee", "engagé"},
      {"versee", "versé"},
      {"sans reponse", "sans réponse"}};
  const FieldDescriptor* field = ressource.GetDescriptor()->FindFieldByName("etat");
  if (field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_ENUM) return "";
  const auto* type = field->enum_type();
  const size_t prefix = type->value(0)->name().size() - (sizeof("UNSPECIFIED") - 1);
  std::string text = absl::AsciiStrToLower(absl::StrReplaceAll(
      ressource.GetReflection()->GetEnum(ressource, field)->name().substr(prefix), {{"_", " "}}));
  const auto known = kAccents.find(text);
  if (known != kAccents.end()) text = known->second;
  if (ressource.GetDescriptor()->name() == "Ligne" && absl::EndsWith(text, "é")) text += "e";
  return text;
}

void DireRessource(const Message& ressource, const Arguments& arguments, Contexte& contexte) {
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(ressource);
    return;
  }
  const FieldDescriptor* name = ressource.GetDescriptor()->FindFieldByName("name");
  const std::string state = LibelleEtat(ressource);
  contexte.sortie << (arguments.Drapeau("simulation") ? "(simulation) " : "")
                  << ressource.GetReflection()->GetString(ressource, name)
                  << (state.empty() ? "" : " : ") << state << "\n";
}

}  // namespace pdv::pdvctl
