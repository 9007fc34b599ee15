#include "services/pdvctl/commandes/verbes.h"

#include <random>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
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
  Poser(request.get(), "parent", nom);  // of what a verb adds to the resource: an opinion
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
