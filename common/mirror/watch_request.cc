#include "common/mirror/watch_request.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

namespace pdv::mirror {

using google::protobuf::Message;

std::unique_ptr<Message> WatchRequest(std::string_view method, const std::string& cursor,
                                      const std::vector<std::string>& types) {
  std::string full_name(method);
  std::replace(full_name.begin(), full_name.end(), '/', '.');
  const auto* descriptor =
      google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(full_name);
  if (descriptor == nullptr) {
    std::fprintf(stderr, "méthode inconnue : %s\n", full_name.c_str());
    std::abort();
  }
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(descriptor->input_type())
                                       ->New());
  const auto* type = request->GetDescriptor();
  const auto* reflection = request->GetReflection();
  reflection->SetString(request.get(), type->FindFieldByName("curseur"), cursor);
  for (const std::string& name : types)
    reflection->AddString(request.get(), type->FindFieldByName("types"), name);
  return request;
}

}  // namespace pdv::mirror
