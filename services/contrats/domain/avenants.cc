#include "services/contrats/domain/avenants.h"

#include <set>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "common/status/error.h"
#include "services/contrats/domain/dates.h"
#include "services/contrats/domain/etats.h"
#include "services/contrats/domain/regles_contrat.h"

namespace pdv::contrats {
namespace {

// The rules that are broken, as sentences.
using Fautes = std::vector<std::string>;

// The index of the territory of a quartier that is in the contrat without an end, or -1.
int QuartierOuvert(const v1::Contrat& contrat, const std::string& qpv) {
  for (int i = 0; i < contrat.territoires_size(); ++i) {
    const v1::Territoire& t = contrat.territoires(i);
    if (t.territoire() == qpv && t.role() == v1::ROLE_TERRITOIRE_QUARTIER && !t.has_valide_au())
      return i;
  }
  return -1;
}

// True when the quartier is in the contrat on that day or later: it cannot come in twice.
bool EncorePresent(const v1::Contrat& contrat, const std::string& qpv, types::Date date) {
  for (const v1::Territoire& t : contrat.territoires()) {
    if (t.territoire() == qpv && t.role() == v1::ROLE_TERRITOIRE_QUARTIER &&
        (!t.has_valide_au() || date < DateDe(t.valide_au())))
      return true;
  }
  return false;
}

void VerifierEntrees(const v1::Avenant& avenant, const v1::Contrat& contrat, Fautes* fautes) {
  for (const std::string& qpv : avenant.quartiers()) {
    if (EncorePresent(contrat, qpv, DateDe(avenant.date_effet())))
      fautes->push_back(absl::StrCat("Le quartier ", qpv, " est déjà dans le contrat."));
  }
}

void VerifierSorties(const v1::Avenant& avenant, const v1::Contrat& contrat, Fautes* fautes) {
  for (const std::string& qpv : avenant.quartiers()) {
    const int open = QuartierOuvert(contrat, qpv);
    if (open < 0) {
      fautes->push_back(absl::StrCat("Le quartier ", qpv, " n'est pas dans le contrat."));
    } else if (contrat.territoires(open).has_valide_du() &&
               DateDe(avenant.date_effet()) <= DateDe(contrat.territoires(open).valide_du())) {
      fautes->push_back(
          absl::StrCat("Le quartier ", qpv, " ne peut pas sortir avant d'être entré."));
    }
  }
}

void VerifierQuartiers(const v1::Avenant& avenant, const v1::Contrat& contrat, Fautes* fautes) {
  const bool entree = avenant.type() == v1::TYPE_AVENANT_AJOUT_QUARTIER;
  const bool sortie = avenant.type() == v1::TYPE_AVENANT_RETRAIT_QUARTIER;
  if (!entree && !sortie) {
    if (!avenant.quartiers().empty())
      fautes->push_back("Seul un avenant d'ajout ou de retrait cite des quartiers.");
    return;
  }
  if (avenant.quartiers().empty()) fautes->push_back("Cet avenant ne cite aucun quartier.");
  const std::set<std::string> distinct(avenant.quartiers().begin(), avenant.quartiers().end());
  if (static_cast<int>(distinct.size()) < avenant.quartiers_size())
    fautes->push_back("Cet avenant cite deux fois le même quartier.");
  entree ? VerifierEntrees(avenant, contrat, fautes) : VerifierSorties(avenant, contrat, fautes);
}

void VerifierProrogation(const v1::Avenant& avenant, const v1::Contrat& contrat, Fautes* fautes) {
  if (avenant.type() != v1::TYPE_AVENANT_PROROGATION) {
    if (avenant.has_nouvelle_date_fin())
      fautes->push_back("Seule une prorogation donne une nouvelle date de fin.");
    return;
  }
  if (!avenant.has_nouvelle_date_fin()) {
    fautes->push_back("Une prorogation donne la nouvelle date de fin.");
  } else if (contrat.has_date_fin() &&
             DateDe(avenant.nouvelle_date_fin()) <= DateDe(contrat.date_fin())) {
    fautes->push_back("Une prorogation finit plus tard que le contrat.");
  }
}

void VerifierEffet(const v1::Avenant& avenant, const v1::Contrat& contrat, Fautes* fautes) {
  const types::Date effet = DateDe(avenant.date_effet());
  if (contrat.has_date_debut() && effet < DateDe(contrat.date_debut()))
    fautes->push_back("L'avenant prend effet avant le début du contrat.");
  if (contrat.has_date_fin() && effet > DateDe(contrat.date_fin()) + 1)
    fautes->push_back("L'avenant prend effet après la fin du contrat.");
}

bool ChangeLeTexte(const v1::Avenant& avenant) {
  return !avenant.signataires().empty() || !avenant.engagements().empty() ||
         !avenant.orientations().empty() || !avenant.nouveau_libelle().empty();
}

void DeplacerQuartiers(const v1::Avenant& avenant, v1::Contrat* contrat) {
  for (const std::string& qpv : avenant.quartiers()) {
    if (avenant.type() == v1::TYPE_AVENANT_AJOUT_QUARTIER) {
      v1::Territoire* added = contrat->add_territoires();
      added->set_territoire(qpv);
      added->set_role(v1::ROLE_TERRITOIRE_QUARTIER);
      *added->mutable_valide_du() = avenant.date_effet();
    } else {
      const int open = QuartierOuvert(*contrat, qpv);
      *contrat->mutable_territoires(open)->mutable_valide_au() = avenant.date_effet();
    }
  }
}

absl::Status Refus(const v1::Avenant& avenant, const Fautes& fautes) {
  status::Error error(absl::StatusCode::kFailedPrecondition, "AVENANT_INVALIDE",
                      absl::StrJoin(fautes, " "));
  error.Law("contrat.avenant", "loi n° 2014-173 du 21 février 2014, art. 6");
  error.With("name", avenant.name());
  for (const std::string& faute : fautes)
    error.Precondition("AVENANT_INVALIDE", avenant.name(), faute);
  return error;
}

}  // namespace

absl::Status VerifierAvenant(const v1::Avenant& avenant, const v1::Contrat& contrat) {
  return AppliquerAvenant(avenant, contrat).status();
}

absl::StatusOr<v1::Contrat> AppliquerAvenant(const v1::Avenant& avenant, v1::Contrat contrat) {
  Fautes fautes;
  if (!EstSigne(contrat.etat()))
    fautes.push_back("Un contrat en projet se modifie directement, sans avenant.");
  if (contrat.etat() == v1::ETAT_CONTRAT_CLOS) fautes.push_back("Le contrat est clos.");
  VerifierEffet(avenant, contrat, &fautes);
  VerifierProrogation(avenant, contrat, &fautes);
  VerifierQuartiers(avenant, contrat, &fautes);
  if (avenant.type() != v1::TYPE_AVENANT_AUTRE && ChangeLeTexte(avenant))
    fautes.push_back("Cet avenant change aussi le texte : il en faut un de type « autre ».");
  if (!fautes.empty()) return Refus(avenant, fautes);

  if (avenant.has_nouvelle_date_fin()) *contrat.mutable_date_fin() = avenant.nouvelle_date_fin();
  DeplacerQuartiers(avenant, &contrat);
  contrat.mutable_signataires()->MergeFrom(avenant.signataires());
  contrat.mutable_engagements()->MergeFrom(avenant.engagements());
  if (!avenant.orientations().empty()) *contrat.mutable_orientations() = avenant.orientations();
  if (!avenant.nouveau_libelle().empty()) contrat.set_libelle(avenant.nouveau_libelle());
  for (const status::Violation& violation : status::ViolationsOf(VerifierContrat(contrat)))
    fautes.push_back(violation.description);
  if (!fautes.empty()) return Refus(avenant, fautes);
  return contrat;
}

}  // namespace pdv::contrats
