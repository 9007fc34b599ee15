#ifndef PDV_COMMON_TYPES_SHA256_H_
#define PDV_COMMON_TYPES_SHA256_H_

#include <memory>
#include <string>
#include <string_view>

struct evp_md_ctx_st;

namespace pdv::types {

// SHA-256 (FIPS 180-4) of bytes that come part by part. One thread at a time.
class Sha256 {
 public:
  Sha256();
  void Add(std::string_view bytes);
  // 64 lower-case hexadecimal digits. Once, after the last Add.
  std::string Hex();

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

// The same, of bytes that are all there. Pure.
std::string Sha256Hex(std::string_view bytes);

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_SHA256_H_
