#ifndef PDV_TESTS_BENCH_CHARGE_MESURE_H_
#define PDV_TESTS_BENCH_CHARGE_MESURE_H_

#include <map>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "grpcpp/generic/generic_stub.h"
#include "grpcpp/support/byte_buffer.h"

namespace pdv::bench {

using Options = std::map<std::string, std::string>;

// "--cible=127.0.0.1:7401" -> {"cible": "127.0.0.1:7401"}.
Options ReadOptions(int argc, char** argv);

// Messages written one after the other, each behind its length (4 bytes, little endian): the
// requests are made before the clock starts, by whoever knows the protos.
std::vector<grpc::ByteBuffer> ReadRequests(const std::string& path);

// Connections of their own: two of the same process to one server would otherwise be shared.
std::vector<std::unique_ptr<grpc::GenericStub>> Connect(const std::string& address, int count);

// Value below which a share of the sorted durations lies, in microseconds.
int64_t PercentileUs(const std::vector<absl::Duration>& sorted, double share);

// CPU that this process has used so far, in seconds.
double CpuSeconds();

// The commands. Each prints one JSON object and returns the exit status.
int Echo(const Options& options);      // serves EchoService until SIGTERM
int Unary(const Options& options);     // closed loop of unary calls
int Blocking(const Options& options);  // the same by threads that wait, as ordinary programs do
int Watchers(const Options& options);  // many watchers, one writer
int Stream(const Options& options);    // one server stream, to its snapshot's end
int Import(const Options& options);    // one client stream

}  // namespace pdv::bench

#endif  // PDV_TESTS_BENCH_CHARGE_MESURE_H_
