#include "common/rpc/call_metadata.h"

#include <algorithm>
#include <charconv>
#include <random>
#include <string_view>

#include "absl/time/clock.h"
#include "common/status/error.h"

namespace pdv::rpc {
namespace {

constexpr size_t kLongestId = 128;
constexpr size_t kTraceparent = 55;  // 00-<32>-<16>-<2>, W3C Trace Context

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

// "actions=1234,contrats=55"
bool ReadPositions(std::string_view text, std::map<std::string, int64_t>* positions) {
  while (!text.empty()) {
    const size_t end = std::min(text.find(','), text.size());
    std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    const size_t equal = one.find('=');
    if (equal == 0 || equal == std::string_view::npos) return false;
    int64_t value = 0;
    const char* stop = one.data() + one.size();
    const auto read = std::from_chars(one.data() + equal + 1, stop, value);
    if (read.ec != std::errc() || read.ptr != stop || value < 0) return false;
    int64_t& known = (*positions)[std::string(one.substr(0, equal))];
    known = std::max(known, value);
  }
  return true;
}

absl::Time DeadlineOf(const grpc::CallbackServerContext& context) {
  const gpr_timespec raw = context.raw_deadline();
  if (gpr_time_cmp(raw, gpr_inf_future(raw.clock_type)) == 0) return absl::InfiniteFuture();
  return absl::FromChrono(context.deadline());
}

}  // namespace

std::string NewCorrelationId() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  constexpr char kHex[] = "0123456789abcdef";
  std::string id(32, '0');
  for (int half = 0; half < 2; ++half) {
    uint64_t bits = random();
    for (int i = 0; i < 16; ++i, bits >>= 4) id[half * 16 + i] = kHex[bits & 15];
  }
  return id;
}

absl::Status ReadMetadata(const grpc::CallbackServerContext& context, Call* call) {
  call->received = absl::Now();
  call->deadline = DeadlineOf(context);
  bool positions_ok = true;
  for (const auto& [key_ref, value_ref] : context.client_metadata()) {
    const std::string_view key(key_ref.data(), key_ref.size());
    const std::string_view value(value_ref.data(), value_ref.size());
    if (key == kRequestIdKey) {
      if (value.size() <= kLongestId && IsPrintable(value)) call->correlation_id = value;
    } else if (key == kTraceparentKey) {
      if (value.size() == kTraceparent && IsPrintable(value)) call->traceparent = value;
    } else if (key == kActeurKey) {
      call->identity.acteur = value;
    } else if (key == kRoleKey) {
      call->identity.role = value;
    } else if (key == kOrganisationKey) {
      call->identity.organisation = value;
    } else if (key == kPositionKey) {
      positions_ok = ReadPositions(value, &call->positions) && positions_ok;
    }
  }
  if (call->correlation_id.empty()) call->correlation_id = NewCorrelationId();
  if (positions_ok) return absl::OkStatus();
  return status::Error(absl::StatusCode::kInvalidArgument, "METADONNEE_INVALIDE",
                       "La métadonnée x-pdv-position s'écrit « service=nombre ».")
      .With("cle", kPositionKey);
}

}  // namespace pdv::rpc
