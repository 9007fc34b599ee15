#include "services/gateway/app/etat_suite.h"

#include <algorithm>
#include <thread>
#include <vector>

#include "absl/time/clock.h"

namespace pdv::gateway {
namespace {

void Check(const Pairs::Pair& pair, const rpc::Call& call, v1::EtatService* state) {
  rpc::CallOptions options = rpc::CallOptions::OnBehalfOf(call);
  options.deadline = std::min(options.deadline, absl::Now() + absl::Seconds(1));
  const absl::Time start = absl::Now();
  const absl::Status status = pair.canal->CheckHealth(pair.service, options);
  state->set_service(pair.nom);
  state->set_adresse(pair.adresse);
  state->set_sert(status.ok());
  if (status.ok()) {
    state->set_aller_retour_us(absl::ToInt64Microseconds(absl::Now() - start));
  } else {
    state->set_motif(status.code() == absl::StatusCode::kDeadlineExceeded
                         ? "ne répond pas en une seconde"
                         : "injoignable, ou pas prêt à servir");
  }
}

}  // namespace

absl::StatusOr<v1::EtatSuite> EtatSuite(const Pairs& pairs, const rpc::Call& call,
                                        const v1::GetEtatRequest&) {
  v1::EtatSuite suite;
  for (size_t i = 0; i < pairs.tous().size(); ++i) suite.add_services();
  std::vector<std::thread> checks;
  for (size_t i = 0; i < pairs.tous().size(); ++i) {
    checks.emplace_back(
        [&, i] { Check(pairs.tous()[i], call, suite.mutable_services(static_cast<int>(i))); });
  }
  for (std::thread& check : checks) check.join();
  return suite;
}

}  // namespace pdv::gateway
