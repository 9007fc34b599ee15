#include "services/pdvctl/ressources/presentation.h"

#include <algorithm>
#include <memory>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/validate/mask.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/timestamp.pb.h"
#include "google/type/date.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/ressources/libelles.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

// Beyond, a list of numbers (the points of an outline) is counted, not read.
constexpr int kNombresMontres = 20;

bool EstSysteme(const std::string& field) {
  return field == "uid" || field == "etag" || field == "create_time" || field == "update_time" ||
         field == "delete_time";
}

// Numbers that name something are not grouped by thousands.
std::string Entier(const FieldDescriptor& field, int64_t value) {
  const std::string& name = field.name();
  if (absl::EndsWith(name, "_centimes")) return EurosFr(value);
  if (absl::EndsWith(name, "_points")) return PourcentageFr(value, 10'000);
  if (absl::StrContains(name, "exercice") || absl::StrContains(name, "annee") || name == "numero")
    return absl::StrCat(value);
  return EntierFr(value);
}

std::string MessageLisible(const Message& message);

// One value of a field; `i` is its rank in a list, -1 where the field is no list.
std::string Element(const Message& message, const FieldDescriptor& field, int i) {
  const Reflection& r = *message.GetReflection();
  const bool list = i >= 0;
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      return Assainir(list ? r.GetRepeatedString(message, &field, i)
                           : r.GetString(message, &field));
    case FieldDescriptor::CPPTYPE_INT32:
      return Entier(field,
                    list ? r.GetRepeatedInt32(message, &field, i) : r.GetInt32(message, &field));
    case FieldDescriptor::CPPTYPE_INT64:
      return Entier(field,
                    list ? r.GetRepeatedInt64(message, &field, i) : r.GetInt64(message, &field));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return absl::StrCat(list ? r.GetRepeatedDouble(message, &field, i)
                               : r.GetDouble(message, &field));
    case FieldDescriptor::CPPTYPE_BOOL:
      return (list ? r.GetRepeatedBool(message, &field, i) : r.GetBool(message, &field)) ? "oui"
                                                                                         : "non";
    case FieldDescriptor::CPPTYPE_ENUM:
      return LibelleValeur(
          *(list ? r.GetRepeatedEnum(message, &field, i) : r.GetEnum(message, &field)));
    case FieldDescriptor::CPPTYPE_MESSAGE:
      return MessageLisible(list ? r.GetRepeatedMessage(message, &field, i)
                                 : r.GetMessage(message, &field));
    default:
      return "";
  }
}

// A message inside another, on one line: "Acteur : Zoé, Instant : 01/03/2024 14:05:09".
std::string MessageLisible(const Message& message) {
  if (message.GetDescriptor() == google::type::Date::descriptor())
    return DateFr(static_cast<const google::type::Date&>(message));
  if (message.GetDescriptor() == google::protobuf::Timestamp::descriptor())
    return InstantFr(static_cast<const google::protobuf::Timestamp&>(message));
  std::vector<std::string> parts;
  for (int i = 0; i < message.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message.GetDescriptor()->field(i);
    const std::string value = ValeurLisible(message, field);
    if (!value.empty()) parts.push_back(absl::StrCat(LibelleChamp(field.name()), " : ", value));
  }
  return absl::StrJoin(parts, ", ");
}

bool EstListeDeMessages(const FieldDescriptor& field) {
  return field.is_repeated() && field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
}

// Amounts, shares and counts stand at the right.
bool EstNombre(const FieldDescriptor& field) {
  return !field.is_repeated() && (field.cpp_type() == FieldDescriptor::CPPTYPE_INT32 ||
                                  field.cpp_type() == FieldDescriptor::CPPTYPE_INT64);
}

// A list of messages: one line each, one column per field that any of them has.
std::string PresenterListe(const Message& message, const FieldDescriptor& list,
                           const Terminal& terminal) {
  const Reflection& r = *message.GetReflection();
  const int size = r.FieldSize(message, &list);
  std::vector<const FieldDescriptor*> fields;
  std::vector<ColonneTableau> columns;
  for (int f = 0; f < list.message_type()->field_count(); ++f) {
    const FieldDescriptor* field = list.message_type()->field(f);
    bool told = false;
    for (int i = 0; i < size && !told; ++i) {
      const std::string value = ValeurLisible(r.GetRepeatedMessage(message, &list, i), *field);
      told = !value.empty() && value != "non";
    }
    if (!told) continue;
    fields.push_back(field);
    columns.push_back({LibelleChamp(field->name()), EstNombre(*field)});
  }
  if (fields.empty()) return "";
  Tableau table(columns);
  for (int i = 0; i < size; ++i) {
    std::vector<std::string> cells;
    for (const FieldDescriptor* field : fields)
      cells.push_back(ValeurLisible(r.GetRepeatedMessage(message, &list, i), *field));
    table.Ajouter(std::move(cells));
  }
  return absl::StrCat("\n", Styler(LibelleChamp(list.name()), Style::kTitre, terminal), "\n",
                      table.Rendre(terminal));
}

void MasquerAny(google::protobuf::Any* any) {
  const std::string& url = any->type_url();
  const auto* type = google::protobuf::DescriptorPool::generated_pool()->FindMessageTypeByName(
      url.substr(url.rfind('/') + 1));
  if (type == nullptr) return any->Clear();  // what cannot be read cannot be masked
  std::unique_ptr<Message> inside(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(type)->New());
  if (!any->UnpackTo(inside.get())) return any->Clear();
  MasquerSecrets(inside.get());
  any->PackFrom(*inside);
}

}  // namespace

std::string ValeurLisible(const Message& message, const FieldDescriptor& field) {
  const Reflection& r = *message.GetReflection();
  if (!field.is_repeated()) {
    const bool set = field.cpp_type() == FieldDescriptor::CPPTYPE_BOOL && !field.has_presence();
    return set || r.HasField(message, &field) ? Element(message, field, -1) : "";
  }
  const int size = r.FieldSize(message, &field);
  if (field.cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE && size > kNombresMontres)
    return CompterFr(size, "nombre", "nombres");
  std::vector<std::string> values;
  for (int i = 0; i < size; ++i) values.push_back(Element(message, field, i));
  return absl::StrJoin(values, EstListeDeMessages(field) ? " ; " : ", ");
}

std::string RendreChamps(const std::vector<std::pair<std::string, std::string>>& champs,
                         const Terminal& terminal) {
  size_t labels = 0;
  for (const auto& [label, value] : champs) {
    if (!value.empty()) labels = std::max(labels, LargeurAffichee(label));
  }
  if (terminal.largeur > 0) labels = std::min(labels, terminal.largeur * 2 / 5);
  std::string text;
  for (const auto& [label, value] : champs) {
    if (value.empty()) continue;
    // A label that is folded goes on beside the value.
    const auto names = Plier(label, labels);
    const auto lines = Plier(value, terminal.largeur == 0 ? 0 : terminal.largeur - labels - 4);
    for (size_t i = 0; i < std::max(names.size(), lines.size()); ++i) {
      const std::string name = i < names.size() ? names[i] : "";
      text += absl::StrCat("  ", Styler(name, Style::kDiscret, terminal),
                           std::string(labels - std::min(labels, LargeurAffichee(name)), ' '), "  ",
                           i < lines.size() ? lines[i] : "", "\n");
    }
  }
  return text;
}

std::string TitreDe(const Message& ressource) {
  for (const char* name : {"intitule", "libelle", "raison_sociale", "nom", "objet", "name"}) {
    const FieldDescriptor* field = ressource.GetDescriptor()->FindFieldByName(name);
    if (field == nullptr || field->is_repeated() ||
        field->cpp_type() != FieldDescriptor::CPPTYPE_STRING)
      continue;
    std::string text = Assainir(ressource.GetReflection()->GetString(ressource, field));
    if (!text.empty()) return text;
  }
  return ressource.GetDescriptor()->name();
}

std::string Presenter(const Message& ressource, const Terminal& terminal) {
  std::vector<std::pair<std::string, std::string>> fields, system;
  std::string lists;
  for (int i = 0; i < ressource.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *ressource.GetDescriptor()->field(i);
    if (EstListeDeMessages(field)) {
      if (ressource.GetReflection()->FieldSize(ressource, &field) > 0)
        lists += PresenterListe(ressource, field, terminal);
      continue;
    }
    auto& group = EstSysteme(field.name()) ? system : fields;
    group.emplace_back(LibelleChamp(field.name()), ValeurLisible(ressource, field));
  }
  std::string text;
  for (const std::string& line : Plier(TitreDe(ressource), terminal.largeur))
    text += Styler(line, Style::kTitre, terminal) + "\n";
  fields.insert(fields.end(), system.begin(), system.end());
  return text + RendreChamps(fields, terminal) + lists;
}

void MasquerSecrets(Message* message) {
  validate::HideSecrets(message);
  if (auto* any = dynamic_cast<google::protobuf::Any*>(message)) return MasquerAny(any);
  const Reflection& r = *message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor* field = message->GetDescriptor()->field(i);
    if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) continue;
    if (!field->is_repeated()) {
      if (r.HasField(*message, field)) MasquerSecrets(r.MutableMessage(message, field));
      continue;
    }
    for (int j = 0; j < r.FieldSize(*message, field); ++j)
      MasquerSecrets(r.MutableRepeatedMessage(message, field, j));
  }
}

}  // namespace pdv::pdvctl
