#ifndef PDV_COMMON_RPC_WIRE_H_
#define PDV_COMMON_RPC_WIRE_H_

#include "google/protobuf/message.h"
#include "grpcpp/support/byte_buffer.h"

namespace pdv::rpc {

// Bytes of the network <-> messages, without an intermediate copy. Both may be called from any
// thread. False where the bytes are not a valid message of that type (or cannot be written).
bool Parse(grpc::ByteBuffer* bytes, google::protobuf::Message* message);
bool Serialize(const google::protobuf::Message& message, grpc::ByteBuffer* bytes);

}  // namespace pdv::rpc

#endif  // PDV_COMMON_RPC_WIRE_H_
