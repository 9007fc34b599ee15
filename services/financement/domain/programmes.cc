#include "services/financement/domain/programmes.h"

namespace pdv::financement {

std::string_view NumeroProgramme(std::string_view code) {
  const size_t first = code.find_first_not_of("Pp0 \t");
  if (first == std::string_view::npos) return {};
  return code.substr(first, code.find_last_not_of(" \t") + 1 - first);
}

bool EstProgramme147(std::string_view code) { return NumeroProgramme(code) == "147"; }

}  // namespace pdv::financement
