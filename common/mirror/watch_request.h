#ifndef PDV_COMMON_MIRROR_WATCH_REQUEST_H_
#define PDV_COMMON_MIRROR_WATCH_REQUEST_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "google/protobuf/message.h"

namespace pdv::mirror {

// The request of a service's Watch method ("pdv.contrats.v1.ContratsService/WatchContrats"), by its
// descriptor: every Watch request has the fields `curseur` and `types`. Dies on a method that is not
// linked in: a programmer's mistake.
std::unique_ptr<google::protobuf::Message> WatchRequest(std::string_view method,
                                                        const std::string& cursor,
                                                        const std::vector<std::string>& types);

}  // namespace pdv::mirror

#endif  // PDV_COMMON_MIRROR_WATCH_REQUEST_H_
