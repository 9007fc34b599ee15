#include "services/pdvctl/ressources/libelles.h"

#include <map>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"

namespace pdv::pdvctl {
namespace {

// Whole names that are no sequence of French words.
const std::map<std::string, std::string>& Champs() {
  static const std::map<std::string, std::string> kChamps = {
      {"name", "Nom"},
      {"uid", "Identifiant permanent"},
      {"etag", "Révision"},
      {"create_time", "Créé le"},
      {"update_time", "Modifié le"},
      {"delete_time", "Supprimé le"},
      {"depot_time", "Déposé le"},
      {"clos_time", "Clos le"},
      {"reserve_expire_time", "Réservé jusqu'au"},
      {"ej", "Engagement juridique"},
      {"bop", "Budget opérationnel"},
      {"id_rae", "Identifiant RAE"},
      {"valide_du", "Valable du"},
      {"valide_au", "Valable jusqu'au (exclu)"},
      {"jusquau", "Jusqu'au"},
      {"date_debut", "Premier jour"},
      {"date_fin", "Dernier jour"},
      {"cer_souscrit_le", "Contrat d'engagement souscrit le"},
      {"cer_retire_le", "Contrat d'engagement retiré le"},
      {"cer_historique", "Souscriptions et retraits du contrat d'engagement"},
      {"reconnue_utilite_publique_le", "Reconnue d'utilité publique le"},
      {"agrement_tronc_commun_le", "Agréée (tronc commun) le"},
      {"agrement_tronc_commun_jusquau", "Agréée (tronc commun) jusqu'au"},
      {"nomme_par", "Nommé par"},
      {"cer_souscrit_par", "Contrat d'engagement souscrit par"},
      {"cer_retire_par", "Contrat d'engagement retiré par"},
      {"cer_retrait_motif", "Motif du retrait"},
      {"cer_observations_le", "Observations de l'association le"},
      {"demande_le", "Demandé le"},
      {"vote_le", "Voté le"},
      {"reserve", "Réservé"},
      {"utilise_la_suite", "Utilise la suite"},
      {"part_points", "Part"}};
  return kChamps;
}

// Words that lose something without accents or capitals.
const std::map<std::string, std::string>& Mots() {
  static const std::map<std::string, std::string> kMots = {{"a", "à"},
                                                           {"abandonnee", "abandonnée"},
                                                           {"ae", "AE"},
                                                           {"age", "âge"},
                                                           {"agregation", "agrégation"},
                                                           {"ajournee", "ajournée"},
                                                           {"arretee", "arrêtée"},
                                                           {"beneficiaire", "bénéficiaire"},
                                                           {"caf", "CAF"},
                                                           {"categorie", "catégorie"},
                                                           {"cloture", "clôture"},
                                                           {"collectivite", "collectivité"},
                                                           {"comite", "comité"},
                                                           {"complement", "complément"},
                                                           {"complements", "compléments"},
                                                           {"completer", "compléter"},
                                                           {"consomme", "consommé"},
                                                           {"coordonnees", "coordonnées"},
                                                           {"cp", "CP"},
                                                           {"creation", "création"},
                                                           {"credit", "crédit"},
                                                           {"critere", "critère"},
                                                           {"criteres", "critères"},
                                                           {"debit", "débit"},
                                                           {"debut", "début"},
                                                           {"decision", "décision"},
                                                           {"declarant", "déclarant"},
                                                           {"decroissante", "décroissante"},
                                                           {"defavorable", "défavorable"},
                                                           {"definition", "définition"},
                                                           {"degel", "dégel"},
                                                           {"delegation", "délégation"},
                                                           {"delegue", "délégué"},
                                                           {"demande", "demandé"},
                                                           {"demandee", "demandée"},
                                                           {"departement", "département"},
                                                           {"departements", "départements"},
                                                           {"deposee", "déposée"},
                                                           {"depot", "dépôt"},
                                                           {"desagregation", "désagrégation"},
                                                           {"desagregations", "désagrégations"},
                                                           {"duree", "durée"},
                                                           {"ecart", "écart"},
                                                           {"ecarte", "écarté"},
                                                           {"ecartee", "écartée"},
                                                           {"ecarts", "écarts"},
                                                           {"echeance", "échéance"},
                                                           {"echeances", "échéances"},
                                                           {"ecriture", "écriture"},
                                                           {"engage", "engagé"},
                                                           {"engagee", "engagée"},
                                                           {"entrees", "entrées"},
                                                           {"epci", "EPCI"},
                                                           {"epcis", "EPCI"},
                                                           {"equilibre", "équilibre"},
                                                           {"etablissement", "établissement"},
                                                           {"etat", "état"},
                                                           {"ete", "été"},
                                                           {"europe", "Europe"},
                                                           {"fonjep", "Fonjep"},
                                                           {"gele", "gelé"},
                                                           {"generation", "génération"},
                                                           {"gravite", "gravité"},
                                                           {"iban", "IBAN"},
                                                           {"id", "identifiant"},
                                                           {"importe", "importé"},
                                                           {"ingenierie", "ingénierie"},
                                                           {"interet", "intérêt"},
                                                           {"interets", "intérêts"},
                                                           {"intitule", "intitulé"},
                                                           {"justifiee", "justifiée"},
                                                           {"libelle", "libellé"},
                                                           {"liberation", "libération"},
                                                           {"mesuree", "mesurée"},
                                                           {"notifie", "notifié"},
                                                           {"notifiee", "notifiée"},
                                                           {"npnru", "NPNRU"},
                                                           {"numeraire", "numéraire"},
                                                           {"numero", "numéro"},
                                                           {"paye", "payé"},
                                                           {"perimetre", "périmètre"},
                                                           {"periode", "période"},
                                                           {"piece", "pièce"},
                                                           {"pieces", "pièces"},
                                                           {"polarite", "polarité"},
                                                           {"ponderation", "pondération"},
                                                           {"ponderee", "pondérée"},
                                                           {"prefet", "préfet"},
                                                           {"preparation", "préparation"},
                                                           {"programmee", "programmée"},
                                                           {"propose", "proposé"},
                                                           {"proposee", "proposée"},
                                                           {"publie", "publié"},
                                                           {"qpv", "QPV"},
                                                           {"qualite", "qualité"},
                                                           {"rae", "RAE"},
                                                           {"realisation", "réalisation"},
                                                           {"realisee", "réalisée"},
                                                           {"redacteur", "rédacteur"},
                                                           {"reference", "référence"},
                                                           {"refusee", "refusée"},
                                                           {"region", "région"},
                                                           {"regions", "régions"},
                                                           {"regle", "règle"},
                                                           {"reglement", "règlement"},
                                                           {"regles", "règles"},
                                                           {"reouvertures", "réouvertures"},
                                                           {"repondant", "répondant"},
                                                           {"reponse", "réponse"},
                                                           {"reponses", "réponses"},
                                                           {"representant", "représentant"},
                                                           {"reservation", "réservation"},
                                                           {"reserve", "réservé"},
                                                           {"resultat", "résultat"},
                                                           {"reversee", "reversée"},
                                                           {"revision", "révision"},
                                                           {"ridet", "RIDET"},
                                                           {"rna", "RNA"},
                                                           {"role", "rôle"},
                                                           {"severite", "sévérité"},
                                                           {"signe", "signé"},
                                                           {"signee", "signée"},
                                                           {"siren", "SIREN"},
                                                           {"siret", "SIRET"},
                                                           {"soldee", "soldée"},
                                                           {"tahiti", "TAHITI"},
                                                           {"thematique", "thématique"},
                                                           {"thematiques", "thématiques"},
                                                           {"ue", "UE"},
                                                           {"unite", "unité"},
                                                           {"vecu", "vécu"},
                                                           {"versee", "versée"},
                                                           {"vise", "visé"},
                                                           {"vote", "voté"},
                                                           {"votee", "votée"},
                                                           {"votees", "votées"}};
  return kMots;
}

std::string Accentuer(const std::vector<std::string>& words) {
  std::vector<std::string> written;
  for (const std::string& word : words) {
    const auto known = Mots().find(word);
    written.push_back(known == Mots().end() ? word : known->second);
  }
  return absl::StrJoin(written, " ");
}

std::string Majuscule(std::string text) {
  if (text.empty()) return text;
  // The accented letters that begin one of our words: two bytes each, capital 0x20 below.
  if (static_cast<unsigned char>(text[0]) == 0xC3) {
    text[1] = static_cast<char>(static_cast<unsigned char>(text[1]) - 0x20);
  } else {
    text[0] = absl::ascii_toupper(static_cast<unsigned char>(text[0]));
  }
  return text;
}

}  // namespace

std::string LibelleChamp(std::string_view champ) {
  std::string name(champ);
  const auto known = Champs().find(name);
  if (known != Champs().end()) return known->second;
  for (const char* unit : {"_centimes", "_points"}) {
    if (absl::EndsWith(name, unit)) name.resize(name.size() - std::string_view(unit).size());
  }
  for (const auto& [suffix, kind] :
       {std::pair{"_droit_commun", ", droit commun"}, {"_specifiques", ", crédits spécifiques"}}) {
    if (absl::EndsWith(name, suffix))
      return absl::StrCat(
          LibelleChamp(name.substr(0, name.size() - std::string_view(suffix).size())), kind);
  }
  return Majuscule(Accentuer(absl::StrSplit(name, '_')));
}

std::string LibelleValeur(const google::protobuf::EnumValueDescriptor& valeur) {
  if (valeur.number() == 0) return "";
  // Every value begins with the name of its enum, as the value that says nothing does.
  const std::string& nothing = valeur.type()->value(0)->name();
  const size_t prefix = nothing.size() - std::string_view("UNSPECIFIED").size();
  return Accentuer(absl::StrSplit(absl::AsciiStrToLower(valeur.name().substr(prefix)), '_'));
}

}  // namespace pdv::pdvctl
