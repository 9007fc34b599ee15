#include "services/evaluation/store/miroirs.h"

#include "pdv/actions/v1/action.pb.h"
#include "pdv/contrats/v1/contrat.pb.h"
#include "pdv/contrats/v1/qpv.pb.h"

namespace pdv::evaluation {

const store::Table& MiroirContrat() {
  static const store::Table table(contrats::v1::Contrat::descriptor(), "miroir_contrat",
                                  {"name", "etag", "delete_time"});
  return table;
}

const store::Table& MiroirQpv() {
  static const store::Table table(contrats::v1::Qpv::descriptor(), "miroir_qpv", {"name", "etag"});
  return table;
}

const store::Table& MiroirAction() {
  static const store::Table table(actions::v1::Action::descriptor(), "miroir_action",
                                  {"name", "etag", "delete_time"});
  return table;
}

}  // namespace pdv::evaluation
