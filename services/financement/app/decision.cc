#include "services/financement/app/decision.h"

#include "common/types/paris.h"
#include "services/financement/app/appelant.h"
#include "services/financement/app/regles_ressources.h"
#include "services/financement/domain/dossiers.h"
#include "services/financement/domain/montants.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {

std::vector<store::Read> Suites(const std::string& name, const store::Changes& changes) {
  const auto* ligne = changes.Find<v1::Ligne>(name);
  if (ligne == nullptr) return {};
  std::vector<store::Read> reads = LecturesEnveloppeDe(*ligne);
  reads.push_back(LectureTitulaire(ligne->financeur()));
  reads.push_back(LectureConflits(changes));
  reads.push_back({&MiroirActionEtat(), "name", ligne->action(), false});
  return reads;
}

absl::StatusOr<v1::Ligne> Decider(store::Changes& changes, GrandLivre& livre,
                                  const std::string& name, const std::string& etag, Verbe verbe,
                                  absl::FunctionRef<absl::Status(v1::Ligne&)> set) {
  absl::StatusOr<v1::Ligne> ligne = changes.Get<v1::Ligne>(name);
  if (!ligne.ok()) return ligne;
  absl::Status status = VerifierLigne(*ligne, verbe, changes);
  if (status.ok()) status = store::CheckEtag(*ligne, etag);
  if (!status.ok()) return status;
  absl::StatusOr<EtatLigne> etat = Transition(ligne->etat(), verbe);
  if (!etat.ok()) return etat.status();
  status = VerifierDossier(verbe, static_cast<const actions::v1::Action*>(
                                      changes.FindRow(MiroirActionEtat(), ligne->action())));
  if (!status.ok()) return status;
  const v1::Ligne before = *ligne;
  ligne->set_etat(*etat);
  if (DecideMontants(verbe)) ligne->set_etape_decidee(*etat);
  if (!Indecise(*etat)) Liberer(*ligne);
  status = set(*ligne);
  if (status.ok()) status = VerifierVerbe(verbe, before, *ligne);
  if (status.ok()) status = VerifierMontants(*ligne);
  if (status.ok()) status = livre.Mouvoir(&before, *ligne, Cause::kVerbe);
  if (!status.ok()) return status;
  return changes.Update(*std::move(ligne));
}

google::type::Date DayInParis(absl::Time instant) {
  const types::Date day = types::JourAParis(instant);
  google::type::Date date;
  date.set_year(static_cast<int32_t>(day.year()));
  date.set_month(day.month());
  date.set_day(day.day());
  return date;
}

}  // namespace pdv::financement
