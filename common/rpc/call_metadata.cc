#include "common/rpc/call_metadata.h"

#include <algorithm>
#include <charconv>
#include <random>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/status/error.h"
#include "common/types/utf8.h"

namespace pdv::rpc {
namespace {

constexpr size_t kLongestId = 128;
constexpr size_t kTraceparent = 55;  // 00-<32>-<16>-<2>, W3C Trace Context

constexpr char kHex[] = "0123456789ABCDEF";

bool IsVisible(char c) { return c > 0x20 && c < 0x7f; }

bool IsPrintable(std::string_view text) { return std::all_of(text.begin(), text.end(), IsVisible); }

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

// Text that may be kept and shown: UTF-8 without control characters.
bool IsText(std::string_view text) {
  for (size_t at = 0; at < text.size();) {
    const types::CaractereLu read = types::LireUtf8(text, at);
    const bool control = read.point < 0x20 || (read.point >= 0x7f && read.point < 0xa0);
    if (read.octets == 0 || control) return false;
    at += read.octets;
  }
  return true;
}

absl::Status Malformed(std::string_view key, std::string_view rule) {
  const absl::string_view key_text(key.data(), key.size());
  return status::Error(absl::StatusCode::kInvalidArgument, "METADONNEE_INVALIDE",
                       absl::StrCat("La métadonnée ", key_text, " ",
                                    absl::string_view(rule.data(), rule.size())))
      .With("cle", std::string(key));
}

// The field of the identity that a key gives, null for another key.
std::string* FieldOf(std::string_view key, Identity* identity) {
  if (key == kActeurKey) return &identity->acteur;
  if (key == kRoleKey) return &identity->role;
  return key == kOrganisationKey ? &identity->organisation : nullptr;
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
  constexpr char kLowerHex[] = "0123456789abcdef";
  std::string id(32, '0');
  for (int half = 0; half < 2; ++half) {
    uint64_t bits = random();
    for (int i = 0; i < 16; ++i, bits >>= 4) id[half * 16 + i] = kLowerHex[bits & 15];
  }
  return id;
}

std::string EncodeIdentity(std::string_view text) {
  std::string value;
  for (const char c : text) {
    if (IsVisible(c) && c != '%') {
      value += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      value += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return value;
}

std::optional<std::string> DecodeIdentity(std::string_view value) {
  std::string text;
  for (size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '%') {
      text += value[i];
      continue;
    }
    if (value.size() - i < 3) return std::nullopt;
    const int high = HexDigit(value[i + 1]), low = HexDigit(value[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    text += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return IsText(text) ? std::optional(text) : std::nullopt;
}

std::vector<std::pair<std::string, std::string>> MetadataOf(const Identity& identity) {
  std::vector<std::pair<std::string, std::string>> metadata = {
      {kActeurKey, EncodeIdentity(identity.acteur)},
      {kRoleKey, EncodeIdentity(identity.role)},
      {kOrganisationKey, EncodeIdentity(identity.organisation)}};
  std::erase_if(metadata, [](const auto& pair) { return pair.second.empty(); });
  return metadata;
}

absl::Status ReadMetadata(const grpc::CallbackServerContext& context, Call* call) {
  call->received = absl::Now();
  call->deadline = DeadlineOf(context);
  absl::Status malformed;
  for (const auto& [key_ref, value_ref] : context.client_metadata()) {
    const std::string_view key(key_ref.data(), key_ref.size());
    const std::string_view value(value_ref.data(), value_ref.size());
    if (key == kRequestIdKey) {
      if (value.size() <= kLongestId && IsPrintable(value)) call->correlation_id = value;
    } else if (key == kTraceparentKey) {
      if (value.size() == kTraceparent && IsPrintable(value)) call->traceparent = value;
    } else if (std::string* field = FieldOf(key, &call->identity); field != nullptr) {
      const std::optional<std::string> text = DecodeIdentity(value);
      if (text) {
        *field = *text;
      } else {
        malformed.Update(Malformed(key,
                                   "s'écrit en ASCII imprimable, et le reste de son UTF-8 en "
                                   "« %C3%A9 » (« %25 » pour « % »)."));
      }
    } else if (key == kPositionKey && !ReadPositions(value, &call->positions)) {
      malformed.Update(Malformed(key, "s'écrit « service=nombre »."));
    }
  }
  if (call->correlation_id.empty()) call->correlation_id = NewCorrelationId();
  return malformed;
}

}  // namespace pdv::rpc
