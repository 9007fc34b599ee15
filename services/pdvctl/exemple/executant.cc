#include "services/pdvctl/exemple/executant.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "absl/synchronization/mutex.h"
#include "absl/time/clock.h"
#include "common/rpc/call_metadata.h"
#include "services/pdvctl/affichage/progression.h"

namespace pdv::pdvctl::exemple {
namespace {

// As many calls as the services need at once to write them together; more would only wait.
constexpr size_t kEnMemeTemps = 32;
constexpr int kEssais = 12;  // half a minute: the time that a service takes to come back

bool Passager(absl::StatusCode code) {
  return code == absl::StatusCode::kUnavailable || code == absl::StatusCode::kAborted ||
         code == absl::StatusCode::kResourceExhausted ||
         code == absl::StatusCode::kDeadlineExceeded;
}

}  // namespace

absl::Status Guichet::Appeler(const Identite& qui, std::string_view methode,
                              const google::protobuf::Message& request,
                              google::protobuf::Message* response) {
  for (int essai = 1;; ++essai) {
    rpc::Metadata answered;
    rpc::CallOptions options;
    options.deadline = absl::Now() + absl::Seconds(30);
    options.answer_metadata = &answered;
    options.metadata = rpc::MetadataOf({qui.acteur, qui.role, qui.organisation});
    positions_.Donner(&options.metadata);
    absl::Status status = channel_.Call(methode, request, response, options);
    ecrites_.Retenir(answered);
    if (status.ok() || essai == kEssais || !Passager(status.code())) return status;
    absl::SleepFor(absl::Milliseconds(50) * (1 << std::min(essai, 6)));
  }
}

absl::Status Executant::Mener(const std::string& libelle, size_t nombre,
                              const std::function<absl::Status(size_t, Guichet&)>& tache) {
  if (nombre == 0) return absl::OkStatus();
  const Positions avant = passerelle_.positions();
  std::atomic<size_t> suivante = 0, faites = 0;
  absl::Mutex mutex;
  absl::Status echec;  // guarded by mutex, as what follows
  size_t presents = std::min(kEnMemeTemps, nombre);
  std::vector<std::thread> fils;
  for (size_t f = 0, n = presents; f < n; ++f) {
    fils.emplace_back([&] {
      Guichet guichet(passerelle_.channel(), avant);
      absl::Status status;
      for (size_t i; status.ok() && (i = suivante++) < nombre; ++faites) status = tache(i, guichet);
      absl::MutexLock lock(&mutex);
      if (!status.ok()) suivante = nombre;
      echec.Update(status);
      passerelle_.Retenir(guichet.ecrites());
      --presents;
    });
  }
  {
    Progression progression(contexte_.erreurs, contexte_.terminal_erreurs, quand_ + libelle,
                            static_cast<int64_t>(nombre), Progression::Unite{"appel", "appels"});
    const auto finis = [&presents] { return presents == 0; };
    absl::MutexLock lock(&mutex);
    while (!mutex.AwaitWithTimeout(absl::Condition(&finis), absl::Milliseconds(100)))
      progression.Avancer(static_cast<int64_t>(faites));
  }
  for (std::thread& fil : fils) fil.join();
  return echec;
}

}  // namespace pdv::pdvctl::exemple
