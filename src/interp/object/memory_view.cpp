// SPDX-License-Identifier: BSL-1.0
// memoryview: a window on the memory of bytes, a bytearray or an array: an offset into it, and for
// each dimension a length and the distance of neighbours in bytes. Nothing is copied: items are
// read and written in place, through the bytearray's access policy.
//
// Unlike CPython's, a view does not keep its bytearray from changing its size (there is no moment
// at which a forgotten view would be given back); an item outside is then an IndexError.
#include "interp/object/memory_view.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "interp/concurrency/access.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/native_items.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {

namespace {

constexpr std::int64_t most_dimensions = 64;

memory_view_object* allocate(thread_state& t, std::int64_t dimensions) {
  auto* m = t.alloc.make<memory_view_object>(t, t.interp->types.memory_view->root, static_cast<std::size_t>(dimensions) * 16);
  if (!m) return nullptr;
  m->dimensions = dimensions;
  m->released.store(value::false_().bits, std::memory_order_relaxed);
  return m;
}
memory_view_object* like(thread_state& t, memory_view_object* from) {
  memory_view_object* m = allocate(t, from->dimensions);
  if (!m) return nullptr;
  m->memory = from->memory;
  m->exporter = from->exporter;
  m->format = from->format;
  m->offset = from->offset;
  m->item_bytes = from->item_bytes;
  m->read_only = from->read_only;
  std::copy_n(from->shape(), from->dimensions * 2, m->shape());
  return m;
}

// False: released, a ValueError is set.
bool alive(thread_state& t, memory_view_object* m) {
  value gone;
  if (!any_access::read(t, m, m->released, gone)) return false;
  if (!gone.is_true()) return true;
  raise(t, t.interp->errors.ValueError, "operation forbidden on released memoryview object");
  return false;
}
memory_view_object* self_of(thread_state& t, const call_args& a) {
  auto* m = a[0].as<memory_view_object>();
  return alive(t, m) ? m : nullptr;
}

bool out_of_bounds(thread_state& t, std::int64_t dimension) {
  raise(t, t.interp->errors.IndexError, "index out of bounds on dimension %lld", static_cast<long long>(dimension));
  return false;
}
bool load(thread_state& t, memory_view_object* m, std::int64_t at, std::int64_t n, char* out) {
  if (is(m->memory, kind::bytes)) {
    const auto all = view(m->memory.as<bytes_object>());
    std::memcpy(out, all.data() + at, static_cast<std::size_t>(n));
    return true;
  }
  bool done;
  if (!bytearray_load(t, m->memory.as<bytearray_object>(), at, n, out, done)) return false;
  return done || out_of_bounds(t, 1);
}

std::int64_t items(memory_view_object* m) {
  std::int64_t n = 1;
  for (std::int64_t d = 0; d < m->dimensions; ++d) n *= m->shape()[d];
  return n;
}
bool contiguous(memory_view_object* m) {
  std::int64_t step = m->item_bytes;
  for (std::int64_t d = m->dimensions; d-- > 0;) {
    if (m->shape()[d] > 1 && m->strides()[d] != step) return false;
    step *= m->shape()[d];
  }
  return true;
}
bool fortran_contiguous(memory_view_object* m) {
  std::int64_t step = m->item_bytes;
  for (std::int64_t d = 0; d < m->dimensions; ++d) {
    if (m->shape()[d] > 1 && m->strides()[d] != step) return false;
    step *= m->shape()[d];
  }
  return true;
}

// Appends the bytes of all items from dimension d on, the last dimension varying fastest.
bool gather(thread_state& t, memory_view_object* m, std::int64_t d, std::int64_t at, std::string& out) {
  if (d == m->dimensions) {
    const std::size_t end = out.size();
    out.resize(end + static_cast<std::size_t>(m->item_bytes));
    return load(t, m, at, m->item_bytes, out.data() + end);
  }
  for (std::int64_t i = 0; i < m->shape()[d]; ++i) {
    if (!gather(t, m, d + 1, at + i * m->strides()[d], out)) return false;
  }
  return true;
}

bool known_format(thread_state& t, memory_view_object* m) {
  if (item_size(m->code()) != 0) return true;
  raise(t, t.interp->errors.NotImplementedError, "memoryview: format %s not supported",
        to_utf8(m->format.as<string_object>()).c_str());
  return false;
}

value item_at(thread_state& t, memory_view_object* m, std::int64_t at) {
  char raw[8];
  if (!known_format(t, m) || !load(t, m, at, m->item_bytes, raw)) return {};
  return load_item(t, m->code(), raw);
}

value list_of(thread_state& t, memory_view_object* m, std::int64_t d, std::int64_t at) {
  if (d == m->dimensions) return item_at(t, m, at);
  const value out = make_list(t);
  for (std::int64_t i = 0; !out.empty() && i < m->shape()[d]; ++i) {
    const value item = list_of(t, m, d + 1, at + i * m->strides()[d]);
    if (item.empty() || !list_append<any_access>(t, out.as<list_object>(), item)) return {};
  }
  return out;
}

// Where the item with this index (an int, or a tuple of them) begins. False: raised.
bool place_of(thread_state& t, memory_view_object* m, const value* indices, std::int64_t n, std::int64_t& at) {
  at = m->offset;
  for (std::int64_t d = 0; d < n; ++d) {
    std::int64_t i;
    if (!to_int64(t, indices[d], i)) return false;
    if (i < 0) i += m->shape()[d];
    if (i < 0 || i >= m->shape()[d]) return out_of_bounds(t, d + 1);
    at += i * m->strides()[d];
  }
  return true;
}

memory_view_object* sliced(thread_state& t, memory_view_object* m, value key) {
  std::int64_t start, stop, step, n;
  if (!slice_bounds(t, key.as<slice_object>(), m->shape()[0], start, stop, step, n)) return nullptr;
  memory_view_object* part = like(t, m);
  if (!part) return nullptr;
  part->offset += start * m->strides()[0];
  part->shape()[0] = n;
  part->strides()[0] *= step;
  return part;
}

bool all_indices(thread_state& t, value tuple) {
  for (const value v : items_of(tuple.as<tuple_object>())) {
    if (!has_index(t, v)) return false;
  }
  return true;
}

bool check_indices(thread_state& t, memory_view_object* m, value key) {
  const auto n = static_cast<std::int64_t>(key.as<tuple_object>()->length);
  if (n > m->dimensions) {
    raise(t, t.interp->errors.TypeError, "cannot index %lld-dimension view with %lld-element tuple",
          static_cast<long long>(m->dimensions), static_cast<long long>(n));
    return false;
  }
  if (n < m->dimensions) raise(t, t.interp->errors.NotImplementedError, "sub-views are not implemented");
  return n == m->dimensions;
}

value get_item(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  if (!m) return {};
  const value key = a[1];
  std::int64_t at;
  if (m->dimensions == 0) {
    if (key == value::ellipsis()) return a[0];
    if (is(key, kind::tuple) && key.as<tuple_object>()->length == 0) return item_at(t, m, m->offset);
    return type_error(t, "invalid indexing of 0-dim memory");
  }
  if (key.is_int() || has_index(t, key)) {
    if (m->dimensions > 1)
      return raise(t, t.interp->errors.NotImplementedError, "multi-dimensional sub-views are not implemented");
    return place_of(t, m, &key, 1, at) ? item_at(t, m, at) : value{};
  }
  if (t.why != signal::none) return {};
  if (is(key, kind::slice)) {
    auto* part = sliced(t, m, key);
    return part ? value::of(part) : value{};
  }
  if (is(key, kind::tuple) && all_indices(t, key)) {
    if (!check_indices(t, m, key)) return {};
    return place_of(t, m, key.as<tuple_object>()->items(), m->dimensions, at) ? item_at(t, m, at) : value{};
  }
  return t.why == signal::none ? type_error(t, "memoryview: invalid slice key") : value{};
}

value store(thread_state& t, memory_view_object* m, std::int64_t at, value item) {
  char raw[8];
  if (!known_format(t, m)) return {};
  const std::string shown = to_utf8(m->format.as<string_object>());
  switch (store_item(t, m->code(), item, raw)) {
    case item_status::failed: return {};
    case item_status::wrong_type: return type_error(t, "memoryview: invalid type for format '" + shown + "'");
    case item_status::out_of_range:
      return raise(t, t.interp->errors.ValueError, "memoryview: invalid value for format '" + shown + "'");
    case item_status::done: break;
  }
  bool done;
  if (!bytearray_store(t, m->memory.as<bytearray_object>(), at, {raw, static_cast<std::size_t>(m->item_bytes)}, done)) return {};
  if (!done) out_of_bounds(t, 1);
  return done ? value::none() : value{};
}

value set_item(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  if (!m) return {};
  if (m->read_only) return type_error(t, "cannot modify read-only memory");
  const value key = a[1];
  std::int64_t at;
  if (m->dimensions == 0) {
    if (key == value::ellipsis() || (is(key, kind::tuple) && key.as<tuple_object>()->length == 0)) return store(t, m, m->offset, a[2]);
    return type_error(t, "invalid indexing of 0-dim memory");
  }
  if (key.is_int() || has_index(t, key)) {
    if (m->dimensions > 1) return raise(t, t.interp->errors.NotImplementedError, "sub-views are not implemented");
    return place_of(t, m, &key, 1, at) ? store(t, m, at, a[2]) : value{};
  }
  if (t.why != signal::none) return {};
  if (is(key, kind::slice) && m->dimensions == 1) {
    auto* to = sliced(t, m, key);
    const value from_view = to ? make_memory_view(t, a[2]) : value{};
    if (from_view.empty()) return {};
    auto* from = from_view.as<memory_view_object>();
    if (from->dimensions != 1 || from->shape()[0] != to->shape()[0] || from->code() != to->code())
      return raise(t, t.interp->errors.ValueError, "memoryview assignment: lvalue and rvalue have different structures");
    std::string content;
    if (!gather(t, from, 0, from->offset, content)) return {};
    const auto size = static_cast<std::size_t>(m->item_bytes);
    for (std::int64_t i = 0; i < to->shape()[0]; ++i) {
      bool done;
      const std::string_view item = std::string_view(content).substr(static_cast<std::size_t>(i) * size, size);
      if (!bytearray_store(t, m->memory.as<bytearray_object>(), to->offset + i * to->strides()[0], item, done)) return {};
      if (!done) {
        out_of_bounds(t, 1);
        return {};
      }
    }
    return value::none();
  }
  if (is(key, kind::tuple) && all_indices(t, key)) {
    if (!check_indices(t, m, key)) return {};
    return place_of(t, m, key.as<tuple_object>()->items(), m->dimensions, at) ? store(t, m, at, a[2]) : value{};
  }
  if (t.why != signal::none) return {};
  return is(key, kind::slice) ? raise(t, t.interp->errors.NotImplementedError, "memoryview slice assignments are currently restricted to ndim = 1")
                              : type_error(t, "memoryview: invalid slice key");
}
value delete_item(thread_state& t, const call_args&) { return type_error(t, "cannot delete memory"); }

value view_length(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::small_int(m->dimensions == 0 ? 1 : m->shape()[0]) : value{};
}
value iterate(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  if (!m) return {};
  if (m->dimensions == 0) return type_error(t, "invalid indexing of 0-dim memory");
  return make_iterator(t, iterator_kind::sequence, t.interp->types.sequence_iterator, a[0], value::small_int(0));
}

value tobytes(thread_state& t, const call_args& a) {
  value v[1];
  auto* m = self_of(t, a);
  std::string order, out;
  if (!m || !bind_arguments(t, "tobytes", a, 1, {"order"}, 0, v)) return {};
  if (!v[0].empty() && !v[0].is_none() && !text_argument(t, v[0], "tobytes", "order", order)) return {};
  if (!order.empty() && order != "C" && order != "F" && order != "A")
    return raise(t, t.interp->errors.ValueError, "order must be 'C', 'F' or 'A'");
  if (order == "F" && m->dimensions > 1) {
    auto* turned = like(t, m);
    if (!turned) return {};
    std::reverse(turned->shape(), turned->shape() + m->dimensions);
    std::reverse(turned->strides(), turned->strides() + m->dimensions);
    m = turned;
  }
  return gather(t, m, 0, m->offset, out) ? make_bytes(t, out) : value{};
}
value tolist(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? list_of(t, m, 0, m->offset) : value{};
}
value hex(thread_state& t, const call_args& a) {
  const value bytes = tobytes(t, {a.v, 1, 0, nullptr});
  if (bytes.empty()) return {};
  std::vector<value> args(a.v + 1, a.v + a.npos + a.nkw);
  const value method = getattr(t, bytes, intern(*t.interp, "hex"));
  return method.empty() ? method : call(t, method, args.data(), args.size(), a.names);
}
value release(thread_state& t, const call_args& a) {
  auto* m = a[0].as<memory_view_object>();
  return any_access::write(t, m, m->released, value::true_()) ? value::none() : value{};
}
value enter(thread_state& t, const call_args& a) { return self_of(t, a) ? a[0] : value{}; }
value leave(thread_state& t, const call_args& a) { return release(t, a); }
value toreadonly(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  auto* copy = m ? like(t, m) : nullptr;
  if (copy) copy->read_only = 1;
  return copy ? value::of(copy) : value{};
}

value cast(thread_state& t, const call_args& a) {
  value v[2];
  auto* m = self_of(t, a);
  if (!m || !bind_arguments(t, "cast", a, 1, {"format", "shape"}, 1, v)) return {};
  if (!is(v[0], kind::str)) return type_error(t, "memoryview.cast() argument 'format' must be str, not " + type_name(t, v[0]));
  if (!contiguous(m)) return type_error(t, "memoryview: casts are restricted to C-contiguous views");
  const bool shaped = !v[1].empty() && !v[1].is_none();
  if (shaped && !is(v[1], kind::list) && !is(v[1], kind::tuple)) return type_error(t, "shape must be a list or a tuple");
  const std::string wanted = to_utf8(v[0].as<string_object>());
  const char code = wanted.size() == 1 ? wanted[0] : wanted.size() == 2 && wanted[0] == '@' ? wanted[1] : ' ';
  const auto size = static_cast<std::int64_t>(item_size(code));
  if (size == 0 || code == 'e') {
    return raise(t, t.interp->errors.ValueError,
                 "memoryview: destination format must be a native single character format prefixed with an optional '@'");
  }
  const auto is_byte = [](char c) { return c == 'c' || c == 'b' || c == 'B'; };
  if (!is_byte(code) && !is_byte(m->code())) return type_error(t, "memoryview: cannot cast between two non-byte formats");
  const std::int64_t bytes = items(m) * m->item_bytes;
  if (bytes % size != 0) return type_error(t, "memoryview: length is not a multiple of itemsize");
  std::vector<std::int64_t> shape;
  if (shaped) {
    if (m->dimensions > 1) return type_error(t, "memoryview: cast must be 1D -> ND or ND -> 1D");
    std::int64_t product = size;
    for (std::size_t i = 0;; ++i) {
      value item;
      std::int64_t n;
      if (is(v[1], kind::list)) {
        if (!list_get<any_access>(t, v[1].as<list_object>(), static_cast<std::int64_t>(i), item)) return {};
      } else if (i < v[1].as<tuple_object>()->length) {
        item = v[1].as<tuple_object>()->items()[i];
      }
      if (item.empty()) break;
      if (!is_integer(item)) return type_error(t, "memoryview.cast(): elements of shape must be integers");
      if (!to_int64(t, item, n)) return {};
      if (n <= 0) return raise(t, t.interp->errors.ValueError, "memoryview.cast(): elements of shape must be integers > 0");
      if (n > INT64_MAX / product) return raise(t, t.interp->errors.ValueError, "memoryview.cast(): product(shape) > SSIZE_MAX");
      product *= n;
      shape.push_back(n);
    }
    if (static_cast<std::int64_t>(shape.size()) > most_dimensions)
      return raise(t, t.interp->errors.ValueError, "memoryview: number of dimensions must not exceed 64");
    if (product != bytes) return type_error(t, "memoryview: product(shape) * itemsize != buffer size");
  } else {
    shape.push_back(bytes / size);
  }
  auto* out = allocate(t, static_cast<std::int64_t>(shape.size()));
  if (!out) return {};
  out->memory = m->memory;
  out->exporter = m->exporter;
  out->format = v[0];
  out->offset = m->offset;
  out->item_bytes = size;
  out->read_only = m->read_only;
  std::int64_t step = size;
  for (std::size_t d = shape.size(); d-- > 0; step *= shape[d]) {
    out->shape()[d] = shape[d];
    out->strides()[d] = step;
  }
  return value::of(out);
}

// Equal shapes and equal items, whatever the formats.
template <bool Equal>
value equality(thread_state& t, const call_args& a) {
  auto* x = a[0].as<memory_view_object>();
  value gone;
  if (!any_access::read(t, x, x->released, gone)) return {};
  if (gone.is_true() || a[0] == a[1]) return value::boolean((a[0] == a[1]) == Equal);
  if (!is(a[1], kind::memory_view) && !is(a[1], kind::bytes) && !is(a[1], kind::bytearray) && !is(a[1], kind::array)) return value::not_implemented();
  const value other = make_memory_view(t, a[1]);
  if (other.empty()) return clear_exception(t, t.interp->errors.ValueError) ? value::boolean(!Equal) : value{};
  auto* y = other.as<memory_view_object>();
  bool same = x->dimensions == y->dimensions && std::equal(x->shape(), x->shape() + x->dimensions, y->shape());
  if (same && x->code() == y->code() && !is_float_item(x->code())) {
    std::string left, right;
    if (!gather(t, x, 0, x->offset, left) || !gather(t, y, 0, y->offset, right)) return {};
    same = left == right;
  } else if (same) {
    const value left = list_of(t, x, 0, x->offset), right = left.empty() ? left : list_of(t, y, 0, y->offset);
    if (right.empty()) return {};
    // Item by item, so that a NaN differs from itself as its number does.
    const value r = list_compare(t, opcode::EQ, left.as<list_object>(), right.as<list_object>());
    if (r.empty()) return {};
    same = r.is_true();
  }
  return value::boolean(same == Equal);
}
value hash_view(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  if (!m) return {};
  if (!m->read_only) return raise(t, t.interp->errors.ValueError, "cannot hash writable memoryview object");
  if (m->code() != 'B' && m->code() != 'b' && m->code() != 'c')
    return raise(t, t.interp->errors.ValueError, "memoryview: hashing is restricted to formats 'B', 'b' or 'c'");
  const value bytes = tobytes(t, {a.v, 1, 0, nullptr});
  std::uint64_t h;
  return !bytes.empty() && hash(t, bytes, h) ? int_from_int64(t, static_cast<std::int64_t>(h)) : value{};
}
value repr_view(thread_state& t, const call_args& a) {
  auto* m = a[0].as<memory_view_object>();
  value gone;
  if (!any_access::read(t, m, m->released, gone)) return {};
  return make_ascii(t, (gone.is_true() ? "<released memory at " : "<memory at ") + address_of(a[0]) + ">");
}

constexpr native_definition method_list[] = {
    {"tobytes", tobytes, 1, 2, true},       {"tolist", tolist, 1, 1, false},
    {"hex", hex, 1, 3, true},               {"cast", cast, 2, 3, true},
    {"release", release, 1, 1, false},      {"toreadonly", toreadonly, 1, 1, false},
    {"__enter__", enter, 1, 1, false},      {"__exit__", leave, 1, 4, false},
    {"__len__", view_length, 1, 1, false},  {"__getitem__", get_item, 2, 2, false},
    {"__setitem__", set_item, 3, 3, false}, {"__delitem__", delete_item, 2, 2, false},
    {"__iter__", iterate, 1, 1, false},     {"__repr__", repr_view, 1, 1, false},
    {"__eq__", equality<true>, 2, 2, false}, {"__ne__", equality<false>, 2, 2, false},
    {"__hash__", hash_view, 1, 1, false},
};

value get_obj(thread_state& t, const call_args& a) { return self_of(t, a) ? a[0].as<memory_view_object>()->exporter : value{}; }
value get_nbytes(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::small_int(items(m) * m->item_bytes) : value{};
}
value get_itemsize(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::small_int(m->item_bytes) : value{};
}
value get_format(thread_state& t, const call_args& a) { return self_of(t, a) ? a[0].as<memory_view_object>()->format : value{}; }
value get_ndim(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::small_int(m->dimensions) : value{};
}
value numbers(thread_state& t, const std::int64_t* n, std::int64_t count) {
  tuple_object* out = allocate_tuple(t, static_cast<std::size_t>(count));
  for (std::int64_t i = 0; out && i < count; ++i) out->items()[i] = value::small_int(n[i]);
  return out ? value::of(out) : value{};
}
value get_shape(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? numbers(t, m->shape(), m->dimensions) : value{};
}
value get_strides(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? numbers(t, m->strides(), m->dimensions) : value{};
}
value get_suboffsets(thread_state& t, const call_args& a) { return self_of(t, a) ? t.interp->empty_tuple : value{}; }
value get_readonly(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::boolean(m->read_only != 0) : value{};
}
value get_c_contiguous(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::boolean(contiguous(m)) : value{};
}
value get_f_contiguous(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::boolean(fortran_contiguous(m)) : value{};
}
value get_contiguous(thread_state& t, const call_args& a) {
  auto* m = self_of(t, a);
  return m ? value::boolean(contiguous(m) || fortran_contiguous(m)) : value{};
}
constexpr native_definition property_list[] = {
    {"obj", get_obj, 1, 1, false},
    {"nbytes", get_nbytes, 1, 1, false},
    {"itemsize", get_itemsize, 1, 1, false},
    {"format", get_format, 1, 1, false},
    {"ndim", get_ndim, 1, 1, false},
    {"shape", get_shape, 1, 1, false},
    {"strides", get_strides, 1, 1, false},
    {"suboffsets", get_suboffsets, 1, 1, false},
    {"readonly", get_readonly, 1, 1, false},
    {"c_contiguous", get_c_contiguous, 1, 1, false},
    {"f_contiguous", get_f_contiguous, 1, 1, false},
    {"contiguous", get_contiguous, 1, 1, false},
};

}  // namespace

char memory_view_object::code() const {
  auto* f = format.as<string_object>();
  if (f->length == 1) return static_cast<char>(f->data()[0]);
  return f->length == 2 && f->data()[0] == '@' ? static_cast<char>(f->data()[1]) : ' ';
}

bool memory_view_bytes(thread_state& t, memory_view_object* m, std::string& out) {
  out.clear();
  return alive(t, m) && gather(t, m, 0, m->offset, out);
}

bool writable_memory_of(thread_state& t, value v, writable_memory& out, const char* what) {
  if (is(v, kind::memory_view) && v.as<memory_view_object>()->read_only == 0) {
    auto* m = v.as<memory_view_object>();
    if (!alive(t, m)) return false;
    if (contiguous(m)) {
      out = {m->memory.as<bytearray_object>(), m->offset, items(m) * m->item_bytes};
      return true;
    }
    raise(t, t.interp->errors.BufferError, "memoryview: underlying buffer is not C-contiguous");
    return false;
  }
  if (is(v, kind::array)) v = v.as<array_object>()->items;
  if (is(v, kind::bytearray)) {
    out.array = v.as<bytearray_object>();
    out.begin = 0;
    return bytes_length(t, v, out.length);
  }
  raise(t, t.interp->errors.TypeError, "%s read-write bytes-like object, not %s", what, type_name(t, v).c_str());
  return false;
}

value make_memory_view(thread_state& t, value v) {
  if (is(v, kind::memory_view)) {
    auto* m = v.as<memory_view_object>();
    auto* copy = alive(t, m) ? like(t, m) : nullptr;
    return copy ? value::of(copy) : value{};
  }
  char code = 'B';
  value memory = v;
  if (is(v, kind::array)) {
    code = static_cast<char>(v.as<array_object>()->code);
    memory = v.as<array_object>()->items;
    if (code == 'u') code = 'w';
  } else if (!is(v, kind::bytes) && !is(v, kind::bytearray)) {
    return type_error(t, "memoryview: a bytes-like object is required, not '" + type_name(t, v) + "'");
  }
  std::int64_t bytes;
  if (!bytes_length(t, memory, bytes)) return {};
  auto* m = allocate(t, 1);
  const value format = m ? make_ascii(t, {&code, 1}) : value{};
  if (format.empty()) return {};
  m->memory = memory;
  m->exporter = v;
  m->format = format;
  m->item_bytes = code == 'w' ? 4 : static_cast<std::int64_t>(item_size(code));
  m->read_only = is(memory, kind::bytes) ? 1 : 0;
  m->shape()[0] = bytes / m->item_bytes;
  m->strides()[0] = m->item_bytes;
  return value::of(m);
}

value new_memory_view(thread_state& t, type_object*, const call_args& a) {
  value v[1];
  return bind_arguments(t, "memoryview", a, 0, {"object"}, 1, v) ? make_memory_view(t, v[0]) : value{};
}
method_table memory_view_methods() { return method_list; }
method_table memory_view_properties() { return property_list; }

}  // namespace gilt::interp
