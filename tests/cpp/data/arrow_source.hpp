#pragma once

#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "enkat/data/table.hpp"

namespace enkat::test {

/// An Arrow array with its type, to be handed to the core as a foreign producer would.
struct Array {
  std::string format;
  std::int64_t length = 0;
  std::int64_t offset = 0;
  std::int64_t flags = ARROW_FLAG_NULLABLE;
  std::vector<std::vector<std::uint8_t>> buffers = {};
  std::vector<Array> children = {};
  std::shared_ptr<Array> dictionary = {};

  /// `count` cells from `first` on, in the same buffers.
  Array sliced(std::int64_t first, std::int64_t count) const {
    Array part = *this;
    part.offset += first;
    part.length = count;
    return part;
  }
};

template <class T>
std::vector<std::uint8_t> bytes_of(const std::vector<T>& values) {
  std::vector<std::uint8_t> bytes(values.size() * sizeof(T) + 1);  // never a null pointer
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), values.size() * sizeof(T));
  return bytes;
}

template <class T>
std::vector<std::uint8_t> validity_of(const std::vector<std::optional<T>>& cells) {
  std::vector<std::uint8_t> bits(cells.size() / 8 + 1);
  for (std::size_t i = 0; i < cells.size(); ++i)
    if (cells[i]) bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << (i % 8));
  return bits;
}

template <class T>
Array numbers(std::string format, const std::vector<std::optional<T>>& cells) {
  std::vector<T> values;
  for (const auto& cell : cells) values.push_back(cell.value_or(T{77}));  // what lies behind a null must not be read
  return {.format = std::move(format),
          .length = static_cast<std::int64_t>(cells.size()),
          .buffers = {validity_of(cells), bytes_of(values)}};
}

inline Array booleans(const std::vector<std::optional<bool>>& cells) {
  std::vector<std::optional<bool>> trues;
  for (const auto& cell : cells) trues.push_back(cell.value_or(true) ? std::optional(true) : std::nullopt);
  return {.format = "b",
          .length = static_cast<std::int64_t>(cells.size()),
          .buffers = {validity_of(cells), validity_of(trues)}};
}

using Words = std::vector<std::optional<std::string>>;

template <class Offset = std::int32_t>
Array texts(const Words& cells) {
  std::vector<Offset> offsets{0};
  std::string bytes;
  for (const auto& cell : cells) {
    bytes += cell.value_or("behind a null");
    offsets.push_back(static_cast<Offset>(bytes.size()));
  }
  return {.format = sizeof(Offset) == 8 ? "U" : "u",
          .length = static_cast<std::int64_t>(cells.size()),
          .buffers = {validity_of(cells), bytes_of(offsets), bytes_of(std::vector<char>(bytes.begin(), bytes.end()))}};
}

template <class Index = std::int8_t>
Array dictionary(std::string index_format, const std::vector<std::optional<Index>>& indices, Array words,
                 bool ordered = false) {
  Array array = numbers<Index>(std::move(index_format), indices);
  array.dictionary = std::make_shared<Array>(std::move(words));
  if (ordered) array.flags |= ARROW_FLAG_DICTIONARY_ORDERED;
  return array;
}

/// Lists of the given lengths (nothing: null) over the elements.
template <class Offset = std::int32_t>
Array lists(const std::vector<std::optional<int>>& lengths, Array elements) {
  std::vector<Offset> offsets{0};
  for (const auto& length : lengths) offsets.push_back(offsets.back() + static_cast<Offset>(length.value_or(0)));
  return {.format = sizeof(Offset) == 8 ? "+L" : "+l",
          .length = static_cast<std::int64_t>(lengths.size()),
          .buffers = {validity_of(lengths), bytes_of(offsets)},
          .children = {std::move(elements)}};
}

/// A stream of batches; counts the arrays that were not released yet.
class Source {
 public:
  using Batch = std::vector<Array>;

  Source(std::vector<std::string> names, std::vector<Batch> batches)
      : names_(std::move(names)), batches_(std::move(batches)) {}

  static inline int alive = 0;

  /// Makes the stream fail when this batch is asked for.
  std::optional<std::size_t> fails_at;
  bool is_table = true;
  /// Of the batches themselves, as a sliced record batch may have it.
  std::int64_t batch_offset = 0;

  ArrowArrayStream stream() {
    ArrowArrayStream stream{};
    stream.get_schema = [](ArrowArrayStream* s, ArrowSchema* out) { return self(s).write_schema(*out), 0; };
    stream.get_next = [](ArrowArrayStream* s, ArrowArray* out) { return self(s).write_next(*out); };
    stream.get_last_error = [](ArrowArrayStream*) { return "the disk is gone"; };
    stream.release = [](ArrowArrayStream* s) { s->release = nullptr; };
    stream.private_data = this;
    return stream;
  }

  Table table() {
    ArrowArrayStream made = stream();
    return Table::from_stream(&made);
  }

 private:
  static Source& self(ArrowArrayStream* s) { return *static_cast<Source*>(s->private_data); }

  struct SchemaOwner {
    std::string format, name;
    std::vector<std::unique_ptr<ArrowSchema>> parts;
    std::vector<ArrowSchema*> children;
  };
  struct ArrayOwner {
    std::vector<std::vector<std::uint8_t>> data;
    std::vector<const void*> buffers;
    std::vector<std::unique_ptr<ArrowArray>> parts;
    std::vector<ArrowArray*> children;
  };

  static void write(ArrowSchema& out, const Array& array, const std::string& name) {
    auto* owner = new SchemaOwner{array.format, name, {}, {}};
    for (const Array& child : array.children) {
      write(*owner->parts.emplace_back(std::make_unique<ArrowSchema>()), child, "item");
      owner->children.push_back(owner->parts.back().get());
    }
    out = {owner->format.c_str(),
           owner->name.c_str(),
           nullptr,
           array.flags,
           static_cast<std::int64_t>(owner->children.size()),
           owner->children.data(),
           nullptr,
           nullptr,
           owner};
    if (array.dictionary) {
      write(*owner->parts.emplace_back(std::make_unique<ArrowSchema>()), *array.dictionary, "");
      out.dictionary = owner->parts.back().get();
    }
    ++alive;
    out.release = [](ArrowSchema* schema) {
      auto* held = static_cast<SchemaOwner*>(schema->private_data);
      for (auto& part : held->parts) part->release(part.get());
      delete held;
      schema->release = nullptr;
      --alive;
    };
  }

  static void write(ArrowArray& out, const Array& array) {
    auto* owner = new ArrayOwner{array.buffers, {}, {}, {}};
    for (const auto& buffer : owner->data) owner->buffers.push_back(buffer.empty() ? nullptr : buffer.data());
    for (const Array& child : array.children) {
      write(*owner->parts.emplace_back(std::make_unique<ArrowArray>()), child);
      owner->children.push_back(owner->parts.back().get());
    }
    out = {array.length,
           -1,
           array.offset,
           static_cast<std::int64_t>(owner->buffers.size()),
           static_cast<std::int64_t>(owner->children.size()),
           owner->buffers.data(),
           owner->children.data(),
           nullptr,
           nullptr,
           owner};
    if (array.dictionary) {
      write(*owner->parts.emplace_back(std::make_unique<ArrowArray>()), *array.dictionary);
      out.dictionary = owner->parts.back().get();
    }
    ++alive;
    out.release = [](ArrowArray* released) {
      auto* held = static_cast<ArrayOwner*>(released->private_data);
      for (auto& part : held->parts) part->release(part.get());
      delete held;
      released->release = nullptr;
      --alive;
    };
  }

  Array as_struct(const Batch& batch) const {
    const std::int64_t rows = (batch.empty() ? 0 : batch[0].length) - batch_offset;
    return {.format = "+s", .length = rows, .offset = batch_offset, .buffers = {{}}, .children = batch};
  }

  void write_schema(ArrowSchema& out) {
    write(out, is_table ? as_struct(batches_.at(0)) : batches_.at(0).at(0), "");
    if (!is_table) return;
    auto* owner = static_cast<SchemaOwner*>(out.private_data);
    for (std::size_t i = 0; i < names_.size(); ++i) {
      auto* child = static_cast<SchemaOwner*>(owner->children.at(i)->private_data);
      child->name = names_[i];
      owner->children[i]->name = child->name.c_str();
    }
  }

  int write_next(ArrowArray& out) {
    if (fails_at == next_) return 5;
    if (next_ == batches_.size()) {
      out.release = nullptr;
      return 0;
    }
    write(out, as_struct(batches_[next_++]));
    return 0;
  }

  std::vector<std::string> names_;
  std::vector<Batch> batches_;
  std::size_t next_ = 0;
};

/// A table of one column, "x".
inline Table table_of(Array array) { return Source({"x"}, {{std::move(array)}}).table(); }

}  // namespace enkat::test
