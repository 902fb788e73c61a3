#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "enkat/basics/bytes.hpp"
#include "enkat/basics/mergeable.hpp"
#include "enkat/basics/reduce.hpp"
#include "enkat/data/table.hpp"

namespace enkat {

/// A state that can be sent: `write` its bytes, and `read` a state of the same kind and shape from them.
template <class T>
concept Portable = Mergeable<T> && requires(const T& state, ByteWriter& out, ByteReader& in) {
  { state.write(out) } -> std::same_as<void>;
  { state.read(in) } -> std::same_as<T>;
};

/// One pass over all parts of the data, and what it adds up, whoever reads the parts.
class Pass {
 public:
  explicit Pass(std::string name) : name_(std::move(name)) {}
  virtual ~Pass() = default;
  Pass(const Pass&) = delete;
  Pass& operator=(const Pass&) = delete;

  const std::string& name() const { return name_; }
  /// Rows seen so far.
  std::int64_t rows() const { return rows_; }

  void see(const Table& part, Monitor& monitor);
  /// What the parts seen so far add up to: magic, version, name, rows, figures, checksum.
  std::string bytes() const;
  /// Adds what `bytes` gave of other parts; refuses foreign, damaged or truncated bytes.
  void add(std::string_view bytes);

 private:
  virtual void observe(const Table& part, Monitor& monitor) = 0;
  virtual void write(ByteWriter& out) const = 0;
  virtual void merge(ByteReader& in) = 0;

  std::string name_;
  std::int64_t rows_ = 0;
};

/// The pass that lets `see(part, state, monitor)` fill a state.
template <Portable State, class See>
class PassOf final : public Pass {
 public:
  PassOf(std::string name, State empty, See see)
      : Pass(std::move(name)), state_(std::move(empty)), see_(std::move(see)) {}
  State take() { return std::move(state_); }

 private:
  void observe(const Table& part, Monitor& monitor) override { see_(part, state_, monitor); }
  void write(ByteWriter& out) const override { state_.write(out); }
  void merge(ByteReader& in) override { state_ += state_.read(in); }

  State state_;
  See see_;
};

/// Data that are read in parts, again for every pass: batches of a stream, files, partitions on other machines.
class Parts {
 public:
  virtual ~Parts() = default;
  /// Lets the pass see these columns of all parts, or gives it what others saw of them.
  virtual void run(Pass& pass, const std::vector<std::string>& columns, Monitor& monitor) = 0;
  /// What passes over columns found before this survey was made.
  virtual std::vector<std::string> known_columns() const { return {}; }
};

/// Runs a pass over parts, and refuses data that have another number of rows than they had.
void run_pass(Parts& parts, Pass& pass, const std::vector<std::string>& columns, std::int64_t rows, Monitor& monitor);

}  // namespace enkat
