#include "services/pdvctl/exemple/monde.h"

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace pdv::pdvctl::exemple {
namespace {

// The digit that makes Luhn hold when it is appended.
int Cle(const std::string& chiffres) {
  int somme = 0;
  for (size_t i = 0; i < chiffres.size(); ++i) {
    int chiffre = chiffres[chiffres.size() - 1 - i] - '0';
    if (i % 2 == 0) chiffre = chiffre * 2 > 9 ? chiffre * 2 - 9 : chiffre * 2;
    somme += chiffre;
  }
  return (10 - somme % 10) % 10;
}

}  // namespace

std::string IdContrat(const ContratExemple& contrat) { return absl::AsciiStrToLower(contrat.code); }
std::string NomContrat(const ContratExemple& contrat) {
  return absl::StrCat("contrats/", IdContrat(contrat));
}
std::string NomEpci(const ContratExemple& contrat) { return absl::StrCat("epci/", contrat.siren); }

std::string NomFinanceur(int rang, const ContratExemple& contrat) {
  switch (rang) {
    case kEtat:
      return "financeurs/etat";
    case kEpci:
      return absl::StrCat("financeurs/epci-", IdContrat(contrat));
    case kCommunes:
      return absl::StrCat("financeurs/communes-", IdContrat(contrat));
    case kDepartement:
      return "financeurs/departement-34";
    case kCaf:
      return "financeurs/caf-34";
    default:
      return "financeurs/region-76";
  }
}

const char* CompteSubvention(int rang) {
  constexpr const char* kComptes[] = {"74etat", "74epci",    "74com",
                                      "74dep",  "74orgasoc", "74region"};
  return kComptes[rang];
}

bool UtiliseLaSuite(int rang) { return rang != kCommunes && rang != kCaf; }

std::string NomPorteur(int64_t rang) { return absl::StrCat("porteurs/", SiretInvente(rang)); }
int64_t EquipeProjet(const ContratExemple& contrat) {
  return kAssociations + 2 * (&contrat - kContrats);
}
int64_t ReussiteEducative(const ContratExemple& contrat) { return EquipeProjet(contrat) + 1; }

std::string SiretInvente(int64_t rang) {
  std::string siren = absl::StrFormat("9%07d", rang);
  absl::StrAppend(&siren, Cle(siren));
  std::string siret = absl::StrCat(siren, "0001");
  return absl::StrCat(siret, Cle(siret));
}

google::type::Date Le(int annee, int mois, int jour) {
  google::type::Date date;
  date.set_year(annee);
  date.set_month(mois);
  date.set_day(jour);
  return date;
}

}  // namespace pdv::pdvctl::exemple
