// SPDX-License-Identifier: Apache-2.0
#ifndef HOSTSCOPE_WIRE_BUFFER_H_
#define HOSTSCOPE_WIRE_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace hostscope::wire {

// Growing bytes on the C heap, so that they can be handed to a Node Buffer without a copy: release(), then free().
class Buffer {
 public:
  Buffer() = default;
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  Buffer(Buffer&& other) noexcept { swap(other); }
  Buffer& operator=(Buffer&& other) noexcept {
    Buffer taken(std::move(other));
    swap(taken);
    return *this;
  }
  ~Buffer() { std::free(data_); }

  char* data() { return data_; }
  const char* data() const { return data_; }
  size_t size() const { return size_; }
  std::string_view view() const { return {data_, size_}; }

  // Room for `more` bytes after the end. The pointer is good until the next call.
  char* reserve(size_t more) {
    if (capacity_ - size_ < more) [[unlikely]] {
      grow(more);
    }
    return data_ + size_;
  }

  // Makes `to`, a pointer into the reserved room, the new end.
  void set_end(const char* to) { size_ = static_cast<size_t>(to - data_); }

  // Keeps the memory for what is written next.
  void clear() { size_ = 0; }

  // Gives the bytes away: the caller frees them with free(). Null if nothing was ever written.
  char* release() {
    capacity_ = 0;
    size_ = 0;
    return std::exchange(data_, nullptr);
  }

 private:
  void swap(Buffer& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  // Out of memory ends the process, as it does in V8: there is no state to save and nothing to answer with.
  void grow(size_t more) {
    if (more > static_cast<size_t>(-1) / 4 - size_) std::abort();
    const size_t capacity = std::max({size_ + more, capacity_ * 2, size_t{256}});
    void* const grown = std::realloc(data_, capacity);
    if (grown == nullptr) std::abort();
    data_ = static_cast<char*>(grown);
    capacity_ = capacity;
  }

  char* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace hostscope::wire

#endif  // HOSTSCOPE_WIRE_BUFFER_H_
