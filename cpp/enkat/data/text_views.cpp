#include "enkat/data/text_views.hpp"

#include "enkat/data/check_arrow.hpp"

namespace enkat {
namespace {

// https://arrow.apache.org/docs/format/Columnar.html#variable-size-binary-view-layout
struct View {
  std::int32_t length = 0;
  char start[4] = {};
  std::int32_t buffer = 0;
  std::int32_t offset = 0;
};
constexpr std::int32_t most_inside = 12;  // bytes that stand in the view itself, after its length
constexpr std::size_t first_text_buffer = 2;

struct Texts {
  std::vector<std::int64_t> offsets{0};
  std::string bytes;
  std::vector<std::uint8_t> validity;
};

/// The buffers of text and how long each is, which stands in a last buffer of the array.
class TextBuffers {
 public:
  explicit TextBuffers(const ArrowArray& array)
      : buffers_(array.buffers + first_text_buffer),
        count_(static_cast<std::size_t>(array.n_buffers) - first_text_buffer - 1),
        lengths_(static_cast<const std::int64_t*>(buffers_[count_])) {}

  /// The text of a view; its data() is null when it leaves its buffer.
  std::string_view text(const View& view) const {
    const auto length = static_cast<std::size_t>(view.length);
    if (view.length < 0) return {};
    if (view.length <= most_inside) return {reinterpret_cast<const char*>(&view) + sizeof view.length, length};
    const auto buffer = static_cast<std::size_t>(view.buffer);
    const bool inside = view.buffer >= 0 && buffer < count_ && view.offset >= 0 && lengths_ != nullptr &&
                        std::int64_t{view.offset} + view.length <= lengths_[buffer] && buffers_[buffer] != nullptr;
    return inside ? std::string_view(static_cast<const char*>(buffers_[buffer]) + view.offset, length)
                  : std::string_view();
  }

 private:
  const void* const* buffers_;
  std::size_t count_;
  const std::int64_t* lengths_;
};

}  // namespace

Chunk texts_of_views(const std::string& column, const ArrowArray& array, std::size_t first, std::size_t length) {
  const TextBuffers buffers(array);
  const auto* views = static_cast<const View*>(array.buffers[1]);
  Chunk cells;
  cells.offset = first;
  if (array.null_count != 0) cells.validity = static_cast<const std::uint8_t*>(array.buffers[0]);
  auto made = std::make_shared<Texts>();
  made->validity.resize(length / 8 + 1);
  made->offsets.reserve(length + 1);
  for (std::size_t i = 0; i < length; ++i) {
    if (cells.valid(i)) {
      const std::string_view text = buffers.text(views[first + i]);
      if (text.data() == nullptr) refuse_array(column, "a text beyond its buffers");
      made->bytes += text;
      made->validity[i / 8] = static_cast<std::uint8_t>(made->validity[i / 8] | 1U << (i % 8));
    }
    made->offsets.push_back(static_cast<std::int64_t>(made->bytes.size()));
  }
  Chunk chunk;
  chunk.length = length;
  chunk.validity = made->validity.data();
  chunk.values = made->offsets.data();
  chunk.bytes = made->bytes.data();
  chunk.owner = std::move(made);
  return chunk;
}

}  // namespace enkat
