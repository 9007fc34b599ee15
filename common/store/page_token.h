#ifndef PDV_COMMON_STORE_PAGE_TOKEN_H_
#define PDV_COMMON_STORE_PAGE_TOKEN_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace pdv::store {

// A page token: the sort values of the last row of a page, bound to the question (`scope`: parent,
// filter, order…) and authenticated with HMAC-SHA-256, so that nobody can forge one or use it for
// another question. Opaque, URL-safe. `key` is the service's (table cle_jeton).
std::string SealToken(std::string_view key, std::string_view scope,
                      const std::vector<std::string>& values);
// INVALID_ARGUMENT (JETON_INVALIDE) when it was not made by SealToken for this key and scope.
absl::StatusOr<std::vector<std::string>> OpenToken(std::string_view key, std::string_view scope,
                                                   std::string_view token);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_PAGE_TOKEN_H_
