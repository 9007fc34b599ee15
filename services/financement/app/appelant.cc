#include "services/financement/app/appelant.h"

#include "common/status/error.h"
#include "pdv/actions/v1/conflit.pb.h"
#include "pdv/financement/v1/financeur.pb.h"
#include "services/financement/domain/habilitations.h"
#include "services/financement/store/miroirs.h"

namespace pdv::financement {
namespace {

absl::Status VerifierActeur(const rpc::Identity& caller) {
  if (!caller.acteur.empty()) return absl::OkStatus();
  return status::Error(absl::StatusCode::kPermissionDenied, "ACTEUR_ABSENT",
                       "Cet acte s'enregistre au nom de son auteur, qui n'est pas nommé.")
      .Build();
}

Titulaire TitulaireDe(const std::string& financeur, const store::Changes& changes) {
  const auto* row = changes.Find<v1::Financeur>(financeur);
  return {financeur, row != nullptr && !row->utilise_la_suite()};
}

absl::Status VerifierSansConflit(const std::string& action, const store::Changes& changes) {
  for (const auto* row :
       changes.RowsWhere(MiroirConflit(), "personne", changes.call().identity.acteur)) {
    const auto& conflit = static_cast<const actions::v1::ConflitInterets&>(*row);
    if (conflit.action() != action) continue;
    return status::Error(
               absl::StatusCode::kPermissionDenied, "CONFLIT_D_INTERETS",
               "Vous avez un intérêt dans ce dossier : vous ne décidez pas de ses lignes.")
        .With("declaration", conflit.name())
        .With("personne", conflit.personne());
  }
  return absl::OkStatus();
}

}  // namespace

store::Read LectureConflits(const store::Changes& changes) {
  return {&MiroirConflit(), "personne", changes.call().identity.acteur, false};
}

store::Read LectureTitulaire(const std::string& financeur) {
  store::Read read = store::Read::Of<v1::Financeur>(financeur);
  read.lock = false;
  return read;
}

absl::Status VerifierLigne(const v1::Ligne& ligne, Verbe verbe, const store::Changes& changes) {
  const rpc::Identity& caller = changes.call().identity;
  absl::Status allowed = VerifierActeur(caller);
  if (allowed.ok())
    allowed = Habiliter(verbe, TitulaireDe(ligne.financeur(), changes), caller.organisation,
                        [&](std::string_view role) { return caller.HasRole(role); });
  return allowed.ok() ? VerifierSansConflit(ligne.action(), changes) : allowed;
}

absl::Status VerifierEnveloppe(const v1::Enveloppe& enveloppe, const store::Changes& changes) {
  const rpc::Identity& caller = changes.call().identity;
  absl::Status named = VerifierActeur(caller);
  if (!named.ok()) return named;
  return HabiliterEnveloppe(TitulaireDe(enveloppe.financeur(), changes), caller.organisation,
                            [&](std::string_view role) { return caller.HasRole(role); });
}

}  // namespace pdv::financement
