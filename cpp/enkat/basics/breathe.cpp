#include "enkat/basics/breathe.hpp"

#include <chrono>
#include <stdexcept>

#include "enkat/basics/reduce.hpp"

namespace enkat {
namespace {

thread_local Monitor* watching = nullptr;
thread_local const std::atomic<bool>* stopping = nullptr;
thread_local std::chrono::steady_clock::time_point last;

}  // namespace

Watched::Watched(Monitor& monitor) : before_(watching) {
  watching = &monitor;
  last = std::chrono::steady_clock::now();
}

Watched::~Watched() { watching = before_; }

Stoppable::Stoppable(const std::atomic<bool>& stop) { stopping = &stop; }

Stoppable::~Stoppable() { stopping = nullptr; }

void breathe() {
  if (stopping != nullptr && *stopping) throw std::runtime_error("the pass was given up");
  if (watching == nullptr) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - last < detail::poll_every) return;
  last = now;
  watching->breathe();
}

}  // namespace enkat
