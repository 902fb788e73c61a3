#include <algorithm>
#include <set>

#include "enkat/basics/record_bytes.hpp"
#include "enkat/data/derive.hpp"
#include "enkat/data/moment.hpp"
#include "enkat/data/other_words.hpp"
#include "enkat/data/recode.hpp"
#include "enkat/design/calibration_factors.hpp"
#include "enkat/design/pass.hpp"
#include "enkat/design/supplied_replicates.hpp"

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

/// How the rows were drawn.
struct DrawnPass {
  using State = DrawnRows;
  static constexpr std::string_view name = "design";

  State empty(const Survey& all) const { return {all.table(), all.design()}; }
  void observe_table(const Survey&, const Table& part, State& drawn, Monitor&) const { drawn.add(part); }
  void write(ByteWriter&) const {}
  static DrawnPass read(ByteReader&, const Survey&) { return {}; }
};
const KnownPass<DrawnPass> drawn_pass;

/// What has to be known of replicate weights that come with the rows.
struct SuppliedPass {
  using State = SuppliedFacts;
  static constexpr std::string_view name = "replicates";
  std::size_t rank_rows = 0;

  State empty(const Survey& all) const { return {all.design(), rank_rows}; }
  void observe_table(const Survey& all, const Table& part, State& facts, Monitor&) const {
    facts.add(SuppliedRows(part, all.design()));
  }
  void write(ByteWriter& out) const { out.put(rank_rows); }
  static SuppliedPass read(ByteReader& in, const Survey&) { return {in.get<std::size_t>()}; }
};
const KnownPass<SuppliedPass> supplied_pass;

/// The ranges of numbers and of dates, the labels of columns without a codebook.
struct FactsPass {
  using State = ColumnFacts;
  static constexpr std::string_view name = "columns";
  std::vector<std::string> numbers, labels, dates;

  State empty(const Survey&) const { return {}; }
  void observe_table(const Survey& all, const Table& part, State& facts, Monitor&) const {
    for (const std::string& number : numbers) {
      const Answers answers = recode(part, all.codebook(), number_question(part, all.codebook(), number));
      std::vector<double> given(part.rows());
      answers.numbers(0, given);
      facts.ranges[number].add(given);
    }
    for (const std::string& date : dates) {
      std::vector<double> seconds(part.rows());
      seconds_of(part.column(date), 0, seconds);
      facts.ranges[date].add(seconds);
    }
    for (const std::string& column : labels) facts.labels[column].add(part.column(column));
  }
  void write(ByteWriter& out) const {
    for (const auto* names : {&numbers, &labels, &dates}) put_value(out, *names);
  }
  static FactsPass read(ByteReader& in, const Survey&) {
    FactsPass pass;
    for (auto* names : {&pass.numbers, &pass.labels, &pass.dates}) *names = get_value<std::vector<std::string>>(in);
    return pass;
  }
};
const KnownPass<FactsPass> facts_pass;

/// How many rows are in the domain.
struct DomainPass {
  using State = DomainCounts;
  static constexpr std::string_view name = "domain";

  State empty(const Survey&) const { return {}; }
  void observe(const Survey& part, State& counts, Monitor&) const { counts += part.domain_counts(); }
  void write(ByteWriter&) const {}
  static DomainPass read(ByteReader&, const Survey&) { return {}; }
};
const KnownPass<DomainPass> domain_pass;

}  // namespace

Survey::Survey(Table columns, Codebook codebook, Design design, std::shared_ptr<Parts> parts, Monitor& monitor) {
  refuse_designs_of_rows(design);
  base_ = std::make_shared<Base>(std::move(columns), std::make_shared<const Codebook>(codebook.without_derived()),
                                 std::make_shared<const Design>(std::move(design)), nullptr);
  base_->parts = InParts{std::move(parts)};
  know_drawn(run_pass(tables_of(columns_of_design(this->design(), table())), DrawnPass(), monitor));
  if (this->design().replicates) read_replicates(monitor);
  codebook = derived_in_parts(codebook, monitor);
  base_->codebook = std::make_shared<const Codebook>(with_other_words(std::move(codebook), base_->table));
}

void Survey::know_drawn(const DrawnRows& drawn) {
  base_->know(std::make_shared<const Sample>(drawn, design()));
  ByteWriter out;
  drawn.write(out);
  base_->parts->drawn = out.bytes();
}

/// The rows of these columns as they are: no weights, no replicates, no domain.
Survey Survey::tables_of(std::vector<std::string> columns) const {
  Survey ready(base_);
  ready.reading_ = std::make_shared<Reading>(Reading{std::move(columns), {}});
  return ready;
}

void Survey::read_parts(Pass& pass, Monitor& monitor) const {
  base_->parts->rows->run(pass, reading_->columns, monitor);
  if (!base_->sample || pass.rows() == static_cast<std::int64_t>(sample().rows())) return;
  const std::string expected = std::to_string(sample().rows());
  throw DataError("data.changed",
                  "the data had " + expected + " rows when they were read first, and have " +
                      std::to_string(pass.rows()) + " now: nothing is estimated from a part; scan them anew",
                  {{"rows", pass.rows()}, {"expected", sample().rows()}});
}

/// The codebook with the questions that are made of others; what must be known of columns before is read by a pass.
Codebook Survey::derived_in_parts(const Codebook& codebook, Monitor& monitor) const {
  const ColumnsToKnow columns = to_derive(codebook, base_->table);
  learn({{}, columns.values, {}, columns.dates}, monitor);
  std::unique_lock lock(base_->mutex);  // another thread may remember what it learned
  const auto labels = base_->labels;
  const auto range = base_->parts->range;
  lock.unlock();
  const KnownColumns known{&labels, &range};
  return with_derived(codebook, base_->table, &known);
}

/// Some rows of every part tell the rank, unless replicates repeat one another: then all rows do.
void Survey::read_replicates(Monitor& monitor) {
  std::set<std::string> columns(design().replicates->columns.begin(), design().replicates->columns.end());
  if (design().weight) columns.insert(*design().weight);
  const Survey ready = tables_of({columns.begin(), columns.end()});
  const auto facts_of = [&](std::size_t rank_rows) { return run_pass(ready, SuppliedPass{rank_rows}, monitor); };
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
  std::set<std::string> columns, known;
  const auto add = [&](const std::string& name) {
    for (const std::string& column : columns_of(name)) {
      base_->table.column(column);  // refuses unknown ones before anything is read
      columns.insert(column);
    }
  };
  for (const auto* names : {&reads.numbers, &reads.answers, &reads.by}) std::ranges::for_each(*names, add);
  for (const Condition& condition : conditions_) std::ranges::for_each(condition.names(), add);
  if (calibration_)
    for (const ModelMatrix::Term& term : calibration_->x().terms()) {
      std::ranges::for_each(term.variables, add);
      known.insert(term.variables.begin(), term.variables.end());
    }
  if (design().replicates) std::ranges::for_each(design().replicates->columns, add);
  const std::vector<std::string> drawn = columns_of_design(design(), base_->table);
  columns.insert(drawn.begin(), drawn.end());
  Survey ready = *this;
  Reads all = reads;
  for (const Condition& condition : conditions_) {
    if (!condition.expression) all.answers.push_back(condition.column);
    if (condition.expression)
      for (const ComparedText& text : checked(*condition.expression).texts) all.answers.push_back(text.column);
  }
  ready.learn(all, monitor);
  known.insert(columns.begin(), columns.end());
  for (const auto* names : {&all.numbers, &all.answers, &all.by}) known.insert(names->begin(), names->end());
  ready.reading_ = std::make_shared<Reading>(Reading{{columns.begin(), columns.end()}, std::move(known)});
  ready.refuse_unknown_texts(conditions_);
  return ready;
}

/// One pass for all facts that are not known yet: the ranges of numbers, the labels of columns without a codebook.
void Survey::learn(const Reads& reads, Monitor& monitor) const {
  std::set<std::string> numbers, labels, dates, columns;
  std::unique_lock lock(base_->mutex);  // another thread may remember what it learned
  for (const std::string& name : reads.numbers)
    if (!base_->parts->range.contains(name)) numbers.insert(name);
  for (const std::string& name : reads.answers)
    if (question(name) == nullptr && !base_->labels.contains(name)) labels.insert(name);
  for (const std::string& name : reads.by) {
    const Question* asked = question(name);
    const bool with_options = asked != nullptr && (asked->has_levels() || asked->takes_several());
    if (!with_options && !base_->labels.contains(name)) labels.insert(name);
  }
  for (const std::string& name : reads.dates)
    if (!base_->parts->range.contains(name)) dates.insert(name);
  lock.unlock();
  if (numbers.empty() && labels.empty() && dates.empty()) return;
  for (const auto* names : {&numbers, &labels, &dates})
    for (const std::string& name : *names)
      for (const std::string& column : columns_of(name)) columns.insert(column);
  const FactsPass wanted{
      {numbers.begin(), numbers.end()}, {labels.begin(), labels.end()}, {dates.begin(), dates.end()}};
  remember(run_pass(tables_of({columns.begin(), columns.end()}), wanted, monitor));
}

void Survey::remember(const ColumnFacts& facts) const {
  const std::lock_guard lock(base_->mutex);
  for (const auto& [name, finder] : facts.ranges) {
    base_->parts->facts.ranges[name] = finder;
    base_->parts->range[name] = finder.range();
  }
  for (const auto& [name, set] : facts.labels) {
    base_->parts->facts.labels[name] = set;
    base_->labels[name] = std::make_shared<const Labels>(set.labels(name));
  }
}

Survey Survey::part(const Table& table) const {
  const std::vector<std::int32_t> combinations = sample().combinations(table);
  auto base = std::make_shared<Base>(table, base_->codebook, base_->design,
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

DomainCounts Survey::domain_counts(Monitor& monitor) const {
  if (!in_parts()) return domain_counts();
  if (conditions_.empty()) return {static_cast<std::int64_t>(sample().rows() - sample().zero_weights()), 0};
  const Survey ready = reading({}, monitor);
  return run_pass(ready, DomainPass(), monitor);
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
