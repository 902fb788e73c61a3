#pragma once

#include <memory>
#include <utility>

#include "enkat/design/pass.hpp"
#include "enkat/totals/plan.hpp"

namespace enkat {

/// A pass over the rows of a plan, as a value: `see(plan, rows, state)` with a plan whose survey has the rows.
///
/// A state that wants to know of every part it enters has a member `enter(plan)`; a pass whose sums are not exact has
/// `one_thread`.
template <class P>
concept PlannedPass = Portable<typename P::State> && requires(const P& pass, ByteWriter& out, ByteReader& in) {
  { P::name } -> std::convertible_to<std::string_view>;
  { pass.plan } -> std::convertible_to<std::shared_ptr<const Plan>>;
  { pass.empty() } -> std::same_as<typename P::State>;
  { pass.write(out) } -> std::same_as<void>;
  { P::read(in, pass.plan) } -> std::same_as<P>;
};

/// The same as a pass over the rows of a survey: the plan goes with it.
template <PlannedPass P>
struct OverPlan {
  using State = P::State;
  static constexpr std::string_view name = P::name;
  P pass;

  State empty(const Survey&) const { return pass.empty(); }
  void observe(const Survey& part, State& state, Monitor& monitor) const {
    const std::shared_ptr<const Plan> here = pass.plan->survey.in_parts() ? pass.plan->on(part) : pass.plan;
    if constexpr (requires { state.enter(*here); }) state.enter(*here);
    std::size_t threads = threads_allowed();
    if constexpr (requires { P::one_thread; }) threads = 1;
    reduce_into(
        state, part.rows(), [this] { return pass.empty(); },
        [&](Rows rows, State& seen) { pass.see(here, rows, seen); }, monitor, threads);
  }
  void write(ByteWriter& out) const {
    pass.plan->write(out);
    pass.write(out);
  }
  static OverPlan read(ByteReader& in, const Survey& survey) {
    const auto plan = Plan::read(in, survey);
    return {P::read(in, plan)};
  }
};

/// Makes a pass known to whoever has some of the rows, as KnownPass does.
template <PlannedPass P>
using KnownPlanPass = KnownPass<OverPlan<P>>;

/// What a pass over all rows of its plan adds up.
template <PlannedPass P>
P::State run_pass(const P& pass, Monitor& monitor) {
  return run_pass(pass.plan->survey, OverPlan<P>{pass}, monitor);
}

}  // namespace enkat
