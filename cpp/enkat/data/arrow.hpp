#pragma once

#include <cstdint>
#include <memory>

// The Arrow C data and stream interfaces: their binary layout is the specification
// (https://arrow.apache.org/docs/format/CDataInterface.html), so nothing of Arrow has to be linked.
extern "C" {
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE
#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  std::int64_t flags;
  std::int64_t n_children;
  ArrowSchema** children;
  ArrowSchema* dictionary;
  void (*release)(ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  std::int64_t length;
  std::int64_t null_count;
  std::int64_t offset;
  std::int64_t n_buffers;
  std::int64_t n_children;
  const void** buffers;
  ArrowArray** children;
  ArrowArray* dictionary;
  void (*release)(ArrowArray*);
  void* private_data;
};
#endif

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE
struct ArrowArrayStream {
  int (*get_schema)(ArrowArrayStream*, ArrowSchema* out);
  int (*get_next)(ArrowArrayStream*, ArrowArray* out);
  const char* (*get_last_error)(ArrowArrayStream*);
  void (*release)(ArrowArrayStream*);
  void* private_data;
};
#endif
}

namespace enkat {

/// Owns a structure of the Arrow interfaces and releases it once.
template <class T>
class ArrowOwner {
 public:
  ArrowOwner() = default;
  /// Takes over what `source` holds and leaves it released, as the specification asks of a consumer that moves.
  explicit ArrowOwner(T& source) : value_(source) { source.release = nullptr; }
  ArrowOwner(const ArrowOwner&) = delete;
  ArrowOwner& operator=(const ArrowOwner&) = delete;
  ~ArrowOwner() {
    if (value_.release != nullptr) value_.release(&value_);
  }

  T* get() { return &value_; }
  const T& operator*() const { return value_; }
  const T* operator->() const { return &value_; }

 private:
  T value_{};
};

/// A batch that columns share: released when the last column that borrows from it goes.
using SharedArray = std::shared_ptr<const ArrowOwner<ArrowArray>>;

}  // namespace enkat
