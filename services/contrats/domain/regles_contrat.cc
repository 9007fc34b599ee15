#include "services/contrats/domain/regles_contrat.h"

#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {

using status::Violation;

absl::Status VerifierContrat(const v1::Contrat& contrat) {
  std::vector<Violation> violations;
  if (contrat.name() != absl::StrCat("contrats/", absl::AsciiStrToLower(contrat.code())))
    violations.push_back({"contrat.code", "CODE_INCOHERENT",
                          absl::StrCat("Le nom « ", contrat.name(), " » ne porte pas le code ",
                                       contrat.code(), ".")});
  if (contrat.has_date_debut() && contrat.has_date_fin() &&
      DateDe(contrat.date_fin()) < DateDe(contrat.date_debut()))
    violations.push_back({"contrat.date_fin", "DATES_INCOHERENTES",
                          "Le contrat finit avant de commencer."});
  for (int i = 0; i < contrat.territoires_size(); ++i) {
    const v1::Territoire& territoire = contrat.territoires(i);
    if (territoire.has_valide_du() && territoire.has_valide_au() &&
        DateDe(territoire.valide_au()) <= DateDe(territoire.valide_du()))
      violations.push_back({absl::StrCat("contrat.territoires[", i, "].valide_au"),
                            "DATES_INCOHERENTES", "Le territoire sort avant d'être entré."});
  }
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
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
  bool holder = false;
  for (const v1::Territoire& territoire : contrat.territoires())
    holder |= territoire.role() == v1::ROLE_TERRITOIRE_PORTEUR;
  if (!holder) lacks("Aucun territoire ne le porte.");
  return complete ? absl::OkStatus() : error.Build();
}

bool ChangeLeSigne(const v1::Contrat& before, const v1::Contrat& after) {
  auto signed_part = [](v1::Contrat contrat) {
    contrat.clear_etag();
    contrat.clear_update_time();
    contrat.clear_population_qpv();
    contrat.clear_libelle();
    contrat.clear_regions();
    return contrat.SerializeAsString();
  };
  return signed_part(before) != signed_part(after);
}

}  // namespace pdv::contrats
