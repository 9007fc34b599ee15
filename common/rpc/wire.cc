#include "common/rpc/wire.h"

#include "grpcpp/impl/codegen/config_protobuf.h"
#include "grpcpp/support/proto_buffer_reader.h"
#include "grpcpp/support/proto_buffer_writer.h"

namespace pdv::rpc {

bool Parse(grpc::ByteBuffer* bytes, google::protobuf::Message* message) {
  grpc::ProtoBufferReader reader(bytes);
  return reader.status().ok() && message->ParseFromZeroCopyStream(&reader);
}

bool Serialize(const google::protobuf::Message& message, grpc::ByteBuffer* bytes) {
  const size_t size = message.ByteSizeLong();
  if (size > INT_MAX) return false;
  // One slice that holds all of it: the length is known, and cached in the message.
  grpc::Slice slice(size);
  auto* start = const_cast<uint8_t*>(slice.begin());
  message.SerializeWithCachedSizesToArray(start);
  grpc::ByteBuffer whole(&slice, 1);
  bytes->Swap(&whole);
  return true;
}

}  // namespace pdv::rpc
