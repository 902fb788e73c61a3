#pragma once

#include <cstdint>
#include <string_view>

namespace enkat {

/// FNV-1a, over bytes or 64-bit words: cheap, and enough to tell things apart and to notice damage. It is no protection
/// against intent. Fowler, Noll & Vo, IETF draft-eastlake-fnv.
class Fnv {
 public:
  explicit Fnv(std::uint64_t mixed_in = 0) : hash_(0xcbf29ce484222325ULL ^ mixed_in) {}

  void add(std::uint64_t word) { hash_ = (hash_ ^ word) * 0x100000001b3ULL; }
  void add(std::string_view bytes) {
    for (const char c : bytes) add(static_cast<std::uint64_t>(static_cast<unsigned char>(c)));
  }
  std::uint64_t hash() const { return hash_; }

 private:
  std::uint64_t hash_;
};

}  // namespace enkat
