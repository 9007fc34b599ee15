#include "services/financement/store/ecritures.h"

#include "pdv/financement/v1/ecriture.pb.h"

namespace pdv::financement {

const store::Table& TableEcriture() {
  static const store::Table table = store::Table::AppendOnly(
      v1::Ecriture::descriptor(), "ecriture",
      {"operation", "nature", "debit", "credit", "montant_centimes", "ligne", "enveloppe",
       "contrepartie", "acteur", "organisation", "motif", "request_id"});
  return table;
}

const store::Table& TableEcritureLue() {
  static const store::Table table(
      v1::Ecriture::descriptor(), "ecriture",
      {"operation", "nature", "debit", "credit", "montant_centimes", "ligne", "enveloppe",
       "contrepartie", "instant", "acteur", "organisation", "motif", "request_id"});
  return table;
}

}  // namespace pdv::financement
