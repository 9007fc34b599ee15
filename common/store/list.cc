#include "common/store/list.h"

#include <algorithm>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "common/status/error.h"
#include "common/store/filter.h"
#include "common/store/page_token.h"
#include "common/store/sql_text.h"

namespace pdv::store {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

constexpr int kDefaultPage = 50;
constexpr int kLargestPage = 1000;

struct Order {
  const Column* column;
  bool descending;
  // NULL sorts as the smallest value, so that a row comparison never meets a NULL.
  std::string Expression() const {
    if (column->name == "name") return column->name;  // never NULL: the primary key serves the order
    switch (column->kind) {
      case Kind::kText:
      case Kind::kEnum:
        return absl::StrCat("coalesce(", column->name, ", '')");
      case Kind::kDate:
      case Kind::kTimestamp:
        return absl::StrCat("coalesce(", column->name, ", '-infinity')");
      case Kind::kInt64:
        return absl::StrCat("coalesce(", column->name, ", -9223372036854775808)");
      default:
        return column->name;
    }
  }
};

absl::StatusOr<std::vector<Order>> ParseOrder(const Table& table, std::string_view order_by) {
  std::vector<Order> orders;
  auto refuse = [](std::string text) {
    return status::InvalidRequest({{"order_by", "TRI_INVALIDE", std::move(text)}});
  };
  for (absl::string_view part : absl::StrSplit(
           absl::string_view(order_by.data(), order_by.size()), ',', absl::SkipWhitespace())) {
    std::vector<std::string> words =
        absl::StrSplit(absl::StripAsciiWhitespace(part), ' ', absl::SkipEmpty());
    const Column* column = table.Find(words[0]);
    const bool sortable = column != nullptr &&
                          (column->kind == Kind::kText || column->kind == Kind::kEnum ||
                           column->kind == Kind::kInt64 || column->kind == Kind::kDate ||
                           column->kind == Kind::kTimestamp);
    if (!sortable)
      return refuse(absl::StrCat("« ", words[0], " » n'est pas un champ que l'on peut trier."));
    if (words.size() > 2 || (words.size() == 2 && words[1] != "asc" && words[1] != "desc"))
      return refuse("Chaque champ du tri est suivi de « asc » ou « desc », ou de rien.");
    orders.push_back({column, words.size() == 2 && words[1] == "desc"});
  }
  if (orders.size() > 4) return refuse("Le tri compte plus de 4 champs.");
  const bool by_name = std::any_of(orders.begin(), orders.end(),
                                   [](const Order& o) { return o.column->name == "name"; });
  if (!by_name) orders.push_back({table.Find("name"), false});
  return orders;
}

// (a > x) OR (a = x AND b < y) …: rows after the last one of the previous page.
std::string After(const std::vector<Order>& orders, int first_parameter) {
  std::vector<std::string> branches;
  std::string equal;
  for (size_t i = 0; i < orders.size(); ++i) {
    const std::string value = absl::StrCat("$", first_parameter + i, "::",
                                           std::string(orders[i].column->sql_type()));
    branches.push_back(absl::StrCat("(", equal, orders[i].Expression(),
                                    orders[i].descending ? " < " : " > ", value, ")"));
    absl::StrAppend(&equal, orders[i].Expression(), " = ", value, " AND ");
  }
  return absl::StrCat("(", absl::StrJoin(branches, " OR "), ")");
}

const FieldDescriptor* RowsField(const google::protobuf::Descriptor* response,
                                 const google::protobuf::Descriptor* type) {
  for (int i = 0; i < response->field_count(); ++i) {
    if (response->field(i)->is_repeated() && response->field(i)->message_type() == type)
      return response->field(i);
  }
  return nullptr;
}

bool BoolField(const Message& request, const char* name) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName(name);
  return field != nullptr && request.GetReflection()->GetBool(request, field);
}

int PageSize(const Message& request) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName("page_size");
  const int asked = field == nullptr ? 0 : request.GetReflection()->GetInt32(request, field);
  return asked == 0 ? kDefaultPage : std::min(asked, kLargestPage);
}

}  // namespace

absl::StatusOr<std::shared_ptr<Message>> ListRows(pg::Session& session, const Table& table,
                                                  const Message& request,
                                                  const google::protobuf::Descriptor* response,
                                                  std::string_view token_key) {
  const std::string filter = GetString(request, "filter");
  const std::string order_by = GetString(request, "order_by");
  const std::string parent = GetString(request, "parent");
  const bool deleted = BoolField(request, "show_deleted");
  const int page_size = PageSize(request);
  if (page_size < 0)
    return status::InvalidRequest(
        {{"page_size", "VALEUR_HORS_BORNES", "La taille de page n'est pas négative."}});

  absl::StatusOr<std::vector<Order>> orders = ParseOrder(table, order_by);
  if (!orders.ok()) return orders.status();
  absl::StatusOr<Condition> condition = CompileFilter(table, filter, 1);
  if (!condition.ok()) return condition.status();
  std::vector<std::string> values = condition->values;
  std::string where = condition->sql;

  if (!parent.empty()) {
    // A child's name begins with its parent's; "-" stands for any parent (AIP-159).
    const bool any = absl::StrContains(parent, "/-");
    if (!any) {
      values.push_back(absl::StrCat(parent, "/"));
      absl::StrAppend(&where, " AND starts_with(name, $", values.size(), ")");
    }
  }
  if (!deleted && table.Find("delete_time") != nullptr)
    absl::StrAppend(&where, " AND delete_time IS NULL");

  const std::string scope = absl::StrCat(table.name(), "\n", parent, "\n", filter, "\n", order_by,
                                         "\n", deleted ? "1" : "0");
  const std::string token = GetString(request, "page_token");
  if (!token.empty()) {
    absl::StatusOr<std::vector<std::string>> last = OpenToken(token_key, scope, token);
    if (!last.ok()) return last.status();
    absl::StrAppend(&where, " AND ", After(*orders, static_cast<int>(values.size()) + 1));
    values.insert(values.end(), last->begin(), last->end());
  }
  std::vector<std::string> sort, keys;
  for (const Order& order : *orders) {
    sort.push_back(absl::StrCat(order.Expression(), order.descending ? " DESC" : " ASC"));
    keys.push_back(absl::StrCat(order.Expression(), "::text"));
  }
  pg::Params params;
  for (const std::string& value : values) params.Text(value);
  const std::string sql =
      absl::StrCat("SELECT ", table.select_list(), ", ", absl::StrJoin(keys, ", "), " FROM ",
                   table.name(), " WHERE ", where, " ORDER BY ", absl::StrJoin(sort, ", "),
                   " LIMIT ", page_size + 1);
  // A filter's shape is the caller's: not prepared, so that no session gathers their shapes.
  absl::StatusOr<pg::Result> rows =
      session.Exec(sql, params, /*prepare=*/filter.empty() && order_by.empty());
  if (!rows.ok()) return rows.status();

  std::shared_ptr<Message> answer(
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(response)->New());
  const FieldDescriptor* field = RowsField(response, table.type());
  const int shown = std::min(rows->rows(), page_size);
  for (int row = 0; row < shown; ++row) {
    absl::Status read =
        table.FromRow(*rows, row, answer->GetReflection()->AddMessage(answer.get(), field));
    if (!read.ok()) return read;
  }
  if (rows->rows() > page_size) {
    std::vector<std::string> last;
    const int first_key = static_cast<int>(table.columns().size());
    for (size_t i = 0; i < orders->size(); ++i)
      last.emplace_back(rows->Text(shown - 1, first_key + static_cast<int>(i)));
    SetString(answer.get(), "next_page_token", SealToken(token_key, scope, last));
  }
  return answer;
}

absl::StatusOr<std::map<std::string, std::shared_ptr<Message>>> RowsByName(
    pg::Session& session, const Table& table, const std::vector<std::string>& names) {
  pg::Params params;
  params.TextArray(names);
  absl::StatusOr<pg::Result> rows = session.Exec(SelectByNames(table), params);
  if (!rows.ok()) return rows.status();
  std::map<std::string, std::shared_ptr<Message>> found;
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(table.type());
  for (int row = 0; row < rows->rows(); ++row) {
    std::shared_ptr<Message> message(prototype->New());
    absl::Status read = table.FromRow(*rows, row, message.get());
    if (!read.ok()) return read;
    found.emplace(NameOf(*message), std::move(message));
  }
  return found;
}

}  // namespace pdv::store
