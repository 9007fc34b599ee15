#include "services/gateway/app/tableau.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "common/status/error.h"
#include "pdv/actions/v1/actions.pb.h"
#include "pdv/contrats/v1/contrats.pb.h"
#include "pdv/financement/v1/financement.pb.h"
#include "services/gateway/app/delegations.h"
#include "services/gateway/domain/composer_tableau.h"

namespace pdv::gateway {
namespace {

constexpr int kPage = 1000;  // the largest page, and the largest BatchGet

template <class Request>
Request Page() {
  Request request;
  request.set_page_size(kPage);
  return request;
}

// First wave: sums, counts, references.
class Faits {
 public:
  Faits(const Pairs& pairs, const rpc::Call& call, const v1::GetTableauDeBordRequest& demande)
      : calls_(pairs, call) {
    financement::v1::GetAgregatsRequest sums;
    sums.set_perimetre(demande.perimetre());
    sums.set_exercice_debut(demande.exercice_debut());
    sums.set_exercice_fin(demande.exercice_fin());
    sums.set_par_contrat(true);
    if (demande.has_read_time()) *sums.mutable_read_time() = demande.read_time();
    sums_ = calls_.Demander<financement::v1::Agregats>("financement", "GetAgregats", sums);
    actions::v1::GetComptesRequest counts;
    counts.set_perimetre(demande.perimetre());
    counts.set_exercice_debut(demande.exercice_debut());
    counts.set_exercice_fin(demande.exercice_fin());
    for (const char* axe : {"thematique", "dispositif", "qpv"}) counts.add_axes(axe);
    counts_ = calls_.Demander<actions::v1::Comptes>("actions", "GetComptes", counts);
    auto themes = Page<contrats::v1::ListThematiquesRequest>();
    themes.set_parent("nomenclatures/-");
    themes_ = calls_.Demander<contrats::v1::ListThematiquesResponse>("contrats", "ListThematiques",
                                                                     themes);
    links_ = calls_.Demander<contrats::v1::ListCorrespondancesResponse>(
        "contrats", "ListCorrespondances", Page<contrats::v1::ListCorrespondancesRequest>());
    schemes_ = calls_.Demander<contrats::v1::ListDispositifsResponse>(
        "contrats", "ListDispositifs", Page<contrats::v1::ListDispositifsRequest>());
    auto envelopes = Page<financement::v1::ListEnveloppesRequest>();
    envelopes.set_filter(absl::StrCat(
        "perimetre = \"", demande.perimetre(), "\" AND exercice >= ", demande.exercice_debut(),
        " AND exercice <= ", std::max(demande.exercice_debut(), demande.exercice_fin())));
    envelopes.set_order_by("exercice, name");
    if (demande.has_read_time()) *envelopes.mutable_read_time() = demande.read_time();
    envelopes_ = calls_.Demander<financement::v1::ListEnveloppesResponse>(
        "financement", "ListEnveloppes", envelopes);
  }

  absl::Status Recueillir(Matiere* matiere) {
    absl::Status status = calls_.Attendre();
    if (!status.ok()) return status;
    matiere->agregats = *sums_.second;
    matiere->comptes = *counts_.second;
    const auto& themes = themes_.second->thematiques();
    matiere->thematiques.assign(themes.begin(), themes.end());
    const auto& links = links_.second->correspondances();
    matiere->correspondances.assign(links.begin(), links.end());
    const auto& envelopes = envelopes_.second->enveloppes();
    matiere->enveloppes.assign(envelopes.begin(), envelopes.end());
    for (const auto& theme : themes) matiere->libelles[theme.name()] = theme.libelle();
    for (const auto& scheme : schemes_.second->dispositifs())
      matiere->libelles[scheme.name()] = scheme.libelle();
    return absl::OkStatus();
  }
  std::vector<std::string> Injoignables() const { return calls_.Injoignables(); }

 private:
  template <class T>
  using Demande = std::pair<size_t, std::shared_ptr<T>>;
  Ensemble calls_;
  Demande<financement::v1::Agregats> sums_;
  Demande<actions::v1::Comptes> counts_;
  Demande<contrats::v1::ListThematiquesResponse> themes_;
  Demande<contrats::v1::ListCorrespondancesResponse> links_;
  Demande<contrats::v1::ListDispositifsResponse> schemes_;
  Demande<financement::v1::ListEnveloppesResponse> envelopes_;
};

// Second wave: labels of the contrats, quartiers and funders that the sums name, and of the
// perimeter.
class Libelles {
 public:
  Libelles(const Pairs& pairs, const rpc::Call& call, const Matiere& matiere)
      : calls_(pairs, call) {
    std::set<std::string> funders, contrats, qpvs;
    for (const auto& sum : matiere.agregats.agregats()) {
      if (sum.axe() == "financeur") funders.insert(sum.cle());
      if (!sum.contrat().empty()) contrats.insert(sum.contrat());
      if (sum.axe() == "qpv" && sum.cle().starts_with("qpv/")) qpvs.insert(sum.cle());
    }
    const std::string& where = matiere.demande.perimetre();
    if (where.starts_with("contrats/")) contrats.insert(where);
    funders_ = Batch<financement::v1::BatchGetFinanceursRequest,
                     financement::v1::BatchGetFinanceursResponse>("financement",
                                                                  "BatchGetFinanceurs", funders);
    contrats_ =
        Batch<contrats::v1::BatchGetContratsRequest, contrats::v1::BatchGetContratsResponse>(
            "contrats", "BatchGetContrats", contrats);
    qpvs_ = Batch<contrats::v1::BatchGetQpvsRequest, contrats::v1::BatchGetQpvsResponse>(
        "contrats", "BatchGetQpvs", qpvs);
    if (where.starts_with("departements/")) {
      contrats::v1::GetDepartementRequest get;
      get.set_name(where);
      departement_ =
          calls_.Demander<contrats::v1::Departement>("contrats", "GetDepartement", get).second;
    } else if (where.starts_with("regions/")) {
      contrats::v1::GetRegionRequest get;
      get.set_name(where);
      region_ = calls_.Demander<contrats::v1::Region>("contrats", "GetRegion", get).second;
    }
  }

  absl::Status Recueillir(Matiere* matiere) {
    absl::Status status = calls_.Attendre();
    if (!status.ok()) return status;
    for (const auto& page : funders_) {
      for (const auto& funder : page->financeurs()) {
        matiere->libelles[funder.name()] = funder.libelle();
        if (funder.categorie() == financement::v1::CATEGORIE_FINANCEUR_ETAT)
          matiere->financeurs_etat.insert(funder.name());
      }
    }
    for (const auto& page : contrats_) {
      for (const auto& contrat : page->contrats())
        matiere->libelles[contrat.name()] = absl::StrCat(contrat.code(), " ", contrat.libelle());
    }
    for (const auto& page : qpvs_) {
      // Labels are not unique: the code tells the quartier.
      for (const auto& qpv : page->qpvs())
        matiere->libelles[qpv.name()] = absl::StrCat(qpv.code(), " ", qpv.libelle());
    }
    if (departement_ != nullptr && !departement_->name().empty())
      matiere->libelles[departement_->name()] =
          absl::StrCat(departement_->libelle(), " (", departement_->code(), ")");
    if (region_ != nullptr && !region_->name().empty())
      matiere->libelles[region_->name()] = region_->libelle();
    return absl::OkStatus();
  }
  std::vector<std::string> Injoignables() const { return calls_.Injoignables(); }

 private:
  template <class Request, class Response>
  std::vector<std::shared_ptr<Response>> Batch(const char* service, const char* method,
                                               const std::set<std::string>& names) {
    std::vector<std::shared_ptr<Response>> pages;
    Request request;
    for (const std::string& name : names) {
      request.add_names(name);
      if (request.names_size() < kPage) continue;
      pages.push_back(calls_.Demander<Response>(service, method, request).second);
      request.Clear();
    }
    if (request.names_size() > 0)
      pages.push_back(calls_.Demander<Response>(service, method, request).second);
    return pages;
  }

  Ensemble calls_;
  std::vector<std::shared_ptr<financement::v1::BatchGetFinanceursResponse>> funders_;
  std::vector<std::shared_ptr<contrats::v1::BatchGetContratsResponse>> contrats_;
  std::vector<std::shared_ptr<contrats::v1::BatchGetQpvsResponse>> qpvs_;
  std::shared_ptr<contrats::v1::Departement> departement_;
  std::shared_ptr<contrats::v1::Region> region_;
};

}  // namespace

absl::StatusOr<v1::TableauDeBord> TableauDeBord(const Pairs& pairs, const rpc::Call& call,
                                                const v1::GetTableauDeBordRequest& request) {
  if (request.exercice_fin() != 0 && request.exercice_fin() < request.exercice_debut())
    return status::InvalidRequest(
        {{"exercice_fin", "VALEUR_HORS_BORNES", "Le dernier exercice précède le premier."}});
  Matiere matiere;
  matiere.demande = request;
  // The one funder that every contrat has is the État even when financement does not answer.
  matiere.financeurs_etat.insert("financeurs/etat");
  Faits facts(pairs, call, request);
  absl::Status status = facts.Recueillir(&matiere);
  if (!status.ok()) return status;
  // The labels are on their way while the delegations are walked.
  Libelles labels(pairs, call, matiere);
  std::set<std::string> unreachable;
  status = LireDelegations(pairs, call, &matiere, &unreachable);
  if (status.ok()) status = labels.Recueillir(&matiere);
  if (!status.ok()) return status;
  v1::TableauDeBord tableau = ComposerTableau(matiere);
  for (std::string& name : facts.Injoignables()) unreachable.insert(std::move(name));
  for (std::string& name : labels.Injoignables()) unreachable.insert(std::move(name));
  for (const std::string& name : unreachable) tableau.add_injoignables(name);
  return tableau;
}

}  // namespace pdv::gateway
