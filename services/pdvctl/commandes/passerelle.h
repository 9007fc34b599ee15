#ifndef PDV_SERVICES_PDVCTL_COMMANDES_PASSERELLE_H_
#define PDV_SERVICES_PDVCTL_COMMANDES_PASSERELLE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "common/rpc/client.h"
#include "services/pdvctl/arguments/arguments.h"
#include "services/pdvctl/commandes/commande.h"
#include "services/pdvctl/commandes/positions.h"

namespace pdv::pdvctl {

// Where the methods of a service begin.
inline constexpr char kActions[] = "pdv.actions.v1.ActionsService/";
inline constexpr char kFinancement[] = "pdv.financement.v1.FinancementService/";

// --gateway=HÔTE:PORT, that every command which talks to the suite accepts.
OptionDeclaree OptionPasserelle();
// --format=table|json|csv.
OptionDeclaree OptionFormat();

// --role, --organisation, --acteur: in whose name the command acts. $PDV_ROLE, $PDV_ORGANISATION
// and $PDV_ACTEUR otherwise.
std::vector<OptionDeclaree> OptionsIdentite();

// "préfet, chef-projet" -> "prefet,chef_projet": people write roles as they are spelt.
std::string LireRoles(std::string_view texte);

// The gateway, as one command talks to it. Remembers the positions that mutations answer and gives
// them back, so that what was written in one service is seen by the next; it begins with those of
// the commands before (positions.h), and leaves them its own. Not thread-safe.
class Passerelle {
 public:
  // The option, or $PDV_PASSERELLE, or 127.0.0.1:7400.
  explicit Passerelle(const Arguments& arguments);

  const std::string& adresse() const { return adresse_; }

  // One unary call, under `patience`. Methods: "pdv.gateway.v1.GatewayService/GetEtat".
  template <class Response>
  absl::StatusOr<Response> Appeler(std::string_view method,
                                   const google::protobuf::Message& request,
                                   absl::Duration patience = absl::Seconds(60)) {
    Response response;
    absl::Status status = Appeler(method, request, &response, patience);
    if (!status.ok()) return status;
    return response;
  }
  absl::Status Appeler(std::string_view method, const google::protobuf::Message& request,
                       google::protobuf::Message* response,
                       absl::Duration patience = absl::Seconds(60));

  // One stream out, one stream in, in the name of whom the command acts. An hour at most.
  // `answered` receives the metadata of the answer, to be remembered (Retenir); it outlives the
  // stream.
  std::shared_ptr<rpc::StreamWriter> OuvrirEnvoi(std::string_view method, rpc::Metadata* answered);
  std::shared_ptr<rpc::StreamReader> OuvrirReception(std::string_view method,
                                                     const google::protobuf::Message& request);

  // For a command that makes many calls at once (exemple/executant.h).
  rpc::Channel& channel() { return *channel_; }
  const Positions& positions() const { return positions_; }
  // Remembers what was written, for the calls and the commands that follow.
  void Retenir(const Positions& apprises);
  void Retenir(const rpc::Metadata& answered);
  // In whose name it calls, as metadata.
  const rpc::Metadata& identite() const { return identite_; }
  // True where it acts in this role, among others.
  bool Joue(std::string_view role) const { return qui_.HasRole(role); }

 private:
  void Reprendre();
  rpc::CallOptions Options(absl::Duration patience, rpc::Metadata* answered) const;

  std::string adresse_;
  rpc::Identity qui_;
  rpc::Metadata identite_;  // of qui_
  std::shared_ptr<rpc::Channel> channel_;
  Positions positions_;
  PositionsGardees gardees_{""};
};

// Says an error of the gateway on `erreurs`, in French, with its violations; with --format=json, as
// one object {code, raison, message, violations}. Returns kEchec.
int DireErreur(const absl::Status& status, Contexte& contexte);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_COMMANDES_PASSERELLE_H_
