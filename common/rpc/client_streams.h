#ifndef PDV_COMMON_RPC_CLIENT_STREAMS_H_
#define PDV_COMMON_RPC_CLIENT_STREAMS_H_

#include <memory>
#include <string>

#include "common/rpc/client.h"
#include "grpcpp/channel.h"
#include "grpcpp/client_context.h"

namespace pdv::rpc {

// Deadline, metadata and patience of a call; `otherwise`: how long it has when nobody said.
// INVALID_ARGUMENT for metadata that cannot travel.
absl::Status Prepare(const CallOptions& options, absl::Duration otherwise,
                     grpc::ClientContext* context);
// Trailing metadata of a call that is over.
Metadata MetadataOf(const grpc::ClientContext& context);

std::shared_ptr<StreamReader> OpenReader(std::shared_ptr<grpc::Channel> channel,
                                         const std::string& path,
                                         const google::protobuf::Message& request,
                                         const CallOptions& options);
std::shared_ptr<StreamWriter> OpenWriter(std::shared_ptr<grpc::Channel> channel,
                                         const std::string& path, const CallOptions& options);

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_CLIENT_STREAMS_H_
