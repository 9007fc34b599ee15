#ifndef PDV_COMMON_VALIDATE_VALIDATOR_H_
#define PDV_COMMON_VALIDATE_VALIDATOR_H_

#include <vector>

#include "common/status/error.h"
#include "google/protobuf/message.h"

namespace pdv::validate {

// Checks a request against the options declared in its .proto (pdv.commun.options.v1.field):
// required, pattern, max_len (10 000 characters by default), max_items (1 000), min, max, format,
// known enum values, valid google.type.Date, and no unknown field at any depth. Returns ALL the
// violations, in order of the fields, with paths such as `contrat.signataires[2].siret`.
// Empty: the request is valid.
//
// Reasons: CHAMP_OBLIGATOIRE, FORMAT_INVALIDE, VALEUR_HORS_BORNES, TEXTE_TROP_LONG,
// LISTE_TROP_LONGUE, ENUM_INCONNUE, DATE_INVALIDE, CHAMP_INCONNU.
//
// An absent optional value is checked for nothing but `required`. Where the request has an
// update_mask, a required field of the resource is only asked for when the mask names it (AIP-134),
// and the resource's name always; what lies deeper is asked of each field that the mask names, or
// of each that is set where the mask is empty. A number without presence is never missing: give it
// a min. Output-only fields of the resource are ignored, whatever they hold (AIP-203).
//
// The rules of a type are compiled once; then a check costs no allocation for a valid request.
// Thread-safe. Dies at the first use of a type whose `pattern` is not an RE2 expression.
std::vector<status::Violation> Check(const google::protobuf::Message& request);

// Clears every output-only field, at any depth: what a client sent there is not its to say.
// The `name` of a resource is kept even if it is marked: it identifies the resource.
void ClearOutputOnly(google::protobuf::Message* message);

}  // namespace pdv::validate

#endif  // PDV_COMMON_VALIDATE_VALIDATOR_H_
