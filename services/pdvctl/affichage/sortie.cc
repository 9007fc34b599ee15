#include "services/pdvctl/affichage/sortie.h"

#include <nlohmann/json.hpp>

namespace pdv::pdvctl {

std::string EnregistrementCsvDe(const std::vector<std::string>& cellules) {
  std::string sortie;
  for (size_t i = 0; i < cellules.size(); ++i) {
    if (i > 0) sortie += ';';
    if (cellules[i].find_first_of(";\"\r\n") == std::string::npos) {
      sortie += cellules[i];
      continue;
    }
    sortie += '"';
    for (const char c : cellules[i]) {
      if (c == '"') sortie += '"';
      sortie += c;
    }
    sortie += '"';
  }
  return sortie + "\r\n";
}

std::string TexteJson(const nlohmann::ordered_json& document) {
  return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace pdv::pdvctl
