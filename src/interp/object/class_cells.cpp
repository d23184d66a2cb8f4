// SPDX-License-Identifier: BSL-1.0
#include "interp/object/class_cells.hpp"

#include <algorithm>

#include "interp/object/dict.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {

cell_object* find_cell(const dict_object* cells, const string_object* name) {
  dict_body* b = cells ? body_of(cells) : nullptr;
  if (!b) return nullptr;
  const std::uint64_t mask = b->index_mask;
  std::uint64_t perturb = hash_of(name), i = perturb & mask;
  for (;;) {
    const std::uint32_t at = index_at(b, i);
    if (at == 0) return nullptr;
    dict_entry& e = b->entries()[at - 1];
    if (load(e.key) == value::of(name)) return load(e.value_).as<cell_object>();
    perturb >>= 5;
    i = (i * 5 + perturb + 1) & mask;
  }
}

cell_object* find_class_cell(const type_object* cls, const string_object* name) {
  if (!cls || !cls->mro) return nullptr;
  for (const value v : items_of(cls->mro)) {
    if (cell_object* c = find_cell(v.as<type_object>()->cells, name)) return c;
  }
  return nullptr;
}

bool linearize(type_object* cls, const std::vector<type_object*>& bases, std::vector<type_object*>& out) {
  std::vector<std::vector<type_object*>> lists;
  for (type_object* b : bases) {
    auto& order = lists.emplace_back();
    for (const value v : items_of(b->mro)) order.push_back(v.as<type_object>());
  }
  lists.push_back(bases);
  out.assign(1, cls);
  std::vector<std::size_t> at(lists.size(), 0);
  for (;;) {
    type_object* next = nullptr;
    bool left = false;
    for (std::size_t i = 0; i < lists.size() && !next; ++i) {
      if (at[i] == lists[i].size()) continue;
      left = true;
      type_object* candidate = lists[i][at[i]];
      // A candidate must not stand behind the head of any list.
      bool blocked = false;
      for (std::size_t k = 0; k < lists.size() && !blocked; ++k) {
        blocked = at[k] < lists[k].size() &&
                  std::find(lists[k].begin() + static_cast<std::ptrdiff_t>(at[k]) + 1, lists[k].end(), candidate) !=
                      lists[k].end();
      }
      if (!blocked) next = candidate;
    }
    if (!left) return true;
    if (!next) {                           // whoever could come next stands behind somebody: they are to blame
      out.clear();
      for (std::size_t i = 0; i < lists.size(); ++i) {
        if (at[i] < lists[i].size() && std::find(out.begin(), out.end(), lists[i][at[i]]) == out.end()) out.push_back(lists[i][at[i]]);
      }
      return false;
    }
    out.push_back(next);
    for (std::size_t i = 0; i < lists.size(); ++i) {
      if (at[i] < lists[i].size() && lists[i][at[i]] == next) ++at[i];
    }
  }
}

}  // namespace gilt::interp
