#ifndef PDV_COMMON_STORE_LIST_H_
#define PDV_COMMON_STORE_LIST_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/pg/session.h"
#include "common/store/table.h"
#include "google/protobuf/message.h"

namespace pdv::store {

// Answers a standard List request (fields by name: parent, page_size, page_token, filter, order_by,
// show_deleted) with a message of type `response` (the rows in its only repeated field of the
// resource's type, and next_page_token). Keyset paging: the cost of a page does not grow with its
// rank, and rows inserted meanwhile neither repeat nor hide others. Default 50 rows, at most 1 000
// (a larger page_size is brought down, AIP-158). One statement.
absl::StatusOr<std::shared_ptr<google::protobuf::Message>> ListRows(
    pg::Session& session, const Table& table, const google::protobuf::Message& request,
    const google::protobuf::Descriptor* response, std::string_view token_key);

// Rows by name, those that exist; one statement.
absl::StatusOr<std::map<std::string, std::shared_ptr<google::protobuf::Message>>> RowsByName(
    pg::Session& session, const Table& table, const std::vector<std::string>& names);

}  // namespace pdv::store

#endif  // PDV_COMMON_STORE_LIST_H_
