#include "services/pdvctl/commandes/positions.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/time/clock.h"
#include "common/rpc/call_metadata.h"
#include "services/pdvctl/ressources/ressources.h"
#include "services/pdvctl/suivi/flux.h"

namespace pdv::pdvctl {
namespace {

namespace fs = std::filesystem;

constexpr absl::Duration kPatience = absl::Seconds(1);
constexpr int kEssaisDuVerrou = 20;  // 10 ms each

std::string Environnement(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

fs::path Dossier() {
  const std::string chosen = Environnement("PDV_POSITIONS");
  if (!chosen.empty()) return chosen == "non" ? fs::path() : fs::path(chosen);
  const std::string state = Environnement("XDG_STATE_HOME"), home = Environnement("HOME");
  if (!state.empty()) return fs::path(state) / "pdvctl" / "positions";
  if (home.empty()) return {};
  return fs::path(home) / ".local" / "state" / "pdvctl" / "positions";
}

// Held by whoever rewrites the file. One who holds it and does not move is not waited for.
class Verrou {
 public:
  explicit Verrou(const fs::path& fichier)
      : fd_(open((fichier.string() + ".verrou").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    for (int i = 0; fd_ >= 0 && i < kEssaisDuVerrou && flock(fd_, LOCK_EX | LOCK_NB) != 0; ++i)
      absl::SleepFor(absl::Milliseconds(10));
  }
  ~Verrou() {
    if (fd_ >= 0) close(fd_);
  }
  Verrou(const Verrou&) = delete;
  Verrou& operator=(const Verrou&) = delete;

 private:
  const int fd_;
};

// "financement 812345 1795479000123": the service, the position, the instant in milliseconds. What
// is not so is passed over.
PositionsGardees::Toutes LireTexte(std::istream& in) {
  PositionsGardees::Toutes all;
  const auto& services = ServicesConnus();
  for (std::string line; std::getline(in, line);) {
    const std::vector<std::string> parts = absl::StrSplit(line, ' ');
    int64_t position = 0, instant = 0;
    if (parts.size() != 3 ||
        std::find(services.begin(), services.end(), parts[0]) == services.end())
      continue;
    if (!absl::SimpleAtoi(parts[1], &position) || !absl::SimpleAtoi(parts[2], &instant)) continue;
    if (position > 0) all[parts[0]] = {position, absl::FromUnixMillis(instant)};
  }
  return all;
}

}  // namespace

void Positions::Retenir(const rpc::Metadata& answered) {
  for (const auto& [key, value] : answered) {
    if (key != rpc::kPositionKey) continue;
    for (absl::string_view one : absl::StrSplit(value, ',')) {
      const std::pair<std::string, std::string> pair = absl::StrSplit(one, absl::MaxSplits('=', 1));
      int64_t position;
      if (absl::SimpleAtoi(pair.second, &position)) Retenir(pair.first, position);
    }
  }
}

void Positions::Retenir(const Positions& autres) {
  for (const auto& [service, position] : autres.positions_) Retenir(service, position);
}

void Positions::Retenir(const std::string& service, int64_t position) {
  int64_t& known = positions_[service];
  known = std::max(known, position);
}

void Positions::Donner(rpc::Metadata* metadata) const {
  if (!positions_.empty())
    metadata->emplace_back(rpc::kPositionKey, absl::StrJoin(positions_, ",", absl::PairFormatter("=")));
}

PositionsGardees PositionsGardees::De(const std::string& passerelle) {
  const fs::path folder = Dossier();
  if (folder.empty()) return PositionsGardees(fs::path());
  std::string name = passerelle;  // an address may be a path: "unix:/run/pdv"
  for (char& c : name)
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '.' && c != ':' && c != '-')
      c = '_';
  return PositionsGardees(folder / name);
}

PositionsGardees::Toutes PositionsGardees::Lire(absl::Time maintenant) const {
  std::ifstream in(fichier_);
  Toutes all = LireTexte(in);
  // An instant to come is that of a clock that was put right since.
  std::erase_if(all, [&](const auto& one) {
    const absl::Duration age = maintenant - one.second.ecrite;
    return age > kDuree || age < -absl::Seconds(1);
  });
  return all;
}

// The whole file, at once: whoever reads it sees it before or after.
template <class Changer>
void PositionsGardees::Recrire(absl::Time maintenant, const Changer& changer) const {
  if (fichier_.empty()) return;
  std::error_code ignored;
  fs::create_directories(fichier_.parent_path(), ignored);
  const Verrou verrou(fichier_);
  Toutes all = Lire(maintenant);
  changer(&all);
  const std::string mine = absl::StrCat(fichier_.string(), ".", getpid());
  std::ofstream out(mine, std::ios::trunc);
  for (const auto& [service, one] : all)
    out << service << " " << one.position << " " << absl::ToUnixMillis(one.ecrite) << "\n";
  out.close();
  if (out) fs::rename(mine, fichier_, ignored);
  if (!out || ignored) fs::remove(mine, ignored);
}

void PositionsGardees::Garder(const Positions& apprises, absl::Time maintenant) const {
  if (apprises.toutes().empty()) return;
  Recrire(maintenant, [&](Toutes* all) {
    for (const auto& [service, position] : apprises.toutes()) {
      Gardee& known = (*all)[service];
      if (position > known.position) known = {position, maintenant};
    }
  });
}

void PositionsGardees::Oublier(const Toutes& perdues, absl::Time maintenant) const {
  if (perdues.empty()) return;
  Recrire(maintenant, [&](Toutes* all) {
    std::erase_if(*all, [&](const auto& one) {
      const auto lost = perdues.find(one.first);
      return lost != perdues.end() && lost->second.position == one.second.position;
    });
  });
}

PositionsGardees::Toutes DUneAutreVie(rpc::Channel& channel, const rpc::Metadata& identite,
                                      const PositionsGardees::Toutes& gardees) {
  PositionsGardees::Toutes waited = gardees;
  std::vector<Flux::Service> services;
  for (const auto& [service, one] : gardees) services.push_back({service, {}, ""});
  // A feed that begins now says at once where its service stands, then each time that it moves.
  Flux flux(channel, services, identite, /*jusquau_present=*/false);
  std::set<std::string> heard;
  const absl::Time end = absl::Now() + kPatience;
  Nouvelle news;
  for (absl::Time now = absl::Now(); now < end && !waited.empty(); now = absl::Now()) {
    if (!flux.Suivante(end - now, &news)) break;
    if (news.genre == Nouvelle::Genre::kEchec) waited.erase(news.service);
    if (news.genre != Nouvelle::Genre::kLot) continue;
    heard.insert(news.service);
    const auto one = waited.find(news.service);
    if (one != waited.end() && news.lot.position() > one->second.position) waited.erase(one);
  }
  std::erase_if(waited, [&](const auto& one) { return !heard.contains(one.first); });
  return waited;
}

}  // namespace pdv::pdvctl
