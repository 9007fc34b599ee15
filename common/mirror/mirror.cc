#include "common/mirror/mirror.h"

#include <algorithm>

#include "absl/cleanup/cleanup.h"
#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "common/mirror/watch_request.h"
#include "common/rpc/log.h"
#include "common/status/error.h"

namespace pdv::mirror {
namespace {

// A peer that is away is asked again at once; what fails here is not hammered.
constexpr absl::Duration kPause = absl::Milliseconds(200);
constexpr absl::Duration kLongestPause = absl::Seconds(5);
// A peer whose feed has been cut for this long is away.
constexpr absl::Duration kAway = absl::Seconds(1);
// Who waits holds a thread: those who have waited for `kSoon` already are few.
constexpr absl::Duration kSoon = absl::Seconds(5);
constexpr int kWaiters = 6;
// A feed that stays down for the same reason is told again after this long.
constexpr absl::Duration kTold = absl::Seconds(30);

}  // namespace

Mirror::Mirror(Options options)
    : options_(std::move(options)),
      tables_(options_.peer, options_.tables),
      channel_(rpc::Channel::Open(options_.address)) {
  follower_ = std::thread([this] { Follow(); });
}

Mirror::~Mirror() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
    if (stream_ != nullptr) stream_->Cancel();
  }
  moved_.notify_all();
  follower_.join();
}

int64_t Mirror::position() {
  std::lock_guard lock(mu_);
  return position_;
}

absl::Status Mirror::Late(absl::StatusCode code) const {
  status::Error late(code, "MIROIR_EN_RETARD",
                     absl::StrCat("Ce service n'a pas encore reçu ce que vous avez écrit dans ",
                                  options_.peer, " : réessayez dans un instant."));
  late.With("service", options_.peer);
  if (code == absl::StatusCode::kUnavailable) late.RetryAfter(absl::Seconds(1));
  return late;
}

absl::Status Mirror::WaitFor(int64_t position, absl::Time deadline) {
  std::unique_lock lock(mu_);
  const absl::Time began = absl::Now();
  bool slow = false;
  absl::Cleanup leave = [&] { slow_waiters_ -= slow ? 1 : 0; };
  // A transaction is over and applied once the position has passed it.
  while (position_ <= position && !stop_) {
    const absl::Time now = absl::Now();
    if (now >= deadline) return Late(absl::StatusCode::kDeadlineExceeded);
    if (now - away_since_ > kAway)
      return status::Error(absl::StatusCode::kUnavailable, "MIROIR_EN_RETARD",
                           absl::StrCat("Ce que vous avez écrit dans ", options_.peer,
                                        " n'est pas encore arrivé ici, et ", options_.peer,
                                        " ne répond plus : réessayez dans un instant."))
          .With("service", options_.peer)
          .RetryAfter(absl::Seconds(1));
    if (!slow && now - began >= kSoon) {
      if (slow_waiters_ >= kWaiters) return Late(absl::StatusCode::kUnavailable);
      slow = true;
      ++slow_waiters_;
    }
    moved_.wait_until(lock, absl::ToChronoTime(std::min(deadline, now + kAway / 4)));
  }
  if (!stop_) return absl::OkStatus();
  return status::Error(absl::StatusCode::kUnavailable, "ARRET_EN_COURS",
                       "Le service s'arrête : réessayez.")
      .RetryAfter(absl::Seconds(1));
}

void Mirror::Moved(int64_t position) {
  std::lock_guard lock(mu_);
  if (position > position_) position_ = position;
  away_since_ = absl::InfiniteFuture();
  moved_.notify_all();
}

void Mirror::Follow() {
  absl::Duration pause = kPause;
  absl::Time told = absl::InfinitePast();
  absl::StatusCode why = absl::StatusCode::kOk;  // what was told
  while (true) {
    bool alive = false;
    const absl::Status ended = FollowOnce(&alive);
    if (alive) {  // this is a new cut
      pause = kPause;
      told = absl::InfinitePast();
    }
    std::unique_lock lock(mu_);
    stream_ = nullptr;
    if (stop_) return;
    away_since_ = std::min(away_since_, absl::Now());
    if (ended.code() != why || absl::Now() - told > kTold) {
      Tell(ended);
      told = absl::Now();
      why = ended.code();
    }
    // The peer's journal is not the one that was followed (restored, or made anew): start over.
    start_over_ = ended.code() == absl::StatusCode::kOutOfRange;
    moved_.wait_for(lock, absl::ToChronoNanoseconds(pause), [this] { return stop_; });
    if (stop_) return;
    if (!absl::IsUnavailable(ended)) pause = std::min(pause * 2, kLongestPause);
  }
}

// A mirror that does not follow is what an operator must know: writes that carry a position wait
// for it.
void Mirror::Tell(const absl::Status& ended) const {
  rpc::Log(rpc::Level::kWarning, "miroir_interrompu",
           {{"pair", options_.peer},
            {"code", absl::StatusCodeToString(ended.code())},
            {"message", std::string_view(ended.message().data(), ended.message().size())}});
}

absl::Status Mirror::FollowOnce(bool* alive) {
  absl::StatusOr<std::unique_ptr<pg::Session>> session = pg::Session::Connect(options_.conninfo);
  if (!session.ok()) return session.status();
  // What a crash takes from here is followed again: rows and cursor are one transaction. And nothing that
  // was decided on them outlives them: its own commit, which waits for the disk, comes after theirs.
  absl::Status relaxed = (*session)->Script("SET synchronous_commit = off");
  if (!relaxed.ok()) return relaxed;
  absl::StatusOr<MirrorTables::Progress> progress = tables_.Load(**session);
  if (!progress.ok()) return progress.status();
  if (start_over_) *progress = {"-", 0};
  std::shared_ptr<rpc::StreamReader> stream;
  {
    std::lock_guard lock(mu_);
    if (stop_) return absl::OkStatus();
    // What was reached is what is kept here: a crash of this database, or another journal of the peer,
    // may have taken some of it back.
    position_ = progress->position;
    stream_ =
        channel_->Read(options_.watch_method,
                       *WatchRequest(options_.watch_method, progress->cursor, tables_.Types()));
    stream = stream_;
  }
  commun::type::v1::LotEvenements lot;
  while (stream->Next(&lot)) {
    absl::Status applied = tables_.Apply(**session, lot);
    if (!applied.ok()) {
      stream->Cancel();
      (void)stream->Finish();
      return applied;
    }
    Moved(lot.position());
    *alive = true;
    lot.Clear();
  }
  return stream->Finish();
}

}  // namespace pdv::mirror
