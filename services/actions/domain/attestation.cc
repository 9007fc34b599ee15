#include "services/actions/domain/attestation.h"

#include "common/types/sha256.h"
#include "common/validate/validator.h"
#include "google/protobuf/io/coded_stream.h"
#include "google/protobuf/io/zero_copy_stream_impl_lite.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {

std::string Empreinte(const v1::Action& action) {
  v1::Action said = action;
  validate::ClearOutputOnly(&said);
  said.clear_etat_importe();
  return EmpreinteDe(said);
}

std::string EmpreinteDe(const v1::Action& said) {
  std::string bytes;
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    said.SerializeToCodedStream(&coded);
  }
  return types::Sha256Hex(bytes);
}

void Attester(const std::string& acteur, const std::string& organisation,
              const std::string& budget_etag, absl::Time instant, v1::Action* action) {
  auto* attestation = action->add_attestations();
  attestation->set_acteur(acteur);
  attestation->set_organisation(organisation);
  Ecrire(instant, attestation->mutable_instant());
  attestation->set_empreinte(Empreinte(*action));
  attestation->set_budget_etag(budget_etag);
  if (!action->has_depot_time()) *action->mutable_depot_time() = attestation->instant();
}

bool BudgetChange(const v1::Action& action, const std::string& budget_etag) {
  const int given = action.attestations_size();
  return given > 0 && action.attestations(given - 1).budget_etag() != budget_etag;
}

}  // namespace pdv::actions
