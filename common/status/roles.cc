#include "common/status/roles.h"

#include <vector>

namespace pdv::status {

std::string UnDesRoles(std::span<const std::string_view> roles) {
  std::vector<std::string_view> named;
  for (const std::string_view role : roles)
    if (!role.empty()) named.push_back(role);
  std::string said = named.size() > 1 ? "l'un des rôles " : "le rôle ";
  for (size_t i = 0; i < named.size(); ++i) {
    if (i > 0) said += i + 1 == named.size() ? " ou " : ", ";
    said += named[i];
  }
  return said;
}

}  // namespace pdv::status
