#include "enkat/report/words.hpp"

#include <array>
#include <cctype>

namespace enkat {
namespace {

constexpr std::string_view soft_hyphen = "\xC2\xAD";
// Space, no-break space, thin space, narrow no-break space.
constexpr std::array<std::string_view, 4> spaces{" ", "\xC2\xA0", "\xE2\x80\x89", "\xE2\x80\xAF"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Bytes of the UTF-8 character that starts with `c`.
std::size_t character_length(char c) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x80) return 1;
  return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// U+0080–U+00BF and U+2000–U+2FFF are signs; the other characters above ASCII are letters.
bool is_letter(std::string_view text, std::size_t at) {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return std::isalpha(byte) != 0 || text[at] == '_';
  return byte != 0xC2 && byte != 0xE2;
}

std::size_t space_length(std::string_view text, std::size_t at) {
  for (const std::string_view space : spaces)
    if (text.substr(at).starts_with(space)) return space.size();
  return text[at] == '\n' || text[at] == '\t' || text[at] == '\r' ? 1 : 0;
}

// Lower case for ASCII and Latin-1 letters (À–Þ but ×), which is what Swedish and English need.
std::string lower(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with(soft_hyphen)) {
      ++i;
      continue;
    }
    const auto byte = static_cast<unsigned char>(text[i]);
    const bool second_of_latin = i > 0 && static_cast<unsigned char>(text[i - 1]) == 0xC3;
    if (second_of_latin && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
      result += static_cast<char>(byte + 0x20);
    else
      result += static_cast<char>(byte < 0x80 ? std::tolower(byte) : byte);
  }
  return result;
}

class Reader {
 public:
  Reader(std::string_view text, Language language) : text_(text), language_(language) {}

  std::vector<Word> read() {
    while (at_ < text_.size()) {
      if (const std::size_t space = space_length(text_, at_); space > 0)
        at_ += space;
      else if (is_digit(text_[at_]))
        add_number();
      else if (is_letter(text_, at_))
        add_word();
      else
        add(Word::Kind::mark, at_ + character_length(text_[at_]));
    }
    return std::move(words_);
  }

 private:
  Word& add(Word::Kind kind, std::size_t end) {
    end = std::min(end, text_.size());
    words_.push_back({.kind = kind, .text = lower(text_.substr(at_, end - at_)), .offset = at_, .length = end - at_});
    at_ = end;
    return words_.back();
  }

  // Digits stay within a word that began with a letter: LVU1, q5.
  void add_word() {
    std::size_t end = at_;
    while (end < text_.size() &&
           (is_letter(text_, end) || is_digit(text_[end]) || text_.substr(end).starts_with(soft_hyphen)))
      end += character_length(text_[end]);
    add(Word::Kind::word, end);
  }

  std::size_t digits_from(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return end - at;
  }

  // A group of three digits after a thousands separator that starts at `at`: the length of both, else 0.
  std::size_t thousands_at(std::size_t at) const {
    std::size_t separator = 0;
    for (const std::string_view space : spaces)
      if (text_.substr(at).starts_with(space)) separator = space.size();
    if (language_ == Language::en && text_.substr(at).starts_with(',')) separator = 1;
    return separator > 0 && digits_from(at + separator) == 3 ? separator + 3 : 0;
  }

  bool after_letter() const {
    std::size_t before = at_;
    while (before > 0 && (text_[before - 1] == '.' || text_[before - 1] == ',')) --before;
    if (before == 0) return false;
    const auto byte = static_cast<unsigned char>(text_[before - 1]);
    return std::isalpha(byte) != 0 || byte >= 0x80;
  }

  void add_number() {
    const bool glued = after_letter() && space_length(text_, at_ - 1) == 0 && !after_wide_space();
    std::size_t end = at_ + digits_from(at_);
    if (end - at_ <= 3)
      while (end < text_.size() && thousands_at(end) > 0) end += thousands_at(end);
    const std::size_t whole_end = end;
    if (end + 1 < text_.size() && (text_[end] == ',' || text_[end] == '.') && is_digit(text_[end + 1]))
      end += 1 + digits_from(end + 1);

    std::int64_t digits = 0;
    int decimals = 0;
    constexpr std::int64_t largest = 99'999'999;
    bool too_long = false;
    for (std::size_t i = at_; i < end; ++i) {
      if (!is_digit(text_[i])) continue;
      too_long = too_long || digits > largest;
      if (too_long) break;
      digits = digits * 10 + (text_[i] - '0');
      decimals += i > whole_end;
    }
    Word& number = add(Word::Kind::number, end);
    number.digits = digits;
    number.decimals = decimals;
    number.too_long = too_long || decimals > 4;
    number.glued = glued;
  }

  // The byte before a number may be the last of a no-break space, or of a dash or quotation mark.
  bool after_wide_space() const {
    for (const std::size_t length : {std::size_t{2}, std::size_t{3}}) {
      if (at_ < length) continue;
      const auto lead = static_cast<unsigned char>(text_[at_ - length]);
      if ((length == 2 && lead == 0xC2) || (length == 3 && lead == 0xE2)) return true;
    }
    return false;
  }

  std::string_view text_;
  Language language_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
};

}  // namespace

std::vector<Word> words_of(std::string_view text, Language language) { return Reader(text, language).read(); }

}  // namespace enkat
