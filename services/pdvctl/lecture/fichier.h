#ifndef PDV_SERVICES_PDVCTL_LECTURE_FICHIER_H_
#define PDV_SERVICES_PDVCTL_LECTURE_FICHIER_H_

#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace pdv::pdvctl {

// The largest file that is read, once inflated: 512 MiB, some ten times the largest national file.
inline constexpr size_t kOctetsParFichierMax = size_t{512} << 20;

// The bytes of a file, inflated where it is gzip (by its content, not by its name). Messages in
// French: NOT_FOUND, INVALID_ARGUMENT (a folder, a damaged or cut gzip), RESOURCE_EXHAUSTED (too
// large). Thread-safe.
absl::StatusOr<std::string> LireFichier(const std::string& chemin);

// Inflates one gzip stream. INVALID_ARGUMENT where it is damaged or cut, RESOURCE_EXHAUSTED beyond
// `octets_max`. Thread-safe.
absl::StatusOr<std::string> Decompresser(std::string_view gzip,
                                         size_t octets_max = kOctetsParFichierMax);

}  // namespace pdv::pdvctl

#endif  // PDV_SERVICES_PDVCTL_LECTURE_FICHIER_H_
