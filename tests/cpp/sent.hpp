#pragma once

#include <string>

#include "enkat/basics/bytes.hpp"

namespace enkat::testing {

template <class State>
std::string bytes_of(const State& state) {
  ByteWriter out;
  state.write(out);
  return out.bytes();
}

/// The state as it arrives elsewhere.
template <class State>
State sent(const State& state) {
  const std::string bytes = bytes_of(state);
  ByteReader in(bytes);
  State arrived = state.read(in);
  if (!in.at_end()) throw std::logic_error("more bytes were written than are read");
  return arrived;
}

}  // namespace enkat::testing
