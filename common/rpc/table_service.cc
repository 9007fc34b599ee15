#include "common/rpc/table_service.h"

#include <utility>

#include "common/rpc/import_call.h"
#include "common/rpc/stream_call.h"
#include "common/rpc/unary_call.h"

namespace pdv::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::MessageFactory;
using google::protobuf::MethodDescriptor;

const FieldDescriptor* RequestIdOf(const MethodDescriptor& method) {
  const FieldDescriptor* field = method.input_type()->FindFieldByName("request_id");
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->cpp_type() == FieldDescriptor::CPPTYPE_STRING;
  return text && !method.client_streaming() ? field : nullptr;
}

}  // namespace

TableService::TableService(ServiceTable table, Core* core) : table_(std::move(table)) {
  const google::protobuf::ServiceDescriptor* service = table_.descriptor();
  for (int i = 0; i < service->method_count(); ++i) {
    const MethodDescriptor* descriptor = service->method(i);
    ServedMethod& method = methods_.emplace_back();
    method.core = core;
    method.path = "/" + service->full_name() + "/" + descriptor->name();
    method.descriptor = descriptor;
    method.entry = &table_.entries().find(descriptor->name())->second;
    method.request = MessageFactory::generated_factory()->GetPrototype(descriptor->input_type());
    method.options = descriptor->options().GetExtension(::pdv::commun::options::v1::method);
    method.request_id = RequestIdOf(*descriptor);
    method.metrics = core->metrics->AddMethod(std::string(method.name()));
    Register(method);
  }
}

void TableService::Register(const ServedMethod& method) {
  const ServedMethod* m = &method;
  if (m->descriptor->server_streaming()) {
    AddServerStream(m->path, [m](Context* context, const Bytes* request) {
      return StreamCall::Start(*m, context, request);
    });
  } else if (m->descriptor->client_streaming()) {
    AddClientStream(m->path, [m](Context* context, Bytes* response) {
      return ImportCall::Start(*m, context, response);
    });
  } else {
    AddUnary(m->path, [m](Context* context, const Bytes* request, Bytes* response) {
      return UnaryCall::Start(*m, context, request, response);
    });
  }
}

}  // namespace pdv::rpc
