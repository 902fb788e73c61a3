#include "enkat/basics/context.hpp"

namespace enkat {

Context::Context() = default;
Context::Context(std::initializer_list<Fact> facts) : facts_(facts) {}
Context::Context(const Context&) = default;
Context::Context(Context&&) noexcept = default;
Context& Context::operator=(const Context&) = default;
Context& Context::operator=(Context&&) noexcept = default;
Context::~Context() = default;

bool Context::contains(std::string_view name) const {
  return std::ranges::find(facts_, name, &Fact::name) != facts_.end();
}

const Context::Value& Context::operator[](std::string_view name) const {
  static const Value nothing;
  const auto found = std::ranges::find(facts_, name, &Fact::name);
  return found == facts_.end() ? nothing : found->value;
}

void Context::set(std::string_view name, Value value) {
  const auto found = std::ranges::find(facts_, name, &Fact::name);
  if (found == facts_.end())
    facts_.push_back({std::string(name), std::move(value)});
  else
    found->value = std::move(value);
}

void Context::set(const Context& others) {
  for (const Fact& fact : others.facts_) set(fact.name, fact.value);
}

bool operator==(const Context& a, const Context& b) { return a.facts_ == b.facts_; }

}  // namespace enkat
