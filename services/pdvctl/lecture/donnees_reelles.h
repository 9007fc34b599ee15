#ifndef PDV_SERVICES_PDVCTL_LECTURE_DONNEES_REELLES_H_
#define PDV_SERVICES_PDVCTL_LECTURE_DONNEES_REELLES_H_

// For tests only: where the real open data lie. They are not copied into the project.

#include <cstdlib>
#include <filesystem>
#include <string>

namespace pdv::pdvctl {

// $PDV_DATA, else the folder shared/data beside the repository (looked for above the current
// folder, since tests run from a build folder). Empty where there is none.
inline std::string DossierDonneesReelles() {
  namespace fs = std::filesystem;
  if (const char* choisi = std::getenv("PDV_DATA"); choisi != nullptr) {
    return fs::is_directory(choisi) ? choisi : "";
  }
  for (fs::path ici = fs::current_path(); ici != ici.root_path(); ici = ici.parent_path()) {
    if (fs::is_directory(ici / "shared/data")) return (ici / "shared/data").string();
  }
  return "";
}

// Skips the current test, and says so, where the real data are absent.
#define PDV_EXIGER_DONNEES_REELLES()                                                  \
  if (::pdv::pdvctl::DossierDonneesReelles().empty()) {                               \
    GTEST_SKIP() << "données réelles absentes : donner leur dossier par PDV_DATA "  \
                    "(les équivalents synthétiques tournent dans lecture/*_test.cc)"; \
  }

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_DONNEES_REELLES_H_
