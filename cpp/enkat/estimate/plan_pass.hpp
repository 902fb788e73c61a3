#pragma once

#include <memory>

#include "enkat/estimate/plan.hpp"

namespace enkat {

/// One pass over the rows of a plan, wherever they are: `see(plan, rows, state)` with a plan whose survey has the rows.
///
/// A state that wants to know of every part it enters has a member `enter(plan)`.
template <Portable State, class See>
State pass(const std::shared_ptr<const Plan>& plan, const State& empty, const See& see, Monitor& monitor,
           std::size_t threads = threads_allowed()) {
  const auto observe = [&](const std::shared_ptr<const Plan>& of) {
    return [&see, of](Rows rows, State& state) { see(of, rows, state); };
  };
  if (!plan->survey.in_parts()) return reduce(plan->survey.rows(), empty, observe(plan), monitor, threads);
  return plan->survey.over_parts(
      empty,
      [&](const Survey& part, State& state, Monitor& watch) {
        const std::shared_ptr<const Plan> here = plan->on(part);
        if constexpr (requires { state.enter(*here); }) state.enter(*here);
        reduce_into(state, part.rows(), empty, observe(here), watch, threads);
      },
      monitor);
}

}  // namespace enkat
