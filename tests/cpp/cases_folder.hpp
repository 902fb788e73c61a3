#pragma once

#include <cstdlib>
#include <filesystem>

namespace enkat::testing {

/// Where the reference cases are: the folder that ENKAT_CASES names, else tests/cases below the current one. Not
/// compiled in, so that objects are the same in every clone.
inline std::filesystem::path cases_folder() {
  const char* folder = std::getenv("ENKAT_CASES");
  return folder != nullptr ? folder : "tests/cases";
}

/// Where the inputs of fuzzers are, in the same way: the folder that ENKAT_CORPUS names, else tests/fuzz/corpus.
inline std::filesystem::path corpus_folder() {
  const char* folder = std::getenv("ENKAT_CORPUS");
  return folder != nullptr ? folder : "tests/fuzz/corpus";
}

}  // namespace enkat::testing
