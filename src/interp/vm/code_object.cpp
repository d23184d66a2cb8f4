// SPDX-License-Identifier: BSL-1.0
#include "interp/vm/code_object.hpp"

#include "interp/object/bytes.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/set.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {
namespace {

value make_constant(thread_state& t, const constant& k) {
  switch (k.what) {
    case constant::kind::none: return value::none();
    case constant::kind::true_: return value::true_();
    case constant::kind::false_: return value::false_();
    case constant::kind::ellipsis: return value::ellipsis();
    case constant::kind::integer: return int_from_int64(t, k.integer);
    case constant::kind::big_integer: return int_from_digits(t, k.text);
    case constant::kind::floating: return value::real(k.real);
    case constant::kind::complex: return make_complex(t, k.real, k.imaginary);
    case constant::kind::string:
      return k.text.size() <= 64 ? value::of(intern(*t.interp, k.text)) : make_string(t, k.text);
    case constant::kind::bytes: return make_bytes(t, k.text);
    case constant::kind::tuple:
    case constant::kind::frozenset: {
      std::vector<value> items;
      for (const constant& item : k.items) {
        items.push_back(make_constant(t, item));
        if (items.back().empty()) return {};
      }
      const value tuple = make_tuple(t, items.data(), items.size());
      return tuple.empty() || k.what == constant::kind::tuple ? tuple : make_frozenset(t, tuple);
    }
    case constant::kind::code: return {};
  }
  return {};
}

}  // namespace

code_object* link(thread_state& t, std::shared_ptr<const code> source, bool shared) {
  auto linked = std::make_unique<code_object>();
  const code& c = *source;
  linked->source = source;
  linked->shared = shared;
  linked->words = c.words;
  linked->registers = c.registers;
  linked->locals = static_cast<std::uint32_t>(c.locals.size());
  linked->parameters = c.parameters();
  linked->plain = !c.generator && !c.coroutine && !c.var_positional && !c.var_keyword && c.keyword_only == 0;
  for (const auto& n : c.names) linked->names.push_back(intern(*t.interp, n));
  for (const constant& k : c.constants) {
    value v;
    code_object* inner = nullptr;
    if (k.what == constant::kind::code) {
      inner = link(t, k.function, shared);
      if (!inner) return nullptr;
    } else {
      v = make_constant(t, k);
      if (v.empty()) return nullptr;
    }
    linked->constants.push_back(v);
    linked->inner.push_back(inner);
  }
  auto* self = t.alloc.make<code_value>(t, t.interp->types.code->root);
  if (!self) return nullptr;
  self->code = linked.get();
  linked->self = value::of(self);
  code_object* raw = linked.release();
  const std::lock_guard guard(t.interp->codes_mutex);
  t.interp->codes.push_back(raw);
  return raw;
}

const position* code_object::position_at(std::size_t pc) const {
  const auto& all = source->positions;
  const position* found = nullptr;
  for (const position& p : all) {
    if (p.pc > pc) break;
    found = &p;
  }
  return found;
}
int code_object::line_at(std::size_t pc) const {
  const position* p = position_at(pc);
  return p ? p->line : source->first_line;
}

void clear_caches(interpreter& i) {
  const std::lock_guard guard(i.codes_mutex);
  for (code_object* c : i.codes) {
    for (std::size_t pc = 0; pc < c->words.size();) {
      const auto o = static_cast<opcode>(c->words[pc].op);
      if (o == opcode::LOAD_ATTR || o == opcode::STORE_ATTR || o == opcode::LOAD_METHOD)
        code_object::cache(&c->words[pc + 1]).store(0, std::memory_order_relaxed);
      pc += static_cast<std::size_t>(info(o).words);
    }
  }
  i.shapes.forget_resolved();
}

void clear_global_caches(interpreter& i, const string_object* name) {
  const std::lock_guard guard(i.codes_mutex);
  for (code_object* c : i.codes) {
    for (std::size_t pc = 0; pc < c->words.size();) {
      const auto o = static_cast<opcode>(c->words[pc].op);
      if (o == opcode::LOAD_GLOBAL && c->names[c->words[pc].wide()] == name)
        code_object::cache(&c->words[pc + 1]).store(0, std::memory_order_relaxed);
      pc += static_cast<std::size_t>(info(o).words);
    }
  }
}

}  // namespace gilt::interp
