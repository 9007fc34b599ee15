#include "common/rpc/service_table.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "pdv/commun/options/v1/options.pb.h"

namespace pdv::rpc {
namespace {

namespace options = ::pdv::commun::options::v1;
using google::protobuf::MethodDescriptor;

// A table that does not fit its descriptor is a programmer's mistake, found at the first start.
[[noreturn]] void Die(const std::string& message) {
  std::fprintf(stderr, "pdv: %s\n", message.c_str());
  std::abort();
}

// A handler of the wrong shape would be called with the wrong reactor.
bool Fits(const MethodDescriptor& method, ServiceTable::Entry::Kind kind) {
  using Kind = ServiceTable::Entry::Kind;
  const bool stream = kind == Kind::kStream || kind == Kind::kStreamBlocking;
  return method.server_streaming() == stream &&
         method.client_streaming() == (kind == Kind::kClientStream);
}

}  // namespace

ServiceTable::ServiceTable(std::string_view service)
    : descriptor_(google::protobuf::DescriptorPool::generated_pool()->FindServiceByName(
          std::string(service))) {
  if (descriptor_ == nullptr) Die("the service " + std::string(service) + " is not linked in");
}

const MethodDescriptor* ServiceTable::Method(std::string_view method) const {
  return descriptor_->FindMethodByName(std::string(method));
}

void ServiceTable::Add(std::string_view method, Entry entry) {
  const MethodDescriptor* found = Method(method);
  const std::string name = descriptor_->full_name() + "/" + std::string(method);
  if (found == nullptr) Die("no such method: " + name);
  if (!Fits(*found, entry.kind)) Die("the handler does not stream like its method: " + name);
  if (!entries_.emplace(std::string(method), std::move(entry)).second) {
    Die("declared twice: " + name);
  }
}

void ServiceTable::Async(std::string_view method, UnaryHandler handler) {
  Entry entry{Entry::Kind::kAsync, {}, {}, {}, {}};
  entry.async = std::move(handler);
  Add(method, std::move(entry));
}

void ServiceTable::Blocking(std::string_view method, BlockingHandler handler) {
  Entry entry{Entry::Kind::kBlocking, {}, {}, {}, {}};
  entry.blocking = std::move(handler);
  Add(method, std::move(entry));
}

void ServiceTable::Stream(std::string_view method, StreamHandler handler) {
  Entry entry{Entry::Kind::kStream, {}, {}, {}, {}};
  entry.stream = std::move(handler);
  Add(method, std::move(entry));
}

void ServiceTable::StreamBlocking(std::string_view method, StreamHandler handler) {
  Entry entry{Entry::Kind::kStreamBlocking, {}, {}, {}, {}};
  entry.stream = std::move(handler);
  Add(method, std::move(entry));
}

void ServiceTable::ClientStream(std::string_view method, ClientStreamHandler handler) {
  Entry entry{Entry::Kind::kClientStream, {}, {}, {}, {}};
  entry.client_stream = std::move(handler);
  Add(method, std::move(entry));
}

absl::Status ServiceTable::Check() const {
  std::string problems;
  for (int i = 0; i < descriptor_->method_count(); ++i) {
    const MethodDescriptor* method = descriptor_->method(i);
    if (!entries_.contains(method->name())) {
      problems += "\n  " + method->full_name() + " : aucun traitement n'est déclaré";
    }
    if (method->options().GetExtension(options::method).permission().empty()) {
      problems += "\n  " + method->full_name() +
                  " : l'option (pdv.commun.options.v1.method).permission manque";
    }
  }
  if (problems.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError("le service " + descriptor_->full_name() +
                                       " ne peut pas démarrer :" + problems);
}

}  // namespace pdv::rpc
