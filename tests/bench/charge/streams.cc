// One stream each way: the whole state of a service (its Watch from "-"), and an import.
#include <iostream>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "pdv/commun/type/v1/evenement.pb.h"
#include "pdv/commun/type/v1/importation.pb.h"
#include "tests/bench/charge/raw_stream.h"

namespace pdv::bench {

int Stream(const Options& options) {
  auto stubs = Connect(options.at("cible"), 1);
  std::vector<grpc::ByteBuffer> requests = ReadRequests(options.at("requetes"));
  const auto wanted = std::stoll(options.at("lignes"));
  const double cpu = CpuSeconds();
  const absl::Time start = absl::Now();
  RawStream stream(*stubs[0], options.at("methode"));
  stream.Write(requests[0]);
  stream.WritesDone();
  int64_t rows = 0, bytes = 0;
  grpc::ByteBuffer message;
  while (rows < wanted && stream.Read(&message)) {
    bytes += static_cast<int64_t>(message.Length());
    commun::type::v1::LotEvenements lot;
    if (!Parse(&message, &lot)) return 1;
    rows += lot.evenements_size();
  }
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  stream.Cancel();
  stream.Finish();
  absl::PrintF("{\"appels\": %d, \"octets\": %d, \"secondes\": %.6f, \"cpu_client\": %.6f}\n", rows,
               bytes, seconds, CpuSeconds() - cpu);
  return rows >= wanted ? 0 : 1;
}

int Import(const Options& options) {
  auto stubs = Connect(options.at("cible"), 1);
  const std::vector<grpc::ByteBuffer> requests = ReadRequests(options.at("requetes"));
  const double cpu = CpuSeconds();
  const absl::Time start = absl::Now();
  RawStream stream(*stubs[0], options.at("methode"));
  for (const grpc::ByteBuffer& request : requests) {
    if (!stream.Write(request)) break;
  }
  stream.WritesDone();
  grpc::ByteBuffer answer;
  const bool answered = stream.Read(&answer);
  const grpc::Status status = stream.Finish();
  const double seconds = absl::ToDoubleSeconds(absl::Now() - start);
  commun::type::v1::RapportImport report;
  if (!status.ok() || !answered || !Parse(&answer, &report)) {
    std::cerr << "import refusé : " << status.error_message() << "\n";
    return 1;
  }
  if (report.rejetes() > 0) {
    std::cerr << report.rejetes() << " rejets, le premier : " << report.constats(0).message()
              << "\n";
    return 1;
  }
  absl::PrintF("{\"appels\": %d, \"crees\": %d, \"secondes\": %.6f, \"cpu_client\": %.6f}\n",
               report.lus(), report.crees(), seconds, CpuSeconds() - cpu);
  return 0;
}

}  // namespace pdv::bench
