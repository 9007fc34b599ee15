#include "services/pdvctl/commandes/situation.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/types/nom.h"
#include "common/types/paris.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/financement/v1/budget.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/gateway/v1/fiche.pb.h"
#include "services/pdvctl/affichage/dates.h"
#include "services/pdvctl/affichage/largeur.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/affichage/tableau.h"
#include "services/pdvctl/commandes/complements.h"
#include "services/pdvctl/commandes/fiche_sections.h"
#include "services/pdvctl/commandes/verbes.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = actions::v1;

// Whose turn it is, by the state.
const char* QuiAgit(v1::EtatAction etat) {
  switch (etat) {
    case v1::ETAT_ACTION_BROUILLON:
      return "au rédacteur de finir et de soumettre";
    case v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION:
      return "au signataire d'attester";
    case v1::ETAT_ACTION_DEPOSEE:
      return "à l'instructeur de dire si le dossier est complet";
    case v1::ETAT_ACTION_A_COMPLETER:
      return "au rédacteur de répondre aux compléments";
    case v1::ETAT_ACTION_COMPLETE:
      return "à l'instructeur de prendre en charge";
    case v1::ETAT_ACTION_EN_INSTRUCTION:
      return "aux financeurs de décider de leurs lignes";
    case v1::ETAT_ACTION_AJOURNEE:
      return "au comité de reprendre l'examen";
    default:
      return "";
  }
}

// Until its funder votes or refuses it.
bool EstIndecise(financement::v1::EtatLigne etat) {
  switch (etat) {
    case financement::v1::ETAT_LIGNE_DEMANDEE:
    case financement::v1::ETAT_LIGNE_PRISE_EN_CHARGE:
    case financement::v1::ETAT_LIGNE_RECEVABLE:
    case financement::v1::ETAT_LIGNE_PROPOSEE:
    case financement::v1::ETAT_LIGNE_SANS_REPONSE:
      return true;
    default:
      return false;
  }
}

// A line that does not tell its day was asked when it was written.
absl::CivilDay JourDeLaDemande(const financement::v1::Ligne& line) {
  return line.has_demande_le()
             ? JourCivil(line.demande_le())
             : types::JourAParis(absl::FromUnixSeconds(line.create_time().seconds()));
}

void DireLignes(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  Tableau table({{"Financeur", false, true},
                 {"Demandé", true},
                 {"Proposé", true},
                 {"Voté", true},
                 {"État"},
                 {"Depuis", true}});
  for (const auto& line : Deballer<financement::v1::Ligne>(fiche.lignes())) {
    table.Ajouter(
        {std::string(types::DernierSegment(line.financeur())),
         EurosFr(line.demande_droit_commun_centimes() + line.demande_specifiques_centimes()),
         EurosFr(line.propose_droit_commun_centimes() + line.propose_specifiques_centimes()),
         EurosFr(line.vote_droit_commun_centimes() + line.vote_specifiques_centimes()),
         LibelleEtat(line), Depuis(line, AujourdhuiAParis())});
  }
  if (!table.vide()) contexte.sortie << "\n" << table.Rendre(contexte.terminal_sortie);
}

// What waits for an answer, under the numbers that `repondre` takes.
void DireComplements(const gateway::v1::FicheAction& fiche, Contexte& contexte) {
  for (const auto& one : ParNumero(Deballer<v1::Complement>(fiche.complements()))) {
    if (one.reponse().empty())
      contexte.sortie << Paragraphe(absl::StrCat(NumeroDe(one), ". demandé par ", one.demandeur(),
                                                 " : ", Assainir(one.objet())),
                                    contexte.terminal_sortie, 2);
  }
}

void DireConstats(const v1::EvaluerDossierResponse& evaluation, Contexte& contexte) {
  for (const auto& finding : evaluation.constats()) {
    const bool refusal = finding.severite() == v1::SEVERITE_REGLE_REFUS;
    contexte.sortie << Styler(absl::StrCat(refusal ? "✗ " : "⚠ ", finding.message()),
                              refusal ? Style::kAlerte : Style::kAttention,
                              contexte.terminal_sortie)
                    << "\n"
                    << Paragraphe(absl::StrCat(finding.texte(), " (", finding.citation(), ")"),
                                  contexte.terminal_sortie, 4)
                    << "    règle " << finding.regle() << ", champ " << finding.champ() << "\n";
  }
}

}  // namespace

bool SeModifie(v1::EtatAction etat) { return *QuiAgit(etat) != '\0'; }

std::string ResteAFaire(const v1::Action& dossier) {
  const std::string id(types::DernierSegment(dossier.name()));
  if (dossier.etat() == v1::ETAT_ACTION_EN_ATTENTE_ATTESTATION)
    return absl::StrCat("Il reste à attester : pdvctl dossier attester ", id,
                        " --role=signataire --organisation=", dossier.porteur());
  if (dossier.etat() == v1::ETAT_ACTION_A_COMPLETER)
    return absl::StrCat("Il reste à répondre à ce qui est demandé (pdvctl dossier suivre ", id,
                        ") : pdvctl dossier repondre ", id, " --reponse=1=TEXTE");
  return "";
}

std::string Depuis(const financement::v1::Ligne& ligne, absl::CivilDay aujourdhui) {
  if (EstIndecise(ligne.etat()))
    return CompterFr(aujourdhui - JourDeLaDemande(ligne), "jour", "jours");
  return DateFr(ligne.vote_le());
}

std::vector<std::string> EcartsDuBudget(Passerelle& passerelle, const std::string& action) {
  financement::v1::GetBudgetRequest request;
  request.set_name(absl::StrCat("budgets/", std::string(types::DernierSegment(action))));
  auto budget = passerelle.Appeler<financement::v1::Budget>(
      "pdv.financement.v1.FinancementService/GetBudget", request);
  std::vector<std::string> told;
  if (budget.ok())
    for (const auto& gap : budget->ecarts()) told.push_back(gap.message());
  return told;
}

int DireSituation(Passerelle& passerelle, const std::string& action, const Arguments& arguments,
                  Contexte& contexte) {
  gateway::v1::GetFicheActionRequest request;
  request.set_name(action);
  auto fiche = passerelle.Appeler<gateway::v1::FicheAction>(
      "pdv.gateway.v1.GatewayService/GetFicheAction", request);
  if (!fiche.ok()) return DireErreur(fiche.status(), contexte);
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*fiche);
    return kReussite;
  }
  v1::Action dossier;
  if (!fiche->action().UnpackTo(&dossier)) return kEchec;
  contexte.sortie << Styler(dossier.intitule(), Style::kTitre, contexte.terminal_sortie) << "\n"
                  << Paragraphe(absl::StrCat(dossier.name(), " : ", LibelleEtat(dossier),
                                             dossier.motif().empty()
                                                 ? ""
                                                 : absl::StrCat(" (", dossier.motif(), ")")),
                                contexte.terminal_sortie);
  const std::string next = QuiAgit(dossier.etat());
  if (!next.empty()) contexte.sortie << "C'est " << next << ".\n";
  DireComplements(*fiche, contexte);
  DireLignes(*fiche, contexte);
  return kReussite;
}

int DireEvaluation(Passerelle& passerelle, const std::string& action, const Arguments& arguments,
                   Contexte& contexte) {
  v1::EvaluerDossierRequest request;
  request.set_name(action);
  if (const auto day = arguments.Texte("jour")) {
    if (absl::Status read = LireDate(*day, request.mutable_jour()); !read.ok())
      return DireErreur(read, contexte);
  }
  auto evaluation = passerelle.Appeler<v1::EvaluerDossierResponse>(
      absl::StrCat(kActions, "EvaluerDossier"), request);
  if (!evaluation.ok()) return DireErreur(evaluation.status(), contexte);
  bool refused = false;
  for (const auto& finding : evaluation->constats())
    refused |= finding.severite() == v1::SEVERITE_REGLE_REFUS;
  if (arguments.TexteOu("format", "table") == "json") {
    contexte.sortie << EcrireJson(*evaluation);
    return refused ? kIncomplet : kReussite;
  }
  DireConstats(*evaluation, contexte);
  const auto& findings = evaluation->constats();
  if (std::any_of(findings.begin(), findings.end(),
                  [](const v1::ConstatRegle& one) { return one.champ() == "budget"; }))
    for (const std::string& gap : EcartsDuBudget(passerelle, action))
      contexte.sortie << "    " << gap << "\n";
  contexte.sortie << CompterFr(evaluation->regles_examinees(), "règle examinée", "règles examinées")
                  << " au " << DateFr(evaluation->jour()) << ", "
                  << CompterFr(evaluation->constats_size(), "constat", "constats") << ".\n";
  return refused ? kIncomplet : kReussite;
}

}  // namespace pdv::pdvctl
