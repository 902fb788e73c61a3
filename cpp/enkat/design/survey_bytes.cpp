#include "enkat/basics/json.hpp"
#include "enkat/basics/record_bytes.hpp"
#include "enkat/data/derive.hpp"
#include "enkat/data/other_words.hpp"
#include "enkat/design/survey.hpp"

namespace enkat {

template <>
struct Fields<Replicates> {
  static constexpr auto list = std::tuple{
      Field{"method", &Replicates::method, "how they were made"},
      Field{"scale", &Replicates::scale, "of the sum of squares"},
      Field{"rscales", &Replicates::rscales, "of each replicate"},
      Field{"mse", &Replicates::mse, "about the estimate itself"},
      Field{"df", &Replicates::df, "degrees of freedom"},
      Field{"unit", &Replicates::unit, "unit of each combination of strata and clusters"},
      Field{"combined", &Replicates::combined, "analysis weights, not multipliers"},
      Field{"largest", &Replicates::largest, "multiplier or weight"},
  };
};

namespace {

/// Rows that are elsewhere: this survey only knows what to do with some of them.
class Elsewhere final : public Parts {
 public:
  void run(Pass&, const std::vector<std::string>&, Monitor&) override {
    throw EstimateError("estimate.in_memory_only", "a survey that was sent has no rows to pass over");
  }
};

Json parsed(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded())
    throw EstimateError("estimate.foreign_state", "what was sent of a survey is damaged: compute the part again");
  return json;
}

}  // namespace

/// What is known of the columns that this call reads, and of those that questions are made of.
ColumnFacts Survey::facts_to_send() const {
  std::set<std::string> names = reading_->known;
  for (const Question& question : codebook().questions())
    if (question.derived) names.insert(question.derived->names.begin(), question.derived->names.end());
  const std::lock_guard lock(base_->mutex);
  ColumnFacts facts;
  for (const std::string& name : names) {
    if (const auto found = base_->parts->facts.ranges.find(name); found != base_->parts->facts.ranges.end())
      facts.ranges.insert(*found);
    if (const auto found = base_->parts->facts.labels.find(name); found != base_->parts->facts.labels.end())
      facts.labels.insert(*found);
  }
  return facts;
}

void Survey::write(ByteWriter& out) const {
  out.put(codebook().to_json_with_trees().dump());
  facts_to_send().write(out);
  out.put(std::string_view(base_->parts->drawn));
  if (base_->parts->drawn.empty()) return;
  out.put(calibration_ != nullptr);
  if (calibration_) {
    out.put(weights_->largest);
    calibration_->write(out);
  }
  out.put(replicates_ != nullptr);
  if (replicates_) {
    put_value(out, *replicates_);
    out.put(replicates_->calibrated != nullptr);
  }
  Json conditions = Json::array();
  for (const Condition& condition : conditions_) conditions.push_back(condition.to_json());
  out.put(conditions.dump());
}

Survey::Survey(Table columns, Design design, ByteReader& in) {
  const Codebook asked = Codebook::from_json(parsed(in.text()));
  base_ = std::make_shared<Base>(std::move(columns), std::make_shared<const Codebook>(),
                                 std::make_shared<const Design>(std::move(design)), nullptr);
  base_->parts = InParts{std::make_shared<Elsewhere>()};
  reading_ = std::make_shared<Reading>();
  remember(ColumnFacts().read(in));
  const KnownColumns known{&base_->labels, &base_->parts->range};
  base_->codebook = std::make_shared<const Codebook>(with_other_words(with_derived(asked, table(), &known), table()));
  const std::string_view drawn = in.text();
  if (drawn.empty()) return;
  ByteReader drawn_rows(drawn);
  know_drawn(DrawnRows(table(), this->design()).read(drawn_rows));
  if (get_value<bool>(in)) {
    const auto largest = in.get<double>();
    *this = with_calibration(Calibration::read(in, *this), largest, {});
  }
  if (get_value<bool>(in)) {
    auto replicates = std::make_shared<Replicates>(get_value<Replicates>(in));
    if (get_value<bool>(in)) replicates->calibrated = calibration_->rows;
    replicates_ = std::move(replicates);
  }
  conditions_ = conditions_from_list(parsed(in.text()));
}

}  // namespace enkat
