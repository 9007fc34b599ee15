#include "common/store/page_token.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <cstdint>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "common/status/error.h"

namespace pdv::store {
namespace {

constexpr size_t kTagBytes = 16;

void AppendPart(std::string* out, std::string_view part) {
  const auto size = static_cast<uint32_t>(part.size());
  for (int shift = 24; shift >= 0; shift -= 8) out->push_back(static_cast<char>(size >> shift));
  out->append(part);
}

std::string Tag(std::string_view key, std::string_view scope, std::string_view body) {
  std::string input;
  AppendPart(&input, scope);
  AppendPart(&input, body);
  unsigned char digest[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(input.data()), input.size(), digest, &size);
  return std::string(reinterpret_cast<char*>(digest), kTagBytes);
}

absl::Status Invalid() {
  return status::InvalidRequest(
      {{"page_token", "JETON_INVALIDE",
        "Ce jeton de page n'est pas celui de cette liste : reprenez à la première page."}});
}

}  // namespace

std::string SealToken(std::string_view key, std::string_view scope,
                      const std::vector<std::string>& values) {
  std::string body;
  for (const std::string& value : values) AppendPart(&body, value);
  return absl::WebSafeBase64Escape(absl::StrCat(Tag(key, scope, body), body));
}

absl::StatusOr<std::vector<std::string>> OpenToken(std::string_view key, std::string_view scope,
                                                   std::string_view token) {
  std::string raw;
  if (!absl::WebSafeBase64Unescape(absl::string_view(token.data(), token.size()), &raw) ||
      raw.size() < kTagBytes)
    return Invalid();
  const std::string body = raw.substr(kTagBytes);
  if (CRYPTO_memcmp(Tag(key, scope, body).data(), raw.data(), kTagBytes) != 0) return Invalid();
  std::vector<std::string> values;
  size_t at = 0;
  while (at + 4 <= body.size()) {
    uint32_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(body[at++]);
    if (size > body.size() - at) return Invalid();
    values.push_back(body.substr(at, size));
    at += size;
  }
  return values;
}

}  // namespace pdv::store
