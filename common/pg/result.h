#ifndef PDV_COMMON_PG_RESULT_H_
#define PDV_COMMON_PG_RESULT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct pg_result;

namespace pdv::pg {

// Rows of one statement, in text format. Cheap to copy (shared), immutable, thread-safe to read.
// string_views live as long as any copy of the Result.
class Result {
 public:
  Result() = default;
  explicit Result(pg_result* raw);  // takes ownership

  int rows() const;
  int columns() const;
  int Column(std::string_view name) const;  // -1 when absent
  bool IsNull(int row, int column) const;
  std::string_view Text(int row, int column) const;  // "" when null
  int64_t Int64(int row, int column) const;          // 0 when null
  bool Bool(int row, int column) const;
  std::string Bytes(int row, int column) const;  // decodes bytea hex
  int64_t affected() const;                      // rows inserted, updated, deleted

 private:
  std::shared_ptr<pg_result> raw_;
};

}  // namespace pdv::pg

#endif  // PDV_COMMON_PG_RESULT_H_
