#ifndef PDV_SERVICES_FINANCEMENT_STORE_BANC_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_STORE_BANC_PGTEST_H_

#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/pg/error.h"
#include "common/service/resource.h"
#include "common/store/base_migration.h"
#include "common/store/store.h"
#include "common/watch/feed.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/financement/api/financement_api.h"
#include "services/financement/app/regles_ressources.h"
#include "services/financement/app/semer_etat.h"
#include "services/financement/store/miroirs.h"
#include "tests/pgharness/pgharness.h"

namespace pdv::financement {
const std::vector<pg::Migration>& Migrations();

// A stream of one message, for what is imported.
class UnMessage : public rpc::StreamSource {
 public:
  explicit UnMessage(rpc::MessagePtr message) : message_(std::move(message)) {}
  absl::StatusOr<rpc::MessagePtr> Next() override { return std::exchange(message_, nullptr); }

 private:
  rpc::MessagePtr message_;
};

// What the tests of this service stand on: its schema in a fresh database, its store, and the
// mirrors filled by hand. Every call is checked: a step that fails fails the test.
class Banc {
 public:
  Banc()
      : conninfo_(testing::FreshDatabase(All())),
        store_(Open()),
        feed_(conninfo_),
        table_("pdv.financement.v1.FinancementService"),
        api_(&table_, store_.get(), &feed_) {
    Declare(api_);
    EXPECT_TRUE(SemerEtat(*store_).ok());
    session_ = *pg::Session::Connect(conninfo_);
    lignes_ = Methodes<v1::Ligne>(ReglesLigne, LecturesLigne, SuitesLigne);
    enveloppes_ = Methodes<v1::Enveloppe>(ReglesEnveloppe, LecturesEnveloppe);
    financeurs_ = Methodes<v1::Financeur>(ReglesFinanceur, nullptr);
  }

  // A second replica of the service, on the same database.
  std::unique_ptr<store::Store> Open() const {
    store::StoreOptions options;
    options.service = "financement";
    options.conninfo = conninfo_;
    auto store = *store::Store::Open(options);
    store->Register(store::Table::Of<v1::Financeur>());
    store->Register(store::Table::Of<v1::Enveloppe>());
    store->Register(store::Table::Of<v1::Ligne>());
    store->Register(MiroirAction());
    store->Register(MiroirPorteur());
    store->Register(MiroirConflit());
    store->Register(MiroirContrat());
    store->Register(MiroirDepartement());
    return store;
  }

  pg::Session& sql() { return *session_; }
  const std::string& conninfo() const { return conninfo_; }
  store::Store& store() { return *store_; }

  void Sql(const std::string& script) {
    const absl::Status done = session_->Script(script);
    ASSERT_TRUE(done.ok()) << done << "\n" << script;
  }
  // Name of the constraint that refuses the script.
  std::string Refused(const std::string& script) {
    const absl::Status refused = session_->Script(script);
    const auto error = pg::ErrorOf(refused);
    return error.has_value() ? error->constraint : std::string(refused.message());
  }
  int64_t Number(const std::string& query) {
    const auto rows = session_->Exec(query, {}, false);
    EXPECT_TRUE(rows.ok()) << rows.status();
    return rows.ok() && rows->rows() > 0 ? rows->Int64(0, 0) : -1;
  }

  // Where perimeters lie, as the mirrors learn it.
  void Territoires() {
    Sql("INSERT INTO miroir_departement VALUES ('departements/34', 1, 'regions/76'),"
        " ('departements/30', 1, 'regions/76'), ('departements/59', 1, 'regions/32');"
        "INSERT INTO miroir_contrat (name, revision, departements, regions) VALUES"
        " ('contrats/cv110', 1, '{departements/34}', '{regions/76}')");
  }
  void Financeur(const std::string& id) {
    Sql(absl::StrCat("INSERT INTO financeur VALUES ('financeurs/", id, "', 'u', 1, now(), now(), '",
                     id, "', 'REGION', NULL, false)"));
  }
  // A root envelope of that much, with the entry that brings it there.
  void Enveloppe(const std::string& id, const std::string& financeur, const std::string& nature,
                 int64_t montant) {
    const std::string name = "enveloppes/" + id;
    std::string entry;
    if (montant > 0)
      entry = EcritureSql("ABONDEMENT", absl::StrCat("financeurs/", financeur, "/comptes/exterieur"),
                          name + "/comptes/disponible", montant, "", name);
    Sql(absl::StrCat(
        entry,
        "INSERT INTO enveloppe (name, uid, revision, create_time, update_time, libelle, financeur,"
        " programme, perimetre, exercice, nature, dotation_centimes, montant_centimes,"
        " disponible_centimes, reserve_centimes, consomme_centimes, gele_centimes,"
        " delegue_centimes) VALUES ('",
        name, "', 'u', 1, now(), now(), '", id, "', 'financeurs/", financeur,
        "', '147', 'nation', 2023, '", nature, "', ", montant, ", ", montant, ", ", montant,
        ", 0, 0, 0, 0)"));
  }
  // An entry by hand; an empty line or envelope is NULL.
  static std::string EcritureSql(const std::string& nature, const std::string& debit,
                                 const std::string& credit, int64_t montant,
                                 const std::string& ligne, const std::string& enveloppe) {
    return absl::StrCat(
        "INSERT INTO ecriture (operation, nature, debit, credit, montant_centimes, ligne, enveloppe)"
        " VALUES ('o', '",
        nature, "', '", debit, "', '", credit, "', ", montant, ", nullif('", ligne,
        "', ''), nullif('", enveloppe, "', ''));\n");
  }
  // The action as the mirror learns it; `quartiers` is JSON or empty.
  void Action(const std::string& id, int revision, const std::string& contrat,
              const std::string& thematique, const std::string& quartiers = "") {
    Sql(ActionSql(id, revision, contrat, thematique, quartiers));
  }
  static std::string ActionSql(const std::string& id, int revision, const std::string& contrat,
                               const std::string& thematique, const std::string& quartiers) {
    auto text = [](const std::string& value) {
      return value.empty() ? std::string("NULL") : absl::StrCat("'", value, "'");
    };
    return absl::StrCat(
        "INSERT INTO miroir_action (name, revision, contrat, departement, region, exercice,"
        " thematique, quartiers, etat) VALUES ('actions/",
        id, "', ", revision, ", ", text(contrat), ", 'departements/34', 'regions/76', 2023, ",
        text(thematique), ", ", text(quartiers),
        ", 'DEPOSEE') ON CONFLICT (name) DO UPDATE SET"
        " revision = EXCLUDED.revision, contrat = EXCLUDED.contrat,"
        " thematique = EXCLUDED.thematique, quartiers = EXCLUDED.quartiers");
  }

  static rpc::CallPtr Call(const char* method = nullptr) {
    auto call = std::make_shared<rpc::Call>();
    call->deadline = absl::Now() + absl::Seconds(60);
    // Who may everything on a line of the State.
    call->identity = {"essai", "instructeur,prefet,gestionnaire,financeur,anct", "financeurs/etat"};
    if (method != nullptr)
      call->method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
          absl::StrCat("pdv.financement.v1.FinancementService.", method));
    return call;
  }
  // The same call, of somebody else.
  static rpc::CallPtr Comme(rpc::Identity identity, const char* method = nullptr) {
    auto call = Call(method);
    call->identity = std::move(identity);
    return call;
  }
  // Runs a verb on a store, by default the bench's own.
  template <class Response, class Request, class Verb>
  absl::StatusOr<Response> Run(const Request& request, Verb verb, store::Store* store = nullptr) {
    return RunComme<Response>(Call(), request, verb, store);
  }
  template <class Response, class Request, class Verb>
  absl::StatusOr<Response> RunComme(rpc::CallPtr call, const Request& request, Verb verb,
                                    store::Store* store = nullptr) {
    auto answer =
        (store != nullptr ? store : store_.get())
            ->MutateAndWait(std::move(call), std::make_shared<Request>(request), verb(request));
    if (!answer.ok()) return answer.status();
    return static_cast<const Response&>(**answer);
  }
  // CreateLigne with the rules of the service.
  absl::StatusOr<v1::Ligne> Creer(const v1::Ligne& ligne) {
    auto request = std::make_shared<v1::CreateLigneRequest>();
    *request->mutable_ligne() = ligne;
    auto answer = store_->MutateAndWait(Call("CreateLigne"), request, lignes_->Create(request));
    if (!answer.ok()) return answer.status();
    return static_cast<const v1::Ligne&>(**answer);
  }
  // CreateEnveloppe with the rules of the service: of the State, of programme 147 and 2023.
  absl::StatusOr<v1::Enveloppe> CreerEnveloppe(const std::string& id, const std::string& perimetre,
                                               int64_t dotation, const std::string& parent = "") {
    v1::Enveloppe enveloppe;
    enveloppe.set_name("enveloppes/" + id);
    enveloppe.set_libelle(id);
    enveloppe.set_financeur("financeurs/etat");
    enveloppe.set_programme("147");
    enveloppe.set_perimetre(perimetre);
    enveloppe.set_exercice(2023);
    enveloppe.set_nature(v1::NATURE_ENVELOPPE_AE);
    enveloppe.set_dotation_centimes(dotation);
    if (!parent.empty()) enveloppe.set_parent("enveloppes/" + parent);
    return Creer(enveloppe);
  }
  absl::StatusOr<v1::Enveloppe> Creer(const v1::Enveloppe& enveloppe) {
    auto request = std::make_shared<v1::CreateEnveloppeRequest>();
    *request->mutable_enveloppe() = enveloppe;
    request->set_request_id(absl::StrCat("creer-", ++crees_));
    auto answer =
        store_->MutateAndWait(Call("CreateEnveloppe"), request, enveloppes_->Create(request));
    if (!answer.ok()) return answer.status();
    return static_cast<const v1::Enveloppe&>(**answer);
  }
  const service::ResourceMethods& lignes() const { return *lignes_; }
  const service::ResourceMethods& enveloppes() const { return *enveloppes_; }
  const service::ResourceMethods& financeurs() const { return *financeurs_; }

  // A demand of the line `id` on an action, in cents of crédits spécifiques.
  static v1::Ligne Demande(const std::string& id, const std::string& action,
                           const std::string& enveloppe, int64_t cents) {
    v1::Ligne ligne;
    ligne.set_name("lignes/" + id);
    ligne.set_action("actions/" + action);
    ligne.set_financeur("financeurs/etat");
    if (!enveloppe.empty()) ligne.set_enveloppe("enveloppes/" + enveloppe);
    ligne.set_demande_specifiques_centimes(cents);
    return ligne;
  }

 private:
  static std::vector<pg::Migration> All() {
    std::vector<pg::Migration> all{store::BaseMigration()};
    all.insert(all.end(), Migrations().begin(), Migrations().end());
    return all;
  }

  // The standard methods of a resource, with the rules of the service.
  template <class T>
  std::shared_ptr<service::ResourceMethods> Methodes(
      absl::Status (*check)(const T*, T&, store::Changes&),
      std::vector<store::Read> (*reads)(const T&),
      std::vector<store::Read> (*follow)(const T&, const store::Changes&) = nullptr) {
    service::ResourceHooks hooks;
    if (reads != nullptr) {
      hooks.reads = [reads](const google::protobuf::Message& row) {
        return reads(static_cast<const T&>(row));
      };
    }
    if (follow != nullptr) {
      hooks.follow = [follow](const google::protobuf::Message& row,
                              const store::Changes& changes) {
        return follow(static_cast<const T&>(row), changes);
      };
    }
    hooks.check = [check](const google::protobuf::Message* before,
                          google::protobuf::Message* after, store::Changes& changes) {
      return check(static_cast<const T*>(before), static_cast<T&>(*after), changes);
    };
    return std::make_shared<service::ResourceMethods>(store_.get(), T::descriptor(),
                                                      std::move(hooks));
  }

  const std::string conninfo_;
  std::unique_ptr<store::Store> store_;
  watch::Feed feed_;
  rpc::ServiceTable table_;
  service::Api api_;
  std::unique_ptr<pg::Session> session_;
  std::shared_ptr<service::ResourceMethods> lignes_, enveloppes_, financeurs_;
  int crees_ = 0;
};

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_STORE_BANC_PGTEST_H_
