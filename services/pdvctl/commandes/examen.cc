#include "services/pdvctl/commandes/examen.h"

#include <utility>

#include "services/pdvctl/lecture/encodage.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/lecture/json_rows.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

constexpr int64_t kConstatsGardes = 1000;

void Refuser(Examen& examen, int64_t ligne, const std::string& motif) {
  if (examen.refusees++ < kConstatsGardes) examen.constats.push_back({ligne, 0, "", "", motif});
}

void ExaminerJson(const Decodage& decodage, Examen& examen) {
  const auto etat = LireJson(decodage.texte, [&](LigneJson ligne) {
    ++examen.lues;
    if (!ligne.motif.empty()) Refuser(examen, ligne.rang, ligne.motif);
    return absl::OkStatus();
  });
  if (!etat.ok()) examen.fichier.illisible = std::string(etat.message());
}

void ExaminerCsv(const Decodage& decodage, Examen& examen) {
  auto table = TableCsv::Ouvrir(decodage);
  if (!table.ok()) {
    examen.fichier.illisible = std::string(table.status().message());
    return;
  }
  examen.fichier.separateur = std::string(1, table->separateur());
  examen.colonnes = table->colonnes();
  examen.colonnes_en_double = table->ColonnesEnDouble();
  examen.ligne_entete = table->ligne_entete();
  while (const auto ligne = table->Suivante()) {
    ++examen.lues;
    if (!ligne->motif.empty()) Refuser(examen, ligne->ligne, ligne->motif);
  }
  examen.vides = table->passees().vides;
  examen.entetes_repetees = table->passees().entetes_repetees;
}

}  // namespace

Examen ExaminerFichier(const std::string& chemin) {
  Examen examen;
  examen.fichier.chemin = chemin;
  const auto octets = LireFichier(chemin);
  if (!octets.ok()) {
    examen.fichier.illisible = std::string(octets.status().message());
    return examen;
  }
  const auto decodage = Decoder(*octets);
  if (!decodage.ok()) {
    examen.fichier.illisible = std::string(decodage.status().message());
    return examen;
  }
  examen.fichier.encodage = std::string(NomEncodage(decodage->encodage));
  examen.fichier.avertissements = decodage->avertissements;
  const size_t debut = decodage->texte.find_first_not_of(" \t\r\n");
  const bool json = debut != std::string::npos &&
                    (decodage->texte[debut] == '[' || decodage->texte[debut] == '{');
  if (json) {
    ExaminerJson(*decodage, examen);
  } else {
    ExaminerCsv(*decodage, examen);
  }
  for (const Dommage& dommage : decodage->dommages) {
    if (examen.dommages++ >= kConstatsGardes) continue;
    examen.constats.push_back(
        {dommage.ligne, dommage.colonne, "", dommage.valeur, MotifDommage(dommage)});
  }
  return examen;
}

}  // namespace pdv::pdvctl
