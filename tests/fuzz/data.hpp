#pragma once

#include <array>
#include <string_view>

#include "enkat/data/export.hpp"
#include "enkat/data/labels.hpp"
#include "enkat/data/unicode.hpp"
#include "tests/cpp/data/arrow_source.hpp"

namespace enkat::fuzz {

/// Takes what it needs from bytes, zeros when they are at an end.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : left_(bytes) {}

  int next() {
    if (left_.empty()) return 0;
    const int byte = static_cast<unsigned char>(left_.front());
    left_.remove_prefix(1);
    return byte;
  }

 private:
  std::string_view left_;
};

/// A buffer of numbers as wide as offsets or indices are, some of them out of order or below zero. None reaches beyond
/// the 256 bytes that a buffer of letters has: how long that is, nobody can see.
inline std::vector<std::uint8_t> places(Bytes& bytes, std::size_t width) {
  std::vector<std::uint8_t> buffer(std::size_t{66} * width);
  for (std::size_t i = 0; i < 66; ++i) {
    const std::int64_t value = bytes.next() - (bytes.next() < 8 ? 100 : 0);
    for (std::size_t k = 0; k < width; ++k) buffer[i * width + k] = static_cast<std::uint8_t>(value >> (8 * k));
  }
  return buffer;
}

/// The buffers of views of texts: validity, the views, 256 letters, and that they are so many. Views may lie.
inline std::vector<std::vector<std::uint8_t>> views(Bytes& bytes) {
  std::vector<std::int32_t> parts;  // of a view: how long its text is, how that begins, its buffer, and where there
  for (int i = 0; i < 66; ++i)
    for (const int most : {i % 4 == 0 ? 200 : 13, 256, 1, 56})
      parts.push_back(bytes.next() % most + (bytes.next() == 7 ? bytes.next() - 200 : 0));
  const std::vector<std::int64_t> letters{256};
  return {std::vector<std::uint8_t>(16, 0xF7), test::bytes_of(parts), std::vector<std::uint8_t>(256, 0xCC),
          test::bytes_of(letters)};
}

/// An array that may lie about all but the lengths of its buffers.
inline test::Array array(Bytes& bytes, int depth = 0) {
  static constexpr std::array formats{"u",   "U",  "c",  "C", "s",  "i",  "I", "l", "L",    "f", "g",     "b",
                                      "tdD", "+l", "+L", "n", "vu", "+s", "z", "e", "tss:", "",  "d:3,1", "S"};
  test::Array made;
  const auto size = static_cast<std::size_t>(bytes.next());
  made.format = formats.at(size % formats.size());
  made.length = bytes.next() % 64 - (bytes.next() == 7 ? 70 : 0);
  made.offset = bytes.next() == 9 ? bytes.next() - 200 : 0;
  if (made.length + made.offset > 64) made.offset = 0;
  const bool wide = made.format == "U" || made.format == "+L";
  const bool offsets = wide || made.format == "u" || made.format == "+l";
  const int buffers = bytes.next() % 5;
  for (int i = 0; i < (buffers == 4 ? (made.format == "u" || made.format == "U" ? 3 : 2) : buffers); ++i) {
    if (i == 1 && offsets) {
      made.buffers.push_back(places(bytes, wide ? 8 : 4));
    } else {
      std::vector<std::uint8_t>& buffer = made.buffers.emplace_back();
      for (int k = bytes.next() % 64; k > 0; --k) buffer.push_back(static_cast<std::uint8_t>(bytes.next()));
      if (!buffer.empty()) buffer.resize(1024);
    }
  }
  if (made.format == "vu" && buffers == 4) made.buffers = views(bytes);
  if (depth < 3) {
    for (int i = bytes.next() % 8 == 1 || made.format[0] == '+' ? 1 : 0; i > 0; --i)
      made.children.push_back(array(bytes, depth + 1));
    if (bytes.next() % 3 == 0) made.dictionary = std::make_shared<test::Array>(array(bytes, depth + 1));
  }
  return made;
}

inline void arrow(std::string_view text) {
  Bytes bytes(text);
  test::Source source({"x"}, {{array(bytes)}});
  const Table table = source.table();
  composable_texts(table.column("x"));
  ArrowArrayStream stream{};
  to_stream(table, stream);
  Table::from_stream(&stream);
  const Labels labels(table.column("x"));
}

}  // namespace enkat::fuzz
