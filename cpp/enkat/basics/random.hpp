#pragma once

#include <array>
#include <cstdint>
#include <limits>

namespace enkat {

/// Philox4x32-10: four words that only depend on a counter and a key. Salmon, Moraes, Dror & Shaw (2011), "Parallel
/// random numbers: as easy as 1, 2, 3", SC'11.
inline std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t a = std::uint64_t{0xD2511F53} * counter[0], b = std::uint64_t{0xCD9E8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(b >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(b),
               static_cast<std::uint32_t>(a >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(a)};
    key[0] += 0x9E3779B9;
    key[1] += 0xBB67AE85;
  }
  return counter;
}

/// 64 random bits that belong to draw `draw` of what `key` names, in repetition `stream`; nothing is remembered.
inline std::uint64_t random_bits(std::uint64_t seed, std::uint32_t stream, std::uint64_t key, std::uint32_t draw) {
  const auto low = [](std::uint64_t x) { return static_cast<std::uint32_t>(x); };
  const auto high = [](std::uint64_t x) { return static_cast<std::uint32_t>(x >> 32); };
  const auto words = philox({draw, stream, low(key), high(key)}, {low(seed), high(seed)});
  return std::uint64_t{words[1]} << 32 | words[0];
}

/// Draws 0, 1, 2 … of `random_bits`, so that what is drawn for one key does not depend on what is drawn for others.
class RandomDraws {
 public:
  RandomDraws(std::uint64_t seed, std::uint32_t stream, std::uint64_t key) : seed_(seed), key_(key), stream_(stream) {}

  /// A whole number from 0 to n − 1, each equally likely: what would make some likelier is drawn again.
  std::uint64_t below(std::uint64_t n) {
    constexpr std::uint64_t top = std::numeric_limits<std::uint64_t>::max();
    const std::uint64_t fair = top - top % n;
    std::uint64_t bits = random_bits(seed_, stream_, key_, draw_++);
    while (bits >= fair) bits = random_bits(seed_, stream_, key_, draw_++);
    return bits % n;
  }

 private:
  std::uint64_t seed_, key_;
  std::uint32_t stream_, draw_ = 0;
};

}  // namespace enkat
