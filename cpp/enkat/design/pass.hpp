#pragma once

#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/mergeable.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

/// A state that can be sent: `write` its bytes, and `read` a state of the same kind and shape from them. A large one of
/// which little is written has `add(in)` besides, which reads it into this one.
template <class T>
concept Portable = Mergeable<T> && requires(const T& state, ByteWriter& out, ByteReader& in) {
  { state.write(out) } -> std::same_as<void>;
  { state.read(in) } -> std::same_as<T>;
};

/// What one pass over the rows does, as a value. It holds all that the pass needs to know – grids, centres, bins – and
/// nothing of how that was found, so that it can be sent to whoever has some of the rows.
///
/// `observe` adds the rows of a part to a state; before a survey knows how its rows were drawn, `observe_table` does.
template <class P>
concept RowPass =
    Portable<typename P::State> && requires(const P& pass, const Survey& survey, ByteWriter& out, ByteReader& in) {
      { P::name } -> std::convertible_to<std::string_view>;
      { pass.empty(survey) } -> std::same_as<typename P::State>;
      { pass.write(out) } -> std::same_as<void>;
      { P::read(in, survey) } -> std::same_as<P>;
    };

/// A pass over rows that are read in parts, whoever reads them, with what it has added up so far.
class Pass {
 public:
  virtual ~Pass() = default;
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  /// Rows seen so far.
  std::int64_t rows() const { return rows_; }
  void see(const Table& part, Monitor& monitor);
  /// What the parts seen so far add up to: magic, which pass, rows, figures, checksum.
  std::string bytes() const;
  /// Adds what `bytes` gave of other parts; refuses foreign, damaged or truncated bytes.
  void add(std::string_view bytes);
  /// All that somebody with some of the rows needs to make the same pass: the survey without its rows, and the pass.
  std::string sent() const;

 protected:
  explicit Pass(Survey all) : all_(std::move(all)) {}
  const Survey& all() const { return all_; }

 private:
  friend std::unique_ptr<Pass> pass_from(const Table& columns, const Design& design, std::string_view sent);

  virtual std::string_view name() const = 0;
  virtual void observe(const Table& part, Monitor& monitor) = 0;
  virtual void write(ByteWriter& out) const = 0;
  virtual void merge(ByteReader& in) = 0;
  virtual void write_pass(ByteWriter& out) const = 0;
  std::uint64_t id() const;

  Survey all_;
  std::int64_t rows_ = 0;
  mutable std::optional<std::uint64_t> id_;  // of what was sent
};

/// Makes the pass that `Pass::sent` describes, over rows of a table with these columns. It is trusted as the code is.
std::unique_ptr<Pass> pass_from(const Table& columns, const Design& design, std::string_view sent);

template <RowPass P>
class PassOf final : public Pass {
 public:
  PassOf(Survey all, P pass) : Pass(std::move(all)), pass_(std::move(pass)), state_(pass_.empty(Pass::all())) {}
  P::State take() { return std::move(state_); }

 private:
  std::string_view name() const override { return P::name; }
  void observe(const Table& part, Monitor& monitor) override {
    if constexpr (requires { pass_.observe_table(all(), part, state_, monitor); }) {
      pass_.observe_table(all(), part, state_, monitor);
    } else {
      pass_.observe(all().part(part), state_, monitor);
    }
  }
  void write(ByteWriter& out) const override { state_.write(out); }
  void merge(ByteReader& in) override {
    if constexpr (requires { state_.add(in); }) {
      state_.add(in);
    } else {
      state_ += state_.read(in);
    }
  }
  void write_pass(ByteWriter& out) const override { pass_.write(out); }

  P pass_;
  P::State state_;
};

/// Makes a pass of its bytes.
using PassMaker = std::unique_ptr<Pass> (*)(Survey all, ByteReader& in);

/// Makes a kind of pass known to `pass_from`, by its name.
void know_pass(std::string_view name, PassMaker make);

/// The same, once, in the file of the pass: `const KnownPass<DomainPass> known;`.
template <RowPass P>
class KnownPass {
 public:
  KnownPass() {
    know_pass(P::name, [](Survey all, ByteReader& in) -> std::unique_ptr<Pass> {
      P pass = P::read(in, all);
      return std::make_unique<PassOf<P>>(std::move(all), std::move(pass));
    });
  }
};

/// What a pass over all rows of a survey adds up: rows in memory are one part, which is there already. (Passes that
/// observe tables are of surveys whose rows are read in parts.)
template <RowPass P>
P::State run_pass(const Survey& survey, const P& pass, Monitor& monitor) {
  if constexpr (requires(P::State& state) { pass.observe(survey, state, monitor); }) {
    if (!survey.in_parts()) {
      typename P::State state = pass.empty(survey);
      pass.observe(survey, state, monitor);
      return state;
    }
  }
  PassOf<P> over_parts(survey, pass);
  survey.read_parts(over_parts, monitor);
  return over_parts.take();
}

}  // namespace enkat
