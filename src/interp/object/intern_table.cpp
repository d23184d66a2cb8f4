// SPDX-License-Identifier: BSL-1.0
#include "interp/object/intern_table.hpp"

#include <cstring>
#include <new>

#include "interp/object/string.hpp"

namespace gilt::interp {

namespace {
constexpr std::size_t chunk_bytes = std::size_t{1} << 16;
}

std::size_t intern_table::hasher::operator()(const string_object* s) const {
  return static_cast<std::size_t>(hash_of(s));
}

bool intern_table::same::operator()(const string_object* a, const string_object* b) const {
  return a->length == b->length && a->width == b->width &&
         std::memcmp(a->data(), b->data(), std::size_t{a->length} * a->width) == 0;
}

intern_table::intern_table(shape* strings) : shape_(strings) {
  empty_ = get(nullptr, 0, 1, true);
  for (unsigned c = 0; c < 256; ++c) {
    const auto byte = static_cast<std::uint8_t>(c);
    latin1_[c] = get(&byte, 1, 1, c < 0x80);
  }
}

string_object* intern_table::create(const std::uint8_t* data, std::uint32_t length, unsigned width,
                                    bool ascii) {
  const std::size_t content = std::size_t{length} * width;
  const std::size_t size = (sizeof(string_object) + content + 15) & ~std::size_t{15};
  if (size > left_) {
    const std::size_t chunk = size > chunk_bytes ? size : chunk_bytes;
    chunks_.push_back(std::make_unique<std::uint64_t[]>(chunk / 8 + 2));
    const auto at = reinterpret_cast<std::uintptr_t>(chunks_.back().get());
    next_ = reinterpret_cast<std::byte*>((at + 15) & ~std::uintptr_t{15});
    left_ = chunk;
  }
  auto* s = new (next_) string_object{};  // zeroed: an unlocked orec of version 0
  next_ += size;
  left_ -= size;
  s->shape_word.store(reinterpret_cast<std::uint64_t>(shape_), std::memory_order_relaxed);
  s->length = length;
  s->width = static_cast<std::uint8_t>(width);
  s->ascii = ascii;
  s->interned = 1;
  if (content > 0) std::memcpy(writable(s), data, content);
  return s;
}

string_object* intern_table::get(const std::uint8_t* data, std::uint32_t length, unsigned width,
                                 bool ascii) {
  const std::size_t content = std::size_t{length} * width;
  // The key to look for is built on the stack when it is short, as nearly all names are.
  alignas(string_object) std::byte room[sizeof(string_object) + 128];
  std::unique_ptr<std::uint64_t[]> large;
  void* place = room;
  if (content > 128) {
    large = std::make_unique<std::uint64_t[]>((sizeof(string_object) + content) / 8 + 1);
    place = large.get();
  }
  auto* key = new (place) string_object{};
  key->length = length;
  key->width = static_cast<std::uint8_t>(width);
  if (content > 0) std::memcpy(writable(key), data, content);
  const std::lock_guard<std::mutex> hold(mutex_);
  const auto found = strings_.find(key);
  if (found != strings_.end()) return *found;
  string_object* s = create(data, length, width, ascii);
  strings_.insert(s);
  return s;
}

}  // namespace gilt::interp
