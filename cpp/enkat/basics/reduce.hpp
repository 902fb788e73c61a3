#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "enkat/basics/breathe.hpp"
#include "enkat/basics/mergeable.hpp"
#include "enkat/basics/threads.hpp"

namespace enkat {

/// A run of rows [first, last).
struct Rows {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size() const { return last - first; }
};

/// Rows are observed in blocks of this size, so that a block's columns stay in the cache.
inline constexpr std::size_t block_rows = 4096;

/// Below this many rows the calling thread does the work itself: starting threads would cost more than it saves.
inline constexpr std::size_t serial_rows = 250'000;

/// Who watches a long pass: asked at least every 50 ms on the calling thread; may throw to stop it.
class Monitor {
 public:
  virtual ~Monitor() = default;
  virtual void poll(double share_done) = 0;
  /// The same between passes, where nothing is known of how much is done; see `breathe`.
  virtual void breathe() {}
};

/// Nobody watches.
class NoMonitor final : public Monitor {
 public:
  void poll(double) override {}
};

namespace detail {

inline constexpr std::chrono::milliseconds poll_every{40};

template <class State, class Observe>
void reduce_serially(std::size_t rows, State& state, const Observe& observe, Monitor& monitor) {
  auto polled = std::chrono::steady_clock::now();
  for (std::size_t first = 0; first < rows; first += block_rows) {
    observe(Rows{first, std::min(rows, first + block_rows)}, state);
    if (const auto now = std::chrono::steady_clock::now(); now - polled > poll_every) {
      monitor.poll(static_cast<double>(first) / static_cast<double>(rows));
      polled = now;
    }
  }
}

template <class State, class MakeEmpty, class Observe>
void reduce_in_parallel(std::size_t rows, State& all, const MakeEmpty& make_empty, const Observe& observe,
                        Monitor& monitor, std::size_t threads) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::condition_variable finished;
  std::size_t running = threads;
  std::exception_ptr failure;
  std::vector<State> others;  // the first thread adds to `all`
  for (std::size_t i = 1; i < threads; ++i) others.push_back(make_empty());

  const auto work = [&](State& state) {
    const Stoppable stoppable(stop);
    try {
      for (std::size_t first; !stop && (first = next.fetch_add(block_rows)) < rows;)
        observe(Rows{first, std::min(rows, first + block_rows)}, state);
    } catch (...) {
      const std::lock_guard lock(mutex);
      if (!failure) failure = std::current_exception();
      stop = true;
    }
    const std::lock_guard lock(mutex);
    if (--running == 0) finished.notify_one();
  };

  {
    std::vector<std::jthread> workers;
    workers.reserve(threads);
    workers.emplace_back([&work, &all] { work(all); });
    for (State& state : others) workers.emplace_back([&work, &state] { work(state); });
    std::unique_lock lock(mutex);
    while (!finished.wait_for(lock, poll_every, [&] { return running == 0; })) {
      lock.unlock();
      try {
        monitor.poll(static_cast<double>(std::min(rows, next.load())) / static_cast<double>(rows));
        lock.lock();
      } catch (...) {
        stop = true;
        throw;  // the jthreads are joined on the way out
      }
    }
  }
  if (failure) std::rethrow_exception(failure);
  for (const State& state : others) all += state;
}

}  // namespace detail

/// Lets `observe(rows, state)` see all rows once, in blocks, and adds what it sees to a state that may have seen
/// others. The only threads of enkat; each but the first starts from what `make_empty()` makes.
///
/// The result does not depend on `threads`: states are Mergeable exactly. Of a state half of whose rows were seen when
/// something was thrown nothing can be said.
template <Mergeable State, class MakeEmpty, class Observe>
void reduce_into(State& state, std::size_t rows, const MakeEmpty& make_empty, const Observe& observe, Monitor& monitor,
                 std::size_t threads = threads_allowed()) {
  if (threads <= 1 || rows < serial_rows) {
    detail::reduce_serially(rows, state, observe, monitor);
  } else {
    detail::reduce_in_parallel(rows, state, make_empty, observe, monitor, threads);
  }
}

/// The same from an empty state, which is returned.
template <Mergeable State, class Observe>
State reduce(std::size_t rows, const State& empty, const Observe& observe, Monitor& monitor,
             std::size_t threads = threads_allowed()) {
  State state = empty;
  reduce_into(state, rows, [&empty] { return empty; }, observe, monitor, threads);
  return state;
}

}  // namespace enkat
