#ifndef PDV_SERVICES_PDVCTL_IMPORTATION_SCDL_H_
#define PDV_SERVICES_PDVCTL_IMPORTATION_SCDL_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "pdv/financement/v1/subvention.pb.h"
#include "services/pdvctl/importation/fichiers.h"

namespace pdv::pdvctl {

// Reads one file of published subventions: SCDL 1.1.0 to 2.1.1, and the form of the arrêté du 17
// novembre 2017 (décret 2017-779), whose columns may bear their titles. Not thread-safe.
class LecteurScdl {
 public:
  // `source`: the name of the file, kept with each attribution.
  explicit LecteurScdl(std::string source) : source_(std::move(source)) {}

  // Finds the columns. "", or why the file cannot be read: every missing or repeated column, and
  // the ones that nothing knows. No column is guessed from its place or its content.
  std::string LireEntete(const std::vector<std::string>& colonnes);
  // The attribution of a row, or each of its refused cells with its line, column and value.
  Rangee Traduire(const Champs& champs);

 private:
  struct Colonne {
    int64_t rang = 0;  // from 1; 0: the file does not have it
    std::string nom;   // as the file writes it
    std::string cle;   // normalised
  };
  class Lecture;
  // Gives its rank and its name, or joins the row to the same one above.
  void Nommer(Rangee* row, financement::v1::Subvention* subvention);

  const std::string source_;
  std::map<std::string, Colonne, std::less<>> colonnes_;  // by their name in the schema
  bool strict_ = false;
  std::unordered_map<std::string, int32_t> rangs_;  // natural key -> how many
  std::unordered_set<std::string> vues_;            // rows, whole
};

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_IMPORTATION_SCDL_H_
