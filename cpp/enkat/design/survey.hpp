#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "enkat/codebook/codebook.hpp"
#include "enkat/data/answers.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/table.hpp"
#include "enkat/design/calibration.hpp"
#include "enkat/design/design.hpp"
#include "enkat/design/replicates.hpp"
#include "enkat/design/sample.hpp"

namespace enkat {

/// A condition of `where`: the column has one of these values (a multiple question: any of them is ticked).
struct Condition {
  std::string column;
  std::vector<std::string> values;
};

/// Answers, codebook, design and a domain: immutable and shared. Every verb returns a new Survey or an estimate.
class Survey {
 public:
  Survey(Table table, Codebook codebook, Design design);

  std::size_t rows() const { return base_->table.rows(); }
  const Table& table() const { return base_->table; }
  const Codebook& codebook() const { return base_->codebook; }
  const Design& design() const { return base_->design; }
  const Sample& sample() const { return base_->sample; }

  /// The question of this name in the codebook, or null.
  const Question* question(const std::string& name) const { return base_->codebook.find(name); }
  /// Answers to a question, or to a column without a codebook read as a question of this type. Made once and shared.
  std::shared_ptr<const Answers> answers(const std::string& name) const;
  std::shared_ptr<const Answers> numbers(const std::string& name) const;
  /// Values of a column without a codebook, densely numbered.
  std::shared_ptr<const Labels> labels(const std::string& name) const;

  /// The rows that meet every condition: a domain, never a smaller sample.
  Survey where(const std::vector<Condition>& conditions) const;
  Survey where(std::span<const std::uint8_t> mask) const;
  bool has_domain() const { return domain_ != nullptr; }
  /// 1 for rows of the domain.
  void inside(Rows rows, std::span<std::uint8_t> out) const;
  /// Rows of the domain with a weight other than 0.
  std::size_t domain_rows() const;
  /// Rows outside because the value of a filter is missing.
  std::size_t filter_missing() const;

  /// Final weight of some rows: after calibration or trimming, else the design's.
  void weights(Rows rows, std::span<double> out) const;
  /// Largest magnitude of a final weight.
  double largest_weight() const { return weights_ ? weights_->largest : sample().largest_weight(); }
  bool equal_weights() const { return !weights_ && sample().equal_weights(); }
  /// Final weights given instead of the design's; a calibration is kept only if `calibration` is.
  Survey with_weights(std::vector<double> weight, std::shared_ptr<const Calibration> calibration,
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
  struct Base {
    Base(Table table, Codebook codebook, Design design);
    Table table;
    Codebook codebook;
    Design design;
    Sample sample;
    std::vector<Issue> notes;
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<const Answers>> answers;
    std::map<std::string, std::shared_ptr<const Answers>> numbers;
    std::map<std::string, std::shared_ptr<const Labels>> labels;
  };
  struct Domain {
    std::vector<std::uint8_t> inside;
    std::vector<std::uint8_t> missing;  ///< 1 where the value of any of the filters is missing
  };

  struct Weights {
    std::vector<double> weight;
    double largest;
    std::vector<Issue> notes;
  };

  Survey with_domain(Domain domain) const;

  std::shared_ptr<Base> base_;
  std::shared_ptr<const Domain> domain_;
  std::shared_ptr<const Weights> weights_;
  std::shared_ptr<const Calibration> calibration_;
  std::shared_ptr<const Replicates> replicates_;
};

}  // namespace enkat
