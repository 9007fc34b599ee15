#include "common/rpc/pem.h"

#include <fstream>
#include <sstream>

namespace pdv::rpc {

absl::StatusOr<std::string> ReadPem(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // Nothing to copy is a failure of the stream too.
  if (!file || !(text << file.rdbuf()))
    return absl::FailedPreconditionError("fichier illisible ou vide : " + path);
  return text.str();
}

}  // namespace pdv::rpc
