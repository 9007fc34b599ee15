#ifndef PDV_COMMON_TYPES_DONNEES_TEST_H_
#define PDV_COMMON_TYPES_DONNEES_TEST_H_

// For tests only: the real open data, which are not copied into the project.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"
#include "gtest/gtest.h"

namespace pdv::types {

// $PDV_DATA, else shared/data beside the repository: looked for above this file, then above the
// current folder, because a compiler cache makes __FILE__ relative to the build folder. Empty where
// there is none.
inline std::filesystem::path DossierDonnees() {
  namespace fs = std::filesystem;
  if (const char* chosen = std::getenv("PDV_DATA"); chosen != nullptr)
    return fs::is_directory(chosen) ? fs::path(chosen) : fs::path();
  for (const fs::path& start : {fs::path(__FILE__), fs::current_path()}) {
    for (fs::path here = start; here.has_relative_path(); here = here.parent_path()) {
      if (here.is_absolute() && fs::is_directory(here / "shared/data")) return here / "shared/data";
    }
  }
  return {};
}

// The rows of a real file without its header, cut at the separator; no quotes in these files.
inline std::vector<std::vector<std::string>> LireDonnees(const std::string& file, char separator) {
  std::ifstream in(DossierDonnees() / file);
  EXPECT_TRUE(in.good()) << file;
  std::vector<std::vector<std::string>> rows;
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    if (line.ends_with('\r')) line.pop_back();
    rows.push_back(absl::StrSplit(line, separator));
  }
  return rows;
}

// Skips the current test, and says so, where the real data are absent.
#define PDV_EXIGER_DONNEES()                  \
  if (::pdv::types::DossierDonnees().empty()) \
  GTEST_SKIP() << "données réelles absentes : donner leur dossier par PDV_DATA"

}  // namespace pdv::types

#endif  // PDV_COMMON_TYPES_DONNEES_TEST_H_
