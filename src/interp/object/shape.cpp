// SPDX-License-Identifier: BSL-1.0
// shape: the tables behind a hidden class.
//
// Attribute names are interned, so names compare by address. Up to 8 attributes are searched one by
// one, more through a small hash table made with the shape.
//
// What was resolved along the MRO is an open-addressed table that readers search without a lock: an
// entry's name is stored last (release), and a table that is full is replaced by a larger copy, the
// old one staying until forget_resolved() [MO-resolved].
#include "interp/object/shape.hpp"

#include <mutex>
#include <unordered_map>

#include "interp/object/class_cells.hpp"
#include "interp/object/layouts.hpp"

namespace gilt::interp {

namespace {

std::size_t mix(const void* p) {
  const auto bits = reinterpret_cast<std::uintptr_t>(p) >> 4;
  return static_cast<std::size_t>(bits * 0x9E3779B97F4A7C15ull >> 20);
}

constexpr std::size_t searched_in_turn = 8;

struct resolved_entry {
  atomics::atomic<const string_object*> name{nullptr};
  cell_object* cell = nullptr;
  int index = -1;
};
struct resolved_table {
  explicit resolved_table(std::size_t n) : mask(n - 1), entries(new resolved_entry[n]), cells(new cell_object*[n]()) {}
  const resolved_entry* find(const string_object* name) const {
    for (std::size_t i = mix(name) & mask;; i = (i + 1) & mask) {
      const string_object* there = entries[i].name.load(std::memory_order_acquire);   // [MO-resolved]
      if (there == name) return &entries[i];
      if (!there) return nullptr;
    }
  }
  void add(const string_object* name, cell_object* cell, int index) {
    std::size_t i = mix(name) & mask;
    while (entries[i].name.load(std::memory_order_relaxed)) i = (i + 1) & mask;
    entries[i].cell = cell;
    entries[i].index = index;
    entries[i].name.store(name, std::memory_order_release);   // [MO-resolved]
    ++used;
  }

  std::size_t mask, used = 0;
  std::unique_ptr<resolved_entry[]> entries;
  std::unique_ptr<cell_object*[]> cells;                   // by index
};

}  // namespace

struct shape::tables {
  std::vector<std::int32_t> by_name;                       // hash table of index + 1; empty if few names
  std::unordered_map<const string_object*, shape*> added;
  std::unordered_map<int, shape*> removed;
  shape* dictionary = nullptr;
  atomics::atomic<resolved_table*> resolved{nullptr};
  std::vector<std::unique_ptr<resolved_table>> all_resolved;   // the last is the current one
  int next_index = 0;
};

shape_space::shape_space() = default;
shape_space::~shape_space() = default;

shape::shape() = default;
shape::~shape() = default;
shape::shape(const shape& o)
    : what(o.what), first_slot(o.first_slot), inline_slots(o.inline_slots), overflow_slot(o.overflow_slot),
      dictionary(o.dictionary), fixed(o.fixed), count(o.count), cls(o.cls), owner(o.owner), parent(o.parent), last(o.last),
      names(o.names), space(o.space) {}

shape* shape_space::make(const shape& model) {
  auto s = std::make_unique<shape>(model);
  s->space = this;
  s->count = static_cast<std::uint32_t>(s->names.size());
  s->rest = std::make_unique<shape::tables>();
  if (s->names.size() > searched_in_turn) {
    std::size_t n = 32;
    while (n < s->names.size() * 2) n *= 2;
    auto& table = s->rest->by_name;
    table.assign(n, 0);
    for (std::size_t k = 0; k < s->names.size(); ++k) {
      std::size_t i = mix(s->names[k]) & (n - 1);
      while (table[i] != 0) i = (i + 1) & (n - 1);
      table[i] = static_cast<std::int32_t>(k + 1);
    }
  }
  const std::lock_guard hold(mutex_);
  all_.push_back(std::move(s));
  return all_.back().get();
}

void shape_space::forget_resolved() {
  const std::lock_guard hold(mutex_);
  for (auto& s : all_) {
    s->rest->resolved.store(nullptr, std::memory_order_relaxed);
    s->resolved_cells.store(nullptr, std::memory_order_relaxed);
    s->rest->all_resolved.clear();
    s->rest->next_index = 0;
  }
}

int shape::find(const string_object* name) const noexcept {
  const auto& table = rest->by_name;
  if (table.empty()) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return static_cast<int>(i);
    }
    return -1;
  }
  for (std::size_t i = mix(name) & (table.size() - 1);; i = (i + 1) & (table.size() - 1)) {
    if (table[i] == 0) return -1;
    const int k = table[i] - 1;
    if (names[static_cast<std::size_t>(k)] == name) return k;
  }
}

shape* shape::with(string_object* name) {
  {
    const std::lock_guard hold(space->mutex_);
    const auto at = rest->added.find(name);
    if (at != rest->added.end()) return at->second;
  }
  shape model(*this);
  model.parent = this;
  model.last = name;
  model.names.push_back(name);
  shape* made = space->make(model);
  const std::lock_guard hold(space->mutex_);
  return rest->added.emplace(name, made).first->second;    // another thread may have been first
}

shape* shape::without(int index) {
  if (index == static_cast<int>(count) - 1 && parent) return parent;
  {
    const std::lock_guard hold(space->mutex_);
    const auto at = rest->removed.find(index);
    if (at != rest->removed.end()) return at->second;
  }
  shape model(*this);
  model.names.erase(model.names.begin() + index);
  model.parent = nullptr;
  model.last = nullptr;
  shape* made = space->make(model);
  const std::lock_guard hold(space->mutex_);
  return rest->removed.emplace(index, made).first->second;
}

shape* shape::as_dictionary() {
  if (dictionary) return this;
  {
    const std::lock_guard hold(space->mutex_);
    if (rest->dictionary) return rest->dictionary;
  }
  shape model(*this);
  model.names.clear();
  model.parent = nullptr;
  model.last = nullptr;
  model.dictionary = true;
  shape* made = space->make(model);
  const std::lock_guard hold(space->mutex_);
  if (!rest->dictionary) rest->dictionary = made;
  return rest->dictionary;
}

cell_object* shape::resolve(const string_object* name, int& index) {
  if (const resolved_table* table = rest->resolved.load(std::memory_order_acquire)) {
    if (const resolved_entry* e = table->find(name)) {
      index = e->index;
      return e->cell;
    }
  }
  const auto* search = owner && what == kind::type ? reinterpret_cast<const type_object*>(owner) : cls;
  cell_object* cell = find_class_cell(search, name);
  index = remember(name, cell);
  return cell;
}

int shape::remember(const string_object* name, cell_object* cell) {
  const std::lock_guard hold(space->mutex_);
  resolved_table* table = rest->resolved.load(std::memory_order_relaxed);
  if (table) {
    if (const resolved_entry* e = table->find(name)) return e->index;
  }
  if (!table || (table->used + 1) * 4 > (table->mask + 1) * 3) {
    auto larger = std::make_unique<resolved_table>(table ? (table->mask + 1) * 2 : 8);
    if (table) {
      for (std::size_t i = 0; i <= table->mask; ++i) {
        const resolved_entry& e = table->entries[i];
        if (e.name.load(std::memory_order_relaxed)) larger->add(e.name.load(std::memory_order_relaxed), e.cell, e.index);
        larger->cells[i] = table->cells[i];
      }
    }
    table = larger.get();
    rest->all_resolved.push_back(std::move(larger));
    rest->resolved.store(table, std::memory_order_release);
    resolved_cells.store(table->cells.get(), std::memory_order_release);
  }
  const int index = cell ? rest->next_index++ : -1;
  if (cell) table->cells[static_cast<std::size_t>(index)] = cell;
  table->add(name, cell, index);
  return index;
}

}  // namespace gilt::interp
