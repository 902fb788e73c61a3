#include "enkat/data/delimited_parts.hpp"

#include <algorithm>

namespace enkat {
namespace {

std::size_t pieces_in(const std::string& text, const std::string& delimiter) {
  std::size_t pieces = 1;
  for (std::size_t at = text.find(delimiter); at != std::string::npos; at = text.find(delimiter, at + delimiter.size()))
    ++pieces;
  return pieces;
}

/// From the beginning of one piece of a text to the end of another.
std::string_view joined(std::string_view first, std::string_view last) { return {first.begin(), last.end()}; }

}  // namespace

DelimitedParts::DelimitedParts(const Question& question) : delimiter_(question.delimiter) {
  for (const Option& option : question.options)
    longest_ = std::max({longest_, pieces_in(option.name, delimiter_), pieces_in(option.code.text(), delimiter_)});
  for (const MissingCode& missing : question.missing)
    longest_ = std::max(longest_, pieces_in(missing.code.text(), delimiter_));
}

DelimitedParts::Found DelimitedParts::of(std::string_view text, const CellCodes& codes) const {
  Found found;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(delimiter_, start), text.size());
    const std::string_view piece = trimmed(text.substr(start, end - start));
    start = end + delimiter_.size();
    if (!piece.empty()) found.parts.push_back(piece);
  }
  return longest_ == 1 || found.parts.size() < 2 ? found : of_long_options(found.parts, codes);
}

DelimitedParts::Found DelimitedParts::of_long_options(const std::vector<std::string_view>& pieces,
                                                      const CellCodes& codes) const {
  const std::size_t n = pieces.size();
  const auto is_option = [&](std::size_t first, std::size_t count) {
    return codes.known(joined(pieces[first], pieces[first + count - 1])) != unknown_cell;
  };
  const auto most = [&](std::size_t first) { return std::min(longest_, n - first); };
  // In how many ways the pieces from one on are options only; two are as many as a hundred.
  std::vector<int> ways(n + 1, 0);
  ways[n] = 1;
  for (std::size_t first = n; first-- > 0;)
    for (std::size_t count = 1; count <= most(first); ++count)
      if (ways[first + count] > 0 && is_option(first, count))
        ways[first] = std::min(2, ways[first] + ways[first + count]);

  Found found;
  found.ambiguous = ways[0] > 1;
  bool in_words = false;
  for (std::size_t first = 0; first < n;) {
    std::size_t count = most(first);
    while (count > 0 && !(is_option(first, count) && (ways[0] == 0 || ways[first + count] > 0))) --count;
    if (count > 0) {
      found.parts.push_back(joined(pieces[first], pieces[first + count - 1]));
    } else if (in_words) {
      found.parts.back() = joined(found.parts.back(), pieces[first]);
    } else {
      found.parts.push_back(pieces[first]);
    }
    in_words = count == 0;
    first += std::max<std::size_t>(count, 1);
  }
  return found;
}

}  // namespace enkat
