#include "services/pdvctl/importation/scdl_cellules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "common/types/centimes.h"
#include "common/types/date.h"
#include "common/types/identifiants.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;

bool Chiffres(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](unsigned char c) { return absl::ascii_isdigit(c); });
}

// Digits, then perhaps a point and digits: what "number" is in a table schema, without exponents.
bool Decimal(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const size_t point = text.find('.');
  if (point == std::string_view::npos) return Chiffres(text);
  return Chiffres(text.substr(0, point)) && Chiffres(text.substr(point + 1));
}

// "2017-03-14": the shape alone.
bool FormeDeJour(std::string_view text) {
  return text.size() == 10 && text[4] == '-' && text[7] == '-' && Chiffres(text.substr(0, 4)) &&
         Chiffres(text.substr(5, 2)) && Chiffres(text.substr(8, 2));
}

// The same refusal without the value, which a report shows beside it: equal reasons count together.
absl::Status SansValeur(const absl::Status& refusal) {
  const std::string message(refusal.message());
  const size_t end = message.find(" » ");
  if (message.rfind("« ", 0) != 0 || end == std::string::npos) return refusal;
  return absl::Status(refusal.code(), message.substr(end + std::string(" » ").size()));
}

}  // namespace

absl::StatusOr<CelluleLue<std::string>> LireSiretScdl(std::string_view text, bool strict) {
  if (strict) {
    absl::Status valid = types::VerifierSiret(text);
    if (!valid.ok()) return SansValeur(valid);
    return CelluleLue<std::string>{std::string(text), ""};
  }
  absl::StatusOr<types::SiretNettoye> cleaned = types::NettoyerSiret(text);
  if (!cleaned.ok()) return SansValeur(cleaned.status());
  return CelluleLue<std::string>{cleaned->valeur, absl::StrJoin(cleaned->reparations, ", ")};
}

absl::StatusOr<CelluleLue<std::string>> LireRnaScdl(std::string_view text) {
  absl::Status valid = types::VerifierRna(text);
  if (!valid.ok()) return SansValeur(valid);
  return CelluleLue<std::string>{
      std::string(text),
      types::RnaRefuseParScdl(text) ? "numéro RNA du répertoire, que le schéma n'admet pas" : ""};
}

absl::StatusOr<CelluleLue<google::type::Date>> LireDateScdl(std::string_view text, bool strict) {
  if (strict && !FormeDeJour(text)) return absl::InvalidArgumentError("la date s'écrit AAAA-MM-JJ");
  absl::StatusOr<types::Date> day = types::LireDate(text);
  if (!day.ok()) return SansValeur(day.status());
  CelluleLue<google::type::Date> cell;
  cell.valeur.set_year(static_cast<int32_t>(day->year()));
  cell.valeur.set_month(day->month());
  cell.valeur.set_day(day->day());
  if (!FormeDeJour(text)) cell.reparation = "date qui n'est pas écrite AAAA-MM-JJ";
  return cell;
}

absl::StatusOr<CelluleLue<int64_t>> LireMontantScdl(std::string_view text, bool strict) {
  if (strict && !Decimal(text))
    return absl::InvalidArgumentError(
        "le montant est un nombre dont les décimales suivent un point");
  absl::StatusOr<types::Centimes> cents = types::LireMontant(text);
  if (!cents.ok()) return SansValeur(cents.status());
  if (*cents > types::kMontantMaximal || *cents < -types::kMontantMaximal)
    return absl::InvalidArgumentError("le montant dépasse cent milliards d'euros");
  return CelluleLue<int64_t>{*cents, Decimal(text) ? "" : "montant écrit pour des personnes"};
}

absl::StatusOr<CelluleLue<v1::NatureSubvention>> LireNatureScdl(std::string_view text,
                                                                bool strict) {
  struct Forme {
    std::string_view texte;
    v1::NatureSubvention nature;
  };
  static constexpr Forme kFormes[] = {
      {"aide en numéraire", v1::NATURE_SUBVENTION_NUMERAIRE},
      {"aide en nature", v1::NATURE_SUBVENTION_NATURE},
      {"aide en numéraire;aide en nature", v1::NATURE_SUBVENTION_NUMERAIRE_ET_NATURE},
      {"aide en nature;aide en numéraire", v1::NATURE_SUBVENTION_NUMERAIRE_ET_NATURE},
  };
  for (const Forme& forme : kFormes) {
    if (text == forme.texte) return CelluleLue<v1::NatureSubvention>{forme.nature, ""};
    if (!strict && text.find(',') == std::string_view::npos &&
        NormaliserEntete(text) == NormaliserEntete(forme.texte))
      return CelluleLue<v1::NatureSubvention>{forme.nature, "nature écrite autrement"};
  }
  return absl::InvalidArgumentError(
      "la nature est « aide en numéraire », « aide en nature », ou les deux avec un point-virgule");
}

absl::StatusOr<CelluleLue<std::string>> LirePeriodeScdl(std::string_view text, bool strict) {
  CelluleLue<std::string> cell{std::string(text), ""};
  if (!strict) absl::StrReplaceAll({{"_", "/"}}, &cell.valeur);
  const std::string_view days = cell.valeur;
  const bool shape = days.size() == 10
                         ? FormeDeJour(days)
                         : days.size() == 21 && days[10] == '/' &&
                               FormeDeJour(days.substr(0, 10)) && FormeDeJour(days.substr(11));
  if (!shape)
    return absl::InvalidArgumentError(
        strict ? "la période s'écrit AAAA-MM-JJ ou AAAA-MM-JJ/AAAA-MM-JJ"
               : "la période s'écrit AAAA-MM-JJ, AAAA-MM-JJ/AAAA-MM-JJ ou AAAA-MM-JJ_AAAA-MM-JJ");
  absl::StatusOr<types::Periode> period = types::LirePeriode(days);
  if (!period.ok()) cell.reparation = std::string(SansValeur(period.status()).message());
  return cell;
}

absl::StatusOr<CelluleLue<bool>> LireOuiNonScdl(std::string_view text, bool strict) {
  const std::string lower = strict ? std::string(text) : absl::AsciiStrToLower(std::string(text));
  if (lower != "oui" && lower != "non")
    return absl::InvalidArgumentError("la valeur est « oui » ou « non »");
  return CelluleLue<bool>{lower == "oui", lower == text ? "" : "« oui » ou « non » en capitales"};
}

absl::StatusOr<CelluleLue<int32_t>> LirePartScdl(std::string_view text, bool strict) {
  constexpr int64_t kUn = 1'000'000'000;  // a whole, in billionths
  std::string number(text);
  if (!strict) absl::StrReplaceAll({{",", "."}}, &number);
  if (!Decimal(number))
    return absl::InvalidArgumentError("la part est un nombre dont les décimales suivent un point");
  const size_t point = number.find('.');
  const std::string whole = number.substr(0, point);
  std::string rest = point == std::string::npos ? "" : number.substr(point + 1);
  rest.resize(9, '0');
  const bool one = whole.find_first_not_of('0') == whole.size() - 1 && whole.back() == '1';
  const bool zero = whole.find_first_not_of('0') == std::string::npos;
  const int64_t part = (one ? kUn : 0) + std::stoll(rest);
  if (!(one || zero) || part > kUn || part < (strict ? kUn / 100 : 0))
    return absl::InvalidArgumentError(strict ? "la part va de 0.01 à 1" : "la part va de 0 à 1");
  constexpr int64_t kPoint = kUn / 10'000;
  CelluleLue<int32_t> cell{static_cast<int32_t>((part + kPoint / 2) / kPoint), ""};
  if (number != text) cell.reparation = "part écrite avec une virgule";
  if (part % kPoint != 0) cell.reparation = "part arrondie au dix-millième";
  return cell;
}

}  // namespace pdv::pdvctl
