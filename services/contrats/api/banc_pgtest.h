#ifndef PDV_SERVICES_CONTRATS_API_BANC_PGTEST_H_
#define PDV_SERVICES_CONTRATS_API_BANC_PGTEST_H_

// For tests only: the methods of contrats on a fresh database, without a network.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/service_table.h"
#include "common/service/api.h"
#include "common/types/date.h"
#include "common/watch/feed.h"
#include "gtest/gtest.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"

namespace pdv::contrats {

class Banc : public ::testing::Test {
 protected:
  Banc();
  ~Banc() override;

  // Calls a method as the server does once the request is valid.
  template <class Resp, class Req>
  absl::StatusOr<Resp> Appeler(const std::string& method, const Req& request) {
    absl::StatusOr<rpc::MessagePtr> answer =
        AppelerUnaire(method, std::make_shared<const Req>(request));
    if (!answer.ok()) return answer.status();
    return static_cast<const Resp&>(**answer);
  }
  // Streams the messages to an Importer… method.
  template <class Req>
  commun::type::v1::RapportImport Importer(const std::string& method,
                                           const std::vector<Req>& messages) {
    std::vector<rpc::MessagePtr> stream;
    for (const Req& message : messages) stream.push_back(std::make_shared<const Req>(message));
    return ImporterFlux(method, std::move(stream));
  }
  // Runs SQL as the service's role.
  absl::StatusOr<pg::Result> Sql(const std::string& sql);
  // A text of the first row, "" when there is none. Fails the test on an error.
  std::string Lire(const std::string& sql);

  // A region, a département (34), an EPCI, two communes, two quartiers (QP034001, QN03401M).
  void PoserTerritoires();
  // A project of contrat that may be signed: CN03401M, held by the EPCI, 2024-01-01 to `fin`.
  v1::Contrat Projet(types::Date fin = types::Date(2030, 12, 31));
  v1::Contrat Creer(const v1::Contrat& contrat);

  const std::string& conninfo() const { return conninfo_; }
  store::Store& magasin() { return *store_; }

 private:
  rpc::CallPtr Appel(const std::string& method);
  absl::StatusOr<rpc::MessagePtr> AppelerUnaire(const std::string& method, rpc::MessagePtr request);
  commun::type::v1::RapportImport ImporterFlux(const std::string& method,
                                               std::vector<rpc::MessagePtr> stream);

  std::string conninfo_;
  std::unique_ptr<watch::Feed> feed_;
  std::unique_ptr<store::Store> store_;
  rpc::ServiceTable table_;
};

}  // namespace pdv::contrats

#endif  // PDV_SERVICES_CONTRATS_API_BANC_PGTEST_H_
