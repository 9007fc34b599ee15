// Subventions that local authorities publish: from files to attributions.
#include "services/pdvctl/importation/scdl.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/types/sha256.h"
#include "common/types/utf8.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/pdvctl/importation/scdl_cellules.h"
#include "services/pdvctl/importation/types.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;

struct ColonneConnue {
  const char* nom;    // in the schemas
  const char* titre;  // in the annex of the arrêté
  bool obligatoire;   // its cells are
};

constexpr ColonneConnue kColonnes[] = {
    {"nomAttribuant", "Nom de l'attribuant", true},
    {"idAttribuant", "Identification de l'attribuant", true},
    {"dateConvention", "Date de la convention de subvention", true},
    {"referenceDecision", "Référence de la décision", false},
    {"nomBeneficiaire", "Nom du bénéficiaire", true},
    {"idBeneficiaire", "Identification du bénéficiaire", true},
    {"rnaBeneficiaire", "Identification RNA du bénéficiaire", false},
    {"objet", "Objet de la subvention", true},
    {"montant", "Montant total de la subvention", true},
    {"nature", "Nature de la subvention", true},
    {"conditionsVersement", "Conditions de versement de la subvention", true},
    {"datesPeriodeVersement", "Date ou période de versement", true},
    {"idRAE", "Identifiant RAE de l'aide au titre de laquelle la subvention est attribuée", false},
    {"notificationUE", "Aide d'Etat notifiée à la Commission Européenne", true},
    {"pourcentageSubvention",
     "Pourcentage du montant total de la subvention attribuée au bénéficiaire", true},
    {"dispositifAide", "Identifiant référençant le dispositif d'aide à l'origine de la subvention",
     false},
};

// Of the schema, and, for names and identifiers that it does not bound, of the service.
constexpr size_t kCaracteresMax = 256;
constexpr size_t kNomMax = 300;
constexpr size_t kIdentifiantMax = 100;

size_t Caracteres(std::string_view text) {
  size_t count = 0;
  for (const char c : text) count += (c & 0xC0) != 0x80 ? 1 : 0;
  return count;
}

std::string NomDeFichier(const std::string& path) {
  return path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1);
}

}  // namespace

std::string LecteurScdl::LireEntete(const std::vector<std::string>& colonnes) {
  std::map<std::string, std::string> by_key;  // normalised name or title -> name
  for (const ColonneConnue& known : kColonnes) {
    by_key[NormaliserEntete(known.nom)] = known.nom;
    by_key[NormaliserEntete(known.titre)] = known.nom;
  }
  std::vector<std::string> twice, missing, unknown;
  for (size_t i = 0; i < colonnes.size(); ++i) {
    const std::string key = NormaliserEntete(colonnes[i]);
    auto known = by_key.find(key);
    if (known == by_key.end()) {
      if (!key.empty()) unknown.push_back(absl::StrCat("« ", colonnes[i], " »"));
      continue;
    }
    Colonne& column = colonnes_[known->second];
    if (column.rang != 0) twice.push_back(absl::StrCat("« ", known->second, " »"));
    column = {static_cast<int64_t>(i) + 1, colonnes[i], key};
  }
  for (const ColonneConnue& known : kColonnes) {
    if (known.obligatoire && !colonnes_.contains(known.nom))
      missing.push_back(absl::StrCat("« ", known.nom, " »"));
  }
  strict_ = colonnes_.contains("rnaBeneficiaire");
  std::vector<std::string> reasons;
  if (!missing.empty())
    reasons.push_back(absl::StrCat("colonnes absentes : ", absl::StrJoin(missing, ", ")));
  if (!twice.empty())
    reasons.push_back(absl::StrCat("colonnes en double, rien ne dit laquelle lire : ",
                                   absl::StrJoin(twice, ", ")));
  if (!reasons.empty() && !unknown.empty())
    reasons.push_back(absl::StrCat("colonnes inconnues : ", absl::StrJoin(unknown, ", ")));
  return absl::StrJoin(reasons, " ; ");
}

// The cells of one row: values, and what is said of each.
class LecteurScdl::Lecture {
 public:
  Lecture(const LecteurScdl& file, const Champs& fields, Rangee* row)
      : file_(file), fields_(fields), row_(row) {}

  // The text of a cell, without the blanks around it.
  std::string Texte(std::string_view name, size_t max = kCaracteresMax) {
    auto column = file_.colonnes_.find(name);
    if (column == file_.colonnes_.end()) return "";
    std::string text(absl::StripAsciiWhitespace(fields_[column->second.cle]));
    if (Caracteres(text) > max) Refuser(name, absl::StrCat("plus de ", max, " caractères"));
    return text;
  }
  std::string Obligatoire(std::string_view name, size_t max = kCaracteresMax) {
    std::string text = Texte(name, max);
    if (text.empty()) Refuser(name, "la cellule est obligatoire");
    return text;
  }
  // What `lire` makes of a cell that is not empty.
  template <class T, class Lire>
  T Valeur(std::string_view name, const std::string& text, Lire lire) {
    if (text.empty()) return T{};
    absl::StatusOr<CelluleLue<T>> cell = lire(text);
    if (!cell.ok()) {
      Refuser(name, std::string(cell.status().message()));
      return T{};
    }
    if (!cell->reparation.empty()) row_->avertissements.push_back(Dire(name, cell->reparation));
    return cell->valeur;
  }
  void Refuser(std::string_view name, std::string why) {
    row_->rejets.push_back(Dire(name, std::move(why)));
  }

 private:
  Constat Dire(std::string_view name, std::string what) const {
    auto column = file_.colonnes_.find(name);
    if (column == file_.colonnes_.end())
      return {fields_.ligne, 0, std::string(name), "", std::move(what)};
    return {fields_.ligne, column->second.rang, column->second.nom, fields_[column->second.cle],
            std::move(what)};
  }

  const LecteurScdl& file_;
  const Champs& fields_;
  Rangee* row_;
};

Rangee LecteurScdl::Traduire(const Champs& champs) {
  Rangee row;
  row.ligne = champs.ligne;
  Lecture read(*this, champs, &row);
  const bool strict = strict_;
  auto subvention = std::make_shared<v1::Subvention>();
  auto siret = [strict](const std::string& text) { return LireSiretScdl(text, strict); };

  subvention->set_attribuant(read.Obligatoire("nomAttribuant", kNomMax));
  subvention->set_attribuant_siret(
      read.Valeur<std::string>("idAttribuant", read.Obligatoire("idAttribuant"), siret));
  *subvention->mutable_date_convention() = read.Valeur<google::type::Date>(
      "dateConvention", read.Obligatoire("dateConvention"),
      [strict](const std::string& text) { return LireDateScdl(text, strict); });
  subvention->set_reference(read.Texte("referenceDecision"));
  subvention->set_beneficiaire(read.Obligatoire("nomBeneficiaire", kNomMax));
  const std::string beneficiary = read.Texte("idBeneficiaire");
  const std::string rna = read.Texte("rnaBeneficiaire");
  subvention->set_beneficiaire_siret(
      read.Valeur<std::string>("idBeneficiaire", beneficiary, siret));
  subvention->set_beneficiaire_rna(read.Valeur<std::string>("rnaBeneficiaire", rna, LireRnaScdl));
  if (beneficiary.empty() && rna.empty())
    read.Refuser("idBeneficiaire",
                 strict ? "ni SIRET ni numéro RNA du bénéficiaire" : "la cellule est obligatoire");
  subvention->set_objet(read.Obligatoire("objet"));
  subvention->set_montant_centimes(read.Valeur<int64_t>(
      "montant", read.Obligatoire("montant"),
      [strict](const std::string& text) { return LireMontantScdl(text, strict); }));
  subvention->set_nature(read.Valeur<v1::NatureSubvention>(
      "nature", read.Obligatoire("nature"),
      [strict](const std::string& text) { return LireNatureScdl(text, strict); }));
  subvention->set_conditions_versement(read.Obligatoire("conditionsVersement"));
  subvention->set_periode_versement(read.Valeur<std::string>(
      "datesPeriodeVersement", read.Obligatoire("datesPeriodeVersement"),
      [strict](const std::string& text) { return LirePeriodeScdl(text, strict); }));
  subvention->set_id_rae(read.Texte("idRAE", strict ? 5 : 20));
  subvention->set_notification_ue(read.Valeur<bool>(
      "notificationUE", read.Obligatoire("notificationUE"),
      [strict](const std::string& text) { return LireOuiNonScdl(text, strict); }));
  subvention->set_part_points(read.Valeur<int32_t>(
      "pourcentageSubvention", read.Obligatoire("pourcentageSubvention"),
      [strict](const std::string& text) { return LirePartScdl(text, strict); }));
  subvention->set_dispositif_aide(read.Texte("dispositifAide", kIdentifiantMax));
  subvention->set_source(source_);
  row.centimes = subvention->montant_centimes();
  if (row.rejets.empty()) {
    Nommer(&row, subvention.get());
    if (!row.jointe) row.ressource = std::move(subvention);
  }
  return row;
}

void LecteurScdl::Nommer(Rangee* row, v1::Subvention* s) {
  if (!vues_.insert(s->SerializeAsString()).second) {
    row->jointe = true;
    row->centimes = 0;
    row->avertissements.push_back({row->ligne, 0, "", s->objet(),
                                   "ligne déjà lue à l'identique : elle ne compte qu'une fois"});
    return;
  }
  const auto& day = s->date_convention();
  const std::string key =
      absl::StrJoin({s->attribuant_siret(), s->beneficiaire_siret(), s->beneficiaire_rna(),
                     absl::StrCat(day.year(), "-", day.month(), "-", day.day()), s->reference(),
                     s->objet(), absl::StrCat(s->nature())},
                    "\x1f");
  s->set_rang(++rangs_[key]);
  s->set_name(absl::StrCat("subventions/", s->attribuant_siret(), "-",
                           types::Sha256Hex(absl::StrCat(key, "\x1f", s->rang())).substr(0, 16)));
}

absl::Status ImporterScdl(Passerelle& passerelle, const std::string& chemin, bool simulation,
                          RapportImport* rapport, Contexte& contexte) {
  LecteurScdl reader(NomDeFichier(chemin));
  FichierLu lu;
  const std::vector<Rangee> rows = LireRangees(
      chemin, [&reader](const Champs& fields) { return reader.Traduire(fields); }, &lu,
      [&reader](const std::vector<std::string>& columns) { return reader.LireEntete(columns); });
  rapport->OuvrirFichier(std::move(lu));
  return EnvoyerRangees(passerelle, "financement", "ImporterSubventions", rows, simulation, rapport,
                        contexte, {}, Ordre::kLibre);
}

}  // namespace pdv::pdvctl
