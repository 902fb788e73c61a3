#include "enkat/basics/reduce.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace enkat::reduce_test {

struct Count {
  std::size_t rows = 0, sum = 0;
  Count& operator+=(const Count& other) {
    rows += other.rows;
    sum += other.sum;
    return *this;
  }
};

void see(Rows rows, Count& count) {
  count.rows += rows.size();
  for (std::size_t i = rows.first; i < rows.last; ++i) count.sum += i;
}

TEST(Reduce, SeesEveryRowOnceWhateverTheThreads) {
  NoMonitor monitor;
  for (const std::size_t rows : {0UL, 1UL, 4096UL, 4097UL, 300000UL}) {
    for (const std::size_t threads : {1UL, 2UL, 7UL}) {
      const Count count = reduce(rows, Count{}, see, monitor, threads);
      EXPECT_EQ(count.rows, rows);
      EXPECT_EQ(count.sum, rows < 2 ? 0 : rows * (rows - 1) / 2);
    }
  }
}

TEST(Reduce, RethrowsAWorkersException) {
  NoMonitor monitor;
  const auto fail = [](Rows rows, Count&) {
    if (rows.first > 100000) throw std::runtime_error("worker");
  };
  EXPECT_THROW(reduce(1'000'000, Count{}, fail, monitor, 2), std::runtime_error);
}

class Impatient final : public Monitor {
 public:
  void poll(double) override { throw std::runtime_error("stop"); }
};

TEST(Reduce, StopsWhenTheMonitorThrows) {
  Impatient monitor;
  const auto slow = [](Rows, Count&) { std::this_thread::sleep_for(std::chrono::milliseconds(5)); };
  EXPECT_THROW(reduce(100'000'000, Count{}, slow, monitor, 1), std::runtime_error);
  EXPECT_THROW(reduce(100'000'000, Count{}, slow, monitor, 2), std::runtime_error);
}

class Watcher final : public Monitor {
 public:
  void poll(double) override {}
  void breathe() override { throw std::runtime_error("stop"); }
};

std::vector<std::size_t> shuffled() {
  std::vector<std::size_t> numbers(1 << 22);
  for (std::size_t i = 0; i < numbers.size(); ++i) numbers[i] = i * 2654435761 % numbers.size();
  return numbers;
}

TEST(Breathe, LetsWhoWatchesStopASort) {
  std::vector<std::size_t> numbers = shuffled();
  {
    Watcher watcher;
    const Watched watched(watcher);
    EXPECT_THROW(breathing_sort(numbers, std::less()), std::runtime_error);
  }
  breathing_sort(numbers, std::less());  // nobody watches
  EXPECT_TRUE(std::ranges::is_sorted(numbers));
}

TEST(Breathe, EndsTheThreadsOfAPassThatIsGivenUp) {
  Impatient monitor;
  const auto slow = [](Rows, Count&) {
    for (;;) breathe();
  };
  EXPECT_THROW(reduce(1'000'000, Count{}, slow, monitor, 2), std::runtime_error);
}

}  // namespace enkat::reduce_test
