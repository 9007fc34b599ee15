#include "services/pdvctl/commandes/json_proto.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/strip.h"
#include "services/pdvctl/arguments/arguments.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::Message;

// The fields of a message and of those that it holds, but the common ones of the API.
void Champs(const Descriptor& type, int depth, std::vector<std::string>* names) {
  for (int i = 0; i < type.field_count(); ++i) {
    names->push_back(type.field(i)->name());
    if (depth > 0 && type.field(i)->message_type() != nullptr)
      Champs(*type.field(i)->message_type(), depth - 1, names);
  }
}

std::string ValeursPossibles(const std::string& type) {
  const auto* values = google::protobuf::DescriptorPool::generated_pool()->FindEnumTypeByName(type);
  if (values == nullptr) return "un autre type de valeur";
  std::vector<std::string> names;
  for (int i = 1; i < values->value_count(); ++i) names.push_back(values->value(i)->name());
  return absl::StrJoin(names, ", ");
}

std::string Attendu(absl::string_view type) {
  if (absl::ConsumePrefix(&type, "type.googleapis.com/"))
    return ValeursPossibles(std::string(type));
  if (absl::StartsWith(type, "TYPE_INT")) return "un nombre entier (en centimes pour un montant)";
  if (type == "TYPE_BOOL") return "true ou false";
  return "un autre type de valeur";
}

// What the parser of protobuf says, in French: "exercise: Cannot find field." or
// "(lignes[0].montant): invalid value 0.5 for type TYPE_INT64". As it is, where it says anything
// else.
std::string EnFrancais(absl::string_view said, const Descriptor& type) {
  absl::string_view rest = said;
  if (absl::ConsumeSuffix(&rest, ": Cannot find field.")) {
    const std::string name(rest.substr(rest.find_last_of(". )") + 1));
    std::vector<std::string> known;
    Champs(type, 2, &known);
    const std::string near = PlusProche(name, known);
    return absl::StrCat("le champ « ", rest, " » est inconnu",
                        near.empty() ? "" : " : vouliez-vous dire « " + near + " » ?");
  }
  constexpr absl::string_view kInvalid = "): invalid value ", kFor = " for type ";
  const size_t value = said.find(kInvalid), wanted = said.rfind(kFor);
  if (absl::StartsWith(said, "(") && value != said.npos && wanted != said.npos && value < wanted)
    return absl::StrCat(said.substr(1, value - 1), " ne peut pas être ",
                        said.substr(value + kInvalid.size(), wanted - value - kInvalid.size()),
                        " ; attendu : ", Attendu(said.substr(wanted + kFor.size())));
  return std::string(said);
}

}  // namespace

std::string PourquoiPasDuJson(const std::string& texte) {
  try {
    const auto read = nlohmann::json::parse(texte, nullptr, /*allow_exceptions=*/true,
                                            /*ignore_comments=*/true);
    if (!read.is_discarded()) return "";
  } catch (const nlohmann::json::parse_error& error) {
    const auto end =
        texte.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, texte.size()));
    const auto line = 1 + std::count(texte.begin(), end, '\n');
    const auto from = texte.rfind('\n', error.byte == 0 ? 0 : error.byte - 1);
    const std::string shown =
        texte.substr(from == std::string::npos ? 0 : from + 1, error.byte).substr(0, 60);
    return absl::StrCat("ce n'est pas du JSON, ligne ", line, " : « ",
                        shown.substr(0, shown.find('\n')), " »");
  }
  return "";
}

absl::Status LireJson(const std::string& texte, Message* message) {
  const nlohmann::json json = nlohmann::json::parse(texte, nullptr, /*allow_exceptions=*/false,
                                                    /*ignore_comments=*/true);
  if (json.is_discarded()) return absl::InvalidArgumentError(PourquoiPasDuJson(texte));
  const auto read = google::protobuf::util::JsonStringToMessage(json.dump(), message);
  if (read.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      message->GetDescriptor()->name(), " : ",
      EnFrancais({read.message().data(), read.message().size()}, *message->GetDescriptor())));
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

}  // namespace pdv::pdvctl
