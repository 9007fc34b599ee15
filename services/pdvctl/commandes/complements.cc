#include "services/pdvctl/commandes/complements.h"

#include <algorithm>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/nom.h"
#include "pdv/actions/v1/actions.pb.h"
#include "services/pdvctl/commandes/pages.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

int RangDe(const v1::Complement& complement) {
  int number = 0;
  (void)absl::SimpleAtoi(NumeroDe(complement), &number);
  return number;
}

// "1 (Qui encadre ?), 2 (Le RIB)".
std::string Enumerer(const std::vector<v1::Complement>& complements) {
  return absl::StrJoin(complements, ", ", [](std::string* out, const v1::Complement& one) {
    absl::StrAppend(out, NumeroDe(one), " (", one.objet(), ")");
  });
}

// A text as it was typed, and the number before its first "=", 0 where it bears none.
struct Reponse {
  int numero = 0;
  std::string texte;
};

Reponse LireReponse(const std::string& typed) {
  const size_t equal = typed.find('=');
  Reponse read;
  if (equal == std::string::npos || !absl::SimpleAtoi(typed.substr(0, equal), &read.numero) ||
      read.numero <= 0)
    return {0, typed};
  read.texte = std::string(absl::StripAsciiWhitespace(typed.substr(equal + 1)));
  return read;
}

absl::Status Refuser(const std::string& why, const std::vector<v1::Complement>& ouverts) {
  return absl::InvalidArgumentError(absl::StrCat(why, ". En attente : ", Enumerer(ouverts)));
}

// The texts by the number that they answer.
absl::StatusOr<std::map<int, std::string>> LireNumeros(const std::vector<v1::Complement>& ouverts,
                                                       const std::vector<std::string>& textes) {
  std::map<int, std::string> given;
  for (const std::string& typed : textes) {
    Reponse answer = LireReponse(typed);
    if (answer.numero == 0 && ouverts.size() + textes.size() > 2)
      return Refuser(absl::StrCat("« ", typed,
                                  " » ne dit pas à quoi il répond : --reponse=1=TEXTE "
                                  "répond au complément 1"),
                     ouverts);
    if (answer.numero == 0) answer.numero = RangDe(ouverts.front());
    if (answer.texte.empty())
      return Refuser(absl::StrCat("la réponse au complément ", answer.numero, " est vide"),
                     ouverts);
    if (!given.emplace(answer.numero, answer.texte).second)
      return Refuser(absl::StrCat("le complément ", answer.numero, " a deux réponses"), ouverts);
  }
  return given;
}

}  // namespace

std::string NumeroDe(const v1::Complement& complement) {
  return std::string(types::DernierSegment(complement.name()));
}

std::vector<v1::Complement> ParNumero(std::vector<v1::Complement> complements) {
  std::sort(complements.begin(), complements.end(),
            [](const auto& a, const auto& b) { return RangDe(a) < RangDe(b); });
  return complements;
}

absl::StatusOr<std::vector<v1::Complement>> ComplementsOuverts(Passerelle& passerelle,
                                                               const std::string& action) {
  v1::ListComplementsRequest request;
  request.set_parent(action);
  auto all = ToutesLesPages<v1::ListComplementsResponse>(
      passerelle, absl::StrCat(kActions, "ListComplements"), request);
  if (!all.ok()) return all.status();
  std::vector<v1::Complement> open;
  for (const auto& complement : all->complements()) {
    if (complement.reponse().empty()) open.push_back(complement);
  }
  return ParNumero(std::move(open));
}

absl::StatusOr<std::vector<v1::DemandeComplement>> LireDemandes(
    const std::vector<std::string>& objets, const std::vector<std::string>& champs) {
  if (objets.empty())
    return absl::InvalidArgumentError(
        "--objet dit ce qui manque, et se répète pour chaque chose demandée");
  if (!champs.empty() && champs.size() != objets.size())
    return absl::InvalidArgumentError(
        "--champ se donne autant de fois que --objet, dans le même ordre (--champ=- : aucun champ "
        "en particulier), ou pas du tout");
  std::vector<v1::DemandeComplement> asked;
  for (size_t i = 0; i < objets.size(); ++i) {
    v1::DemandeComplement& one = asked.emplace_back();
    one.set_objet(objets[i]);
    if (!champs.empty() && champs[i] != "-") one.set_champ(champs[i]);
  }
  return asked;
}

absl::StatusOr<std::vector<v1::ReponseComplement>> LireReponses(
    const std::vector<v1::Complement>& ouverts, const std::vector<std::string>& textes) {
  if (ouverts.empty())
    return absl::FailedPreconditionError("aucun complément n'attend de réponse sur ce dossier");
  auto given = LireNumeros(ouverts, textes);
  if (!given.ok()) return given.status();
  std::vector<v1::ReponseComplement> answers;
  std::vector<v1::Complement> left;
  for (const v1::Complement& one : ouverts) {
    const auto found = given->find(RangDe(one));
    if (found == given->end()) {
      left.push_back(one);
      continue;
    }
    v1::ReponseComplement& answer = answers.emplace_back();
    answer.set_complement(one.name());
    answer.set_texte(found->second);
    given->erase(found);
  }
  if (!given->empty())
    return Refuser(
        absl::StrCat("le complément ", given->begin()->first, " n'attend pas de réponse"), ouverts);
  if (!left.empty())
    return absl::InvalidArgumentError(
        absl::StrCat("tout se répond à la fois (--reponse=1=TEXTE, répétée) ; il manque la réponse "
                     "à : ",
                     Enumerer(left)));
  return answers;
}

}  // namespace pdv::pdvctl
