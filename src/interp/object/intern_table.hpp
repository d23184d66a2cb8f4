// SPDX-License-Identifier: BSL-1.0
#pragma once
// intern_table: the strings that exist once. They live outside the collected heap, for as long as
// the interpreter, so that shapes, code objects and caches may keep plain pointers to them.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_set>
#include <vector>

#include "interp/object/layouts.hpp"

namespace gilt::interp {

class intern_table {
 public:
  // `strings` is the shape every interned string gets.
  explicit intern_table(shape* strings);
  intern_table(const intern_table&) = delete;
  intern_table& operator=(const intern_table&) = delete;

  // Thread-safe. The string with these characters, in its narrowest width.
  string_object* get(const std::uint8_t* data, std::uint32_t length, unsigned width, bool ascii);
  string_object* empty() const { return empty_; }
  string_object* latin1(unsigned c) const { return latin1_[c]; }

 private:
  struct hasher {
    std::size_t operator()(const string_object* s) const;
  };
  struct same {
    bool operator()(const string_object* a, const string_object* b) const;
  };
  string_object* create(const std::uint8_t* data, std::uint32_t length, unsigned width, bool ascii);

  shape* shape_;
  std::mutex mutex_;
  std::unordered_set<string_object*, hasher, same> strings_;
  std::vector<std::unique_ptr<std::uint64_t[]>> chunks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0;
  string_object* empty_ = nullptr;
  string_object* latin1_[256] = {};
};

}  // namespace gilt::interp
