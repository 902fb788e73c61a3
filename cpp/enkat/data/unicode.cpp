#include "enkat/data/unicode.hpp"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace enkat {
namespace {

constexpr unsigned char ascii_end = 0x80;
// The first byte of U+0300. All characters before it are in normal form C, whatever stands beside them.
constexpr unsigned char first_composable = 0xCC;

bool has_byte_from(std::string_view text, unsigned char least) {
  unsigned char highest = 0;
  for (const char byte : text) highest = std::max(highest, static_cast<unsigned char>(byte));
  return highest >= least;
}

/// Whether these bytes are UTF-8: no character longer than it must be, no half of one, none beyond U+10FFFF.
bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto at = [&](std::size_t place) { return static_cast<unsigned char>(text[place]); };
    const unsigned char first = at(i);
    if (first < ascii_end) {
      ++i;
      continue;
    }
    const std::size_t bytes = first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    if (bytes == 0 || i + bytes > text.size()) return false;
    for (std::size_t k = 1; k < bytes; ++k)
      if ((at(i + k) & 0xC0) != 0x80) return false;
    const unsigned char second = at(i + 1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) || (first == 0xF0 && second < 0x90) ||
        (first == 0xF4 && second > 0x8F))
      return false;
    i += bytes;
  }
  return true;
}

/// Calls `see` with each column of texts that a column has: itself, its categories, the elements of its lists.
template <class See>
void for_texts(const Column& column, const See& see) {
  if (column.type() == ColumnType::text) return see(column);
  if (column.type() != ColumnType::dictionary && column.type() != ColumnType::list) return;
  const Column* last = nullptr;  // chunks often share their categories
  for (const Chunk& chunk : column.chunks())
    if (chunk.elements.get() != last) for_texts(*(last = chunk.elements.get()), see);
}

/// All bytes of the texts of a chunk, those behind missing cells too.
std::string_view bytes_of(const Column& column, const Chunk& chunk) {
  if (chunk.bytes == nullptr || chunk.length == 0) return {};
  const auto between = [&]<class Offset>(const Offset* offsets) {
    const Offset first = offsets[chunk.offset], last = offsets[chunk.offset + chunk.length];
    return std::string_view(chunk.bytes + first, static_cast<std::size_t>(last - first));
  };
  return column.form().wide ? between(static_cast<const std::int64_t*>(chunk.values))
                            : between(static_cast<const std::int32_t*>(chunk.values));
}

std::vector<std::string_view> texts_of(const Column& column, const Chunk& chunk) {
  std::vector<std::string_view> texts(chunk.length);
  column.texts(chunk.first, texts);
  return texts;
}

struct Texts {
  std::vector<std::int64_t> offsets{0};
  std::string bytes;
  std::vector<std::uint8_t> validity;
};

Column replaced(const Column& column, const std::unordered_map<std::string, std::string>& instead) {
  std::vector<Chunk> chunks;
  for (const Chunk& chunk : column.chunks()) {
    auto made = std::make_shared<Texts>();
    made->validity.resize(chunk.length / 8 + 1);
    std::size_t i = 0;
    for (const std::string_view text : texts_of(column, chunk)) {
      if (text.data() != nullptr) {
        const auto found = instead.find(std::string(text));
        made->bytes += found == instead.end() ? text : std::string_view(found->second);
        made->validity[i / 8] = static_cast<std::uint8_t>(made->validity[i / 8] | 1U << (i % 8));
      }
      made->offsets.push_back(static_cast<std::int64_t>(made->bytes.size()));
      ++i;
    }
    Chunk& out = chunks.emplace_back();
    out.length = chunk.length;
    out.validity = made->validity.data();
    out.values = made->offsets.data();
    out.bytes = made->bytes.data();
    out.owner = std::move(made);
  }
  return {column.name(), {.type = ColumnType::text, .wide = true, .format = "U"}, std::move(chunks)};
}

}  // namespace

std::optional<std::vector<std::string>> composable_texts(const Column& column) {
  bool readable = true;
  std::unordered_set<std::string_view> found;
  for_texts(column, [&](const Column& texts) {
    for (const Chunk& chunk : texts.chunks()) {
      if (!readable || !has_byte_from(bytes_of(texts, chunk), ascii_end)) continue;
      for (const std::string_view text : texts_of(texts, chunk)) {
        readable = readable && is_utf8(text);
        if (has_byte_from(text, first_composable)) found.insert(text);
      }
    }
  });
  if (!readable) return std::nullopt;
  return std::vector<std::string>(found.begin(), found.end());
}

Column with_texts(const Column& column, const std::unordered_map<std::string, std::string>& instead) {
  if (column.type() == ColumnType::text) return replaced(column, instead);
  if (column.type() != ColumnType::dictionary && column.type() != ColumnType::list) return column;
  std::vector<Chunk> chunks(column.chunks().begin(), column.chunks().end());
  std::shared_ptr<const Column> last, made;  // chunks often share their categories
  for (Chunk& chunk : chunks) {
    if (chunk.elements != last) {
      last = chunk.elements;
      made = std::make_shared<const Column>(with_texts(*last, instead));
    }
    chunk.elements = made;
  }
  return {column.name(), column.form(), std::move(chunks)};
}

}  // namespace enkat
