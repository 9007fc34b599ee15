#include "services/pdvctl/importation/lot.h"

#include <algorithm>
#include <cstdlib>
#include <deque>

#include "absl/strings/str_cat.h"
#include "services/pdvctl/affichage/progression.h"

namespace pdv::pdvctl {
namespace {

using google::protobuf::Message;

constexpr size_t kParMessage = 500;
// A report lists its first 1 000 findings: a stream is never longer, so that every refusal is told.
constexpr size_t kParFlux = 1000;

std::string NomService(const std::string& service) {
  std::string capital = service;
  capital[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(capital[0])));
  return absl::StrCat("pdv.", service, ".v1.", capital, "Service");
}

const google::protobuf::MethodDescriptor* Methode(const std::string& service,
                                                  const std::string& name) {
  const auto* method = google::protobuf::DescriptorPool::generated_pool()->FindMethodByName(
      absl::StrCat(NomService(service), ".", name));
  if (method == nullptr) std::abort();  // a programmer's mistake: the method is not linked in
  return method;
}

const google::protobuf::FieldDescriptor* ChampListe(const google::protobuf::Descriptor* request) {
  for (int i = 0; i < request->field_count(); ++i) {
    if (request->field(i)->is_repeated()) return request->field(i);
  }
  std::abort();
}

// A stream that was opened, from the row `debut` on.
struct Flux {
  size_t debut = 0;
  rpc::Metadata repondu;
  std::shared_ptr<rpc::StreamWriter> ecrivain;
};

void Joindre(const commun::type::v1::RapportImport& report, int64_t debut, Envoye* envoye) {
  auto& whole = envoye->rapport;
  whole.set_lus(whole.lus() + report.lus());
  whole.set_crees(whole.crees() + report.crees());
  whole.set_modifies(whole.modifies() + report.modifies());
  whole.set_inchanges(whole.inchanges() + report.inchanges());
  whole.set_rejetes(whole.rejetes() + report.rejetes());
  for (const auto& finding : report.constats())
    if (finding.rejet()) envoye->rejets[finding.rang() + debut] = finding;
}

}  // namespace

std::string ValeurDuChamp(const Message& ressource, const std::string& champ) {
  const auto* field = ressource.GetDescriptor()->FindFieldByName(champ);
  const bool text = field != nullptr && !field->is_repeated() &&
                    field->type() == google::protobuf::FieldDescriptor::TYPE_STRING;
  return text ? ressource.GetReflection()->GetString(ressource, field) : "";
}

void Supposer(const std::vector<std::shared_ptr<Message>>& tous,
              const std::set<std::string>& du_passage, Envoye* envoye) {
  std::erase_if(envoye->rejets, [&](const auto& one) {
    const auto& [rank, finding] = one;
    const bool supposed =
        finding.raison() == "REFERENCE_INCONNUE" &&
        du_passage.contains(ValeurDuChamp(*tous[static_cast<size_t>(rank)], finding.champ()));
    if (supposed) envoye->supposes.insert(rank);
    return supposed;
  });
  const auto taken = static_cast<int64_t>(envoye->supposes.size());
  envoye->rapport.set_crees(envoye->rapport.crees() + taken);
  envoye->rapport.set_rejetes(envoye->rapport.rejetes() - taken);
}

void Retenir(const std::vector<std::shared_ptr<Message>>& tous, const Envoye& envoye,
             std::set<std::string>* noms) {
  for (size_t i = 0; i < tous.size(); ++i)
    if (!envoye.rejets.contains(static_cast<int64_t>(i)))
      noms->insert(ValeurDuChamp(*tous[i], "name"));
}

absl::StatusOr<Envoye> Envoyer(Passerelle& passerelle, const std::string& service,
                               const std::string& methode,
                               const std::vector<std::shared_ptr<Message>>& tous, bool simulation,
                               Contexte& contexte, Ordre ordre) {
  Envoye envoye;
  if (tous.empty()) return envoye;
  const auto* method = Methode(service, methode);
  const Message* prototype =
      google::protobuf::MessageFactory::generated_factory()->GetPrototype(method->input_type());
  const auto* list = ChampListe(method->input_type());
  const auto* dry = method->input_type()->FindFieldByName("validate_only");
  Progression progression(contexte.erreurs, contexte.terminal_erreurs,
                          absl::StrCat(service, " : ", methode), static_cast<int64_t>(tous.size()));
  const std::string path = absl::StrCat(NomService(service), "/", methode);
  const auto lancer = [&](size_t debut, Flux* flux) {
    flux->debut = debut;
    flux->ecrivain = passerelle.OuvrirEnvoi(path, &flux->repondu);
    const size_t fin = std::min(tous.size(), debut + kParFlux);
    for (size_t i = debut; i < fin;) {
      std::unique_ptr<Message> message(prototype->New());
      for (const size_t tranche = std::min(fin, i + kParMessage); i < tranche; ++i)
        message->GetReflection()->AddMessage(message.get(), list)->CopyFrom(*tous[i]);
      message->GetReflection()->SetBool(message.get(), dry, simulation);
      progression.Avancer(static_cast<int64_t>(i));
      if (!flux->ecrivain->Write(*message)) break;  // refused already: Finish says why
    }
    return fin;
  };
  const size_t ensemble = ordre == Ordre::kLibre ? 2 : 1;
  std::deque<Flux> ouverts;
  for (size_t next = 0; next < tous.size() || !ouverts.empty();) {
    if (next < tous.size() && ouverts.size() < ensemble) {
      next = lancer(next, &ouverts.emplace_back());
      continue;
    }
    commun::type::v1::RapportImport report;
    absl::Status finished = ouverts.front().ecrivain->Finish(&report);
    if (!finished.ok()) return finished;
    passerelle.Retenir(ouverts.front().repondu);
    Joindre(report, static_cast<int64_t>(ouverts.front().debut), &envoye);
    ouverts.pop_front();
  }
  return envoye;
}

Constat Refus(int64_t ligne, const commun::type::v1::Constat& constat, const Message& ressource) {
  // What lacks, rather than who cites it: the line says that.
  std::string cited =
      constat.raison() == "REFERENCE_INCONNUE" ? ValeurDuChamp(ressource, constat.champ()) : "";
  return {ligne, 0, constat.champ(), cited.empty() ? constat.name() : std::move(cited),
          constat.message()};
}

absl::Status EnvoyerRangees(Passerelle& passerelle, const std::string& service,
                            const std::string& methode, const std::vector<Rangee>& rangees,
                            bool simulation, RapportImport* rapport, Contexte& contexte,
                            const std::map<size_t, Constat>& rejets_amont, Ordre ordre,
                            const std::set<std::string>& du_passage) {
  std::vector<std::shared_ptr<Message>> resources;
  for (const Rangee& row : rangees) {
    if (row.ressource != nullptr) resources.push_back(row.ressource);
  }
  absl::StatusOr<Envoye> sent =
      Envoyer(passerelle, service, methode, resources, simulation, contexte, ordre);
  if (!sent.ok()) return sent.status();
  Supposer(resources, du_passage, &*sent);
  int64_t created = sent->rapport.crees(), modified = sent->rapport.modifies();
  int64_t rank = 0, imported = 0, rejected = 0;
  for (size_t i = 0; i < rangees.size(); ++i) {
    const Rangee& row = rangees[i];
    rapport->Lire();
    if (row.ressource == nullptr && !row.jointe) {
      rapport->Rejeter(row.rejets);
      rejected += row.centimes;
      continue;
    }
    auto refused = row.jointe ? sent->rejets.end() : sent->rejets.find(rank);
    const bool supposed = !row.jointe && sent->supposes.contains(rank);
    if (!row.jointe) ++rank;
    if (refused != sent->rejets.end()) {
      auto cause = rejets_amont.find(i);
      rapport->Rejeter({cause != rejets_amont.end()
                            ? cause->second
                            : Refus(row.ligne, refused->second, *row.ressource)});
      rejected += row.centimes;
      continue;
    }
    const IssueLigne outcome = row.jointe     ? IssueLigne::kInchangee
                               : created > 0  ? (--created, IssueLigne::kCreee)
                               : modified > 0 ? (--modified, IssueLigne::kMiseAJour)
                                              : IssueLigne::kInchangee;
    std::vector<Constat> warnings = row.avertissements;
    if (supposed)
      warnings.push_back({row.ligne, 0, "", "",
                          "cite ce que ce même passage crée : vérifié en entier hors simulation"});
    rapport->Accepter(outcome, std::move(warnings));
    imported += row.centimes;
  }
  if (imported != 0 || rejected != 0) {
    rapport->Ajouter("montant importé", imported);
    rapport->Ajouter("montant rejeté", rejected);
  }
  return absl::OkStatus();
}

}  // namespace pdv::pdvctl
