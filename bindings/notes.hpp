#pragma once

#include "bindings/bind.hpp"
#include "enkat/estimate/notes.hpp"

namespace pybind11::detail {

/// Notes are text in Python, as tables show them.
template <>
struct type_caster<enkat::Notes> {
  PYBIND11_TYPE_CASTER(enkat::Notes, const_name("str"));
  static handle cast(const enkat::Notes& notes, return_value_policy, handle) { return str(notes.text()).release(); }
};

}  // namespace pybind11::detail
