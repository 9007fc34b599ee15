#ifndef PDV_COMMON_SERVICE_RESOURCE_H_
#define PDV_COMMON_SERVICE_RESOURCE_H_

#include <memory>
#include <string>
#include <vector>

#include "common/service/api.h"

namespace pdv::service {

// The standard methods of one resource, by reflection: create, update by mask, soft delete, batch
// create, streamed import. Immutable, thread-safe; shared by the handlers.
class ResourceMethods : public std::enable_shared_from_this<ResourceMethods> {
 public:
  ResourceMethods(store::Store* store, const google::protobuf::Descriptor* type,
                  ResourceHooks hooks);

  store::Mutation Create(rpc::MessagePtr request) const;
  store::Mutation BatchCreate(rpc::MessagePtr request,
                              const google::protobuf::Descriptor* response) const;
  store::Mutation Update(rpc::MessagePtr request) const;
  store::Mutation Delete(rpc::MessagePtr request) const;
  // Reads the stream to its end; each message is one transaction, each element stands for itself.
  absl::StatusOr<rpc::MessagePtr> Import(rpc::CallPtr call, rpc::StreamSource& source) const;

  const store::Table& table() const { return table_; }
  // The only field of the message (or repeated field) whose type is the resource; nullptr if none.
  const google::protobuf::FieldDescriptor* FieldIn(
      const google::protobuf::Descriptor* message) const;

 private:
  using Row = std::shared_ptr<google::protobuf::Message>;
  using ConstRow = std::shared_ptr<const google::protobuf::Message>;
  // The resource of a create request, named, without what only the server sets.
  absl::StatusOr<Row> Named(const google::protobuf::Message& create_request) const;
  std::vector<store::Read> ReadsFor(const google::protobuf::Message& resource) const;
  // Reads the rows that those of the first round name, where the hooks ask for some.
  void Follow(std::vector<ConstRow> resources, store::Mutation* mutation) const;
  absl::Status InsertChecked(google::protobuf::Message* row, store::Changes& changes) const;
  absl::Status UpdateChecked(const google::protobuf::Message& before,
                             google::protobuf::Message* after, store::Changes& changes) const;
  absl::StatusOr<Row> Merged(const google::protobuf::Message& before,
                             const google::protobuf::Message& request) const;
  store::Mutation ImportChunk(rpc::MessagePtr chunk, int64_t first) const;
  absl::Status ImportOne(const google::protobuf::Message& element, store::Changes& changes,
                         int* outcome) const;

  store::Store* store_;
  const store::Table& table_;
  std::string parent_pattern_;  // "" for a top-level resource
  ResourceHooks hooks_;
};

}  // namespace pdv::service

#endif  // PDV_COMMON_SERVICE_RESOURCE_H_
