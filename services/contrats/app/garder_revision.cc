#include "services/contrats/app/garder_revision.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace pdv::contrats {

absl::Status GarderRevision(v1::Contrat& contrat, const std::string& avenant,
                            store::Changes& changes) {
  contrat.set_revision_signee(contrat.revision_signee() + 1);
  v1::RevisionContrat revision;
  revision.set_name(absl::StrCat(contrat.name(), "/revisions/", contrat.revision_signee()));
  revision.set_numero(contrat.revision_signee());
  revision.set_avenant(avenant);
  v1::Contrat* signe = revision.mutable_contrat();
  *signe = contrat;
  // These are the row's, not what was signed; the revision has its own.
  signe->clear_uid();
  signe->clear_etag();
  signe->clear_create_time();
  signe->clear_update_time();
  return changes.Insert(std::move(revision)).status();
}

}  // namespace pdv::contrats
