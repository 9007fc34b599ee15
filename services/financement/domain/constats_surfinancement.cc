#include "services/financement/domain/constats_surfinancement.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "common/types/centimes.h"
#include "common/types/nom.h"
#include "services/financement/domain/aides.h"

namespace pdv::financement {
namespace {

using v1::ConstatSurfinancement;

constexpr char kPlafond[] =
    "une subvention est destinée à la réalisation d'une action : elle n'en dépasse pas le coût "
    "(loi n° 2000-321, art. 9-1)";
constexpr char kDouble[] = "pratique d'instruction ; n'est pas une règle de droit";
constexpr char kPublication[] =
    "données essentielles des conventions de subvention (décret n° 2017-779)";

std::string Euros(absl::int128 centimes) { return types::FormaterMontant(Borner(centimes)); }

ConstatSurfinancement Constat(const char* regle, bool alerte, int32_t exercice,
                              absl::int128 centimes, const char* reference) {
  ConstatSurfinancement constat;
  constat.set_regle(regle);
  constat.set_gravite(alerte ? v1::GRAVITE_FINANCEMENT_ALERTE
                             : v1::GRAVITE_FINANCEMENT_AVERTISSEMENT);
  constat.set_exercice(exercice);
  constat.set_montant_centimes(Borner(centimes));
  constat.set_reference(reference);
  return constat;
}

void Fait(const std::string& name, const std::string& libelle, const std::string& financeur,
          int64_t centimes, ConstatSurfinancement* constat) {
  v1::FaitFinancement* fait = constat->add_faits();
  fait->set_name(name);
  fait->set_libelle(libelle);
  fait->set_financeur(financeur);
  fait->set_montant_centimes(centimes);
}
void Fait(const LigneDAction& one, ConstatSurfinancement* constat) {
  Fait(one.ligne->ligne.name(), one.action->intitule, one.ligne->financeur,
       MontantEnVue(one.ligne->ligne), constat);
}
void Fait(const v1::Subvention& s, ConstatSurfinancement* constat) {
  Fait(s.name(), s.objet(), s.attribuant(), PartDuBeneficiaire(s), constat);
}
void FaitCout(const ActionDetectee& action, ConstatSurfinancement* constat) {
  Fait(absl::StrCat("budgets/", std::string(types::DernierSegment(action.name))), action.intitule,
       "", *action.cout_centimes, constat);
}
void FaitsAide(const Aide& aide, ConstatSurfinancement* constat) {
  for (const LigneDAction& one : aide.lignes) Fait(one, constat);
  for (const v1::Subvention* one : aide.hors_plan) Fait(*one, constat);
}

// Told where the amount is not the whole one that the authority published.
const char* Part(const std::vector<const v1::Subvention*>& publiees) {
  const bool shared = std::any_of(publiees.begin(), publiees.end(), [](const v1::Subvention* one) {
    return one->part_points() != 10'000;
  });
  return shared ? " (la part de ce bénéficiaire)" : "";
}

}  // namespace

ConstatSurfinancement AideNonDeclaree(const ActionDetectee& action, absl::int128 net,
                                      const std::vector<const v1::Subvention*>& donnees) {
  ConstatSurfinancement constat =
      Constat("AIDE_NON_DECLAREE", false, action.exercice, net, kPublication);
  const v1::Subvention& first = *donnees.front();
  constat.set_message(
      absl::StrCat(first.attribuant(), " publie ",
                   donnees.size() == 1 ? std::string("une aide de ")
                                       : absl::StrCat(donnees.size(), " décisions, en tout "),
                   Euros(net), Part(donnees), " pour « ", first.objet(),
                   " » : elle n'a pas de ligne sur l'action « ", action.intitule, " »."));
  for (const v1::Subvention* one : donnees) Fait(*one, &constat);
  Fait(action.name, action.intitule, "", action.cout_centimes.value_or(0), &constat);
  return constat;
}

ConstatSurfinancement MontantDiscordant(const LigneDAction& ligne, absl::int128 publie,
                                        const std::vector<const v1::Subvention*>& memes) {
  const int64_t known = MontantEnVue(ligne.ligne->ligne);
  const bool decided = EstDecidee(ligne.ligne->ligne);
  ConstatSurfinancement constat =
      Constat("MONTANT_DISCORDANT", decided, ligne.action->exercice,
              publie > known ? publie - known : known - publie, kPublication);
  constat.set_message(
      absl::StrCat(memes.front()->attribuant(), " publie ", Euros(publie), Part(memes), " pour « ",
                   memes.front()->objet(), " » ; sa ligne sur l'action « ", ligne.action->intitule,
                   " » est de ", Euros(known), decided ? "." : ", et n'est pas décidée."));
  Fait(ligne, &constat);
  for (const v1::Subvention* one : memes) Fait(*one, &constat);
  return constat;
}

ConstatSurfinancement AideSuperieureAuCout(const ActionDetectee& action, const Aide& aide) {
  const absl::int128 cost = *action.cout_centimes;
  const bool certain = aide.certaine > cost;
  const absl::int128 total = certain ? aide.certaine : aide.certaine + aide.attendue;
  ConstatSurfinancement constat =
      Constat("AIDE_SUPERIEURE_AU_COUT", certain, action.exercice, total - cost, kPlafond);
  constat.set_message(absl::StrCat(
      "L'action « ", action.intitule, " » coûte ", Euros(cost), " et ses aides publiques ",
      certain ? "décidées ou publiées" : "décidées, publiées ou attendues", " font ", Euros(total),
      " : ", Euros(total - cost), " de trop."));
  FaitCout(action, &constat);
  FaitsAide(aide, &constat);
  return constat;
}

ConstatSurfinancement AideSuperieureAuCoutCommun(const std::vector<const ActionDetectee*>& actions,
                                                 absl::int128 cout, const Aide& aide) {
  const absl::int128 total = aide.certaine + aide.attendue;
  ConstatSurfinancement constat = Constat("AIDE_SUPERIEURE_AU_COUT_COMMUN", false,
                                          actions.front()->exercice, total - cout, kPlafond);
  constat.set_message(absl::StrCat(
      actions.size(), " dossiers de ", actions.front()->exercice, " ressemblent à « ",
      actions.front()->intitule, " ». S'ils sont une même action, elle coûte ", Euros(cout),
      " et ses aides publiques font ", Euros(total), " : ", Euros(total - cout), " de trop."));
  for (const ActionDetectee* one : actions) FaitCout(*one, &constat);
  FaitsAide(aide, &constat);
  return constat;
}

ConstatSurfinancement LignesEnDouble(const std::vector<LigneDAction>& lignes) {
  absl::int128 total = 0;
  int64_t largest = 0;
  bool decided = true;
  for (const LigneDAction& one : lignes) {
    total += MontantEnVue(one.ligne->ligne);
    largest = std::max(largest, MontantEnVue(one.ligne->ligne));
    decided = decided && EstDecidee(one.ligne->ligne);
  }
  ConstatSurfinancement constat = Constat(
      "FINANCEMENT_EN_DOUBLE", decided, lignes.front().action->exercice, total - largest, kDouble);
  constat.set_message(absl::StrCat(
      lignes.front().ligne->financeur, decided ? " finance " : " est sollicité pour ",
      lignes.size(), " actions de ", lignes.front().action->exercice, " qui ressemblent à « ",
      lignes.front().action->intitule, " », pour ", Euros(total), " en tout."));
  for (const LigneDAction& one : lignes) Fait(one, &constat);
  return constat;
}

ConstatSurfinancement PublieesEnDouble(const std::vector<const v1::Subvention*>& publiees) {
  absl::int128 total = 0;
  int64_t largest = 0;
  for (const v1::Subvention* one : publiees) {
    total += PartDuBeneficiaire(*one);
    largest = std::max(largest, PartDuBeneficiaire(*one));
  }
  const v1::Subvention& first = *publiees.front();
  ConstatSurfinancement constat = Constat("FINANCEMENT_EN_DOUBLE", false,
                                          first.date_convention().year(), total - largest, kDouble);
  constat.set_message(absl::StrCat(first.attribuant(), " publie ", publiees.size(),
                                   " décisions de ", first.date_convention().year(),
                                   " qui ressemblent à « ", first.objet(), " », pour ",
                                   Euros(total), " en tout", Part(publiees), "."));
  for (const v1::Subvention* one : publiees) Fait(*one, &constat);
  return constat;
}

}  // namespace pdv::financement
