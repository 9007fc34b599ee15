#include "tests/bench/charge/raw_stream.h"

#include "grpcpp/impl/codegen/proto_utils.h"

namespace pdv::bench {

bool Parse(grpc::ByteBuffer* bytes, google::protobuf::Message* message) {
  grpc::ProtoBufferReader reader(bytes);
  return message->ParseFromZeroCopyStream(&reader);
}

RawStream::RawStream(grpc::GenericStub& stub, const std::string& method)
    : stream_(stub.PrepareCall(&context_, method, &queue_)) {
  stream_->StartCall(this);
  Step();
}

RawStream::~RawStream() {
  queue_.Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue_.Next(&tag, &ok)) {
  }
}

bool RawStream::Step() {
  void* tag = nullptr;
  bool ok = false;
  return queue_.Next(&tag, &ok) && ok;
}

bool RawStream::Write(const grpc::ByteBuffer& message) {
  stream_->Write(message, this);
  return Step();
}

void RawStream::WritesDone() {
  stream_->WritesDone(this);
  Step();
}

bool RawStream::Read(grpc::ByteBuffer* message) {
  stream_->Read(message, this);
  return Step();
}

grpc::Status RawStream::Finish() {
  grpc::Status status;
  stream_->Finish(&status, this);
  Step();
  return status;
}

}  // namespace pdv::bench
