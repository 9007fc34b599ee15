#include "services/actions/domain/dates.h"

namespace pdv::actions {

void Ecrire(types::Date date, google::type::Date* message) {
  message->set_year(static_cast<int32_t>(date.year()));
  message->set_month(date.month());
  message->set_day(date.day());
}

void Ecrire(absl::Time instant, google::protobuf::Timestamp* message) {
  const int64_t micros = absl::ToUnixMicros(instant);
  message->set_seconds(micros / 1'000'000);
  message->set_nanos(static_cast<int32_t>(micros % 1'000'000) * 1000);
}

}  // namespace pdv::actions
