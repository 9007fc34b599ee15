#include "services/actions/app/regles_ressources.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/app/dossier.h"
#include "services/actions/app/porteur.h"
#include "services/actions/domain/appel.h"
#include "services/actions/domain/attestation.h"
#include "services/actions/domain/coherence.h"
#include "services/actions/domain/importation.h"
#include "services/actions/domain/lieu.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

bool FromImport(const store::Changes& changes) {
  return changes.call().method != nullptr &&
         absl::StartsWith(changes.call().method->name(), "Importer");
}

bool FromDelete(const store::Changes& changes) {
  return changes.call().method != nullptr && changes.call().method->name() == "DeleteAction";
}

std::vector<const contrats::v1::Qpv*> QuartiersDe(const v1::Action& action,
                                                  const store::Changes& changes) {
  std::vector<const contrats::v1::Qpv*> quartiers;
  for (const auto& part : action.quartiers()) {
    const auto* quartier = Miroir<contrats::v1::Qpv>(changes, MiroirQpv(), part.qpv());
    if (quartier != nullptr) quartiers.push_back(quartier);
  }
  return quartiers;
}

const contrats::v1::Contrat* ContratDe(const v1::Action& action, const store::Changes& changes) {
  return Miroir<contrats::v1::Contrat>(changes, MiroirContrat(), action.contrat());
}

absl::Status RepondreALAppel(const v1::Action& action, const store::Changes& changes) {
  return VerifierReponses(action, changes.Find<v1::AppelAProjets>(action.appel()));
}

// Everything that is wrong at once: the violations of several checks in one answer. A refusal that
// is none of fields comes alone.
absl::Status Rassembler(const std::vector<absl::Status>& checks) {
  std::vector<status::Violation> all;
  for (const absl::Status& check : checks) {
    std::vector<status::Violation> violations = status::ViolationsOf(check);
    if (!check.ok() && violations.empty()) return check;
    for (status::Violation& violation : violations) all.push_back(std::move(violation));
  }
  return all.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(all));
}

// Where it takes place. A place that an earlier contrat or other quartiers told does not outlive
// them.
void Situer(const v1::Action* before, v1::Action& after, const store::Changes& changes) {
  if (before != nullptr && ChangeDeLieu(*before, after))
    OublierLieu(LieuDe(ContratDe(*before, changes), QuartiersDe(*before, changes)), *before,
                &after);
  CompleterLieu(ContratDe(after, changes), QuartiersDe(after, changes), &after);
}

// What an import states. The same statement made again does not take back what happened since.
absl::Status Relever(const v1::Action* before, v1::Action& after, const store::Changes& changes) {
  const std::string print = EmpreinteDuReleve(after);
  if (DejaImporte(before, print)) {
    after = *before;
    return absl::OkStatus();
  }
  absl::Status valid = Rassembler({VerifierAction(after), RepondreALAppel(after, changes)});
  if (valid.ok()) valid = Importer(before, &after);
  if (!valid.ok()) return valid;
  after.set_empreinte_importee(print);
  Situer(before, after, changes);
  return absl::OkStatus();
}

// Fields that are not, or no longer, the porteur's to write.
absl::Status VerifierReserves(const v1::Action* before, const v1::Action& after) {
  std::vector<status::Violation> violations;
  const v1::EtatAction known =
      before == nullptr ? v1::ETAT_ACTION_UNSPECIFIED : before->etat_importe();
  if (after.etat_importe() != v1::ETAT_ACTION_UNSPECIFIED && after.etat_importe() != known)
    violations.push_back({"action.etat_importe", "ETAT_RESERVE_IMPORT",
                          "L'état d'une action ne se donne qu'à l'import."});
  if (before != nullptr && before->has_depot_time() && before->appel() != after.appel())
    violations.push_back({"action.appel", "APPEL_DU_DEPOT",
                          "Ce dossier est déposé : il répond toujours au même appel à projets."});
  if (before != nullptr && before->has_depot_time() && before->porteur() != after.porteur())
    violations.push_back({"action.porteur", "PORTEUR_DU_DEPOT",
                          "Ce dossier est déposé : il reste au porteur qui l'a déposé."});
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

// Lines would be left that finance nothing: the draft stays, given up, for them to name it.
absl::Status Effacer(const v1::Action& action, const store::Changes& changes) {
  if (action.etat() != v1::ETAT_ACTION_BROUILLON)
    return status::Error(absl::StatusCode::kFailedPrecondition, "ACTION_DEPOSEE",
                         absl::StrCat("Une action ", std::string(EtatEnClair(action.etat())),
                                      " ne s'efface pas : seul un brouillon s'efface."))
        .With("name", action.name())
        .With("etat", NomDeLEtat(action.etat()));
  const size_t lignes = changes.RowsWhere(MiroirLigne(), "action", action.name()).size();
  if (lignes == 0) return absl::OkStatus();
  return status::Error(absl::StatusCode::kFailedPrecondition, "LIGNES_DEMANDEES",
                       "Des financeurs sont déjà sollicités pour cette action : elle ne s'efface "
                       "plus, abandonnez-la.")
      .With("name", action.name())
      .With("lignes", static_cast<int64_t>(lignes));
}

// Whose it is, before what it says.
absl::Status VerifierAuteur(const v1::Action* before, const v1::Action& after,
                            const store::Changes& changes) {
  absl::Status own = VerifierPerimetre(changes, after.porteur(), Verbe::kModifier);
  if (own.ok() && before != nullptr)
    own = VerifierPerimetre(changes, before->porteur(), Verbe::kModifier);
  if (own.ok() && before != nullptr) own = VerifierAidant(changes, *before);
  return own;
}

// What people write. A draft changes freely; what was taken up asks for a new attestation as soon
// as it says something else; what is decided upon changes no more.
absl::Status Saisir(const v1::Action* before, v1::Action& after, const store::Changes& changes) {
  const absl::Status own = VerifierAuteur(before, after, changes);
  if (!own.ok()) return own;
  // What it says is no reason to keep it.
  if (after.has_delete_time()) return Effacer(*before, changes);
  const absl::Status valid = Rassembler(
      {VerifierAction(after), RepondreALAppel(after, changes), VerifierReserves(before, after)});
  if (!valid.ok()) return valid;
  if (before != nullptr) after.set_etat_importe(before->etat_importe());
  Situer(before, after, changes);
  if (before == nullptr) {
    after.set_etat(v1::ETAT_ACTION_BROUILLON);
    return absl::OkStatus();
  }
  absl::StatusOr<EtatAction> etat = Transition(before->etat(), Verbe::kModifier);
  if (!etat.ok()) return etat.status();
  if (*etat == before->etat() || Empreinte(*before) == Empreinte(after)) return absl::OkStatus();
  after.set_etat(*etat);
  after.set_motif("Le dossier a changé : il demande une nouvelle attestation.");
  return absl::OkStatus();
}

}  // namespace

absl::Status ReglesAction(const v1::Action* before, v1::Action& after, store::Changes& changes) {
  return FromImport(changes) ? Relever(before, after, changes) : Saisir(before, after, changes);
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
  // What told its place, where the change says something else or does not repeat it.
  if (stored->contrat() != action.contrat())
    reads.push_back({&MiroirContrat(), "name", stored->contrat(), false});
  if (ChangeDeLieu(*stored, action)) {
    for (const auto& part : stored->quartiers())
      reads.push_back({&MiroirQpv(), "name", part.qpv(), false});
  }
  if (!FromImport(changes) && changes.call().identity.HasRole("chef_projet"))
    reads.push_back(Conflits(action.name()));
  if (FromDelete(changes)) reads.push_back({&MiroirLigne(), "action", action.name(), false});
  if (!stored->appel().empty())
    reads.push_back({&store::Table::Of<v1::AppelAProjets>(), "name", stored->appel(), false});
  return reads;
}

}  // namespace pdv::actions
