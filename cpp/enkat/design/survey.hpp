#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/column_facts.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/row_truth.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/calibration.hpp"
#include "enkat/design/condition.hpp"
#include "enkat/design/design.hpp"
#include "enkat/design/parts.hpp"
#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// Rows that count in a domain, and those outside it for want of an answer that would tell. Mergeable.
struct DomainCounts {
  std::int64_t rows = 0;  ///< with a weight other than 0
  std::int64_t filter_missing = 0;

  DomainCounts& operator+=(const DomainCounts& other);
  void write(ByteWriter& out) const;
  DomainCounts read(ByteReader& in) const;
};

/// The columns and questions that one call reads, by what they are read as.
struct Reads {
  std::vector<std::string> numbers, answers, by, dates = {};
};

/// Answers, codebook, design and a domain: immutable and shared. Every verb returns a new Survey or an estimate.
class Survey {
 public:
  Survey(Table table, Codebook codebook, Design design);
  /// Of data that are read in parts; `columns` has their columns and no rows.
  Survey(Table columns, Codebook codebook, Design design, std::shared_ptr<Parts> parts, Monitor& monitor);
  /// The survey that `write` wrote, for passes over rows that are elsewhere.
  Survey(Table columns, Design design, ByteReader& in);

  /// Rows in memory; EstimateError `estimate.in_memory_only` where they are read in parts.
  std::size_t rows() const;
  bool in_parts() const { return base_->parts.has_value(); }
  /// This survey ready for one call: where it is read in parts, with the facts about columns that the call needs.
  Survey reading(const Reads& reads, Monitor& monitor) const;
  /// Lets a pass see all parts of data that are read in parts: the columns that `reading` found.
  void read_parts(Pass& pass, Monitor& monitor) const;
  /// A part of the rows as a survey of its own, with weights, replicates and domain.
  Survey part(const Table& table) const;
  /// What must be known of all rows to pass over some of them, by a survey that is ready for a call.
  void write(ByteWriter& out) const;
  const Table& table() const { return base_->table; }
  const Codebook& codebook() const { return *base_->codebook; }
  const Design& design() const { return *base_->design; }
  const Sample& sample() const { return *base_->sample; }

  /// The question of this name in the codebook, or null.
  const Question* question(const std::string& name) const { return codebook().find(name); }
  /// Answers to a question, or to a column without a codebook read as a question of this type. Made once and shared.
  std::shared_ptr<const Answers> answers(const std::string& name) const;
  std::shared_ptr<const Answers> numbers(const std::string& name) const;
  /// Values of a column without a codebook, densely numbered.
  std::shared_ptr<const Labels> labels(const std::string& name) const;

  /// The same survey with one question more, which is made of others; `question` is as codebook.json has it.
  Survey derive(const Json& question) const;

  /// The rows that meet every condition: a domain, never a smaller sample.
  Survey where(const std::vector<Condition>& conditions) const;
  Survey where(std::span<const std::uint8_t> mask) const;
  bool has_domain() const { return domain_ != nullptr || !conditions_.empty(); }
  /// The conditions of the domain, where data are read in parts.
  const std::vector<Condition>& conditions() const { return conditions_; }
  /// 1 for rows of the domain.
  void inside(Rows rows, std::span<std::uint8_t> out) const;
  DomainCounts domain_counts() const;
  /// The same of data that may be read in parts: by a pass.
  DomainCounts domain_counts(Monitor& monitor) const;
  /// Of derived questions whose answers have been made: rows that have answers, but are in no group of them.
  std::map<std::string, std::int64_t> outside() const;

  /// Final weight of some rows: after calibration or trimming, else the design's.
  void weights(Rows rows, std::span<double> out) const;
  /// Those before calibration; of a survey without one, the design's.
  void weights_before(Rows rows, std::span<double> out) const;
  /// Largest magnitude of one of them.
  double largest_weight_before() const;
  /// Final weights where they are not the design's, else null.
  std::shared_ptr<const std::vector<double>> given_weights() const;
  /// Σ w x of every sampling unit of a calibrated survey, w the final weights. Made once.
  const ExactSums& calibrated_unit_sums(Monitor& monitor) const;
  /// Largest magnitude of a final weight.
  double largest_weight() const { return weights_ ? weights_->largest : sample().largest_weight(); }
  bool equal_weights() const { return !weights_ && sample().equal_weights(); }
  /// Final weights given instead of the design's; a calibration is kept only if `calibration` is.
  Survey with_weights(std::vector<double> weight, std::shared_ptr<const Calibration> calibration,
                      std::vector<Issue> notes) const;
  /// The same of rows that are read in parts: each part is given its weights when it is read.
  Survey with_calibration(std::shared_ptr<const Calibration> calibration, double largest_weight,
                          std::vector<Issue> notes) const;
  /// How the weights were calibrated, or null.
  const std::shared_ptr<const Calibration>& calibration() const { return calibration_; }
  /// The same survey, its variances from replicate weights.
  Survey with_replicates(std::shared_ptr<const Replicates> replicates) const;
  /// Replicate weights that variances come from, or null.
  const std::shared_ptr<const Replicates>& replicates() const { return replicates_; }

  /// What a user should know about this survey before reading estimates.
  std::vector<Issue> notes() const;

 private:
  /// What stands for the rows of data that are read in parts.
  struct InParts {
    std::shared_ptr<Parts> rows;                                       ///< where they are
    std::string drawn{};                                               ///< how they were drawn, as bytes
    ColumnFacts facts{};                                               ///< what is known of their columns …
    std::map<std::string, NumberRange> range{};                        ///< … hence of their numbers …
    std::map<std::string, std::shared_ptr<const LabelIndex>> index{};  ///< … and groups
  };
  struct Base {
    /// `sample` is null as long as nobody knows how the rows were drawn.
    Base(Table table, std::shared_ptr<const Codebook> codebook, std::shared_ptr<const Design> design,
         std::shared_ptr<const Sample> sample);
    /// How the rows were drawn, and what is to be noted of it.
    void know(std::shared_ptr<const Sample> sample);
    /// Those that a pass over all parts found.
    std::shared_ptr<const Labels> known_labels(const std::string& name);
    Table table;
    std::shared_ptr<const Codebook> codebook;
    std::shared_ptr<const Design> design;
    std::shared_ptr<const Sample> sample;
    std::vector<Issue> notes;
    std::mutex mutex;  ///< of what is made on first use, and learned of parts
    std::map<std::string, std::shared_ptr<const Answers>> answers;
    std::map<std::string, std::shared_ptr<const Answers>> numbers;
    std::map<std::string, std::shared_ptr<const Labels>> labels;
    std::optional<InParts> parts;  ///< none where `table` has the rows
    std::shared_ptr<Base> whole;   ///< of a part: all of the data
  };
  /// What one call reads of data in parts: columns, and the names of what must be known of them.
  struct Reading {
    std::vector<std::string> columns;
    std::set<std::string> known;
  };
  using Domain = std::vector<Truth>;  ///< whether each row is inside

  struct Weights {
    std::vector<double> weight;  ///< empty where rows are read in parts
    double largest;
    std::vector<Issue> notes;
    mutable std::once_flag unit_sums_made = {};
    mutable ExactSums unit_sums = {};  ///< of a calibration
  };

  explicit Survey(std::shared_ptr<Base> base) : base_(std::move(base)) {}
  Survey with_domain(Domain domain) const;
  void read_replicates(Monitor& monitor);
  std::vector<std::string> columns_of(const std::string& name) const;
  std::vector<std::string> columns_of(const Condition& condition) const;
  void refuse_unknown(const std::vector<Condition>& conditions) const;
  CheckedRows checked(const RowExpression& expression) const;
  void refuse_unknown_texts(const std::vector<Condition>& conditions) const;
  Survey narrowed(const std::vector<Condition>& conditions) const;
  Domain rows_with(const Condition& condition) const;
  RowSources row_sources() const;
  Survey tables_of(std::vector<std::string> columns) const;
  void know_drawn(const DrawnRows& drawn);
  ColumnFacts facts_to_send() const;
  void learn(const Reads& reads, Monitor& monitor) const;
  Codebook derived_in_parts(const Codebook& codebook, Monitor& monitor) const;
  void remember(const ColumnFacts& facts) const;

  std::shared_ptr<Base> base_;
  std::shared_ptr<const Domain> domain_;
  std::shared_ptr<const Weights> weights_;
  std::shared_ptr<const Calibration> calibration_;
  std::shared_ptr<const Replicates> replicates_;
  std::vector<Condition> conditions_;  // of the domain, where data are read in parts
  std::shared_ptr<Reading> reading_;
};

/// What to know of a derived question that some rows with answers have none to.
Issue outside_note(const std::string& question, std::int64_t rows);

}  // namespace enkat
