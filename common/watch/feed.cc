#include "common/watch/feed.h"

#include <algorithm>

#include "absl/time/clock.h"
#include "common/status/error.h"

namespace pdv::watch {
namespace {

using commun::type::v1::LotEvenements;

constexpr int kPage = 500;
constexpr absl::Duration kPoll = absl::Milliseconds(25);
constexpr absl::Duration kHeartbeat = absl::Seconds(5);
constexpr absl::Duration kPatience = absl::Seconds(30);

absl::Status TooSlow() {
  return status::Error(absl::StatusCode::kResourceExhausted, "LECTEUR_TROP_LENT",
                       "Le flux va plus vite que son lecteur : reprenez au dernier curseur reçu.")
      .RetryAfter(absl::Seconds(1));
}

absl::Status Stopping() {
  return status::Error(absl::StatusCode::kUnavailable, "ARRET_EN_COURS",
                       "Le service s'arrête : reprenez au dernier curseur reçu.")
      .RetryAfter(absl::Seconds(1));
}

absl::Status Outdated() {
  return status::Error(absl::StatusCode::kOutOfRange, "CURSEUR_PERIME",
                       "Ce curseur n'est pas de ce journal : reprenez avec « - ».");
}

bool Wanted(const std::vector<std::string>& types, const Entry& entry) {
  return types.empty() || std::find(types.begin(), types.end(), entry.type) != types.end();
}

}  // namespace

Feed::Feed(std::string conninfo) : conninfo_(std::move(conninfo)) {
  tailer_ = std::thread([this] { Tail(); });
  catcher_ = std::thread([this] { CatchUp(); });
}

Feed::~Feed() {
  {
    std::lock_guard lock(mu_);
    stop_ = true;
  }
  tail_wake_.notify_all();
  catch_up_wake_.notify_all();
  tailer_.join();
  catcher_.join();
  for (const SubscriberPtr& subscriber : subscribers_) subscriber->sink->Finish(Stopping());
}

void Feed::Subscribe(std::string cursor, std::vector<std::string> types, rpc::StreamSinkPtr sink) {
  auto subscriber = std::make_shared<Subscriber>();
  subscriber->sink = std::move(sink);
  subscriber->types = std::move(types);
  subscriber->asked = std::move(cursor);
  subscriber->last_sent = absl::Now();
  {
    std::lock_guard lock(mu_);
    subscribers_.push_back(std::move(subscriber));
  }
  catch_up_wake_.notify_one();
}

void Feed::Wake() {
  {
    std::lock_guard lock(mu_);
    woken_ = true;
  }
  tail_wake_.notify_one();
}

bool Feed::EnsureSession(std::unique_ptr<pg::Session>& session) {
  if (session != nullptr && session->ok()) return true;
  absl::StatusOr<std::unique_ptr<pg::Session>> fresh = pg::Session::Connect(conninfo_);
  if (!fresh.ok()) return false;
  session = *std::move(fresh);
  return true;
}

void Feed::Tail() {
  std::unique_ptr<pg::Session> session;
  bool more = false;
  while (true) {
    {
      std::unique_lock lock(mu_);
      if (!more) {
        tail_wake_.wait_for(lock, absl::ToChronoMilliseconds(kPoll),
                            [this] { return woken_ || stop_; });
      }
      woken_ = false;
      if (stop_) return;
    }
    const bool fresh = session == nullptr || !session->ok();
    if (!EnsureSession(session) || (fresh && !FindTail(*session))) {
      session = nullptr;
      absl::SleepFor(absl::Milliseconds(200));
      continue;
    }
    absl::StatusOr<JournalPage> page = ReadJournal(*session, tail_, {}, kPage);
    more = page.ok() && page->more;
    if (page.ok()) Deliver(*page);
  }
}

// Where to go on in the journal of a new session: where it was left, unless the journal was restored from
// before it; then nobody's cursor is known to be of it. False where the session is lost.
bool Feed::FindTail(pg::Session& session) {
  absl::StatusOr<Place> head = Head(session);
  absl::StatusOr<bool> known = tail_known_ ? Holds(session, tail_) : absl::StatusOr<bool>(false);
  if (!head.ok() || !known.ok()) return false;
  if (*known) return true;
  std::lock_guard lock(mu_);
  if (tail_known_) {
    for (const SubscriberPtr& subscriber : subscribers_) subscriber->sink->Finish(Outdated());
    subscribers_.clear();
  }
  tail_ = *head;
  tail_known_ = true;
  catch_up_wake_.notify_one();
  return true;
}

void Feed::Deliver(const JournalPage& page) {
  std::lock_guard lock(mu_);
  const absl::Time now = absl::Now();
  for (auto it = subscribers_.begin(); it != subscribers_.end();) {
    Subscriber& subscriber = **it;
    if (subscriber.sink->done()) {
      it = subscribers_.erase(it);
      continue;
    }
    if (subscriber.live) {
      std::vector<const Entry*> entries;
      for (const Entry& entry : page.entries) {
        if (subscriber.cursor.place < entry.place && Wanted(subscriber.types, entry))
          entries.push_back(&entry);
      }
      const bool moved = page.position > subscriber.position;
      if (!entries.empty() || moved || now - subscriber.last_sent > kHeartbeat) {
        Cursor next{std::max(page.next, subscriber.cursor.place), false, ""};
        if (!Send(subscriber, entries, next, std::max(page.position, subscriber.position))) {
          subscriber.live = false;
          subscriber.stuck_since = now;
          catch_up_wake_.notify_one();
        }
      }
    }
    ++it;
  }
  tail_ = page.next;
}

bool Feed::Send(Subscriber& subscriber, const std::vector<const Entry*>& entries, Cursor next,
                int64_t position) {
  auto lot = std::make_shared<LotEvenements>();
  for (const Entry* entry : entries) *lot->add_evenements() = entry->event;
  lot->set_curseur(next.ToText());
  lot->set_position(position);
  if (!subscriber.sink->TryWrite(std::move(lot))) return false;
  subscriber.cursor = std::move(next);
  subscriber.position = position;
  subscriber.last_sent = absl::Now();
  return true;
}

void Feed::CatchUp() {
  std::unique_ptr<pg::Session> session;
  while (true) {
    std::vector<SubscriberPtr> behind;
    {
      std::unique_lock lock(mu_);
      auto any_behind = [this] {
        return tail_known_ && std::any_of(subscribers_.begin(), subscribers_.end(),
                                          [](const SubscriberPtr& s) { return !s->live; });
      };
      catch_up_wake_.wait(lock, [&] { return stop_ || any_behind(); });
      if (stop_) return;
      for (const SubscriberPtr& s : subscribers_)
        if (!s->live) behind.push_back(s);
    }
    if (!EnsureSession(session)) {
      absl::SleepFor(absl::Milliseconds(200));
      continue;
    }
    bool busy = false;
    for (const SubscriberPtr& subscriber : behind) {
      absl::Status status = subscriber->resolved ? absl::OkStatus()
                                                 : Resolve(*session, *subscriber);
      if (status.ok()) {
        absl::StatusOr<bool> more = Advance(*session, *subscriber);
        status = more.status();
        busy |= more.ok() && *more;
      }
      if (!session->ok()) break;  // the database went away: the stream waits for it
      if (status.ok() && !subscriber->sink->done()) continue;
      subscriber->sink->Finish(status);
      std::lock_guard lock(mu_);
      subscribers_.remove(subscriber);
    }
    if (!busy) absl::SleepFor(absl::Milliseconds(5));
  }
}

absl::Status Feed::Resolve(pg::Session& session, Subscriber& subscriber) {
  absl::StatusOr<Place> head = Head(session);
  if (!head.ok()) return head.status();
  if (subscriber.asked.empty()) {
    subscriber.cursor.place = *head;
  } else if (subscriber.asked == "-") {
    subscriber.cursor = Cursor{*head, true, ""};
  } else {
    absl::StatusOr<Cursor> cursor = Cursor::Parse(subscriber.asked);
    if (!cursor.ok()) return cursor.status();
    absl::StatusOr<bool> known = Holds(session, cursor->place);
    if (!known.ok()) return known.status();
    if (!*known) return Outdated();
    subscriber.cursor = *std::move(cursor);
  }
  subscriber.resolved = true;
  return absl::OkStatus();
}

absl::StatusOr<bool> Feed::Stuck(Subscriber& subscriber) {
  if (subscriber.stuck_since == absl::InfiniteFuture()) subscriber.stuck_since = absl::Now();
  if (absl::Now() - subscriber.stuck_since > kPatience) return TooSlow();
  return false;
}

absl::StatusOr<bool> Feed::Advance(pg::Session& session, Subscriber& subscriber) {
  if (!subscriber.sink->HasRoom()) return Stuck(subscriber);
  Cursor& cursor = subscriber.cursor;
  absl::StatusOr<JournalPage> page =
      cursor.in_snapshot ? ReadSnapshot(session, cursor.place, cursor.snapshot_name,
                                        subscriber.types, kPage)
                         : ReadJournal(session, cursor.place, subscriber.types, kPage);
  if (!page.ok()) return page.status();
  Cursor next = cursor;
  if (!cursor.in_snapshot) {
    next.place = page->next;
  } else if (page->more) {
    next.snapshot_name = page->entries.back().event.name();
  } else {
    next = Cursor{cursor.place, false, ""};
  }
  std::vector<const Entry*> entries;
  for (const Entry& entry : page->entries) entries.push_back(&entry);
  std::lock_guard lock(mu_);
  const int64_t position =
      cursor.in_snapshot ? 0 : std::max(page->position, subscriber.position);
  if (!Send(subscriber, entries, next, position)) return Stuck(subscriber);
  subscriber.stuck_since = absl::InfiniteFuture();
  subscriber.live = !next.in_snapshot && !page->more && tail_ <= next.place;
  if (subscriber.live && subscriber.position == 0) subscriber.position = page->position;
  return !subscriber.live;
}

}  // namespace pdv::watch
