#ifndef PDV_TESTS_BENCH_CHARGE_RAW_STREAM_H_
#define PDV_TESTS_BENCH_CHARGE_RAW_STREAM_H_

#include <memory>
#include <string>

#include "google/protobuf/message.h"
#include "grpcpp/generic/generic_stub.h"
#include "tests/bench/charge/mesure.h"

namespace pdv::bench {

bool Parse(grpc::ByteBuffer* bytes, google::protobuf::Message* message);

// A stream of bytes in both directions, one blocking step at a time, of any streaming method.
// One thread uses it; any thread may cancel.
class RawStream {
 public:
  RawStream(grpc::GenericStub& stub, const std::string& method);
  ~RawStream();
  bool Write(const grpc::ByteBuffer& message);
  void WritesDone();
  bool Read(grpc::ByteBuffer* message);
  void Cancel() { context_.TryCancel(); }
  grpc::Status Finish();

 private:
  bool Step();  // waits for the one operation under way
  grpc::ClientContext context_;
  grpc::CompletionQueue queue_;
  std::unique_ptr<grpc::GenericClientAsyncReaderWriter> stream_;
};

}  // namespace pdv::bench

#endif  // PDV_TESTS_BENCH_CHARGE_RAW_STREAM_H_
