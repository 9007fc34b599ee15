#include "services/pdvctl/commandes/releve.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "google/protobuf/util/time_util.h"
#include "pdv/financement/v1/ecriture.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/sortie.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/pages.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/ressources/libelles.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;

// "enveloppes/e/comptes/disponible" of the statement of "enveloppes/e" -> "disponible".
std::string Poste(const std::string& compte) { return std::string(types::DernierSegment(compte)); }

// Whose account it is, "enveloppes/e".
std::string Titulaire(const std::string& compte) {
  return compte.substr(0, compte.find("/comptes/"));
}

void DireMouvements(const v1::ReleveCompteResponse& releve, Contexte& contexte) {
  // Who and why take room that a narrow terminal does not have: the day and the account are not
  // cut.
  const size_t width = contexte.terminal_sortie.largeur;
  const bool large = width == 0 || width >= 100;
  std::vector<ColonneTableau> columns = {
      {"Instant", true}, {"Nature"}, {"Compte"}, {"Montant", true}, {"Solde", true}};
  if (large) columns.insert(columns.end(), {{"Par"}, {"Motif"}});
  Tableau table(columns);
  const auto& all = releve.mouvements();
  const bool several = std::any_of(all.begin(), all.end(), [&](const v1::MouvementCompte& one) {
    return Titulaire(one.compte()) != Titulaire(all[0].compte());
  });
  for (const auto& one : all) {
    const v1::Ecriture& entry = one.ecriture();
    const auto* nature = v1::NatureEcriture_descriptor()->FindValueByNumber(entry.nature());
    std::vector<std::string> cells = {
        InstantFr(entry.instant()), nature == nullptr ? "" : LibelleValeur(*nature),
        several ? absl::StrCat(std::string(types::DernierSegment(Titulaire(one.compte()))), " ",
                               Poste(one.compte()))
                : Poste(one.compte()),
        EurosFr(one.montant_centimes()), EurosFr(one.solde_centimes())};
    if (large) cells.insert(cells.end(), {entry.acteur(), entry.motif()});
    table.Ajouter(std::move(cells));
  }
  if (table.vide()) {
    contexte.sortie << "Aucune écriture.\n";
    return;
  }
  contexte.sortie << table.Rendre(contexte.terminal_sortie) << "\nSoldes\n";
  Tableau soldes({{"Compte"}, {"Solde", true}});
  for (const auto& one : releve.soldes())
    soldes.Ajouter({one.compte(), EurosFr(one.solde_centimes())});
  contexte.sortie << soldes.Rendre(contexte.terminal_sortie);
}

void DireCsv(const v1::ReleveCompteResponse& releve, Contexte& contexte) {
  contexte.sortie << EnregistrementCsvDe({"instant", "nature", "compte", "debit", "credit",
                                          "montant", "solde", "acteur", "motif", "operation"});
  for (const auto& one : releve.mouvements()) {
    const v1::Ecriture& entry = one.ecriture();
    const auto* nature = v1::NatureEcriture_descriptor()->FindValueByNumber(entry.nature());
    contexte.sortie << EnregistrementCsvDe(
        {google::protobuf::util::TimeUtil::ToString(entry.instant()),
         nature == nullptr ? "" : LibelleValeur(*nature), one.compte(), entry.debit(),
         entry.credit(), EurosDecimal(one.montant_centimes()), EurosDecimal(one.solde_centimes()),
         entry.acteur(), entry.motif(), entry.operation()});
  }
}

// What is stated: the lines of an action, else what is named.
absl::StatusOr<std::vector<std::string>> Comptes(Passerelle& passerelle, const std::string& name) {
  if (!absl::StartsWith(name, "actions/")) return std::vector<std::string>{name};
  v1::ListLignesRequest request;
  request.set_filter(absl::StrCat("action = \"", name, "\""));
  auto lines = ToutesLesPages<v1::ListLignesResponse>(
      passerelle, "pdv.financement.v1.FinancementService/ListLignes", request);
  if (!lines.ok()) return lines.status();
  std::vector<std::string> names;
  for (const v1::Ligne& one : lines->lignes()) names.push_back(one.name());
  return names;
}

// Adds the statement of one account, line or envelope, to the others.
absl::Status Ajouter(Passerelle& passerelle, const v1::ReleveCompteRequest& request,
                     v1::ReleveCompteResponse* releve) {
  google::protobuf::RepeatedPtrField<v1::SoldeCompte> balances;
  absl::Status read = ParcourirPages<v1::ReleveCompteResponse>(
      passerelle, "pdv.financement.v1.FinancementService/ReleveCompte", request,
      [&](v1::ReleveCompteResponse& page) {
        releve->mutable_mouvements()->MergeFrom(page.mouvements());
        balances.Swap(
            page.mutable_soldes());  // they come with each page: those of the last one count
      });
  releve->mutable_soldes()->MergeFrom(balances);
  return read;
}

}  // namespace

CommandeDeclaree DeclarationReleve() {
  return {
      "releve",
      "Les écritures derrière un montant, avec le solde après chacune.",
      {{"COMPTE",
        "une ligne (2023-cv110-0042-etat), une enveloppe, l'un de leurs comptes "
        "(enveloppes/e/comptes/disponible, reserve, consomme, gele, delegue ou recu), ce qui vient "
        "du dehors "
        "(financeurs/f/comptes/exterieur), ou une action : toutes ses lignes",
        true,
        false,
        {}}},
      {{"au",
        GenreOption::kTexte,
        "JOUR|INSTANT",
        "tel qu'il était alors (un jour : à sa fin)",
        false,
        {}},
       OptionFormat(),
       OptionPasserelle()},
      {}};
}

int ExecuterReleve(const Arguments& arguments, Contexte& contexte) {
  v1::ReleveCompteRequest request;
  if (const auto when = arguments.Texte("au")) {
    absl::Status read = LireInstant(*when, request.mutable_read_time());
    if (!read.ok()) return DireErreur(read, contexte);
  }
  Passerelle passerelle(arguments);
  const std::string name = NomComplet("lignes", arguments.Valeur("COMPTE"));
  auto comptes = Comptes(passerelle, name);
  if (!comptes.ok()) return DireErreur(comptes.status(), contexte);
  v1::ReleveCompteResponse releve;
  // A line of an action that came later had nothing then; what is named alone did not exist.
  const bool several = absl::StartsWith(name, "actions/");
  for (const std::string& compte : *comptes) {
    request.set_compte(compte);
    absl::Status added = Ajouter(passerelle, request, &releve);
    if (request.has_read_time() && absl::IsNotFound(added)) {
      if (several) continue;
      added = absl::NotFoundError(absl::StrCat("« ", Titulaire(compte), " » n'existait pas le ",
                                               InstantFr(request.read_time())));
    }
    if (!added.ok()) return DireErreur(added, contexte);
  }
  const std::string format = arguments.TexteOu("format", "table");
  if (format == "json")
    contexte.sortie << EcrireJson(releve);
  else if (format == "csv")
    DireCsv(releve, contexte);
  else
    DireMouvements(releve, contexte);
  return kReussite;
}

}  // namespace pdv::pdvctl
