#include "common/service/api.h"

#include <algorithm>
#include <atomic>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/pg/error.h"
#include "common/service/resource.h"
#include "common/status/error.h"
#include "common/store/list.h"
#include "common/watch/feed.h"
#include "pdv/commun/type/v1/evenement.pb.h"

namespace pdv::service {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::MethodDescriptor;
using google::protobuf::Reflection;

// Between two looks of a read that was asked too early.
constexpr absl::Duration kPause = absl::Milliseconds(10);

std::vector<std::string> Strings(const Message& message, const char* name) {
  std::vector<std::string> values;
  const FieldDescriptor* field = message.GetDescriptor()->FindFieldByName(name);
  if (field == nullptr) return values;
  for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i)
    values.push_back(message.GetReflection()->GetRepeatedString(message, field, i));
  return values;
}

// Runs `read` on a session of the pool; a lost connection is tried again on a fresh one, for as long as
// somebody waits for the answer.
template <class Read>
absl::StatusOr<rpc::MessagePtr> WithSession(store::Store& store, const rpc::Call& call,
                                            const Read& read) {
  absl::StatusOr<rpc::MessagePtr> answer = absl::UnknownError("no attempt");
  for (int attempt = 0; attempt < 3; ++attempt) {
    absl::StatusOr<pg::Pool::Lease> session = store.pool().Acquire(call.deadline);
    if (!session.ok()) return pg::ToPublic(session.status());
    answer = read(**session);
    if (answer.ok() || !pg::IsRetryable(answer.status())) break;
    if (call.cancelled() || absl::Now() >= call.deadline) break;
  }
  if (!answer.ok()) return pg::ToPublic(answer.status());
  return answer;
}

}  // namespace

void Api::ResourceOf(const Descriptor* type, ResourceHooks hooks) {
  auto methods = std::make_shared<ResourceMethods>(store_, type, std::move(hooks));
  store_->Register(methods->table());
  store::Store* store = store_;
  const std::string& noun = type->name();
  auto mutate = [this, store](const MethodDescriptor* method, auto make) {
    table_->Async(method->name(), [store, make](rpc::CallPtr call, rpc::MessagePtr request,
                                                rpc::Reply reply) {
      store->Mutate(std::move(call), request, make(request), std::move(reply));
    });
  };
  for (int i = 0; i < table_->descriptor()->method_count(); ++i) {
    const MethodDescriptor* method = table_->descriptor()->method(i);
    const std::string& verb = method->name();
    const bool lists = methods->FieldIn(method->output_type()) != nullptr;
    // A Get that asks for more than a name is a query that the service declares.
    if (verb == "Get" + noun && method->input_type()->field_count() == 1) {
      table_->Async(verb, [store, methods](rpc::CallPtr call, rpc::MessagePtr request,
                                           rpc::Reply reply) {
        store->reader().Get(methods->table(), store::GetString(*request, "name"), std::move(call),
                            std::move(reply));
      });
    } else if (absl::StartsWith(verb, "List") && lists &&
               method->input_type()->FindFieldByName("read_time") == nullptr) {
      // A list as of an instant is a query that the service declares.
      table_->Blocking(verb, [store, methods, method](rpc::CallPtr call, rpc::MessagePtr request) {
        return WithSession(*store, *call, [&](pg::Session& session) {
          auto rows = store::ListRows(session, methods->table(), *request, method->output_type(),
                                      store->token_key());
          return rows.ok() ? absl::StatusOr<rpc::MessagePtr>(*rows) : rows.status();
        });
      });
    } else if (absl::StartsWith(verb, "BatchGet") && lists) {
      BatchGet(methods, method);
    } else if (verb == "Create" + noun) {
      mutate(method, [methods](rpc::MessagePtr request) { return methods->Create(request); });
    } else if (verb == "Update" + noun) {
      mutate(method, [methods](rpc::MessagePtr request) { return methods->Update(request); });
    } else if (verb == "Delete" + noun) {
      mutate(method, [methods](rpc::MessagePtr request) { return methods->Delete(request); });
    } else if (absl::StartsWith(verb, "BatchCreate") && lists) {
      mutate(method, [methods, method](rpc::MessagePtr request) {
        return methods->BatchCreate(request, method->output_type());
      });
    } else if (absl::StartsWith(verb, "Importer") &&
               methods->FieldIn(method->input_type()) != nullptr) {
      table_->ClientStream(verb, [methods](rpc::CallPtr call, rpc::StreamSource& source) {
        return methods->Import(std::move(call), source);
      });
    }
  }
}

void Api::BatchGet(std::shared_ptr<ResourceMethods> methods, const MethodDescriptor* method) {
  store::Store* store = store_;
  table_->Blocking(method->name(), [store, methods, method](
                                       rpc::CallPtr call,
                                       rpc::MessagePtr request) -> absl::StatusOr<rpc::MessagePtr> {
    const std::vector<std::string> names = Strings(*request, "names");
    return WithSession(
        *store, *call, [&](pg::Session& session) -> absl::StatusOr<rpc::MessagePtr> {
          auto rows = store::RowsByName(session, methods->table(), names);
          if (!rows.ok()) return rows.status();
          std::shared_ptr<Message> answer(google::protobuf::MessageFactory::generated_factory()
                                              ->GetPrototype(method->output_type())
                                              ->New());
          const FieldDescriptor* field = methods->FieldIn(method->output_type());
          for (const std::string& name : names) {  // in the order asked (AIP-231)
            auto row = rows->find(name);
            if (row == rows->end()) return store::Changes::Missing(name);
            answer->GetReflection()->AddMessage(answer.get(), field)->MergeFrom(*row->second);
          }
          return rpc::MessagePtr(answer);
        });
  });
}

void Api::MutationOf(std::string_view method,
                     std::function<store::Mutation(const Message&)> fn) {
  store::Store* store = store_;
  table_->Async(method,
                [store, fn](rpc::CallPtr call, rpc::MessagePtr request, rpc::Reply reply) {
                  store->Mutate(std::move(call), request, fn(*request), std::move(reply));
                });
}

void Api::QueryOf(std::string_view method,
                  std::function<absl::StatusOr<rpc::MessagePtr>(pg::Session&, const Message&)> fn,
                  Patience patience) {
  store::Store* store = store_;
  auto waiting = std::make_shared<std::atomic<int>>(0);
  table_->Blocking(method, [store, fn, patience, waiting](rpc::CallPtr call,
                                                          rpc::MessagePtr request) {
    auto ask = [&] {
      return WithSession(*store, *call,
                         [&](pg::Session& session) { return fn(session, *request); });
    };
    absl::StatusOr<rpc::MessagePtr> answer = ask();
    const auto early = [&] {
      return !answer.ok() && !patience.raison.empty() &&
             status::ReasonOf(answer.status()) == patience.raison;
    };
    if (!early()) return answer;
    const absl::Time limit = std::min(call->deadline, absl::Now() + patience.duree);
    if (waiting->fetch_add(1) < patience.attentes) {
      while (early() && absl::Now() < limit && !call->cancelled()) {
        absl::SleepFor(kPause);
        answer = ask();
      }
    }
    waiting->fetch_sub(1);
    return answer;
  });
}

void Api::Watch(std::string_view stream_method, std::string_view list_method) {
  watch::Feed* feed = feed_;
  table_->Stream(stream_method,
                 [feed](rpc::CallPtr, rpc::MessagePtr request, rpc::StreamSinkPtr sink) {
                   feed->Subscribe(store::GetString(*request, "curseur"),
                                   Strings(*request, "types"), std::move(sink));
                 });
  store::Store* store = store_;
  table_->Blocking(list_method, [store](rpc::CallPtr call,
                                        rpc::MessagePtr request) {
    return WithSession(
        *store, *call, [&](pg::Session& session) -> absl::StatusOr<rpc::MessagePtr> {
          watch::Cursor cursor;
          const std::string token = store::GetString(*request, "page_token");
          if (!token.empty()) {
            absl::StatusOr<watch::Cursor> given = watch::Cursor::Parse(token);
            if (!given.ok()) return given.status();
            cursor = *given;
          }
          const auto* size = request->GetDescriptor()->FindFieldByName("page_size");
          const int asked = request->GetReflection()->GetInt32(*request, size);
          const int limit = asked <= 0 ? 50 : std::min(asked, 1000);
          auto page =
              watch::ReadJournal(session, cursor.place, Strings(*request, "types"), limit);
          if (!page.ok()) return page.status();
          auto answer = std::make_shared<commun::type::v1::PageEvenements>();
          for (watch::Entry& entry : page->entries)
            *answer->add_evenements() = std::move(entry.event);
          if (page->more)
            answer->set_next_page_token(watch::Cursor{page->next, false, ""}.ToText());
          return rpc::MessagePtr(answer);
        });
  });
}

}  // namespace pdv::service
