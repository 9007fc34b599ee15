#ifndef PDV_SERVICES_FINANCEMENT_APP_MONDE_PGTEST_H_
#define PDV_SERVICES_FINANCEMENT_APP_MONDE_PGTEST_H_

#include <memory>
#include <string>
#include <vector>

#include "common/status/error.h"
#include "services/financement/app/decider_ligne.h"
#include "services/financement/app/doter_enveloppe.h"
#include "services/financement/app/expirer_reservations.h"
#include "services/financement/app/modele_pgtest.h"
#include "services/financement/store/banc_pgtest.h"

namespace pdv::financement::modele {

// What the service answered: a reason or "", what was left, and which items of a batch were voted.
struct Reponse {
  std::string raison;
  int64_t reste = -1;
  std::vector<bool> votees;
};

// The real thing, with the tree and the actions of the model.
class Monde {
 public:
  explicit Monde(int replicas = 1) {
    banc_.Territoires();
    const auto arbre = Arbre();
    for (int i = 0; i < kEnveloppes; ++i) {
      const Enveloppe& e = arbre[i];
      v1::Enveloppe row;
      row.set_name(Nom(i));
      row.set_libelle(Nom(i));
      row.set_financeur("financeurs/etat");
      row.set_programme("147");
      const char* niveaux[] = {"nation", "regions/76", "departements/34"};
      row.set_perimetre(niveaux[e.niveau]);
      row.set_exercice(e.exercice);
      row.set_nature(e.ae ? v1::NATURE_ENVELOPPE_AE : v1::NATURE_ENVELOPPE_CP);
      row.set_dotation_centimes(e.disponible);
      if (e.parent >= 0) row.set_parent(Nom(e.parent));
      const auto created = banc_.Creer(row);
      EXPECT_TRUE(created.ok()) << created.status();
    }
    banc_.Sql(absl::StrCat(
        "INSERT INTO miroir_action (name, revision, contrat, departement, region, exercice, etat) "
        "SELECT 'actions/' || i, 1, 'contrats/cv110', 'departements/34', 'regions/76', 2023, "
        "'DEPOSEE' FROM generate_series(0, ",
        kLignes - 1, ") i"));
    for (int i = 1; i < replicas; ++i) others_.push_back(banc_.Open());
  }

  // Asked of a replica, under a request_id that the journal keeps.
  Reponse Jouer(const Acte& a, const std::string& id, int replica = 0) {
    store::Store* store = replica == 0 ? &banc_.store() : others_[replica - 1].get();
    switch (a.quoi()) {
      case Geste::kCreer:
        return Creer(a, id, store);
      case Geste::kPrendreEnCharge:
        return Verbe<v1::PrendreEnChargeLigneRequest>(a, id, store, PrendreEnChargeLigne);
      case Geste::kRecevoir:
        return Verbe<v1::DeclarerRecevableLigneRequest>(a, id, store, DeclarerRecevableLigne);
      case Geste::kEcarter:
        return Verbe<v1::DeclarerIrrecevableLigneRequest>(a, id, store, DeclarerIrrecevableLigne);
      case Geste::kSansReponse:
        return Verbe<v1::ConstaterSansReponseLigneRequest>(a, id, store, ConstaterSansReponseLigne);
      case Geste::kProposer:
        return Verbe<v1::ProposerLigneRequest>(a, id, store, ProposerLigne, [&](auto& r) {
          r.set_propose_droit_commun_centimes(a.commun);
          r.set_propose_specifiques_centimes(a.specifiques);
        });
      case Geste::kVoter:
        return Verbe<v1::VoterLigneRequest>(a, id, store, VoterLigne, [&](auto& r) {
          r.set_vote_droit_commun_centimes(a.commun);
          r.set_vote_specifiques_centimes(a.specifiques);
        });
      case Geste::kProposerSur:
        return Verbe<v1::ProposerLigneRequest>(a, id, store, ProposerLigne, [&](auto& r) {
          r.set_propose_droit_commun_centimes(a.commun);
          r.set_propose_specifiques_centimes(a.specifiques);
          r.set_enveloppe(Nom(a.autre));
        });
      case Geste::kVoterSur:
        return Verbe<v1::VoterLigneRequest>(a, id, store, VoterLigne, [&](auto& r) {
          r.set_vote_droit_commun_centimes(a.commun);
          r.set_vote_specifiques_centimes(a.specifiques);
          r.set_enveloppe(Nom(a.autre));
        });
      case Geste::kRedemander:
        return Modifier(a, id, store,
                        {"demande_droit_commun_centimes", "demande_specifiques_centimes"},
                        [&](v1::Ligne& ligne) {
                          ligne.set_demande_droit_commun_centimes(a.commun);
                          ligne.set_demande_specifiques_centimes(a.specifiques);
                        });
      case Geste::kReimputer:
        return Modifier(a, id, store, {"enveloppe"},
                        [&](v1::Ligne& ligne) { ligne.set_enveloppe(NomOuRien(a.enveloppe - 1)); });
      case Geste::kImporter:
        return Importer(a);
      case Geste::kRefuser:
        return Verbe<v1::RefuserLigneRequest>(a, id, store, RefuserLigne);
      case Geste::kNotifier:
        return Verbe<v1::NotifierLigneRequest>(a, id, store, NotifierLigne);
      case Geste::kEngager:
        return Verbe<v1::EngagerLigneRequest>(a, id, store, EngagerLigne, [&](auto& r) {
          r.set_engage_droit_commun_centimes(a.commun);
          r.set_engage_specifiques_centimes(a.specifiques);
        });
      case Geste::kVerser:
        return Verbe<v1::VerserLigneRequest>(a, id, store, VerserLigne, [&](auto& r) {
          r.set_paye_droit_commun_centimes(a.commun);
          r.set_paye_specifiques_centimes(a.specifiques);
        });
      case Geste::kExpirer:
        return Expirer(a, id, store);
      case Geste::kVoterLot:
        return VoterLot(a, id, store);
      case Geste::kAbonder:
        return Doter<v1::AbonderEnveloppeRequest>(a, id, store, AbonderEnveloppe);
      case Geste::kGeler:
        return Doter<v1::GelerEnveloppeRequest>(a, id, store, GelerEnveloppe);
      case Geste::kDegeler:
        return Doter<v1::DegelerEnveloppeRequest>(a, id, store, DegelerEnveloppe);
      case Geste::kDeleguer:
      case Geste::kReprendre:
        return Doter<v1::DeleguerEnveloppeRequest>(a, id, store, DeleguerEnveloppe, [&](auto& r) {
          r.set_enfant(Nom(a.autre));
          r.set_reprise(a.quoi() == Geste::kReprendre);
        });
      case Geste::kTransferer:
        return Doter<v1::TransfererEnveloppeRequest>(
            a, id, store, TransfererEnveloppe, [&](auto& r) { r.set_destination(Nom(a.autre)); });
      case Geste::kReporter:
        return Doter<v1::ReporterEnveloppeRequest>(a, id, store, ReporterEnveloppe, [&](auto& r) {
          r.set_destination(Nom(a.autre));
          r.clear_montant_centimes();
        });
      case Geste::kDeplacer: {
        auto session = *pg::Session::Connect(banc_.conninfo());
        const absl::Status moved = session->Script(
            absl::StrCat("UPDATE miroir_action SET revision = revision + 1, exercice = 4047 - "
                         "exercice WHERE name = 'actions/",
                         a.ligne, "'"));
        return De(moved);
      }
    }
    return {};
  }

  static std::string Nom(int enveloppe) { return absl::StrCat("enveloppes/e", enveloppe); }
  static std::string NomOuRien(int enveloppe) { return enveloppe < 0 ? "" : Nom(enveloppe); }
  static std::string NomLigne(int ligne) { return absl::StrCat("lignes/", ligne % kLignes); }
  Banc& banc() { return banc_; }

 private:
  static Reponse De(const absl::Status& status) {
    if (status.ok()) return {};
    Reponse reponse{status::ReasonOf(status), -1, {}};
    if (reponse.raison.empty()) reponse.raison = status.ToString();
    const std::string reste = status::MetadataOf(status, "reste_centimes");
    if (!reste.empty()) reponse.reste = std::stoll(reste);
    return reponse;
  }
  struct Rien {
    template <class Request>
    void operator()(Request&) const {}
  };
  template <class Request, class Verb, class Set = Rien>
  Reponse Verbe(const Acte& a, const std::string& id, store::Store* store, Verb verb,
                Set set = {}) {
    Request request;
    request.set_name(NomLigne(a.ligne));
    request.set_request_id(id);
    if constexpr (requires { request.set_motif(""); }) request.set_motif("Motif.");
    set(request);
    return De(banc_.Run<v1::Ligne>(request, verb, store).status());
  }
  template <class Request, class Verb, class Set = Rien>
  Reponse Doter(const Acte& a, const std::string& id, store::Store* store, Verb verb,
                Set set = {}) {
    Request request;
    request.set_name(Nom(a.enveloppe));
    request.set_montant_centimes(a.total() + 1);
    request.set_motif("Motif.");
    request.set_request_id(id);
    set(request);
    return De(banc_.Run<v1::Enveloppe>(request, verb, store).status());
  }
  Reponse Creer(const Acte& a, const std::string& id, store::Store* store) {
    auto request = std::make_shared<v1::CreateLigneRequest>();
    v1::Ligne& ligne = *request->mutable_ligne();
    ligne.set_name(NomLigne(a.ligne));
    ligne.set_action(absl::StrCat("actions/", a.ligne));
    ligne.set_financeur("financeurs/etat");
    ligne.set_enveloppe(NomOuRien(a.enveloppe - 1));
    ligne.set_demande_droit_commun_centimes(a.commun);
    ligne.set_demande_specifiques_centimes(a.specifiques);
    request->set_request_id(id);
    return De(
        store->MutateAndWait(Banc::Call("CreateLigne"), request, banc_.lignes().Create(request))
            .status());
  }
  template <class Set>
  Reponse Modifier(const Acte& a, const std::string& id, store::Store* store,
                   std::initializer_list<const char*> champs, Set set) {
    auto request = std::make_shared<v1::UpdateLigneRequest>();
    request->mutable_ligne()->set_name(NomLigne(a.ligne));
    for (const char* champ : champs) request->mutable_update_mask()->add_paths(champ);
    set(*request->mutable_ligne());
    request->set_request_id(id);
    return De(
        store->MutateAndWait(Banc::Call("UpdateLigne"), request, banc_.lignes().Update(request))
            .status());
  }
  // The line as it is kept; one that asks nothing of the action when there is none.
  v1::Ligne Connue(int ligne) {
    const store::Table& table = store::Table::Of<v1::Ligne>();
    v1::Ligne row;
    row.set_name(NomLigne(ligne));
    row.set_action(absl::StrCat("actions/", ligne));
    row.set_financeur("financeurs/etat");
    pg::Params name;
    name.Text(row.name());
    const auto rows = banc_.sql().Exec(
        absl::StrCat("SELECT ", table.select_list(), " FROM ligne WHERE name = $1::text"), name);
    EXPECT_TRUE(rows.ok()) << rows.status();
    if (rows.ok() && rows->rows() == 1) {
      EXPECT_TRUE(table.FromRow(*rows, 0, &row).ok());
    }
    return row;
  }
  // What a register changes of what is known, in a message of one line.
  Reponse Importer(const Acte& a) {
    auto request = std::make_shared<v1::ImporterLignesRequest>();
    v1::Ligne& ligne = *request->add_lignes();
    ligne = Connue(a.ligne);
    ligne.set_source(absl::StrCat("registre-", a.registre(), ".csv"));
    if (!a.meme_enveloppe()) ligne.set_enveloppe(NomOuRien(a.enveloppe_dite()));
    if (a.stade() >= 0) {
      (ligne.*kEcrire[a.stade()][0])(a.commun);
      (ligne.*kEcrire[a.stade()][1])(a.specifiques);
    }
    UnMessage source(request);
    const auto report = banc_.lignes().Import(Banc::Call("ImporterLignes"), source);
    if (!report.ok()) return De(report.status());
    const auto& told = static_cast<const commun::type::v1::RapportImport&>(**report);
    return {told.constats_size() == 0 ? "" : told.constats(0).raison(), -1, {}};
  }
  // Time passes for one reservation.
  Reponse Expirer(const Acte& a, const std::string& id, store::Store* store) {
    auto session = *pg::Session::Connect(banc_.conninfo());
    const absl::Status aged = session->Script(
        absl::StrCat("UPDATE ligne SET reserve_expire_time = now() - interval '1 s' WHERE name = '",
                     NomLigne(a.ligne), "' AND reserve_expire_time IS NOT NULL"));
    EXPECT_TRUE(aged.ok()) << aged;
    auto request = std::make_shared<v1::ExpirerReservationsRequest>();
    request->set_request_id(id);
    return De(
        store->MutateAndWait(Banc::Call(), request, ExpirerLignes({NomLigne(a.ligne)})).status());
  }
  // A batch of votes, told in either of the two ways.
  Reponse VoterLot(const Acte& a, const std::string& id, store::Store* store) {
    v1::BatchVoterLignesRequest votes;
    v1::BatchDeciderLignesRequest actes;
    for (int i = 0; i < kLot; ++i) {
      v1::VoterLigneRequest* one = votes.add_requests();
      one->set_name(NomLigne(a.ligne + i));
      one->set_vote_droit_commun_centimes(a.commun);
      one->set_vote_specifiques_centimes(a.specifiques);
      *actes.add_actes()->mutable_voter() = *one;
    }
    if (a.ligne % 2 == 0)
      return Lot<v1::BatchVoterLignesResponse>(a, id, votes, BatchVoterLignes, store);
    return Lot<v1::BatchDeciderLignesResponse>(a, id, actes, BatchDeciderLignes, store);
  }
  template <class Response, class Request, class Verb>
  Reponse Lot(const Acte& a, const std::string& id, Request request, Verb verb,
              store::Store* store) {
    request.set_request_id(id);
    if (a.item_par_item) request.set_mode(v1::MODE_LOT_ITEM_PAR_ITEM);
    const auto done = banc_.Run<Response>(request, verb, store);
    Reponse reponse = De(done.status());
    if (!done.ok()) return reponse;
    reponse.votees.assign(kLot, true);
    for (const v1::RefusLigne& refus : done->refus()) reponse.votees[refus.rang()] = false;
    return reponse;
  }

  // demande, propose, (reserve,) vote, engage, paye: of each, droit commun and crédits spécifiques.
  using L = v1::Ligne;
  static constexpr void (L::*kEcrire[6][2])(int64_t) = {
      {&L::set_demande_droit_commun_centimes, &L::set_demande_specifiques_centimes},
      {&L::set_propose_droit_commun_centimes, &L::set_propose_specifiques_centimes},
      {nullptr, nullptr},
      {&L::set_vote_droit_commun_centimes, &L::set_vote_specifiques_centimes},
      {&L::set_engage_droit_commun_centimes, &L::set_engage_specifiques_centimes},
      {&L::set_paye_droit_commun_centimes, &L::set_paye_specifiques_centimes}};

  Banc banc_;
  std::vector<std::unique_ptr<store::Store>> others_;
};

}  // namespace pdv::financement::modele

#endif  // PDV_SERVICES_FINANCEMENT_APP_MONDE_PGTEST_H_
