#include "common/types/refus.h"

#include "absl/strings/str_cat.h"

namespace pdv::types {
namespace {

constexpr size_t kLongestQuote = 60;

bool Continues(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

absl::Status Refus(std::string_view text, std::string_view kind, std::string_view why) {
  size_t end = text.size();
  if (end > kLongestQuote) {
    end = kLongestQuote;
    while (end > 0 && Continues(text[end])) --end;
  }
  return absl::InvalidArgumentError(absl::StrCat("« ", View(text.substr(0, end)),
                                                 end < text.size() ? "…" : "", " » n'est pas ",
                                                 View(kind), " : ", View(why), "."));
}

}  // namespace pdv::types
