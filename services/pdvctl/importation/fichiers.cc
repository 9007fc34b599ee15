#include "services/pdvctl/importation/fichiers.h"

#include "absl/strings/str_cat.h"
#include "services/pdvctl/lecture/encodage.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/lecture/json_rows.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

Rangee Refusee(int64_t line, const std::string& column, const std::string& value,
               const std::string& reason) {
  Rangee row;
  row.ligne = line;
  row.rejets.push_back({line, 0, column, value, reason});
  return row;
}

void LireCsv(const Decodage& decoded, const Traduire& traduire, const Entete& entete, FichierLu* lu,
             std::vector<Rangee>* rows) {
  absl::StatusOr<TableCsv> table = TableCsv::Ouvrir(decoded);
  if (!table.ok()) {
    lu->illisible = std::string(table.status().message());
    return;
  }
  lu->separateur = std::string(1, table->separateur());
  for (const std::string& twice : table->ColonnesEnDouble())
    lu->avertissements.push_back(absl::StrCat("la colonne « ", twice, " » est en double"));
  if (entete) lu->illisible = entete(table->colonnes());
  if (!lu->illisible.empty()) return;
  std::vector<std::string> names;
  for (const std::string& column : table->colonnes()) names.push_back(NormaliserEntete(column));
  Champs fields;  // one for all: each row has the same columns
  while (auto line = table->Suivante()) {
    if (!line->motif.empty()) {
      rows->push_back(Refusee(line->ligne, "", "", line->motif));
      continue;
    }
    if (!line->dommages.empty()) {
      const Dommage& damage = line->dommages.front();
      rows->push_back(Refusee(line->ligne, "", damage.valeur, MotifDommage(damage)));
      continue;
    }
    fields.ligne = line->ligne;
    for (size_t i = 0; i < names.size(); ++i)
      fields.valeurs[names[i]] = std::move(line->cellules[i].texte);
    rows->push_back(traduire(fields));
  }
}

void LireTableauJson(const std::string& text, const Traduire& traduire, FichierLu* lu,
                     std::vector<Rangee>* rows) {
  absl::Status read = LireJson(text, [&](LigneJson object) {
    if (!object.motif.empty()) {
      rows->push_back(Refusee(object.rang, "", "", object.motif));
      return absl::OkStatus();
    }
    Champs fields{object.rang, {}};
    for (const auto& [name, cell] : object.champs) fields.valeurs[name] = cell.texte;
    const CelluleJson* year = object.Trouver("annee");
    if (year != nullptr && year->genre == CelluleJson::Genre::kTexte)
      fields.valeurs["annee_en_texte"] = "oui";
    rows->push_back(traduire(fields));
    return absl::OkStatus();
  });
  if (!read.ok()) lu->illisible = std::string(read.message());
}

}  // namespace

const std::string& Champs::operator[](std::string_view nom) const {
  static const std::string kVide;
  auto value = valeurs.find(nom);
  return value == valeurs.end() ? kVide : value->second;
}

std::vector<Rangee> LireRangees(const std::string& chemin, const Traduire& traduire, FichierLu* lu,
                                const Entete& entete) {
  std::vector<Rangee> rows;
  lu->chemin = chemin;
  absl::StatusOr<std::string> bytes = LireFichier(chemin);
  if (!bytes.ok()) {
    lu->illisible = std::string(bytes.status().message());
    return rows;
  }
  absl::StatusOr<Decodage> decoded = Decoder(*bytes);
  if (!decoded.ok()) {
    lu->illisible = std::string(decoded.status().message());
    return rows;
  }
  lu->encodage = std::string(NomEncodage(decoded->encodage));
  lu->avertissements = decoded->avertissements;
  const size_t first = decoded->texte.find_first_not_of(" \t\r\n");
  if (first != std::string::npos && decoded->texte[first] == '[') {
    LireTableauJson(decoded->texte, traduire, lu, &rows);
  } else {
    LireCsv(*decoded, traduire, entete, lu, &rows);
  }
  return rows;
}

}  // namespace pdv::pdvctl
