#include "services/pdvctl/commandes/montants.h"

#include "absl/strings/str_cat.h"
#include "common/types/centimes.h"

namespace pdv::pdvctl {
namespace {

absl::Status Lire(const std::string& texte, int64_t* cents) {
  if (texte.empty()) return absl::OkStatus();
  absl::StatusOr<types::Centimes> read = types::LireMontant(texte);
  if (!read.ok()) return read.status();
  if (*read < 0)
    return absl::InvalidArgumentError(
        absl::StrCat("« ", texte, " » : un montant n'est pas négatif"));
  *cents = *read;
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<MontantsLigne> LireMontants(const MontantsDits& dits,
                                           const financement::v1::Ligne& ligne) {
  MontantsLigne amounts;
  const bool apart = !dits.droit_commun.empty() || !dits.specifiques.empty();
  if (apart) {
    if (!dits.montant.empty())
      return absl::InvalidArgumentError(
          "un montant, ou ses deux parts (droit commun et crédits spécifiques), mais pas les deux");
    if (absl::Status read = Lire(dits.droit_commun, &amounts.droit_commun); !read.ok()) return read;
    if (absl::Status read = Lire(dits.specifiques, &amounts.specifiques); !read.ok()) return read;
    return amounts;
  }
  if (dits.montant.empty()) return absl::InvalidArgumentError("le montant est attendu");
  const bool common = ligne.demande_droit_commun_centimes() > 0;
  const bool specific = ligne.demande_specifiques_centimes() > 0;
  if (common == specific)
    return absl::InvalidArgumentError(absl::StrCat(
        "la ligne ",
        common ? "demande du droit commun et des crédits spécifiques" : "ne demande rien",
        " : dites la part de chacun, --droit-commun=… --specifiques=…"));
  absl::Status read = Lire(dits.montant, common ? &amounts.droit_commun : &amounts.specifiques);
  if (!read.ok()) return read;
  return amounts;
}

}  // namespace pdv::pdvctl
