#include "common/rpc/fixture_test.h"

namespace pdv::rpc {
namespace {

absl::StatusOr<MessagePtr> Wait(Stage& stage, const MessagePtr& request) {
  stage.entered++;
  if (!stage.release.WaitForNotificationWithTimeout(absl::Seconds(20))) {
    return absl::InternalError("never released");
  }
  return request;
}

// A sum of what was read: an import that must not take a cut for the end.
absl::StatusOr<MessagePtr> Sum(Stage& stage, StreamSource& source) {
  essai::Mot sum = Mot("somme");
  stage.imports++;
  while (true) {
    absl::StatusOr<MessagePtr> next = source.Next();
    if (!next.ok()) {
      if (next.status().code() == absl::StatusCode::kCancelled) stage.cancelled_imports++;
      return next.status();
    }
    if (*next == nullptr) return Shared(sum);
    const auto& mot = static_cast<const essai::Mot&>(**next);
    if (mot.texte() == "stop") {
      return status::Error(absl::StatusCode::kFailedPrecondition, "ASSEZ", "C'est assez.");
    }
    sum.set_nombre(sum.nombre() + mot.nombre());
  }
}

void Export(const MessagePtr& request, const StreamSinkPtr& sink) {
  const auto& mot = static_cast<const essai::Mot&>(*request);
  for (int64_t i = 0; i < mot.nombre(); ++i) {
    if (absl::Status written = sink->Write(Shared(Mot(mot.texte(), i))); !written.ok()) {
      return sink->Finish(written);
    }
  }
  sink->Finish(absl::OkStatus());
}

}  // namespace

ServiceTable EssaiTable(std::shared_ptr<Stage> stage) {
  ServiceTable table(kService);
  table.Async("Echo", [stage](CallPtr call, MessagePtr request, Reply reply) {
    const auto& mot = static_cast<const essai::Mot&>(*request);
    stage->Saw(call);
    call->AddMetadata("x-pdv-position", "essai=7");
    if (mot.texte() == "oubli") return;  // the reply is dropped
    if (mot.texte() == "panne") return reply(absl::UnknownError("SECRET driver text"));
    if (mot.texte() == "refus") {
      return reply(status::Error(absl::StatusCode::kFailedPrecondition, "TROP_TARD", "Trop tard.")
                       .With("jour", "lundi"));
    }
    reply(request);
    reply(absl::InternalError("a second answer is ignored"));
  });
  table.Blocking("Lent", [stage](CallPtr call, MessagePtr request) {
    stage->Saw(call);
    return Wait(*stage, request);
  });
  table.Unary<essai::Mot, essai::Mot>(
      "Payer", [](rpc::Call&, const essai::Mot& request) -> absl::StatusOr<essai::Mot> {
        return Mot(request.texte(), request.nombre() + 1);
      });
  table.Unary<essai::Mot, essai::Mot>(
      "Viser", [](rpc::Call&, const essai::Mot& request) -> absl::StatusOr<essai::Mot> {
        return request;
      });
  table.Stream("Suivre", [stage](CallPtr call, MessagePtr, StreamSinkPtr sink) {
    sink->OnDone([stage] { stage->streams_done++; });
    stage->Saw(call, sink);
  });
  table.StreamBlocking(
      "Exporter", [](CallPtr, MessagePtr request, StreamSinkPtr sink) { Export(request, sink); });
  table.ClientStream("Importer",
                     [stage](CallPtr, StreamSource& source) { return Sum(*stage, source); });
  return table;
}

}  // namespace pdv::rpc
