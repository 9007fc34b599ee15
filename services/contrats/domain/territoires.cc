#include "services/contrats/domain/territoires.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"

namespace pdv::contrats {
namespace {

using status::Violation;

constexpr int64_t kTout = 10'000;  // basis points

void VerifierNom(const std::string& name, const std::string& expected, const char* field,
                 std::vector<Violation>* violations) {
  if (name == expected) return;
  violations->push_back({field, "CODE_INCOHERENT",
                         absl::StrCat("Le nom « ", name, " » devrait être « ", expected, " ».")});
}

template <class Fait>
void VerifierPeriode(const Fait& fait, std::vector<Violation>* violations) {
  if (PeriodeOrdonnee(fait)) return;
  violations->push_back(
      {"valide_au", "DATES_INCOHERENTES", "La fin de validité vient après son début."});
}

absl::Status Bilan(std::vector<Violation> violations) {
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

std::string Nom(const char* collection, const std::string& code) {
  return absl::StrCat(collection, "/", absl::AsciiStrToLower(code));
}

// "qp034001" of "qpv/qp034001".
std::string Id(const std::string& name) { return name.substr(name.rfind('/') + 1); }

}  // namespace

absl::Status Verifier(const v1::Region& region) {
  std::vector<Violation> violations;
  VerifierNom(region.name(), Nom("regions", region.code()), "code", &violations);
  return Bilan(std::move(violations));
}

absl::Status Verifier(const v1::Departement& departement) {
  std::vector<Violation> violations;
  VerifierNom(departement.name(), Nom("departements", departement.code()), "code", &violations);
  return Bilan(std::move(violations));
}

absl::Status Verifier(const v1::Commune& commune) {
  std::vector<Violation> violations;
  // A code may name a commune and one that was joined to it: the kind of the latter is in the name.
  const bool joined = commune.type() == "COMA" || commune.type() == "COMD";
  const std::string code =
      joined ? absl::StrCat(commune.code(), "-", commune.type()) : commune.code();
  VerifierNom(commune.name(), Nom("communes", code), "code", &violations);
  VerifierPeriode(commune, &violations);
  if (commune.successeur() == commune.name())
    violations.push_back(
        {"successeur", "CODE_INCOHERENT", "Une commune n'est pas son propre successeur."});
  return Bilan(std::move(violations));
}

absl::Status Verifier(const v1::Epci& epci) {
  std::vector<Violation> violations;
  VerifierNom(epci.name(), Nom("epci", epci.siren()), "siren", &violations);
  return Bilan(std::move(violations));
}

absl::Status Verifier(const v1::Appartenance& appartenance) {
  std::vector<Violation> violations;
  const std::string expected =
      absl::StrCat("appartenances/", Id(appartenance.commune()), "-", Id(appartenance.epci()));
  if (!absl::StartsWith(appartenance.name(), absl::StrCat(expected, "-")))
    VerifierNom(appartenance.name(), expected, "commune", &violations);
  VerifierPeriode(appartenance, &violations);
  return Bilan(std::move(violations));
}

absl::Status Verifier(const v1::Qpv& qpv) {
  std::vector<Violation> violations;
  VerifierNom(qpv.name(), Nom("qpv", qpv.code()), "code", &violations);
  VerifierPeriode(qpv, &violations);
  return Bilan(std::move(violations));
}

absl::Status Verifier(const v1::Passage& passage) {
  std::vector<Violation> violations;
  const std::string ancien = Id(passage.ancien()), nouveau = Id(passage.nouveau());
  VerifierNom(passage.name(), absl::StrCat("passages/", ancien, "-", nouveau), "ancien",
              &violations);
  if (!absl::StartsWith(ancien, "qp"))
    violations.push_back({"ancien", "CODE_INCOHERENT",
                          "Un passage part d'un quartier de la génération 2015-2023 (QP…)."});
  if (!absl::StartsWith(nouveau, "qn"))
    violations.push_back({"nouveau", "CODE_INCOHERENT",
                          "Un passage mène à un quartier de la génération 2024-2030 (QN…)."});
  return Bilan(std::move(violations));
}

std::string GenerationDe(std::string_view code_qpv) {
  if (code_qpv.substr(0, 2) == "QP") return "2015-2023";
  return code_qpv.substr(0, 2) == "QN" ? "2024-2030" : "";
}

absl::Status VerifierParts(const std::string& ancien, int64_t total_points) {
  if (total_points <= kTout) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "PARTS_EXCESSIVES",
                       absl::StrCat("Les parts de ", ancien, " font ", total_points,
                                    " points de base, plus que le tout (10 000)."))
      .With("name", ancien)
      .With("total_points", total_points);
}

}  // namespace pdv::contrats
