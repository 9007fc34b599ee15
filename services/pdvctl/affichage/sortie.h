#ifndef PDV_SERVICES_PDVCTL_AFFICHAGE_SORTIE_H_
#define PDV_SERVICES_PDVCTL_AFFICHAGE_SORTIE_H_

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace pdv::pdvctl {

// One CSV record in RFC 4180, `;` apart, ended by CRLF: the form our own reader and spreadsheets of
// French settings both open.
std::string EnregistrementCsvDe(const std::vector<std::string>& cellules);

// Indented JSON ended by '\n'. Bytes that are no UTF-8 become U+FFFD rather than an exception.
std::string TexteJson(const nlohmann::ordered_json& document);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_AFFICHAGE_SORTIE_H_
