#include "services/pdvctl/suivi/flux.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "services/pdvctl/ressources/ressources.h"

namespace pdv::pdvctl {
namespace {

using commun::type::v1::LotEvenements;
using google::protobuf::Message;

constexpr absl::Duration kPausePremiere = absl::Milliseconds(100);
constexpr absl::Duration kPauseMax = absl::Seconds(5);

const google::protobuf::MethodDescriptor* MethodeWatch(const std::string& service) {
  const auto* descriptor = ServiceDe(service);
  for (int i = 0; i < descriptor->method_count(); ++i) {
    if (descriptor->method(i)->server_streaming() &&
        descriptor->method(i)->output_type() == LotEvenements::descriptor())
      return descriptor->method(i);
  }
  return nullptr;
}

}  // namespace

bool EstPassager(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk:  // the server closes a stream when it stops
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return false;
  }
}

Flux::Flux(rpc::Channel& channel, std::vector<Service> services, rpc::Metadata metadata,
           bool jusquau_present)
    : channel_(channel), metadata_(std::move(metadata)), jusquau_present_(jusquau_present) {
  for (Service& service : services)
    threads_.emplace_back([this, service = std::move(service)] { Suivre(service); });
}

Flux::~Flux() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
    for (const auto& reader : open_) reader->Cancel();
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

bool Flux::Suivante(absl::Duration patience, Nouvelle* nouvelle) {
  std::unique_lock lock(mu_);
  if (!wake_.wait_for(lock, absl::ToChronoMilliseconds(patience),
                      [this] { return !news_.empty(); }))
    return false;
  *nouvelle = std::move(news_.front());
  news_.pop_front();
  wake_.notify_all();
  return true;
}

bool Flux::Dire(Nouvelle nouvelle) {
  std::unique_lock lock(mu_);
  wake_.wait(lock, [this] { return stop_ || news_.size() < kEnAttenteMax; });
  if (stop_) return false;
  news_.push_back(std::move(nouvelle));
  wake_.notify_all();
  return true;
}

bool Flux::Attendre(absl::Duration pause) {
  std::unique_lock lock(mu_);
  wake_.wait_for(lock, absl::ToChronoMilliseconds(pause), [this] { return stop_; });
  return !stop_;
}

std::shared_ptr<rpc::StreamReader> Flux::Ouvrir(const Service& service,
                                                const std::string& curseur) {
  const auto* method = MethodeWatch(service.nom);
  std::unique_ptr<Message> request(google::protobuf::MessageFactory::generated_factory()
                                       ->GetPrototype(method->input_type())
                                       ->New());
  const auto& r = *request->GetReflection();
  r.SetString(request.get(), request->GetDescriptor()->FindFieldByName("curseur"), curseur);
  for (const std::string& type : service.types)
    r.AddString(request.get(), request->GetDescriptor()->FindFieldByName("types"), type);
  rpc::CallOptions options;
  options.metadata = metadata_;
  auto reader = channel_.Read(absl::StrCat(method->service()->full_name(), "/", method->name()),
                              *request, options);
  std::lock_guard lock(mu_);
  open_.insert(reader);
  if (stop_) reader->Cancel();
  return reader;
}

void Flux::Fermer(const std::shared_ptr<rpc::StreamReader>& reader) {
  reader->Cancel();
  std::lock_guard lock(mu_);
  open_.erase(reader);
}

absl::StatusOr<int64_t> Flux::Position(const Service& service) {
  // A stream that begins now tells at once where now is.
  const auto reader = Ouvrir(service, "");
  LotEvenements lot;
  const bool told = reader->Next(&lot);
  Fermer(reader);
  const absl::Status status = reader->Finish();
  if (told) return lot.position();
  return status.ok() ? absl::UnavailableError("flux fermé") : status;
}

absl::Status Flux::Lire(Service* service, int64_t present, bool* recu, bool* arrive) {
  const auto reader = Ouvrir(*service, service->curseur);
  LotEvenements lot;
  bool first = true;
  while (!*arrive && reader->Next(&lot)) {
    if (first && *recu) Dire({Nouvelle::Genre::kReprise, service->nom, {}, {}});
    first = false;
    *recu = true;
    service->curseur = lot.curseur();
    *arrive = present > 0 && lot.position() >= present;
    if (!Dire({Nouvelle::Genre::kLot, service->nom, std::move(lot), {}})) break;
    lot.Clear();
  }
  Fermer(reader);
  return *arrive ? absl::OkStatus() : reader->Finish();
}

void Flux::Suivre(Service service) {
  bool recu = false, arrive = false;
  int64_t present = 0;
  absl::Duration pause = kPausePremiere;
  while (true) {
    const std::string before = service.curseur;
    absl::Status status;
    if (jusquau_present_ && present == 0) {
      absl::StatusOr<int64_t> position = Position(service);
      if (position.ok()) present = std::max<int64_t>(*position, 1);
      status = position.status();
    }
    if (status.ok()) status = Lire(&service, present, &recu, &arrive);
    if (arrive) {
      Dire({Nouvelle::Genre::kPresent, service.nom, {}, {}});
      return;
    }
    // Nothing was ever received: waiting would hide that nobody answers.
    if (!recu || !EstPassager(status)) {
      Dire({Nouvelle::Genre::kEchec, service.nom, {}, status});
      return;
    }
    if (service.curseur != before) pause = kPausePremiere;
    if (!Dire({Nouvelle::Genre::kCoupure, service.nom, {}, status}) || !Attendre(pause)) return;
    pause = std::min(pause * 2, kPauseMax);
  }
}

}  // namespace pdv::pdvctl
