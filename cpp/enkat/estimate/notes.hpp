#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace enkat {

/// Something to know about an estimate: a code, and the number it is about where there is one.
struct Note {
  std::string code;
  std::optional<double> number = {};
  int decimals = 0;

  friend bool operator==(const Note&, const Note&) = default;
};

/// All there is to know about an estimate, each thing once, in the order in which it came up.
class Notes {
 public:
  void add(Note note);
  void add(std::string code, std::int64_t count) { add({std::move(code), static_cast<double>(count)}); }
  void drop(std::string_view code);

  bool has(std::string_view code) const;
  bool empty() const { return notes_.empty(); }
  const std::vector<Note>& all() const { return notes_; }
  /// Those that say why an estimate lacks figures.
  std::vector<Note> reasons() const;

  /// As tables show them: "missing:12; deff.with_replacement".
  std::string text() const;

  friend bool operator==(const Notes&, const Notes&) = default;

 private:
  std::vector<Note> notes_;
};

std::string text_of(const Note& note);

}  // namespace enkat
