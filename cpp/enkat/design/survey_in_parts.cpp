#include <algorithm>
#include <set>

#include "enkat/data/derive.hpp"
#include "enkat/data/moment.hpp"
#include "enkat/data/other_words.hpp"
#include "enkat/data/recode.hpp"
#include "enkat/design/calibration_factors.hpp"
#include "enkat/design/supplied_replicates.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {
namespace {

void refuse_designs_of_rows(const Design& design) {
  const auto refuse = [](const std::string& what) {
    throw DesignError("design.in_memory_only",
                      what + " need all rows in memory: read the data with enkat.read, not in parts");
  };
  if (design.pps) refuse("unequal probabilities (`pps`)");
  if (design.phase2) refuse("two phases (`phase2`)");
  if (design.id) refuse("checks of `id`");
}

/// The columns that say how the rows were drawn; where nothing does, one whose rows are counted.
std::vector<std::string> columns_of_design(const Design& design, const Table& table) {
  std::vector<std::string> columns;
  for (const auto* names : {&design.strata, &design.cluster, &design.fpc})
    columns.insert(columns.end(), names->begin(), names->end());
  if (design.weight) columns.push_back(*design.weight);
  if (columns.empty() && !table.columns().empty()) columns.push_back(table.columns().front().name());
  return columns;
}

}  // namespace

Survey::Survey(Table columns, Codebook codebook, Design design, std::shared_ptr<Parts> parts, Monitor& monitor) {
  refuse_designs_of_rows(design);
  PassOf pass("design", DrawnRows(columns, design),
              [](const Table& part, DrawnRows& drawn, Monitor&) { drawn.add(part); });
  parts->run(pass, columns_of_design(design, columns), monitor);
  auto sample = std::make_shared<const Sample>(pass.take(), design);
  base_ = std::make_shared<Base>(std::move(columns), codebook.without_derived(), std::move(design), std::move(sample));
  base_->parts = std::move(parts);
  if (base_->design.replicates) read_replicates(monitor);
  for (const std::string& bytes : base_->parts->known_columns()) {
    PassOf known("columns", ColumnFacts(), [](const Table&, ColumnFacts&, Monitor&) {});
    known.add(bytes);
    remember(known.take());
  }
  codebook = derived_in_parts(codebook, monitor);
  base_->codebook = with_other_words(std::move(codebook), base_->table);
}

/// The codebook with the questions that are made of others; what must be known of columns before is read by a pass.
Codebook Survey::derived_in_parts(const Codebook& codebook, Monitor& monitor) const {
  const ColumnsToKnow columns = to_derive(codebook, base_->table);
  learn({{}, columns.values, {}, columns.dates}, monitor);
  const KnownColumns known{&base_->labels, &base_->range};
  return with_derived(codebook, base_->table, &known);
}

/// Some rows of every part tell the rank, unless replicates repeat one another: then all rows do.
void Survey::read_replicates(Monitor& monitor) {
  std::set<std::string> columns(design().replicates->columns.begin(), design().replicates->columns.end());
  if (design().weight) columns.insert(*design().weight);
  const auto facts_of = [&](std::size_t rank_rows) {
    PassOf pass("replicates", SuppliedFacts(design(), rank_rows),
                [this](const Table& part, SuppliedFacts& facts, Monitor&) { facts.add(SuppliedRows(part, design())); });
    run_pass(*base_->parts, pass, {columns.begin(), columns.end()}, static_cast<std::int64_t>(sample().rows()),
             monitor);
    return pass.take();
  };
  SuppliedFacts facts = facts_of(4 * design().replicates->columns.size());
  facts.check();
  if (!facts.full_rank()) facts = facts_of(sample().rows());
  replicates_ = std::make_shared<const Replicates>(supplied_replicates(facts, design()));
}

std::vector<std::string> Survey::columns_of(const std::string& name) const {
  const Question* asked = question(name);
  if (asked == nullptr) return {name};
  std::vector<std::string> columns;
  if (!asked->derived) columns = asked->answer_columns();
  if (!asked->derived && columns.empty()) columns.push_back(asked->column);
  for (const std::string& other : asked->depends_on())
    for (const std::string& column : columns_of(other)) columns.push_back(column);
  return columns;
}

std::vector<std::string> Survey::columns_of(const Condition& condition) const {
  std::vector<std::string> columns;
  for (const std::string& name : condition.names())
    for (const std::string& column : columns_of(name)) columns.push_back(column);
  return columns;
}

Survey Survey::reading(const Reads& reads, Monitor& monitor) const {
  if (!in_parts()) return *this;
  std::set<std::string> columns;
  const auto add = [&](const std::string& name) {
    for (const std::string& column : columns_of(name)) {
      base_->table.column(column);  // refuses unknown ones before anything is read
      columns.insert(column);
    }
  };
  for (const auto* names : {&reads.numbers, &reads.answers, &reads.by}) std::ranges::for_each(*names, add);
  for (const Condition& condition : conditions_) std::ranges::for_each(condition.names(), add);
  if (calibration_)
    for (const Auxiliaries::Term& term : calibration_->x().terms()) std::ranges::for_each(term.variables, add);
  if (design().replicates) std::ranges::for_each(design().replicates->columns, add);
  const std::vector<std::string> drawn = columns_of_design(design(), base_->table);
  columns.insert(drawn.begin(), drawn.end());
  Survey ready = *this;
  ready.reading_ = std::make_shared<Reading>(Reading{{columns.begin(), columns.end()}});
  Reads all = reads;
  for (const Condition& condition : conditions_) {
    if (!condition.expression) all.answers.push_back(condition.column);
    if (condition.expression)
      for (const ComparedText& text : checked(*condition.expression).texts) all.answers.push_back(text.column);
  }
  ready.learn(all, monitor);
  ready.refuse_unknown_texts(conditions_);
  return ready;
}

/// One pass for all facts that are not known yet: the ranges of numbers, the labels of columns without a codebook.
void Survey::learn(const Reads& reads, Monitor& monitor) const {
  std::set<std::string> numbers, labels, dates, columns;
  std::unique_lock lock(base_->mutex);  // another thread may remember what it learned
  for (const std::string& name : reads.numbers)
    if (!base_->range.contains(name)) numbers.insert(name);
  for (const std::string& name : reads.answers)
    if (question(name) == nullptr && !base_->labels.contains(name)) labels.insert(name);
  for (const std::string& name : reads.by) {
    const Question* asked = question(name);
    const bool with_options = asked != nullptr && (asked->has_levels() || asked->takes_several());
    if (!with_options && !base_->labels.contains(name)) labels.insert(name);
  }
  for (const std::string& name : reads.dates)
    if (!base_->range.contains(name)) dates.insert(name);
  lock.unlock();
  if (numbers.empty() && labels.empty() && dates.empty()) return;
  for (const auto* names : {&numbers, &labels, &dates})
    for (const std::string& name : *names)
      for (const std::string& column : columns_of(name)) columns.insert(column);
  PassOf pass("columns", ColumnFacts(), [&](const Table& part, ColumnFacts& facts, Monitor&) {
    for (const std::string& name : numbers) {
      const Answers answers = recode(part, codebook(), number_question(part, codebook(), name));
      std::vector<double> given(part.rows());
      answers.numbers(0, given);
      facts.ranges[name].add(given);
    }
    for (const std::string& name : dates) {
      std::vector<double> seconds(part.rows());
      seconds_of(part.column(name), 0, seconds);
      facts.ranges[name].add(seconds);
    }
    for (const std::string& name : labels) facts.labels[name].add(part.column(name));
  });
  run_pass(*base_->parts, pass, {columns.begin(), columns.end()}, static_cast<std::int64_t>(sample().rows()), monitor);
  remember(pass.take());
}

void Survey::remember(const ColumnFacts& facts) const {
  const std::lock_guard lock(base_->mutex);
  for (const auto& [name, finder] : facts.ranges) base_->range[name] = finder.range();
  for (const auto& [name, set] : facts.labels) base_->labels[name] = std::make_shared<const Labels>(set.labels(name));
}

Survey Survey::part(const Table& table) const {
  const std::vector<std::int32_t> combinations = sample().combinations(table);
  auto base = std::make_shared<Base>(table, codebook(), design(),
                                     std::make_shared<const Sample>(sample().part(table, design(), combinations)));
  base->whole = base_;
  Survey rows(std::move(base));
  if (calibration_) {
    auto calibration = calibration_->on(rows);
    const CalibrationFactors factors(*calibration->rows, calibration->distance, calibration->lambda);
    NoMonitor monitor;
    std::vector<double> weight = calibrated_weights(rows, factors, monitor).weight;
    rows = rows.with_weights(std::move(weight), std::move(calibration), {});
  }
  if (replicates_)
    rows.replicates_ =
        design().replicates ? supplied_to(table, design(), *replicates_) : replicates_->of_part(combinations, rows);
  return rows.narrowed(conditions_);
}

std::string Survey::next_pass() const { return "pass " + std::to_string(++reading_->passes); }

DomainCounts Survey::domain_counts(Monitor& monitor) const {
  if (!in_parts()) return domain_counts();
  if (conditions_.empty()) return {static_cast<std::int64_t>(sample().rows() - sample().zero_weights()), 0};
  const Survey ready = reading({}, monitor);
  return ready.over_parts(
      DomainCounts(), [](const Survey& part, DomainCounts& counts, Monitor&) { counts += part.domain_counts(); },
      monitor);
}

DomainCounts& DomainCounts::operator+=(const DomainCounts& other) {
  rows += other.rows;
  filter_missing += other.filter_missing;
  return *this;
}

void DomainCounts::write(ByteWriter& out) const {
  out.put(rows);
  out.put(filter_missing);
}

DomainCounts DomainCounts::read(ByteReader& in) const {
  DomainCounts counts;
  counts.rows = in.get<std::int64_t>();
  counts.filter_missing = in.get<std::int64_t>();
  return counts;
}

}  // namespace enkat
