#include "services/contrats/domain/regles_contrat.h"

#include <algorithm>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

using status::Violation;

bool RolePossible(const v1::Territoire& territoire) {
  const bool quartier = absl::StartsWith(territoire.territoire(), "qpv/");
  return quartier == (territoire.role() == v1::ROLE_TERRITOIRE_QUARTIER);
}

void VerifierTerritoires(const v1::Contrat& contrat, std::vector<Violation>* violations) {
  for (int i = 0; i < contrat.territoires_size(); ++i) {
    const v1::Territoire& territoire = contrat.territoires(i);
    const std::string path = absl::StrCat("territoires[", i, "]");
    if (!RolePossible(territoire))
      violations->push_back({path + ".role", "TERRITOIRE_INCOHERENT",
                             "Un QPV est un quartier du contrat ; un EPCI ou une commune le porte "
                             "ou en est membre."});
    if (!PeriodeOrdonnee(territoire)) {
      violations->push_back(
          {path + ".valide_au", "DATES_INCOHERENTES", "Le territoire sort avant d'être entré."});
      continue;
    }
    for (int j = 0; j < i; ++j) {
      const v1::Territoire& other = contrat.territoires(j);
      if (other.territoire() != territoire.territoire() || other.role() != territoire.role() ||
          !PeriodeOrdonnee(other) || !Chevauchent(other, territoire))
        continue;
      violations->push_back({path + ".territoire", "TERRITOIRE_INCOHERENT",
                             absl::StrCat(territoire.territoire(),
                                          " joue déjà ce rôle sur une partie de la période.")});
      break;
    }
  }
}

template <class Codes>
void VerifierCodes(const Codes& coded, const std::string& path,
                   std::vector<Violation>* violations) {
  std::set<std::string> codes;
  for (int i = 0; i < coded.size(); ++i) {
    if (codes.insert(coded[i].code()).second) continue;
    violations->push_back({absl::StrCat(path, "[", i, "].code"), "CODE_INCOHERENT",
                           absl::StrCat("Le code ", coded[i].code(), " est donné deux fois.")});
  }
}

void VerifierTexte(const v1::Contrat& contrat, std::vector<Violation>* violations) {
  VerifierCodes(contrat.orientations(), "orientations", violations);
  for (int i = 0; i < contrat.orientations_size(); ++i)
    VerifierCodes(contrat.orientations(i).objectifs(),
                  absl::StrCat("orientations[", i, "].objectifs"), violations);
  std::set<std::string> signatories;
  for (const v1::Signataire& s : contrat.signataires()) signatories.insert(s.libelle());
  for (int i = 0; i < contrat.engagements_size(); ++i) {
    if (signatories.contains(contrat.engagements(i).signataire())) continue;
    violations->push_back({absl::StrCat("engagements[", i, "].signataire"), "CODE_INCOHERENT",
                           "Un engagement est pris par un signataire du contrat."});
  }
}

bool AUnPorteur(const v1::Contrat& contrat) {
  return std::any_of(
      contrat.territoires().begin(), contrat.territoires().end(), [&](const v1::Territoire& t) {
        return t.role() == v1::ROLE_TERRITOIRE_PORTEUR &&
               (!contrat.has_date_debut() || EnVigueurLe(t, DateDe(contrat.date_debut())));
      });
}

}  // namespace

absl::Status VerifierContrat(const v1::Contrat& contrat) {
  std::vector<Violation> violations;
  if (contrat.name() != absl::StrCat("contrats/", absl::AsciiStrToLower(contrat.code())))
    violations.push_back({"code", "CODE_INCOHERENT",
                          absl::StrCat("Le nom « ", contrat.name(), " » ne porte pas le code ",
                                       contrat.code(), ".")});
  if (contrat.has_date_debut() && contrat.has_date_fin() &&
      DateDe(contrat.date_fin()) < DateDe(contrat.date_debut()))
    violations.push_back(
        {"date_fin", "DATES_INCOHERENTES", "Le contrat finit avant de commencer."});
  VerifierTerritoires(contrat, &violations);
  VerifierTexte(contrat, &violations);
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

absl::Status VerifierProjet(const v1::Contrat& contrat) {
  if (!contrat.has_date_signature()) return absl::OkStatus();
  return status::InvalidRequest({{"date_signature", "DATES_INCOHERENTES",
                                  "Un contrat en projet n'a pas de date de signature : "
                                  "SignerContrat la donne."}});
}

absl::Status VerifierSignable(const v1::Contrat& contrat) {
  status::Error error(absl::StatusCode::kFailedPrecondition, "CONTRAT_INCOMPLET",
                      "Il manque au contrat ce qu'une signature demande.");
  error.Law("contrat.signature", "loi n° 2014-173 du 21 février 2014, art. 6");
  bool complete = true;
  auto lacks = [&](const char* what) {
    error.Precondition("CONTRAT_INCOMPLET", contrat.name(), what);
    complete = false;
  };
  if (!contrat.has_date_debut()) lacks("Il n'a pas de date de début.");
  if (!contrat.has_date_fin()) lacks("Il n'a pas de date de fin.");
  if (contrat.signataires().empty()) lacks("Il n'a aucun signataire.");
  if (!AUnPorteur(contrat)) lacks("Aucun EPCI ni aucune commune ne le porte à son premier jour.");
  return complete ? absl::OkStatus() : error.Build();
}

absl::Status VerifierDateSignature(types::Date date, const types::Date* premiere,
                                   types::Date today) {
  const char* why = nullptr;
  if (date > today) why = "Une signature n'est pas datée de l'avenir.";
  if (premiere != nullptr && date < *premiere)
    why = "Un avenant ne se signe pas avant le contrat qu'il modifie.";
  if (why == nullptr) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "DATES_INCOHERENTES", why)
      .With("champ", "date_signature");
}

bool ChangeLeSigne(const v1::Contrat& before, const v1::Contrat& after) {
  auto signed_part = [](v1::Contrat contrat) {
    contrat.clear_etag();
    contrat.clear_update_time();
    contrat.clear_population_qpv();
    contrat.clear_regions();  // told by the départements
    return contrat.SerializeAsString();
  };
  return signed_part(before) != signed_part(after);
}

std::vector<std::string> TerritoiresNouveaux(const v1::Contrat* before, const v1::Contrat& after) {
  std::set<std::string> known;
  if (before != nullptr) {
    for (const v1::Territoire& t : before->territoires()) known.insert(t.territoire());
  }
  std::vector<std::string> fresh;
  for (const v1::Territoire& t : after.territoires()) {
    if (known.insert(t.territoire()).second) fresh.push_back(t.territoire());
  }
  return fresh;
}

}  // namespace pdv::contrats
