#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace enkat {

struct Fact;

/// Where a problem is and what was found there: named facts in the order they were given.
///
/// Errors are thrown from nearly every file, so this is all they need to know of data without a fixed form.
class Context {
 public:
  class Value;

  Context();
  Context(std::initializer_list<Fact> facts);
  Context(const Context&);
  Context(Context&&) noexcept;
  Context& operator=(const Context&);
  Context& operator=(Context&&) noexcept;
  ~Context();

  const std::vector<Fact>& facts() const { return facts_; }
  bool contains(std::string_view name) const;
  /// The value of a fact; nothing (`Value()`) when there is no such fact.
  const Value& operator[](std::string_view name) const;

  /// Gives a fact its value, as the last one when it is new.
  void set(std::string_view name, Value value);
  /// Sets all of these.
  void set(const Context& others);

  friend bool operator==(const Context& a, const Context& b);

 private:
  std::vector<Fact> facts_;
};

/// Nothing, a truth value, a number, a text, a list of values, or facts of its own.
class Context::Value {
 public:
  using List = std::vector<Value>;
  using Held = std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Context>;

  Value() = default;
  Value(bool truth) : held_(truth) {}
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  Value(Number number) : held_(static_cast<std::int64_t>(number)) {}
  Value(double number) : held_(number) {}
  Value(std::string text) : held_(std::move(text)) {}
  Value(std::string_view text) : held_(std::string(text)) {}
  Value(const char* text) : held_(std::string(text)) {}
  Value(std::initializer_list<Value> values) : held_(List(values)) {}
  template <class T>
  Value(const std::vector<T>& values) : held_(List(values.begin(), values.end())) {}
  template <class T, std::size_t n>
  Value(const std::array<T, n>& values) : held_(List(values.begin(), values.end())) {}
  template <class T>
  Value(const std::map<std::string, T>& values) : held_(Context()) {
    for (const auto& [name, value] : values) std::get<Context>(held_).set(name, value);
  }

  const Held& held() const { return held_; }
  bool is_nothing() const { return held_.index() == 0; }

  friend bool operator==(const Value&, const Value&) = default;

 private:
  Held held_;
};

struct Fact {
  std::string name;
  Context::Value value;

  friend bool operator==(const Fact&, const Fact&) = default;
};

}  // namespace enkat
