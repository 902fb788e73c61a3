#include "enkat/estimate/notes.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>

namespace enkat {

void Notes::add(Note note) {
  if (std::ranges::find(notes_, note) == notes_.end()) notes_.push_back(std::move(note));
}

void Notes::drop(std::string_view code) {
  std::erase_if(notes_, [&](const Note& note) { return note.code == code; });
}

bool Notes::has(std::string_view code) const { return std::ranges::find(notes_, code, &Note::code) != notes_.end(); }

std::vector<Note> Notes::reasons() const {
  std::vector<Note> reasons;
  std::ranges::copy_if(notes_, std::back_inserter(reasons),
                       [](const Note& note) { return note.code.starts_with("estimate."); });
  return reasons;
}

std::string Notes::text() const {
  std::string text;
  for (const Note& note : notes_) text += (text.empty() ? "" : "; ") + text_of(note);
  return text;
}

std::string text_of(const Note& note) {
  if (!note.number) return note.code;
  std::array<char, 32> digits;
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *note.number, std::chars_format::fixed,
                                 note.decimals);
  return note.code + ":" + std::string(digits.data(), end.ptr);
}

}  // namespace enkat
