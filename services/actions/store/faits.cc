#include "services/actions/store/faits.h"

#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"
#include "services/actions/domain/regles/evaluation.h"
#include "services/actions/store/miroirs.h"

namespace pdv::actions {
namespace {

using google::protobuf::Message;

// A row that was deleted is not there for a rule.
template <class T>
const T* Present(const Message* row) {
  const auto* typed = static_cast<const T*>(row);
  return typed == nullptr || typed->has_delete_time() ? nullptr : typed;
}

// The rows of a few reads on a session, kept alive.
class Lecture {
 public:
  explicit Lecture(pg::Session& session) : session_(session) {}

  absl::Status Lire(const std::vector<store::Read>& reads) {
    std::vector<std::string> texts;
    for (const store::Read& read : reads)
      texts.push_back(absl::StrCat("SELECT ", read.table->select_list(), " FROM ",
                                   read.table->name(), " WHERE ", read.column, " = $1"));
    std::vector<pg::Statement> statements;
    for (size_t i = 0; i < reads.size(); ++i) {
      pg::Params value;
      value.Text(reads[i].value);
      statements.push_back({texts[i], value, true});
    }
    auto results = session_.Pipeline(statements);
    if (!results.ok()) return results.status();
    for (size_t i = 0; i < reads.size(); ++i) {
      for (int row = 0; row < (*results)[i].rows(); ++row) {
        std::unique_ptr<Message> message(google::protobuf::MessageFactory::generated_factory()
                                             ->GetPrototype(reads[i].table->type())
                                             ->New());
        absl::Status filled = reads[i].table->FromRow((*results)[i], row, message.get());
        if (!filled.ok()) return filled;
        rows_.emplace_back(reads[i].table, std::move(message));
      }
    }
    return absl::OkStatus();
  }
  const Message* Trouver(const store::Table& table, std::string_view name) const {
    for (const auto& [of, row] : rows_) {
      if (of == &table && store::NameOf(*row) == name) return row.get();
    }
    return nullptr;
  }
  template <class T>
  std::vector<const T*> Toutes(const store::Table& table) const {
    std::vector<const T*> found;
    for (const auto& [of, row] : rows_) {
      if (of == &table) found.push_back(static_cast<const T*>(row.get()));
    }
    return found;
  }

 private:
  pg::Session& session_;
  std::vector<std::pair<const store::Table*, std::unique_ptr<Message>>> rows_;
};

}  // namespace

std::vector<store::Read> FaitsALire(const v1::Action& action) {
  std::vector<store::Read> reads = {
      store::Read::Of<v1::Porteur>(action.porteur()),
      {&store::Table::Of<v1::AppelAProjets>(), "name", action.appel(), false},
      {&MiroirContrat(), "name", action.contrat(), false},
      {&MiroirCorrespondance(), "source", action.thematique(), false},
      {&MiroirCorrespondance(), "cible", action.thematique(), false},
      {&MiroirBudget(), "action", action.name(), false}};
  for (const v1::PartQuartier& part : action.quartiers())
    reads.push_back({&MiroirQpv(), "name", part.qpv(), false});
  for (const v1::PieceJointe& piece : action.pieces())
    reads.push_back({&store::Table::Of<v1::Document>(), "name", piece.document(), false});
  return reads;
}

regles::Faits FaitsLus(const v1::Action& action, const store::Changes& changes) {
  regles::Faits faits;
  faits.action = &action;
  faits.porteur = Present<v1::Porteur>(changes.Find<v1::Porteur>(action.porteur()));
  faits.appel = Present<v1::AppelAProjets>(changes.Find<v1::AppelAProjets>(action.appel()));
  faits.contrat = Miroir<contrats::v1::Contrat>(changes, MiroirContrat(), action.contrat());
  for (const char* column : {"source", "cible"}) {
    for (const auto* row : changes.RowsWhere(MiroirCorrespondance(), column, action.thematique()))
      faits.correspondances.push_back(static_cast<const contrats::v1::Correspondance*>(row));
  }
  for (const auto* row : changes.RowsWhere(MiroirBudget(), "action", action.name()))
    faits.budget = static_cast<const financement::v1::Budget*>(row);
  for (const v1::PartQuartier& part : action.quartiers()) {
    const auto* qpv = Miroir<contrats::v1::Qpv>(changes, MiroirQpv(), part.qpv());
    if (qpv != nullptr) faits.quartiers.push_back(qpv);
  }
  // A document that was deleted since stays the one that this dossier cites.
  for (const v1::PieceJointe& piece : action.pieces()) {
    const auto* document = changes.Find<v1::Document>(piece.document());
    if (document != nullptr) faits.documents.push_back(document);
  }
  faits.jour = JourAParis(changes.now());
  return faits;
}

absl::StatusOr<v1::EvaluerDossierResponse> EvaluerDossier(
    pg::Session& session, const v1::EvaluerDossierRequest& request) {
  Lecture lecture(session);
  absl::Status read = lecture.Lire({store::Read::Of<v1::Action>(request.name())});
  if (!read.ok()) return read;
  const auto* action =
      Present<v1::Action>(lecture.Trouver(store::Table::Of<v1::Action>(), request.name()));
  if (action == nullptr) return status::NotFound(request.name());
  read = lecture.Lire(FaitsALire(*action));
  if (!read.ok()) return read;
  regles::Faits faits;
  faits.action = action;
  faits.porteur =
      Present<v1::Porteur>(lecture.Trouver(store::Table::Of<v1::Porteur>(), action->porteur()));
  faits.appel = Present<v1::AppelAProjets>(
      lecture.Trouver(store::Table::Of<v1::AppelAProjets>(), action->appel()));
  faits.contrat =
      Present<contrats::v1::Contrat>(lecture.Trouver(MiroirContrat(), action->contrat()));
  faits.correspondances = lecture.Toutes<contrats::v1::Correspondance>(MiroirCorrespondance());
  for (const auto* budget : lecture.Toutes<financement::v1::Budget>(MiroirBudget()))
    faits.budget = budget;
  faits.quartiers = lecture.Toutes<contrats::v1::Qpv>(MiroirQpv());
  faits.documents = lecture.Toutes<v1::Document>(store::Table::Of<v1::Document>());
  faits.jour = request.has_jour() ? DateDe(request.jour()) : JourAParis(absl::Now());
  return regles::Evaluer(faits);
}

}  // namespace pdv::actions
