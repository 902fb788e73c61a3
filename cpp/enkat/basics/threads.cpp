#include "enkat/basics/threads.hpp"

#ifdef __linux__
#include <sched.h>
#endif

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <string_view>
#include <thread>

namespace enkat {
namespace {

std::size_t processors() {
#ifdef __linux__
  // Not all there are: containers and schedulers of clusters bind processes to some.
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return static_cast<std::size_t>(CPU_COUNT(&allowed));
#endif
  return std::thread::hardware_concurrency();
}

}  // namespace

std::size_t threads_allowed() {
  std::size_t threads = 0;
  if (const char* given = std::getenv("ENKAT_THREADS"); given != nullptr) {
    const std::string_view text(given);
    std::from_chars(text.data(), text.data() + text.size(), threads);
  }
  return std::max<std::size_t>(1, threads > 0 ? threads : processors());
}

}  // namespace enkat
