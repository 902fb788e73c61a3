#include "enkat/report/numeral.hpp"

namespace enkat {
namespace {

// Puts a number together from what it is made of: two, hundred, fifty, three.
class Sum {
 public:
  // Does `part` fit what came before? Twenty and three do, three and twenty do not.
  bool add(std::int64_t part) {
    if (part >= 1'000) return add_scale(part);
    if (part == 100) return add_hundred();
    if (part >= 20) return add_below(part, 100);
    return add_below(part, current_ % 100 >= 20 ? 10 : 100);
  }

  std::int64_t value() const { return total_ + current_; }
  bool empty() const { return !begun_; }
  bool after_scale() const { return begun_ && (just_scaled_ || (current_ > 0 && current_ % 100 == 0)); }
  bool after_tens() const { return current_ % 100 >= 20 && current_ % 10 == 0; }

 private:
  bool add_below(std::int64_t part, std::int64_t room) {
    const bool zero_alone = part == 0 && begun_;
    const bool after_zero = begun_ && value() == 0;
    const bool ten_after_tens = room == 10 && part >= 10;
    if (current_ % room != 0 || zero_alone || after_zero || ten_after_tens) return false;
    current_ += part;
    begun_ = true;
    just_scaled_ = false;
    return true;
  }

  bool add_hundred() {
    if (current_ >= 20 || (begun_ && current_ == 0 && !just_scaled_)) return false;
    current_ = std::max<std::int64_t>(1, current_) * 100;
    begun_ = true;
    just_scaled_ = false;
    return true;
  }

  bool add_scale(std::int64_t scale) {
    if (scale >= scale_ || (begun_ && current_ == 0)) return false;
    total_ += std::max<std::int64_t>(1, current_) * scale;
    current_ = 0;
    scale_ = scale;
    begun_ = just_scaled_ = true;
    return true;
  }

  std::int64_t total_ = 0;
  std::int64_t current_ = 0;
  std::int64_t scale_ = 1'000'000'000;
  bool begun_ = false;
  bool just_scaled_ = false;
};

// One word, which may be several parts written together: "tvåhundrafemtiotre".
bool add_word(Sum& sum, std::string_view word, const Lexicon& lexicon) {
  if (word.empty()) return false;
  bool begun = false;
  while (!word.empty()) {
    const Entry<std::int64_t>* part = nullptr;
    for (const auto& entry : lexicon.numerals)
      if (word.starts_with(entry.words) && (part == nullptr || entry.words.size() > part->words.size())) part = &entry;
    if (part == nullptr || !sum.add(part->meaning)) return false;
    const bool alone = part->words.size() == word.size() && !begun;
    if (part->meaning >= 1'000'000 && !alone) return false;  // "miljonen" is no million and one
    begun = true;
    word.remove_prefix(part->words.size());
  }
  return true;
}

// "-" joins tens to units, "and" hundreds to what is below.
std::size_t joint_at(const std::vector<Word>& words, std::size_t at, const Sum& sum, const Lexicon& lexicon) {
  const std::size_t joint = longest(words, at, lexicon.numeral_joints);
  if (joint == 0) return 0;
  const bool hyphen = words[at].kind == Word::Kind::mark;
  return (hyphen ? sum.after_tens() : sum.after_scale()) ? joint : 0;
}

Found<std::int64_t> in_words(const std::vector<Word>& words, std::size_t at, const Lexicon& lexicon) {
  Found<std::int64_t> found;
  Sum sum;
  std::size_t next = at;
  if (const std::size_t one = longest(words, at, lexicon.one_before_scale); one > 0) {
    Sum scale;
    if (at + one >= words.size() || !add_word(scale, words[at + one].text, lexicon) || scale.value() < 100) return {};
    next += one;
  }
  while (next < words.size()) {
    Sum longer = sum;
    const std::size_t joint = joint_at(words, next, sum, lexicon);
    if (next + joint >= words.size() || !add_word(longer, words[next + joint].text, lexicon)) break;
    sum = longer;
    next += joint + 1;
    found = {sum.value(), next - at};
  }
  return found;
}

// 2 miljoner
Found<std::int64_t> in_digits(const std::vector<Word>& words, std::size_t at, const Lexicon& lexicon) {
  const Word& number = words[at];
  if (!number.whole_number() || number.glued) return {};
  const auto scale = longest(words, at + 1, lexicon.numerals);
  const bool scaled = scale && scale.meaning >= 1'000 && number.digits > 0 && number.digits < 1'000;
  return scaled ? Found<std::int64_t>{number.digits * scale.meaning, 1 + scale.words}
                : Found<std::int64_t>{number.digits, 1};
}

}  // namespace

Found<std::int64_t> whole_number_at(const std::vector<Word>& words, std::size_t at, const Lexicon& lexicon) {
  if (at >= words.size()) return {};
  return words[at].kind == Word::Kind::number ? in_digits(words, at, lexicon) : in_words(words, at, lexicon);
}

Found<Decimal> decimal_at(const std::vector<Word>& words, std::size_t at, const Lexicon& lexicon) {
  if (const std::size_t half = longest(words, at, lexicon.halves); half > 0) return {{5, 1}, half};
  if (at < words.size() && words[at].is_number() && words[at].decimals > 0)
    return {{words[at].digits, words[at].decimals}, 1};
  const auto whole = whole_number_at(words, at, lexicon);
  if (!whole) return {};
  const std::size_t half = longest(words, at + whole.words, lexicon.and_a_half);
  if (half > 0) return {{10 * whole.meaning + 5, 1}, whole.words + half};
  return {{whole.meaning, 0}, whole.words};
}

}  // namespace enkat
