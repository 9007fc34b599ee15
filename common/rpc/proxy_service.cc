#include "common/rpc/proxy_service.h"

#include <deque>
#include <utility>

#include "common/rpc/proxy_import.h"
#include "common/rpc/proxy_stream.h"
#include "common/rpc/proxy_unary.h"
#include "common/rpc/raw_service.h"

namespace pdv::rpc {
namespace {

using google::protobuf::MethodDescriptor;
using google::protobuf::ServiceDescriptor;

class ProxyService : public RawService {
 public:
  ProxyService(const ServiceDescriptor& service, const Proxy& proxy, Core* core) {
    for (int i = 0; i < service.method_count(); ++i) {
      const MethodDescriptor* descriptor = service.method(i);
      ProxiedMethod& method = methods_.emplace_back();
      method.channel = proxy.channel;
      method.served.core = core;
      method.served.path = "/" + service.full_name() + "/" + descriptor->name();
      method.served.descriptor = descriptor;
      method.served.options =
          descriptor->options().GetExtension(::pdv::commun::options::v1::method);
      method.served.metrics = core->metrics->AddMethod(std::string(method.served.name()));
      Register(method);
    }
  }

 private:
  void Register(const ProxiedMethod& method) {
    const ProxiedMethod* m = &method;
    if (m->served.descriptor->server_streaming()) {
      AddServerStream(m->served.path, [m](Context* context, const Bytes* request) {
        return ProxyStream::Start(*m, context, request);
      });
    } else if (m->served.descriptor->client_streaming()) {
      AddClientStream(m->served.path, [m](Context* context, Bytes* response) {
        return ProxyImport::Start(*m, context, response);
      });
    } else {
      AddUnary(m->served.path, [m](Context* context, const Bytes* request, Bytes* response) {
        return ProxyUnary::Start(*m, context, request, response);
      });
    }
  }

  std::deque<ProxiedMethod> methods_;  // addresses stay
};

}  // namespace

absl::StatusOr<std::unique_ptr<grpc::Service>> MakeProxyService(const Proxy& proxy, Core* core) {
  const ServiceDescriptor* service =
      google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(proxy.service);
  if (service == nullptr) {
    return absl::FailedPreconditionError("le service " + proxy.service + " est inconnu");
  }
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor* method = service->method(i);
    if (method->options().GetExtension(::pdv::commun::options::v1::method).permission().empty()) {
      return absl::FailedPreconditionError(
          method->full_name() + " : l'option (pdv.commun.options.v1.method).permission manque");
    }
  }
  return std::unique_ptr<grpc::Service>(std::make_unique<ProxyService>(*service, proxy, core));
}

}  // namespace pdv::rpc
