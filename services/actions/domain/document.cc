#include "services/actions/domain/document.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "services/actions/domain/dates.h"

namespace pdv::actions {
namespace {

using status::Violation;

// A type that is taken, and how its content begins. What browsers open or run is not here (HTML,
// SVG, programs): documents are read by those who judge.
struct Type {
  std::string_view type;
  std::string_view debut;
};
constexpr std::string_view kZip("PK\x03\x04", 4);
constexpr Type kTypes[] = {
    {"application/pdf", "%PDF-"},
    {"image/jpeg", "\xFF\xD8\xFF"},
    {"image/png", "\x89PNG\r\n\x1A\n"},
    {"text/csv", ""},
    {"application/vnd.oasis.opendocument.text", kZip},
    {"application/vnd.oasis.opendocument.spreadsheet", kZip},
    {"application/vnd.oasis.opendocument.presentation", kZip},
    {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", kZip},
    {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", kZip},
    {"application/vnd.openxmlformats-officedocument.presentationml.presentation", kZip},
};

const Type* Trouver(std::string_view type_contenu) {
  for (const Type& type : kTypes) {
    if (type.type == type_contenu) return &type;
  }
  return nullptr;
}

Violation TropGrand(const char* field) {
  return {field, "DOCUMENT_TROP_GRAND",
          absl::StrCat("Un document compte au plus ", kTailleMax, " octets (50 Mio).")};
}

absl::Status Refuse(std::vector<Violation> violations) {
  return violations.empty() ? absl::OkStatus() : status::InvalidRequest(std::move(violations));
}

}  // namespace

bool EstDuType(std::string_view type_contenu, std::string_view debut) {
  const Type* type = Trouver(type_contenu);
  if (type == nullptr) return false;
  // A table of text begins with anything, but a text holds no null byte.
  if (type->debut.empty()) return debut.find('\0') == std::string_view::npos;
  return debut.starts_with(type->debut);
}

absl::Status VerifierEntete(const v1::Document& document) {
  std::vector<Violation> violations;
  if (Trouver(document.type_contenu()) == nullptr)
    violations.push_back({"document.type_contenu", "TYPE_REFUSE",
                          "Un document est un PDF, une image JPEG ou PNG, un CSV, ou un fichier "
                          "bureautique OpenDocument ou Office Open XML."});
  if (document.taille_octets() > kTailleMax)
    violations.push_back(TropGrand("document.taille_octets"));
  if (document.has_valide_du() && document.has_valide_jusquau() &&
      DateDe(document.valide_jusquau()) < DateDe(document.valide_du()))
    violations.push_back({"document.valide_jusquau", "DATES_INCOHERENTES",
                          "Le document cesse de valoir avant de commencer."});
  return Refuse(std::move(violations));
}

absl::Status VerifierTaille(int64_t octets) {
  return octets <= kTailleMax ? absl::OkStatus() : status::InvalidRequest({TropGrand("contenu")});
}

absl::Status VerifierContenu(const v1::Document& announced, std::string_view debut, int64_t octets,
                             const std::string& empreinte) {
  std::vector<Violation> violations;
  if (octets == 0)
    violations.push_back({"contenu", "CONTENU_DIFFERENT", "Le document est vide."});
  else if (!EstDuType(announced.type_contenu(), debut))
    violations.push_back(
        {"document.type_contenu", "TYPE_DIFFERENT",
         absl::StrCat("Le contenu n'est pas du type ", announced.type_contenu(), ".")});
  if (announced.taille_octets() != 0 && announced.taille_octets() != octets)
    violations.push_back({"document.taille_octets", "CONTENU_DIFFERENT",
                          absl::StrCat(announced.taille_octets(), " octets étaient annoncés, ",
                                       octets, " sont arrivés.")});
  if (!announced.empreinte().empty() && announced.empreinte() != empreinte)
    violations.push_back(
        {"document.empreinte", "CONTENU_DIFFERENT",
         absl::StrCat("Le contenu n'a pas l'empreinte annoncée : ", empreinte, ".")});
  return Refuse(std::move(violations));
}

}  // namespace pdv::actions
