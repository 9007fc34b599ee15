#include "services/pdvctl/commandes/lot_votes.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "common/status/details.h"
#include "common/status/error.h"
#include "common/types/nom.h"
#include "google/rpc/error_details.pb.h"
#include "pdv/financement/v1/ligne.pb.h"
#include "pdv/financement/v1/lot.pb.h"
#include "services/pdvctl/affichage/nombres.h"
#include "services/pdvctl/affichage/paragraphe.h"
#include "services/pdvctl/affichage/progression.h"
#include "services/pdvctl/commandes/montants.h"
#include "services/pdvctl/commandes/verbes.h"
#include "services/pdvctl/lecture/fichier.h"
#include "services/pdvctl/lecture/table_csv.h"

namespace pdv::pdvctl {
namespace {

namespace v1 = financement::v1;

// The answer of a slice tells each line; all or none is one slice.
constexpr size_t kTranche = 1000;
constexpr size_t kAtomiqueMax = 10'000;

struct VoteLu {
  int64_t ligne_fichier = 0;
  std::string nom;
  MontantsDits dits;
  std::string enveloppe;  // empty: that of the line
};
struct Rejet {
  int64_t ligne_fichier = 0;
  std::string nom, raison, message;
};

std::string DireRejet(const Rejet& rejet) {
  const std::string name(types::DernierSegment(rejet.nom));
  return absl::StrCat("Ligne ", rejet.ligne_fichier, name.empty() ? "" : ", " + name, " : ",
                      rejet.message);
}

// One play of a file.
class Lot {
 public:
  Lot(const Arguments& arguments, Contexte& contexte)
      : arguments_(arguments), contexte_(contexte), passerelle_(arguments) {}

  absl::Status Lire() {
    absl::StatusOr<std::string> bytes = LireFichier(arguments_.Valeur("NOM"));
    if (!bytes.ok()) return bytes.status();
    identifiant_ = arguments_.TexteOu("request-id", IdentifiantDuContenu("lot", *bytes));
    const absl::StatusOr<Decodage> text = Decoder(*bytes);
    if (!text.ok()) return text.status();
    absl::StatusOr<TableCsv> table = TableCsv::Ouvrir(*text);
    if (!table.ok()) return table.status();
    absl::StatusOr<size_t> name = table->Colonne("ligne");
    if (!name.ok()) return name.status();
    const auto amount = table->Colonne("montant");
    const auto envelope = table->Colonne("enveloppe");
    const auto common = table->Colonne("droit_commun"), specific = table->Colonne("specifiques");
    if (!amount.ok() && !common.ok() && !specific.ok())
      return absl::InvalidArgumentError(
          "une colonne « montant », ou « droit_commun » et « specifiques », est attendue");
    while (const auto row = table->Suivante()) {
      if (!row->motif.empty() || !row->dommages.empty()) {
        rejets_.push_back({row->ligne, "", "LIGNE_ILLISIBLE",
                           row->motif.empty() ? MotifDommage(row->dommages.front()) : row->motif});
        continue;
      }
      const auto cell = [&](const absl::StatusOr<size_t>& at) {
        return at.ok() && *at < row->cellules.size() ? row->cellules[*at].texte : "";
      };
      if (cell(name).empty()) {
        rejets_.push_back({row->ligne, "", "LIGNE_ILLISIBLE", "la colonne « ligne » est vide"});
        continue;
      }
      const std::string paying = cell(envelope);
      votes_.push_back({row->ligne,
                        NomComplet("lignes", cell(name)),
                        {cell(amount), cell(common), cell(specific)},
                        paying.empty() ? "" : NomComplet("enveloppes", paying)});
    }
    return absl::OkStatus();
  }

  absl::Status Voter() {
    const bool atomic = arguments_.Drapeau("atomique");
    if (atomic && votes_.size() > kAtomiqueMax)
      return absl::InvalidArgumentError("--atomique : 10 000 votes au plus");
    if (atomic && !rejets_.empty())
      return absl::InvalidArgumentError(absl::StrCat("ligne ", rejets_[0].ligne_fichier, " : ",
                                                     rejets_[0].message, " ; rien n'est voté"));
    Progression progress(contexte_.erreurs, contexte_.terminal_erreurs, "Votes",
                         static_cast<int64_t>(votes_.size()));
    const size_t slice = atomic ? kAtomiqueMax : kTranche;
    for (size_t at = 0; at < votes_.size(); at += slice) {
      absl::Status voted = VoterTranche(at, std::min(at + slice, votes_.size()), atomic);
      if (!voted.ok()) return voted;
      progress.Avancer(static_cast<int64_t>(std::min(at + slice, votes_.size())));
    }
    return absl::OkStatus();
  }

  int Dire() {
    std::stable_sort(rejets_.begin(), rejets_.end(), [](const Rejet& a, const Rejet& b) {
      return a.ligne_fichier < b.ligne_fichier;
    });
    if (arguments_.TexteOu("format", "table") == "json") {
      nlohmann::ordered_json refused = nlohmann::ordered_json::array();
      for (const Rejet& one : rejets_)
        refused.push_back({{"ligne", one.ligne_fichier},
                           {"name", one.nom},
                           {"raison", one.raison},
                           {"message", one.message}});
      contexte_.sortie << nlohmann::ordered_json{{"lus", votes_.size() + illisibles()},
                                                 {"votes", votees_},
                                                 {"montant_centimes", montant_},
                                                 {"refus", refused},
                                                 {"refus_non_dits", non_dits_},
                                                 {"simulation", arguments_.Drapeau("simulation")}}
                              .dump(1)
                       << "\n";
    } else {
      // Whole, whatever the width: a refusal is read to be mended.
      for (const Rejet& one : rejets_)
        contexte_.sortie << Paragraphe(DireRejet(one), contexte_.terminal_sortie);
      if (!rejets_.empty()) contexte_.sortie << "\n";
      contexte_.sortie << (arguments_.Drapeau("simulation") ? "(simulation) " : "")
                       << CompterFr(votees_, "ligne votée", "lignes votées") << ", "
                       << EurosFr(montant_) << " ; "
                       << CompterFr(static_cast<int64_t>(rejets_.size()) + non_dits_, "refus",
                                    "refus")
                       << (non_dits_ > 0 ? absl::StrCat(", dont ", non_dits_, " non dits ici") : "")
                       << ".\n";
      if (!rejets_.empty() && !arguments_.Drapeau("simulation"))
        contexte_.sortie << Paragraphe(Suite(), contexte_.terminal_sortie);
    }
    if (rejets_.empty()) return kReussite;
    return votees_ > 0 ? kIncomplet : kEchec;
  }

 private:
  const char* Suite() const {
    if (arguments_.Drapeau("atomique"))
      return "Tout ou rien : rien n'est voté. Une fois les causes levées, le même fichier se "
             "rejoue.";
    return "Le même fichier redit les mêmes refus ; une fois leur cause levée, le rejouer avec un "
           "autre --request-id.";
  }

  size_t illisibles() const {
    return std::count_if(rejets_.begin(), rejets_.end(),
                         [](const Rejet& one) { return one.raison == "LIGNE_ILLISIBLE"; });
  }

  // What each line asks says to which kind of money a single amount goes.
  absl::StatusOr<std::map<std::string, v1::Ligne>> Connues(size_t from, size_t to) {
    std::map<std::string, v1::Ligne> known;
    for (size_t at = from; at < to; at += kTranche) {
      v1::BatchGetLignesRequest names;
      for (size_t i = at; i < std::min(at + kTranche, to); ++i) names.add_names(votes_[i].nom);
      auto found = passerelle_.Appeler<v1::BatchGetLignesResponse>(
          absl::StrCat(kFinancement, "BatchGetLignes"), names);
      if (found.ok()) {
        for (const v1::Ligne& one : found->lignes()) known[one.name()] = one;
        continue;
      }
      if (found.status().code() != absl::StatusCode::kNotFound) return found.status();
      // One is missing: each is asked by itself, and the missing ones are told with their rank.
      for (const std::string& name : names.names()) {
        v1::GetLigneRequest get;
        get.set_name(name);
        auto one = passerelle_.Appeler<v1::Ligne>(absl::StrCat(kFinancement, "GetLigne"), get);
        if (one.ok())
          known[name] = *std::move(one);
        else if (one.status().code() != absl::StatusCode::kNotFound)
          return one.status();
      }
    }
    return known;
  }

  absl::Status VoterTranche(size_t from, size_t to, bool atomic) {
    auto known = Connues(from, to);
    if (!known.ok()) return known.status();
    v1::BatchVoterLignesRequest request;
    request.set_validate_only(arguments_.Drapeau("simulation"));
    request.set_mode(atomic ? v1::MODE_LOT_ATOMIQUE : v1::MODE_LOT_ITEM_PAR_ITEM);
    std::vector<size_t> ranks;
    for (size_t i = from; i < to; ++i) {
      const auto line = known->find(votes_[i].nom);
      if (line == known->end()) {
        Refuser(i, "RESSOURCE_INTROUVABLE", absl::StrCat("« ", votes_[i].nom, " » n'existe pas."));
        continue;
      }
      absl::StatusOr<MontantsLigne> amounts = LireMontants(votes_[i].dits, line->second);
      if (!amounts.ok()) {
        Refuser(i, "MONTANT_ILLISIBLE", std::string(amounts.status().message()));
        continue;
      }
      auto* one = request.add_requests();
      one->set_name(votes_[i].nom);
      one->set_vote_droit_commun_centimes(amounts->droit_commun);
      one->set_vote_specifiques_centimes(amounts->specifiques);
      one->set_enveloppe(votes_[i].enveloppe);
      ranks.push_back(i);
    }
    if (ranks.empty() || (atomic && !rejets_.empty())) return absl::OkStatus();
    // Of the file, the slice and what is asked in it: a line that was missing the first time makes
    // another demand, where the votes that were taken are refused and the others are not.
    request.set_request_id(IdentifiantDuContenu(
        "lot", absl::StrCat(identifiant_, "-", from / kTranche, "-", request.SerializeAsString())));
    auto answer = passerelle_.Appeler<v1::BatchVoterLignesResponse>(
        absl::StrCat(kFinancement, "BatchVoterLignes"), request);
    if (!answer.ok())
      return atomic && RefuserTout(answer.status(), ranks) ? absl::OkStatus() : answer.status();
    votees_ += answer->votees();
    std::vector<bool> refused(ranks.size(), false);
    for (const v1::RefusLigne& one : answer->refus()) {
      refused[one.rang()] = true;
      Refuser(ranks[one.rang()], one.raison(), one.message());
    }
    for (size_t i = 0; i < ranks.size(); ++i) {
      const auto& one = request.requests(static_cast<int>(i));
      if (!refused[i])
        montant_ += one.vote_droit_commun_centimes() + one.vote_specifiques_centimes();
    }
    return absl::OkStatus();
  }

  // A file that is refused whole has its refusals told as one that is refused in part: by its
  // lines.
  bool RefuserTout(const absl::Status& refus, const std::vector<size_t>& ranks) {
    const auto failure = status::GetDetail<google::rpc::PreconditionFailure>(refus);
    int64_t nombre = 0;
    if (!failure.has_value() || !absl::SimpleAtoi(status::MetadataOf(refus, "refus"), &nombre))
      return false;
    for (const auto& one : failure->violations()) {
      for (size_t i = 0; i < ranks.size(); ++i) {
        absl::string_view message = one.description();
        if (votes_[ranks[i]].nom == one.subject() &&
            absl::ConsumePrefix(&message, absl::StrCat("Ligne n° ", i + 1, " : ")))
          Refuser(ranks[i], one.type(), std::string(message));
      }
    }
    if (rejets_.empty()) return false;
    non_dits_ = nombre - static_cast<int64_t>(rejets_.size());
    return true;
  }

  void Refuser(size_t at, std::string raison, std::string message) {
    rejets_.push_back(
        {votes_[at].ligne_fichier, votes_[at].nom, std::move(raison), std::move(message)});
  }

  const Arguments& arguments_;
  Contexte& contexte_;
  Passerelle passerelle_;
  std::string identifiant_;
  std::vector<VoteLu> votes_;
  std::vector<Rejet> rejets_;
  int64_t votees_ = 0;
  int64_t montant_ = 0;
  int64_t non_dits_ = 0;  // refusals that an answer had no room for
};

}  // namespace

int VoterLot(const Arguments& arguments, Contexte& contexte) {
  Lot lot(arguments, contexte);
  if (absl::Status read = lot.Lire(); !read.ok()) return DireErreur(read, contexte);
  if (absl::Status voted = lot.Voter(); !voted.ok()) return DireErreur(voted, contexte);
  return lot.Dire();
}

}  // namespace pdv::pdvctl
