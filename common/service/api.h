#ifndef PDV_COMMON_SERVICE_API_H_
#define PDV_COMMON_SERVICE_API_H_

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "common/pg/session.h"
#include "common/rpc/service_table.h"
#include "common/store/mutation.h"
#include "common/store/store.h"

namespace pdv::watch {
class Feed;
}

namespace pdv::service {

// What the standard methods of a resource ask of the domain. All may be null.
struct ResourceHooks {
  // More rows that the check must see, beyond the row itself and every row that a field with the
  // option `reference` names (those are read and checked to exist by the mechanism).
  std::function<std::vector<store::Read>(const google::protobuf::Message& resource)> reads;
  // More rows, named by those that were read first: the row as it is stored, which an update may
  // not repeat, or its parent. One more round trip where there are any.
  std::function<std::vector<store::Read>(const google::protobuf::Message& resource,
                                         const store::Changes& changes)>
      follow = nullptr;
  // The rules of creation (`before` is null) and update, on the row as it will be stored. May
  // amend `after` (computed fields) and record further rows. Pure.
  std::function<absl::Status(const google::protobuf::Message* before,
                             google::protobuf::Message* after, store::Changes& changes)>
      check;
};

class ResourceMethods;

// A read that may be asked too early, and whose answer is then UNAVAILABLE with `raison`: it is
// asked again for at most `duree`, and holds no session meanwhile. `attentes` callers of a method
// may wait so; one more is told to come back at once, for the threads are counted too.
struct Patience {
  std::string_view raison = {};
  absl::Duration duree = absl::Seconds(5);
  int attentes = 4;
};

// Declares a service's methods, a line each. Methods are found in the service's descriptor.
class Api {
 public:
  Api(rpc::ServiceTable* table, store::Store* store, watch::Feed* feed)
      : table_(table), store_(store), feed_(feed) {}

  // The standard methods that the descriptor has for T: Get, List, BatchGet, Create, Update,
  // Delete (soft), BatchCreate, Importer (client stream).
  template <class T>
  void Resource() {
    ResourceOf(T::descriptor(), {});
  }
  // With domain rules: `check(const T* before, T& after, store::Changes&) -> absl::Status`.
  template <class T, class Check>
  void Resource(Check check,
                std::function<std::vector<store::Read>(const T&)> reads = nullptr,
                std::function<std::vector<store::Read>(const T&, const store::Changes&)> follow =
                    nullptr) {
    ResourceHooks hooks;
    hooks.check = [check](const google::protobuf::Message* before,
                          google::protobuf::Message* after, store::Changes& changes) {
      return check(static_cast<const T*>(before), static_cast<T&>(*after), changes);
    };
    if (reads) {
      hooks.reads = [reads](const google::protobuf::Message& resource) {
        return reads(static_cast<const T&>(resource));
      };
    }
    if (follow) {
      hooks.follow = [follow](const google::protobuf::Message& resource,
                              const store::Changes& changes) {
        return follow(static_cast<const T&>(resource), changes);
      };
    }
    ResourceOf(T::descriptor(), std::move(hooks));
  }

  // A use case that changes state: `fn(const Req&) -> store::Mutation`.
  template <class Req, class Fn>
  void Mutation(std::string_view method, Fn fn) {
    MutationOf(method, [fn](const google::protobuf::Message& request) {
      return fn(static_cast<const Req&>(request));
    });
  }

  // A read: `fn(pg::Session&, const Req&) -> absl::StatusOr<Resp>`, one statement or a pipeline,
  // on a session of the pool.
  template <class Req, class Resp, class Fn>
  void Query(std::string_view method, Fn fn, Patience patience = {}) {
    QueryOf(
        method,
        [fn](pg::Session& session, const google::protobuf::Message& request)
            -> absl::StatusOr<rpc::MessagePtr> {
          absl::StatusOr<Resp> answer = fn(session, static_cast<const Req&>(request));
          if (!answer.ok()) return answer.status();
          return std::make_shared<const Resp>(*std::move(answer));
        },
        patience);
  }

  // The feed of the service's journal: the stream and its paged twin.
  void Watch(std::string_view stream_method, std::string_view list_method);

  rpc::ServiceTable& table() { return *table_; }
  store::Store& store() { return *store_; }

 private:
  void ResourceOf(const google::protobuf::Descriptor* type, ResourceHooks hooks);
  void BatchGet(std::shared_ptr<ResourceMethods> methods,
                const google::protobuf::MethodDescriptor* method);
  void MutationOf(std::string_view method,
                  std::function<store::Mutation(const google::protobuf::Message&)> fn);
  void QueryOf(std::string_view method,
               std::function<absl::StatusOr<rpc::MessagePtr>(pg::Session&,
                                                             const google::protobuf::Message&)>
                   fn,
               Patience patience);
  rpc::ServiceTable* table_;
  store::Store* store_;
  watch::Feed* feed_;
};

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_API_H_
