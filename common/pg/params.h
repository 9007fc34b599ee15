#ifndef PDV_COMMON_PG_PARAMS_H_
#define PDV_COMMON_PG_PARAMS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pdv::pg {

// Parameters of a statement, in order ($1 is the first). Owns its bytes.
class Params {
 public:
  Params& Text(std::string_view value);
  Params& OptText(const std::optional<std::string>& value);
  Params& Int64(int64_t value);
  Params& Bool(bool value);
  Params& Bytes(std::string_view value);  // bytea
  Params& Null();
  // text[] in binary form: no escaping, NULL elements allowed. In SQL, name the type: $1::text[].
  Params& TextArray(const std::vector<std::string>& values);
  Params& OptTextArray(const std::vector<std::optional<std::string>>& values);
  // bigint[] in binary form: $1::bigint[].
  Params& Int64Array(const std::vector<int64_t>& values);
  // bytea[] in binary form: $1::bytea[].
  Params& BytesArray(const std::vector<std::string>& values);

  struct Value {
    bool null = false;
    bool binary = false;
    uint32_t oid = 0;  // 0: inferred
    std::string bytes;
  };
  const std::vector<Value>& values() const { return values_; }

 private:
  std::vector<Value> values_;
};

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_PARAMS_H_
