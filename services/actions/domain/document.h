#ifndef PDV_SERVICES_ACTIONS_DOMAIN_DOCUMENT_H_
#define PDV_SERVICES_ACTIONS_DOMAIN_DOCUMENT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "pdv/actions/v1/document.pb.h"

namespace pdv::actions {

// Largest document that is taken, in bytes.
inline constexpr int64_t kTailleMax = 50 << 20;

// What is said of a document before its content comes: a type that is taken, a size that is, dates
// in order. INVALID_ARGUMENT with every violation (TYPE_REFUSE, DOCUMENT_TROP_GRAND,
// DATES_INCOHERENTES).
absl::Status VerifierEntete(const v1::Document& document);

// DOCUMENT_TROP_GRAND as soon as so many bytes have come, however many were announced.
absl::Status VerifierTaille(int64_t octets);

// Once everything has come: something, of the type, the size and the fingerprint that were
// announced (those that were). `debut`: the first bytes of the content, 8 where it has as many.
// INVALID_ARGUMENT with every violation (TYPE_DIFFERENT, CONTENU_DIFFERENT).
absl::Status VerifierContenu(const v1::Document& announced, std::string_view debut, int64_t octets,
                             const std::string& empreinte);

// True when the content may be of the type, by its first bytes.
bool EstDuType(std::string_view type_contenu, std::string_view debut);

}  // namespace pdv::actions

#endif  // PDV_SERVICES_ACTIONS_DOMAIN_DOCUMENT_H_
