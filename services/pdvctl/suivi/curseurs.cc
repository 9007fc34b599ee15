#include "services/pdvctl/suivi/curseurs.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace pdv::pdvctl {

std::string EcrireCurseurs(const Curseurs& curseurs) {
  std::vector<std::string> parts;
  for (const auto& [service, cursor] : curseurs) {
    if (!cursor.empty()) parts.push_back(absl::StrCat(service, "=", cursor));
  }
  return absl::StrJoin(parts, ",");
}

absl::StatusOr<Curseurs> LireCurseurs(std::string_view texte,
                                      const std::vector<std::string>& services) {
  Curseurs read;
  for (const std::string& service : services) read[service] = texte == "-" ? "-" : "";
  if (texte.empty() || texte == "-") return read;
  for (absl::string_view part : absl::StrSplit(std::string(texte), ',')) {
    const std::pair<std::string, std::string> pair = absl::StrSplit(part, absl::MaxSplits('=', 1));
    if (pair.second.empty())
      return absl::InvalidArgumentError(
          absl::StrCat("« ", part, " » n'est pas un curseur : on attend SERVICE=CURSEUR, ou -"));
    const auto known = read.find(pair.first);
    if (known == read.end())
      return absl::InvalidArgumentError(
          absl::StrCat("curseur de « ", pair.first, " », qui n'est pas suivi"));
    known->second = pair.second;
  }
  return read;
}

}  // namespace pdv::pdvctl
