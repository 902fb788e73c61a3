// What libFuzzer calls: a reader ends in a value or in a coded error, and in nothing else.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "enkat/basics/error.hpp"
#include ENKAT_FUZZ_HEADER

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    enkat::fuzz::ENKAT_FUZZ_READER({reinterpret_cast<const char*>(data), size});
  } catch (const enkat::Error&) {
  }
  return 0;
}
