#include "common/types/nom.h"

#include <utility>

namespace pdv::types {
namespace {

// French letters in UTF-8 and what they become in an id.
constexpr std::pair<std::string_view, std::string_view> kLetters[] = {
    {"à", "a"}, {"â", "a"}, {"ä", "a"}, {"á", "a"}, {"ã", "a"}, {"ç", "c"}, {"é", "e"},
    {"è", "e"}, {"ê", "e"}, {"ë", "e"}, {"î", "i"}, {"ï", "i"}, {"í", "i"}, {"ñ", "n"},
    {"ô", "o"}, {"ö", "o"}, {"ó", "o"}, {"ù", "u"}, {"û", "u"}, {"ü", "u"}, {"ú", "u"},
    {"ÿ", "y"}, {"œ", "oe"}, {"æ", "ae"}, {"À", "a"}, {"Â", "a"}, {"Ä", "a"}, {"Ç", "c"},
    {"É", "e"}, {"È", "e"}, {"Ê", "e"}, {"Ë", "e"}, {"Î", "i"}, {"Ï", "i"}, {"Ô", "o"},
    {"Ö", "o"}, {"Ù", "u"}, {"Û", "u"}, {"Ü", "u"}, {"Œ", "oe"}, {"Æ", "ae"},
};
constexpr size_t kLongest = 60;

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

}  // namespace pdv::types
