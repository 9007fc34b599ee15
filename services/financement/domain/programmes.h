#ifndef PDV_SERVICES_FINANCEMENT_DOMAIN_PROGRAMMES_H_
#define PDV_SERVICES_FINANCEMENT_DOMAIN_PROGRAMMES_H_

#include <string_view>

namespace pdv::financement {

// The number of a budget programme, however it is written: "147" for "P147", "p 147", "0147". Part
// of `code`; empty where it tells none.
std::string_view NumeroProgramme(std::string_view code);

// That of the politique de la ville.
bool EstProgramme147(std::string_view code);

}  // namespace pdv::financement

#endif  // PDV_SERVICES_FINANCEMENT_DOMAIN_PROGRAMMES_H_
