#include "services/pdvctl/ressources/ressources.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FileDescriptor;
using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

// "GetContrat": what the service itself calls the reading of a Contrat.
const MethodDescriptor* Lecture(const ServiceDescriptor& service, const Descriptor& message) {
  const MethodDescriptor* method = service.FindMethodByName(absl::StrCat("Get", message.name()));
  return method != nullptr && method->output_type() == &message ? method : nullptr;
}

void Relever(const FileDescriptor& file, const std::string& name, const ServiceDescriptor& service,
             std::vector<RessourceConnue>* resources) {
  for (int i = 0; i < file.message_type_count(); ++i) {
    const Descriptor* message = file.message_type(i);
    const auto& options = message->options();
    if (!options.HasExtension(commun::options::v1::resource)) continue;
    resources->push_back({message, name,
                          options.GetExtension(commun::options::v1::resource).pattern(),
                          Lecture(service, *message)});
  }
}

std::vector<RessourceConnue> Relever() {
  std::vector<RessourceConnue> resources;
  for (const std::string& name : ServicesConnus()) {
    const ServiceDescriptor* service = ServiceDe(name);
    // The files of a service are those that its service file imports, and itself.
    for (int i = 0; i < service->file()->dependency_count(); ++i) {
      const FileDescriptor* file = service->file()->dependency(i);
      if (file->package() == service->file()->package()) Relever(*file, name, *service, &resources);
    }
    Relever(*service->file(), name, *service, &resources);
  }
  return resources;
}

}  // namespace

const std::vector<std::string>& ServicesConnus() {
  static const std::vector<std::string> kServices = {"contrats", "actions", "financement",
                                                     "evaluation"};
  return kServices;
}

const ServiceDescriptor* ServiceDe(std::string_view service) {
  std::string capital(service);
  if (capital.empty()) return nullptr;
  capital[0] = absl::ascii_toupper(static_cast<unsigned char>(capital[0]));
  return google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
      absl::StrCat("pdv.", std::string(service), ".v1.", capital, "Service"));
}

const std::vector<RessourceConnue>& RessourcesConnues() {
  static const std::vector<RessourceConnue> kResources = Relever();
  return kResources;
}

bool SuitMotif(std::string_view nom, std::string_view motif) {
  const std::vector<std::string> words = absl::StrSplit(std::string(nom), '/');
  const std::vector<std::string> parts = absl::StrSplit(std::string(motif), '/');
  if (words.size() != parts.size()) return false;
  for (size_t i = 0; i < words.size(); ++i) {
    if (parts[i] == "*" ? words[i].empty() : words[i] != parts[i]) return false;
  }
  return true;
}

const RessourceConnue* RessourceNommee(std::string_view nom) {
  for (const RessourceConnue& one : RessourcesConnues()) {
    if (SuitMotif(nom, one.motif)) return &one;
  }
  return nullptr;
}

const RessourceConnue* RessourceDeType(std::string_view type) {
  const std::string wanted = absl::AsciiStrToLower(std::string(type));
  for (const RessourceConnue& one : RessourcesConnues()) {
    const size_t star = one.motif.rfind("/*");
    const std::string above = one.motif.substr(0, star);
    const std::string collection =
        above.substr(above.rfind('/') == std::string::npos ? 0 : above.rfind('/') + 1);
    if (wanted == absl::AsciiStrToLower(one.message->name()) ||
        wanted == absl::AsciiStrToLower(one.message->full_name()) || wanted == collection ||
        wanted + "s" == collection)  // an « appel » is an AppelAProjets of appels/*
      return &one;
  }
  return nullptr;
}

}  // namespace pdv::pdvctl
