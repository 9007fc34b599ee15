#include "services/pdvctl/lecture/json_rows.h"

#include <algorithm>
#include <cstddef>
#include <nlohmann/json.hpp>

#include "absl/strings/str_cat.h"

namespace pdv::pdvctl {
namespace {

using nlohmann::json;

std::string Place(std::string_view texte, size_t octet) {
  const auto avant = texte.substr(0, std::min(octet, texte.size()));
  const auto ligne = 1 + std::count(avant.begin(), avant.end(), '\n');
  const size_t debut = avant.rfind('\n') == std::string_view::npos ? 0 : avant.rfind('\n') + 1;
  return absl::StrCat("ligne ", ligne, ", octet ", avant.size() - debut);
}

// Events of nlohmann's SAX parser -> rows. Depth 1 is the array, depth 2 a row; whatever lies
// deeper is skipped and refuses its row.
class Lecteur : public nlohmann::json_sax<json> {
 public:
  Lecteur(std::string_view texte, const RecevoirLigneJson& recevoir)
      : texte_(texte), recevoir_(recevoir) {}

  absl::Status etat() const { return etat_; }

  bool null() override { return Valeur({CelluleJson::Genre::kNul, ""}); }
  bool boolean(bool v) override {
    return Valeur({CelluleJson::Genre::kBooleen, v ? "true" : "false"});
  }
  bool number_integer(number_integer_t v) override {
    return Valeur({CelluleJson::Genre::kNombre, std::to_string(v)});
  }
  bool number_unsigned(number_unsigned_t v) override {
    return Valeur({CelluleJson::Genre::kNombre, std::to_string(v)});
  }
  bool number_float(number_float_t, const string_t& lexeme) override {
    return Valeur({CelluleJson::Genre::kNombre, lexeme});
  }
  bool string(string_t& v) override { return Valeur({CelluleJson::Genre::kTexte, std::move(v)}); }
  bool binary(binary_t&) override { return Refuser("valeur binaire"); }

  bool start_object(std::size_t) override {
    if (profondeur_ == 0) return Arreter("le document n'est pas un tableau d'objets");
    if (++profondeur_ == 2) {
      Ouvrir();
    } else {
      Refuser(absl::StrCat("champ « ", cle_, " » : objet imbriqué"));
    }
    return true;
  }
  bool end_object() override { return Fermer(); }
  bool start_array(std::size_t) override {
    if (++profondeur_ == 2) {
      Ouvrir();
      return Refuser("un tableau au lieu d'un objet");
    }
    if (profondeur_ > 2) Refuser(absl::StrCat("champ « ", cle_, " » : tableau imbriqué"));
    return true;
  }
  bool end_array() override { return Fermer(); }

  bool key(string_t& v) override {
    if (profondeur_ == 2) {
      if (ligne_.Trouver(v) != nullptr) Refuser(absl::StrCat("champ « ", v, " » donné deux fois"));
      cle_ = std::move(v);
    }
    return true;
  }
  bool parse_error(std::size_t octet, const std::string&, const json::exception&) override {
    return Arreter(absl::StrCat("JSON mal formé (", Place(texte_, octet), ")"));
  }

 private:
  void Ouvrir() {
    ligne_ = LigneJson{};
    ligne_.rang = ++rang_;
  }
  bool Valeur(CelluleJson cellule) {
    if (profondeur_ == 0) return Arreter("le document n'est pas un tableau d'objets");
    if (profondeur_ == 1) {
      Ouvrir();
      Refuser("une valeur au lieu d'un objet");
      return Emettre();
    }
    if (profondeur_ == 2) ligne_.champs.emplace_back(cle_, std::move(cellule));
    return true;
  }
  bool Fermer() {
    --profondeur_;
    return profondeur_ != 1 || Emettre();
  }
  bool Emettre() {
    etat_ = recevoir_(std::move(ligne_));
    return etat_.ok();
  }
  bool Refuser(std::string motif) {
    if (ligne_.motif.empty()) ligne_.motif = std::move(motif);
    return true;
  }
  bool Arreter(const std::string& motif) {
    etat_ = absl::InvalidArgumentError(motif);
    return false;
  }

  std::string_view texte_;
  const RecevoirLigneJson& recevoir_;
  absl::Status etat_;
  int profondeur_ = 0;
  int64_t rang_ = 0;
  std::string cle_;
  LigneJson ligne_;
};

}  // namespace

const CelluleJson* LigneJson::Trouver(std::string_view nom) const {
  const auto champ = std::find_if(champs.begin(), champs.end(),
                                  [nom](const auto& paire) { return paire.first == nom; });
  return champ == champs.end() ? nullptr : &champ->second;
}

absl::Status LireJson(std::string_view texte, const RecevoirLigneJson& recevoir) {
  Lecteur lecteur(texte, recevoir);
  json::sax_parse(texte.begin(), texte.end(), &lecteur);
  return lecteur.etat();
}

}  // namespace pdv::pdvctl
