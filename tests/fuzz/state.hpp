#pragma once

#include <string_view>

#include "enkat/basics/bytes.hpp"

namespace enkat::fuzz {

/// Adds what bytes give to an empty state, as bytes of other parts are.
template <class State>
void state(std::string_view bytes, State empty) {
  ByteReader in(bytes);
  empty += empty.read(in);
}

}  // namespace enkat::fuzz
