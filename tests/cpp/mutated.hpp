#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "enkat/basics/error.hpp"
#include "tests/cpp/cases_folder.hpp"

namespace enkat::testing {

/// Inputs that a damaged file or a hostile neighbour could give: the same ones on every machine.
class Mutations {
 public:
  explicit Mutations(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t end) { return end == 0 ? 0 : random_() % end; }

  /// The bytes with one to four changes: bits, bytes, numbers at their ends, pieces left out or repeated, words put in.
  std::string of(std::string bytes, const std::vector<std::string>& words = {}) {
    for (std::size_t left = 1 + below(4); left > 0 && !bytes.empty(); --left) change(bytes, words);
    return bytes;
  }

 private:
  void change(std::string& bytes, const std::vector<std::string>& words) {
    constexpr std::int64_t ends[] = {0, -1, 1, INT64_MAX, INT64_MIN, INT32_MAX, 1 << 20};
    const std::size_t at = below(bytes.size());
    switch (below(words.empty() ? 6 : 8)) {
      case 0:
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << below(8)));
        return;
      case 1:
        bytes[at] = static_cast<char>(below(256));
        return;
      case 2:
        bytes.erase(at, 1 + below(20));
        return;
      case 3:
        bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(20)));
        return;
      case 4:
        bytes.resize(at);
        return;
      case 5: {
        const std::int64_t end = ends[below(std::size(ends))];
        const std::size_t size = std::min<std::size_t>(std::size_t{1} << below(4), bytes.size() - at);
        for (std::size_t i = 0; i < size; ++i) bytes[at + i] = static_cast<char>(end >> (8 * i));
        return;
      }
      case 6:
        bytes.insert(at, words[below(words.size())]);
        return;
      default:
        bytes.replace(at, 1 + below(8), words[below(words.size())]);
    }
  }

  std::mt19937_64 random_;
};

/// How many mutated inputs of a kind a test tries.
inline constexpr int mutations = 4000;

/// The inputs that a fuzzer started from, or found something with.
inline std::vector<std::string> corpus(const std::string& reader) {
  std::vector<std::filesystem::path> files;
  for (const auto& file : std::filesystem::directory_iterator(corpus_folder() / reader)) files.push_back(file.path());
  std::ranges::sort(files);
  std::vector<std::string> inputs;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    inputs.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return inputs;
}

/// Has a reader read its corpus and mutations of it: each ends in a value or a coded error.
template <class Reader>
void try_inputs(const std::string& name, Reader reader, const std::vector<std::string>& words = {}) {
  Mutations mutated(name.size());
  const std::vector<std::string> inputs = corpus(name);
  ASSERT_FALSE(inputs.empty());
  for (std::size_t i = 0; i < inputs.size() + mutations; ++i) {
    const std::string& input = i < inputs.size() ? inputs[i] : inputs[mutated.below(inputs.size())];
    const std::string bytes = i < inputs.size() ? input : mutated.of(input, words);
    try {
      reader(bytes);
    } catch (const Error&) {
    } catch (const std::exception& error) {
      FAIL() << error.what() << " in '" << bytes << "'";
    }
  }
}

}  // namespace enkat::testing
