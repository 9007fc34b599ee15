// The raw limit: a server of generated code and the callback API, which answers a constant.
#include <csignal>
#include <iostream>

#include "grpcpp/server_builder.h"
#include "tests/bench/charge/echo.grpc.pb.h"
#include "tests/bench/charge/mesure.h"

namespace pdv::bench {
namespace {

class ConstantEcho : public pdv::bench::EchoService::CallbackService {
 public:
  explicit ConstantEcho(size_t bytes) : content_(bytes, 'x') {}

 private:
  grpc::ServerUnaryReactor* Echo(grpc::CallbackServerContext* context, const Demande*,
                                 Reponse* response) override {
    response->set_contenu(content_);
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }
  const std::string content_;
};

}  // namespace

int Echo(const Options& options) {
  ConstantEcho service(std::stoul(options.at("octets")));
  grpc::ServerBuilder builder;
  builder.AddListeningPort(options.at("ecoute"), grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  std::unique_ptr<grpc::Server> server = builder.BuildAndStart();
  if (server == nullptr) {
    std::cerr << options.at("ecoute") << " n'est pas libre\n";
    return 1;
  }
  server->Wait();  // until SIGTERM ends the process
  return 0;
}

}  // namespace pdv::bench
