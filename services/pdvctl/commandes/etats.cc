#include "services/pdvctl/commandes/etats.h"

#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/types/nom.h"
#include "services/pdvctl/arguments/arguments.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// "ETAT_LIGNE_VOTEE" -> "VOTEE".
std::string Court(const google::protobuf::EnumValueDescriptor& valeur) {
  const size_t prefix = valeur.type()->value(0)->name().size() - (sizeof("UNSPECIFIED") - 1);
  return valeur.name().substr(prefix);
}

}  // namespace

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
  std::string text = absl::AsciiStrToLower(absl::StrReplaceAll(
      Court(*ressource.GetReflection()->GetEnum(ressource, field)), {{"_", " "}}));
  const auto known = kAccents.find(text);
  if (known != kAccents.end()) text = known->second;
  if (ressource.GetDescriptor()->name() == "Ligne" && absl::EndsWith(text, "é")) text += "e";
  return text;
}

absl::StatusOr<std::string> LireEtat(const google::protobuf::EnumDescriptor& etats,
                                     std::string_view texte) {
  // "en attente d'attestation" and "voté" say the same as the words of the API.
  const std::string said = absl::StrReplaceAll(types::IdentifiantDe(texte),
                                               {{"-d-", "-"}, {"en-preparation", "preparation"}});
  std::vector<std::string> known;
  for (int i = 1; i < etats.value_count(); ++i) {
    const std::string state = Court(*etats.value(i));
    known.push_back(absl::AsciiStrToLower(absl::StrReplaceAll(state, {{"_", "-"}})));
    if (said == known.back() || said + "e" == known.back()) return state;
  }
  const std::string near = PlusProche(said, known);
  return absl::InvalidArgumentError(absl::StrCat(
      "l'état « ", absl::string_view(texte.data(), texte.size()), " » est inconnu : ",
      near.empty() ? absl::StrJoin(known, ", ") : "vouliez-vous dire « " + near + " » ?"));
}

}  // namespace pdv::pdvctl
