#include "services/actions/domain/complements.h"

#include <map>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "pdv/actions/v1/action.pb.h"

namespace pdv::actions {
namespace {

// A place that the rules name (EvaluerDossier): a path in the Action, or its budget, which is
// another service's. Empty: none in particular.
bool EstUnLieuDuDossier(const std::string& champ) {
  if (champ.empty() || champ == "budget") return true;
  const google::protobuf::Descriptor* message = v1::Action::descriptor();
  const std::vector<std::string> segments = absl::StrSplit(champ, '.');
  for (const std::string& segment : segments) {
    if (message == nullptr) return false;
    const size_t rang = segment.find('[');
    const auto* field = message->FindFieldByName(segment.substr(0, rang));
    if (field == nullptr || (rang != segment.npos && !field->is_repeated())) return false;
    message = field->message_type();
  }
  return true;
}

}  // namespace

absl::StatusOr<std::vector<v1::Complement>> NouveauxComplements(
    const v1::DemanderComplementsRequest& request, size_t already, const std::string& demandeur) {
  std::vector<status::Violation> violations;
  std::vector<v1::Complement> asked;
  for (const v1::DemandeComplement& demande : request.demandes()) {
    if (!EstUnLieuDuDossier(demande.champ()))
      violations.push_back(
          {absl::StrCat("demandes[", asked.size(), "].champ"), "CHAMP_INCONNU",
           absl::StrCat("Un dossier n'a pas de champ « ", demande.champ(), " ».")});
    v1::Complement& one = asked.emplace_back();
    one.set_name(absl::StrCat(request.name(), "/complements/", already + asked.size()));
    one.set_action(request.name());
    one.set_objet(demande.objet());
    one.set_champ(demande.champ());
    one.set_demandeur(demandeur);
  }
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  return asked;
}

absl::StatusOr<std::vector<v1::Complement>> ComplementsRepondus(
    const v1::RepondreComplementsRequest& request, const std::vector<v1::Complement>& present,
    const std::string& repondant) {
  std::map<std::string, v1::Complement> open;
  for (const v1::Complement& one : present) {
    if (one.reponse().empty()) open[one.name()] = one;
  }
  std::vector<status::Violation> violations;
  std::vector<v1::Complement> answered;
  for (int i = 0; i < request.reponses_size(); ++i) {
    const v1::ReponseComplement& reponse = request.reponses(i);
    auto found = open.find(reponse.complement());
    if (found == open.end()) {
      violations.push_back({absl::StrCat("reponses[", i, "].complement"), "COMPLEMENTS_INCOHERENTS",
                            absl::StrCat("« ", reponse.complement(),
                                         " » n'est pas demandé pour cette action, ou a déjà sa "
                                         "réponse.")});
      continue;
    }
    found->second.set_reponse(reponse.texte());
    found->second.set_repondant(repondant);
    answered.push_back(found->second);
    open.erase(found);
  }
  for (const auto& [name, one] : open)
    violations.push_back({"reponses", "COMPLEMENTS_INCOHERENTS",
                          absl::StrCat("« ", one.objet(), " » (", name, ") reste sans réponse.")});
  if (!violations.empty()) return status::InvalidRequest(std::move(violations));
  return answered;
}

}  // namespace pdv::actions
