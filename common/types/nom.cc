#include "common/types/nom.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "common/types/refus.h"

namespace pdv::types {
namespace {

// French letters in UTF-8 and what they become in an id.
constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
    {"à", "a"}, {"â", "a"},  {"ä", "a"},  {"á", "a"}, {"ã", "a"},  {"ç", "c"},  {"é", "e"},
    {"è", "e"}, {"ê", "e"},  {"ë", "e"},  {"î", "i"}, {"ï", "i"},  {"í", "i"},  {"ñ", "n"},
    {"ô", "o"}, {"ö", "o"},  {"ó", "o"},  {"ù", "u"}, {"û", "u"},  {"ü", "u"},  {"ú", "u"},
    {"ÿ", "y"}, {"œ", "oe"}, {"æ", "ae"}, {"À", "a"}, {"Â", "a"},  {"Ä", "a"},  {"Ç", "c"},
    {"É", "e"}, {"È", "e"},  {"Ê", "e"},  {"Ë", "e"}, {"Î", "i"},  {"Ï", "i"},  {"Ô", "o"},
    {"Ö", "o"}, {"Ù", "u"},  {"Û", "u"},  {"Ü", "u"}, {"Œ", "oe"}, {"Æ", "ae"}, {"Ÿ", "y"},
    {"Ñ", "n"}, {"Á", "a"},  {"Ã", "a"},  {"Í", "i"}, {"Ó", "o"},  {"Ú", "u"},
};
constexpr size_t kLongest = 60;     // of an id we derive
constexpr size_t kLongestId = 100;  // of an id we accept

// Files from macOS write "é" as "e" and a combining accent, U+0300 to U+036F: 2 bytes, CC 80 to CD
// AF.
bool CombiningAccent(std::string_view text) {
  if (text.size() < 2) return false;
  const auto first = static_cast<unsigned char>(text[0]),
             second = static_cast<unsigned char>(text[1]);
  return first == 0xCC || (first == 0xCD && second <= 0xAF);
}

}  // namespace

std::string IdentifiantDe(std::string_view label) {
  std::string id;
  auto add = [&id](std::string_view part) {
    for (char c : part) {
      if (id.size() < kLongest) id += c;
    }
  };
  for (size_t i = 0; i < label.size();) {
    const char c = label[i];
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      add(label.substr(i++, 1));
      continue;
    }
    if (c >= 'A' && c <= 'Z') {
      const char lower = static_cast<char>(c - 'A' + 'a');
      add({&lower, 1});
      ++i;
      continue;
    }
    bool letter = false;
    for (const auto& [from, to] : kLetters) {
      if (label.substr(i, from.size()) != from) continue;
      add(to);
      i += from.size();
      letter = true;
      break;
    }
    if (letter) continue;
    if (CombiningAccent(label.substr(i))) {
      i += 2;
      continue;
    }
    if (!id.empty() && id.back() != '-') add("-");
    ++i;
  }
  while (!id.empty() && id.back() == '-') id.pop_back();
  return id;
}

std::string_view DernierSegment(std::string_view name) {
  const size_t slash = name.rfind('/');
  return slash == std::string_view::npos ? name : name.substr(slash + 1);
}

bool IdentifiantValide(std::string_view id) {
  if (id.empty() || id.size() > kLongestId || id.front() == '-' || id.front() == '.') return false;
  return std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' ||
           c == '~';
  });
}

std::string JoindreNom(std::initializer_list<std::string_view> segments) {
  std::string name;
  for (std::string_view segment : segments) {
    if (!name.empty()) name += '/';
    name += segment;
  }
  return name;
}

absl::StatusOr<std::vector<std::string>> LireNom(std::string_view name, std::string_view pattern) {
  const std::vector<std::string> want = absl::StrSplit(View(pattern), '/');
  const std::vector<std::string> have = absl::StrSplit(View(name), '/');
  std::vector<std::string> ids;
  bool fits = want.size() == have.size();
  for (size_t i = 0; fits && i < want.size(); ++i) {
    const bool id = want[i] == "*";
    fits = id ? IdentifiantValide(have[i]) : want[i] == have[i];
    if (id) ids.push_back(have[i]);
  }
  if (fits) return ids;
  return Refus(name, "un nom de ressource", absl::StrCat("on attend la forme ", View(pattern)));
}

}  // namespace pdv::types
