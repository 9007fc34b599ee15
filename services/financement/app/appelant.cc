#include "services/financement/app/appelant.h"

#include "pdv/financement/v1/financeur.pb.h"
#include "services/financement/domain/habilitations.h"

namespace pdv::financement {
namespace {

Titulaire TitulaireDe(const std::string& financeur, const store::Changes& changes) {
  const auto* row = changes.Find<v1::Financeur>(financeur);
  return {financeur, row != nullptr && !row->utilise_la_suite()};
}

}  // namespace

std::vector<store::Read> LecturesTitulaire(const std::string& financeur,
                                           const store::Changes& changes) {
  if (changes.call().identity.organisation == financeur) return {};
  store::Read read = store::Read::Of<v1::Financeur>(financeur);
  read.lock = false;
  return {read};
}

absl::Status VerifierLigne(const v1::Ligne& ligne, Verbe verbe, const store::Changes& changes) {
  const rpc::Identity& caller = changes.call().identity;
  return Habiliter(verbe, TitulaireDe(ligne.financeur(), changes), caller.organisation,
                   [&](std::string_view role) { return caller.HasRole(role); });
}

absl::Status VerifierEnveloppe(const v1::Enveloppe& enveloppe, const store::Changes& changes) {
  const rpc::Identity& caller = changes.call().identity;
  return HabiliterEnveloppe(TitulaireDe(enveloppe.financeur(), changes), caller.organisation,
                            [&](std::string_view role) { return caller.HasRole(role); });
}

}  // namespace pdv::financement
