#include "services/contrats/api/banc_pgtest.h"

#include <deque>
#include <future>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/store/base_migration.h"
#include "services/contrats/api/contrats_api.h"
#include "services/contrats/domain/dates.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::contrats {

const std::vector<pg::Migration>& Migrations();

namespace {

std::vector<pg::Migration> Toutes() {
  std::vector<pg::Migration> all{store::BaseMigration()};
  all.insert(all.end(), Migrations().begin(), Migrations().end());
  return all;
}

class Flux : public rpc::StreamSource {
 public:
  explicit Flux(std::vector<rpc::MessagePtr> messages)
      : messages_(messages.begin(), messages.end()) {}
  absl::StatusOr<rpc::MessagePtr> Next() override {
    if (messages_.empty()) return rpc::MessagePtr();
    rpc::MessagePtr next = messages_.front();
    messages_.pop_front();
    return next;
  }

 private:
  std::deque<rpc::MessagePtr> messages_;
};

}  // namespace

Banc::Banc()
    : conninfo_(testing::FreshDatabase(Toutes())),
      feed_(std::make_unique<watch::Feed>(conninfo_)),
      table_("pdv.contrats.v1.ContratsService") {
  store::StoreOptions options;
  options.service = "contrats";
  options.conninfo = conninfo_;
  absl::StatusOr<std::unique_ptr<store::Store>> store = store::Store::Open(options);
  EXPECT_TRUE(store.ok()) << store.status();
  store_ = *std::move(store);
  service::Api api(&table_, store_.get(), feed_.get());
  Declare(api);
  EXPECT_TRUE(table_.Check().ok()) << table_.Check();
}

Banc::~Banc() = default;

rpc::CallPtr Banc::Appel(const std::string& method) {
  auto call = std::make_shared<rpc::Call>();
  call->method = table_.Method(method);
  call->received = absl::Now();
  call->deadline = absl::Now() + absl::Seconds(30);
  return call;
}

absl::StatusOr<rpc::MessagePtr> Banc::AppelerUnaire(const std::string& method,
                                                    rpc::MessagePtr request) {
  const auto& entry = table_.entries().at(method);
  if (entry.kind == rpc::ServiceTable::Entry::Kind::kBlocking)
    return entry.blocking(Appel(method), std::move(request));
  auto answer = std::make_shared<std::promise<absl::StatusOr<rpc::MessagePtr>>>();
  std::future<absl::StatusOr<rpc::MessagePtr>> waited = answer->get_future();
  entry.async(Appel(method), std::move(request), [answer](absl::StatusOr<rpc::MessagePtr> given) {
    answer->set_value(std::move(given));
  });
  return waited.get();
}

commun::type::v1::RapportImport Banc::ImporterFlux(const std::string& method,
                                                   std::vector<rpc::MessagePtr> stream) {
  Flux flux(std::move(stream));
  absl::StatusOr<rpc::MessagePtr> report =
      table_.entries().at(method).client_stream(Appel(method), flux);
  EXPECT_TRUE(report.ok()) << report.status();
  if (!report.ok()) return {};
  return static_cast<const commun::type::v1::RapportImport&>(**report);
}

absl::StatusOr<pg::Result> Banc::Sql(const std::string& sql) {
  absl::StatusOr<std::unique_ptr<pg::Session>> session = pg::Session::Connect(conninfo_);
  if (!session.ok()) return session.status();
  return (*session)->Exec(sql);
}

std::string Banc::Lire(const std::string& sql) {
  absl::StatusOr<pg::Result> rows = Sql(sql);
  EXPECT_TRUE(rows.ok()) << rows.status();
  if (!rows.ok() || rows->rows() == 0) return "";
  return std::string(rows->Text(0, 0));
}

void Banc::PoserTerritoires() {
  v1::ImporterRegionsRequest regions;
  auto* region = regions.add_regions();
  region->set_name("regions/76");
  region->set_code("76");
  region->set_libelle("Occitanie");
  EXPECT_EQ(Importer<v1::ImporterRegionsRequest>("ImporterRegions", {regions}).crees(), 1);
  v1::ImporterDepartementsRequest departements;
  auto* departement = departements.add_departements();
  departement->set_name("departements/34");
  departement->set_code("34");
  departement->set_libelle("Hérault");
  departement->set_region("regions/76");
  EXPECT_EQ(
      Importer<v1::ImporterDepartementsRequest>("ImporterDepartements", {departements}).crees(), 1);
  v1::ImporterCommunesRequest communes;
  for (const char* code : {"34172", "34057"}) {
    auto* commune = communes.add_communes();
    commune->set_name(absl::StrCat("communes/", code));
    commune->set_code(code);
    commune->set_libelle(code);
    commune->set_type("COM");
    commune->set_departement("departements/34");
  }
  EXPECT_EQ(Importer<v1::ImporterCommunesRequest>("ImporterCommunes", {communes}).crees(), 2);
  v1::ImporterEpcisRequest epcis;
  auto* epci = epcis.add_epcis();
  epci->set_name("epci/243400017");
  epci->set_siren("243400017");
  epci->set_libelle("Montpellier Méditerranée Métropole");
  EXPECT_EQ(Importer<v1::ImporterEpcisRequest>("ImporterEpcis", {epcis}).crees(), 1);
  v1::ImporterQpvsRequest qpvs;
  for (const auto& [id, code] : {std::pair{"qp034001", "QP034001"}, {"qn03401m", "QN03401M"}}) {
    auto* qpv = qpvs.add_qpvs();
    qpv->set_name(absl::StrCat("qpv/", id));
    qpv->set_code(code);
    qpv->set_libelle("Mosson");
    qpv->add_communes("communes/34172");
  }
  EXPECT_EQ(Importer<v1::ImporterQpvsRequest>("ImporterQpvs", {qpvs}).crees(), 2);
}

v1::Contrat Banc::Projet(types::Date fin) {
  v1::Contrat contrat;
  contrat.set_name("contrats/cn03401m");
  contrat.set_code("CN03401M");
  contrat.set_libelle("Engagements Quartiers 2030");
  contrat.set_generation("2024-2030");
  contrat.add_departements("departements/34");
  *contrat.mutable_date_debut() = EnMessage(types::Date(2024, 1, 1));
  *contrat.mutable_date_fin() = EnMessage(fin);
  contrat.add_signataires()->set_libelle("État");
  auto* holder = contrat.add_territoires();
  holder->set_territoire("epci/243400017");
  holder->set_role(v1::ROLE_TERRITOIRE_PORTEUR);
  return contrat;
}

v1::Contrat Banc::Creer(const v1::Contrat& contrat) {
  v1::CreateContratRequest request;
  *request.mutable_contrat() = contrat;
  absl::StatusOr<v1::Contrat> created = Appeler<v1::Contrat>("CreateContrat", request);
  EXPECT_TRUE(created.ok()) << created.status();
  return created.ok() ? *created : v1::Contrat();
}

}  // namespace pdv::contrats
