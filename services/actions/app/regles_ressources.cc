#include "services/actions/app/regles_ressources.h"

#include "absl/strings/match.h"
#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/app/porteur.h"
#include "services/actions/domain/appel.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/coherence.h"
#include "services/actions/domain/lieu.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

bool FromImport(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

absl::Status Deposee(const v1::Action& action) {
  return status::Error(absl::StatusCode::kFailedPrecondition, "ACTION_DEPOSEE",
                       "Cette action est déposée : elle ne s'efface ni ne s'importe plus.")
      .With("name", action.name());
}

// Where it takes place. A place that an earlier contrat told does not outlive it.
void Situer(const v1::Action* before, v1::Action& after, const store::Changes& changes) {
  if (before != nullptr && before->contrat() != after.contrat() &&
      before->departement() == after.departement() && before->region() == after.region()) {
    after.clear_departement();
    after.clear_region();
  }
  std::vector<const contrats::v1::Qpv*> quartiers;
  for (const auto& part : after.quartiers()) {
    const auto* quartier = Miroir<contrats::v1::Qpv>(changes, MiroirQpv(), part.qpv());
    if (quartier != nullptr) quartiers.push_back(quartier);
  }
  CompleterLieu(Miroir<contrats::v1::Contrat>(changes, MiroirContrat(), after.contrat()), quartiers,
                &after);
}

// An import states facts of the past. It moves no action that lived in the suite, and the same
// statement made again does not take back what happened since.
absl::Status Importer(const v1::Action* before, v1::Action& after) {
  const v1::EtatAction stated = after.etat_importe();
  if (before == nullptr) {
    after.set_etat(stated == v1::ETAT_ACTION_UNSPECIFIED ? v1::ETAT_ACTION_BROUILLON : stated);
    return absl::OkStatus();
  }
  const v1::EtatAction known = before->etat_importe();
  if (known == v1::ETAT_ACTION_UNSPECIFIED && before->etat() != v1::ETAT_ACTION_BROUILLON)
    return Deposee(*before);
  if (stated == v1::ETAT_ACTION_UNSPECIFIED) {
    after.set_etat_importe(known);
  } else if (stated != known) {
    after.set_etat(stated);
  }
  return absl::OkStatus();
}

// What people write. A draft changes freely; what was taken up asks for a new attestation as soon
// as it says something else; what is decided upon changes no more.
absl::Status Saisir(const v1::Action* before, v1::Action& after, const store::Changes& changes) {
  const v1::EtatAction known =
      before == nullptr ? v1::ETAT_ACTION_UNSPECIFIED : before->etat_importe();
  if (after.etat_importe() != v1::ETAT_ACTION_UNSPECIFIED && after.etat_importe() != known)
    return status::InvalidRequest({{"action.etat_importe", "ETAT_RESERVE_IMPORT",
                                    "L'état d'une action ne se donne qu'à l'import."}});
  after.set_etat_importe(known);
  absl::Status own = VerifierPerimetre(changes, after.porteur(), Verbe::kModifier);
  if (own.ok() && before != nullptr)
    own = VerifierPerimetre(changes, before->porteur(), Verbe::kModifier);
  if (!own.ok()) return own;
  if (before == nullptr) {
    after.set_etat(v1::ETAT_ACTION_BROUILLON);
    return absl::OkStatus();
  }
  if (after.has_delete_time())
    return before->etat() == v1::ETAT_ACTION_BROUILLON ? absl::OkStatus() : Deposee(*before);
  absl::StatusOr<EtatAction> etat = Transition(before->etat(), Verbe::kModifier);
  if (!etat.ok()) return etat.status();
  if (*etat == before->etat() || Empreinte(*before) == Empreinte(after)) return absl::OkStatus();
  after.set_etat(*etat);
  after.set_motif("Le dossier a changé : il demande une nouvelle attestation.");
  return absl::OkStatus();
}

}  // namespace

absl::Status ReglesPorteur(const v1::Porteur*, v1::Porteur& after, store::Changes&) {
  return VerifierPorteur(after);
}

absl::Status ReglesAction(const v1::Action* before, v1::Action& after, store::Changes& changes) {
  absl::Status valid = VerifierAction(after);
  if (valid.ok()) valid = VerifierReponses(after, changes.Find<v1::AppelAProjets>(after.appel()));
  if (!valid.ok()) return valid;
  Situer(before, after, changes);
  return FromImport(changes) ? Importer(before, after) : Saisir(before, after, changes);
}

std::vector<store::Read> SuiteDeLAction(const v1::Action& action, const store::Changes& changes) {
  std::vector<store::Read> reads;
  const auto add = [&](const std::string& porteur) {
    if (porteur.empty() || FromImport(changes)) return;
    for (store::Read& read : MembresDe(porteur)) reads.push_back(std::move(read));
  };
  add(action.porteur());
  const auto* stored = changes.Find<v1::Action>(action.name());
  if (stored == nullptr) return reads;
  if (stored->porteur() != action.porteur()) add(stored->porteur());
  if (!stored->appel().empty())
    reads.push_back({&store::Table::Of<v1::AppelAProjets>(), "name", stored->appel(), false});
  return reads;
}

}  // namespace pdv::actions
