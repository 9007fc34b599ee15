#ifndef PDV_COMMON_STATUS_ROLES_H_
#define PDV_COMMON_STATUS_ROLES_H_

#include <span>
#include <string>
#include <string_view>

namespace pdv::status {

// What a refusal asks for: "le rôle prefet", "l'un des rôles redacteur, signataire ou prefet".
// Empty names are passed over.
std::string UnDesRoles(std::span<const std::string_view> roles);

}  // namespace pdv::status

#endif  // PDV_COMMON_STATUS_ROLES_H_
