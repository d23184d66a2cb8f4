// SPDX-License-Identifier: BSL-1.0
// builtin_members: which class gets which methods, constructor and flags.
#include "interp/object/bytes.hpp"
#include "interp/object/define.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/dunders.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/list_methods.hpp"
#include "interp/object/memory_view.hpp"
#include "interp/object/methods.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

template <value slice_object::*Field>
value slice_field(thread_state&, const call_args& a) { return a[0].as<slice_object>()->*Field; }
template <value range_object::*Field>
value range_field(thread_state&, const call_args& a) { return a[0].as<range_object>()->*Field; }

value slice_indices(thread_state& t, const call_args& a) {
  value start, stop, step;
  const value n = index_of(t, a[1]);
  bool negative = false;
  if (n.empty() || !is_negative(t, n, negative)) return {};
  if (negative) return raise(t, t.interp->errors.ValueError, "length should not be negative");
  return long_slice(t, a[0].as<slice_object>(), n, start, stop, step) ? make_tuple(t, {start, stop, step}) : value{};
}

value range_count(thread_state& t, const call_args& a) {
  std::int64_t found = 0;
  if (!is_exact_integer(t, a[1])) return range_find(t, a[0].as<range_object>(), a[1], true, found).empty() ? value{} : int_from_int64(t, found);
  const value in = range_contains(t, a[0].as<range_object>(), a[1]);
  return in.empty() ? in : value::small_int(in.is_true() ? 1 : 0);
}
value range_index(thread_state& t, const call_args& a) {
  auto* r = a[0].as<range_object>();
  if (!is_exact_integer(t, a[1])) {
    std::int64_t found = 0;
    const value at = range_find(t, r, a[1], false, found);
    return at.is_none() ? raise(t, t.interp->errors.ValueError, "sequence.index(x): x not in sequence") : at;
  }
  const value in = range_contains(t, r, a[1]);
  if (in.empty()) return {};
  if (in.is_true()) {
    const value offset = binary(t, opcode::SUB, a[1], r->start);
    return offset.empty() ? offset : binary(t, opcode::FLOORDIV, offset, r->step);
  }
  std::string shown;
  return append_repr(t, a[1], shown) ? raise(t, t.interp->errors.ValueError, shown + " is not in range") : value{};
}

value new_none(thread_state& t, type_object* cls, const call_args& a) {
  if (a.npos + a.nkw > 0) return raise(t, t.interp->errors.TypeError, "%s takes no arguments", to_utf8(cls->name).c_str());
  const builtin_types& k = t.interp->types;
  return cls == k.none_type ? value::none() : cls == k.ellipsis_type ? value::ellipsis() : value::not_implemented();
}

value new_any_float(thread_state& t, type_object* cls, const call_args& a) {
  const value plain = new_float(t, t.interp->types.float_, a);
  if (plain.empty() || cls == t.interp->types.float_) return plain;
  auto* box = t.alloc.make<float_box_object>(t, cls->root);
  if (!box) return {};
  box->real = plain.as_double();
  return value::of(box);
}

value union_args(thread_state& t, const call_args& a) {
  auto* u = a[0].as<union_object>();
  value parts;
  return any_access::read(t, u, u->parts, parts) ? parts : value{};
}

constexpr native_definition slice_table[] = {{"indices", slice_indices, 2, 2, false}};
constexpr native_definition range_table[] = {{"count", range_count, 2, 2, false}, {"index", range_index, 2, 2, false}};

void define_all(interpreter& i, type_object* c, std::initializer_list<dunder_table> tables) {
  for (const dunder_table& table : tables) define_methods(i, c, table);
}
void define_properties(interpreter& i, type_object* c, method_table table) {
  for (const native_definition& d : table) define_property(i, c, d.name, d.call);
}

void define_numbers(interpreter& i) {
  builtin_types& k = i.types;
  define_all(i, k.int_, {comparison_dunders(), hash_dunders(), repr_dunders(), int_methods()});
  define_class_methods(i, k.int_, int_class_methods());
  define_properties(i, k.int_, int_properties());
  define_all(i, k.bool_, {bool_methods()});
  define_all(i, k.float_, {comparison_dunders(), hash_dunders(), repr_dunders(), float_methods()});
  define_class_methods(i, k.float_, float_class_methods());
  define_properties(i, k.float_, float_properties());
  define_all(i, k.complex_, {comparison_dunders(), hash_dunders(), repr_dunders(), complex_methods()});
  define_properties(i, k.complex_, complex_properties());
}

void define_text(interpreter& i) {
  builtin_types& k = i.types;
  define_all(i, k.str, {comparison_dunders(), container_dunders(), sequence_dunders(), hash_dunders(), repr_dunders(), str_methods()});
  define_static_methods(i, k.str, str_static_methods());
  define_all(i, k.bytes, {comparison_dunders(), container_dunders(), sequence_dunders(), hash_dunders(), repr_dunders(), bytes_methods()});
  define_all(i, k.bytearray, {comparison_dunders(), container_dunders(), sequence_dunders(), item_dunders(), repr_dunders(), bytearray_methods()});
  for (type_object* c : {k.bytes, k.bytearray}) {
    define_class_methods(i, c, bytes_class_methods());
    define_static_methods(i, c, bytes_static_methods());
  }
  define_methods(i, k.memory_view, memory_view_methods());
  define_properties(i, k.memory_view, memory_view_properties());
  k.memory_view->flags |= flag_operators | flag_final;
}

void define_containers(interpreter& i) {
  builtin_types& k = i.types;
  define_all(i, k.tuple, {comparison_dunders(), container_dunders(), sequence_dunders(), hash_dunders(), repr_dunders(), tuple_methods()});
  define_all(i, k.list, {comparison_dunders(), container_dunders(), sequence_dunders(), item_dunders(), list_inplace_dunders(),
                         reversed_dunders(), repr_dunders(), init_dunders(), list_methods()});
  define_all(i, k.dict, {equality_dunders(), container_dunders(), item_dunders(), dict_dunders(), reversed_dunders(), repr_dunders(),
                         init_dunders(), dict_methods()});
  define_class_methods(i, k.dict, dict_class_methods());
  define_all(i, k.mapping_proxy, {equality_dunders(), container_dunders(), repr_dunders(), dict_methods()});
  for (type_object* c : {k.set, k.frozenset}) {
    define_all(i, c, {comparison_dunders(), view_dunders(), set_dunders(), repr_dunders(), frozenset_methods()});
  }
  define_all(i, k.set, {set_inplace_dunders(), init_dunders(), set_methods()});
  define_all(i, k.frozenset, {hash_dunders()});
  define_all(i, k.range, {equality_dunders(), container_dunders(), reversed_dunders(), hash_dunders(), repr_dunders(), range_table});
  define_property(i, k.range, "start", range_field<&range_object::start>);
  define_property(i, k.range, "stop", range_field<&range_object::stop>);
  define_property(i, k.range, "step", range_field<&range_object::step>);
  define_all(i, k.slice, {comparison_dunders(), repr_dunders(), slice_table});
  define_property(i, k.slice, "start", slice_field<&slice_object::start>);
  define_property(i, k.slice, "stop", slice_field<&slice_object::stop>);
  define_property(i, k.slice, "step", slice_field<&slice_object::step>);
  define_all(i, k.dict_keys, {view_dunders(), comparison_dunders(), set_dunders(), reversed_dunders(), dict_view_methods()});
  define_all(i, k.dict_items, {view_dunders(), comparison_dunders(), set_dunders(), reversed_dunders(), dict_view_methods()});
  define_all(i, k.union_type, {repr_dunders(), equality_dunders(), hash_dunders()});
  define_property(i, k.union_type, "__args__", union_args);
  define_all(i, k.dict_values, {view_dunders(), reversed_dunders()});
}

}  // namespace

void define_builtin_members(interpreter& i, thread_state& t) {
  builtin_types& k = i.types;
  const struct { type_object* cls; native_constructor make; } constructors[] = {
      {k.object, new_object},       {k.type, new_type},         {k.int_, new_int},         {k.bool_, new_bool},
      {k.float_, new_any_float},        {k.complex_, new_complex},  {k.str, new_str},          {k.bytes, new_bytes},
      {k.memory_view, new_memory_view}, {k.bytearray, new_bytearray}, {k.tuple, new_tuple},       {k.list, new_list},        {k.dict, new_dict},
      {k.set, new_set},             {k.frozenset, new_frozenset}, {k.range, new_range},    {k.slice, new_slice},
      {k.super_, new_super},        {k.enumerate, new_enumerate}, {k.zip, new_zip},        {k.map, new_map},
      {k.filter, new_filter},       {k.reversed, new_reversed}, {k.none_type, new_none},   {k.ellipsis_type, new_none},
      {k.not_implemented_type, new_none},
  };
  for (const auto& c : constructors) {
    c.cls->native_new = c.make;
    if (c.cls != k.object) define_new(t, c.cls);
  }

  define_type_members(i, t);
  define_function_members(i, t);
  define_namespace_members(i, t);
  define_numbers(i);
  define_text(i);
  define_containers(i);
  type_object* const iterators[] = {
      k.enumerate,         k.zip,           k.map,           k.filter,            k.reversed,           k.list_iterator,
      k.list_reverse_iterator, k.tuple_iterator, k.str_iterator, k.bytes_iterator, k.range_iterator,    k.dict_key_iterator,
      k.dict_value_iterator, k.dict_item_iterator, k.dict_reverse_key_iterator, k.dict_reverse_value_iterator,
      k.dict_reverse_item_iterator, k.set_iterator, k.sequence_iterator, k.callable_iterator};
  for (type_object* c : iterators) define_methods(i, c, iterator_dunders());
  for (type_object* c : {k.list, k.dict, k.set, k.bytearray, k.slice}) bind_class_name(t, c, i.names.__hash__, value::none());

  // What scripts may neither derive from nor, mostly, call.
  for (type_object* c : i.all_types) {
    if (!c->native_new) c->flags |= flag_not_callable;
  }
  for (type_object* c : {k.bool_, k.range, k.slice, k.none_type, k.ellipsis_type, k.not_implemented_type, k.function,
                         k.builtin_function, k.method_descriptor, k.method, k.code, k.generator, k.coroutine, k.async_generator, k.cell,
                         k.traceback, k.frame, k.namespace_, k.getset_descriptor, k.mapping_proxy, k.union_type, k.dict_keys, k.dict_values, k.dict_items}) {
    c->flags |= flag_final;
  }
}

}  // namespace gilt::interp
