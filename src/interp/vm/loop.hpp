// SPDX-License-Identifier: BSL-1.0
#pragma once
// loop: the interpreter's loop, a template over the access policy; loop_plain.cpp and loop_stm.cpp
// instantiate it. pc, R and K are locals; the frame's copies are brought up to date before anything
// that may look at them (SAVE).
//
// An instruction that fails leaves its operands as they were and sets t.why; `failed` decides:
// an exception looks for a handler, a conflict rolls the slice back, a block waits and runs the
// instruction again.
#include <cmath>

#include "interp/object/attribute_cache.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/iterator.hpp"
#include "interp/object/list.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/set.hpp"
#include "interp/object/string.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"
#include "interp/vm/slice.hpp"
#include "interp/vm/slow.hpp"

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"

namespace gilt::interp {

template <class P>
GILT_INLINE bool read_cell_fast(thread_state& t, cell_object* c, value& out) {
  if (!P::barriers || c->rebound.load(std::memory_order_acquire) == 0) {
    out.bits = c->content.load(std::memory_order_acquire);
    return true;
  }
  return P::read(t, c, c->content, out);
}

GILT_INLINE bool is_plain_method(thread_state& t, value callee, value self, std::uint32_t n) {
  if (!is(callee, kind::native_function)) return false;
  const auto* f = callee.as<native_function_object>();
  const native_definition& d = *f->definition;
  return f->owner && !d.keywords && static_cast<int>(n) >= d.min_args &&
         (d.max_args < 0 || static_cast<int>(n) <= d.max_args) && f->owner != t.interp->types.float_ &&
         shape_of(t, self)->cls == f->owner;
}

template <class P>
value run_loop(thread_state& t, const std::uint32_t base) {
  static const void* const table[] = {
#define GILT_OP(name, words, form) &&do_##name,
#include "interp/compile/opcodes.def"
#undef GILT_OP
  };
  const instruction* pc;
  value* R;
  const value* K;
  frame* F;
  bool flag;

#define LOAD_FRAME() \
  do {               \
    F = &t.frames[t.depth]; \
    pc = F->pc;      \
    R = F->registers; \
    K = F->code->constants.data(); \
  } while (0)
#define NEXT() goto* table[pc->op]
#define NEXT_AFTER(n) \
  do {                \
    pc += (n);        \
    NEXT();           \
  } while (0)
#define SAVE() (F->pc = pc)
#define A (pc->a)
#define B (pc->b)
#define C (pc->c)
#define CHECK(ok)                    \
  do {                               \
    if (GILT_UNLIKELY(!(ok))) goto failed; \
  } while (0)
#define NAME(i) (F->code->names[i])
// The value of an expression that may fail goes to R[a].
#define RESULT(expression)              \
  do {                                  \
    SAVE();                             \
    const value r_ = (expression);      \
    if (GILT_UNLIKELY(r_.empty())) goto failed; \
    R[A] = r_;                          \
  } while (0)

  LOAD_FRAME();
  NEXT();

  // ---- loads and moves ----
do_NOP:
  NEXT_AFTER(1);
do_LOADK:
  R[A] = K[pc->wide()];
  NEXT_AFTER(1);
do_LOADI:
  R[A] = value::small_int(static_cast<std::int16_t>(B));
  NEXT_AFTER(1);
do_MOVE:
  R[A] = R[B];
  NEXT_AFTER(1);
do_LOAD_EMPTY:
do_UNBIND:
  R[A] = {};
  NEXT_AFTER(1);
do_CHECK_LOCAL:
  if (GILT_UNLIKELY(R[A].empty())) {
    SAVE();
    unbound_local(t, NAME(pc->wide()));
    goto failed;
  }
  NEXT_AFTER(1);
do_DELETE_LOCAL:
  if (GILT_UNLIKELY(R[A].empty())) {
    SAVE();
    unbound_local(t, NAME(pc->wide()));
    goto failed;
  }
  R[A] = {};
  NEXT_AFTER(1);

  // ---- names ----
do_LOAD_GLOBAL : {
  const std::uint64_t cached = code_object::cache(pc + 1).load(std::memory_order_acquire);
  value v;
  if (GILT_LIKELY(cached != 0)) {
    CHECK(read_cell_fast<P>(t, reinterpret_cast<cell_object*>(cached), v));
    if (GILT_LIKELY(!v.empty())) {
      R[A] = v;
      NEXT_AFTER(2);
    }
  }
  SAVE();
  CHECK(load_global(t, *F, NAME(pc->wide()), &code_object::cache(pc + 1), v));
  R[A] = v;
  NEXT_AFTER(2);
}
do_STORE_GLOBAL:
  SAVE();
  CHECK(store_global(t, *F, NAME(pc->wide()), &code_object::cache(pc + 1), R[A]));
  NEXT_AFTER(2);
do_DELETE_GLOBAL:
  SAVE();
  CHECK(delete_global(t, *F, NAME(pc->wide())));
  NEXT_AFTER(1);
do_LOAD_BUILTIN : {
  value v;
  SAVE();
  CHECK(load_builtin(t, NAME(pc->wide()), v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_LOAD_NAME : {
  value v;
  SAVE();
  CHECK(load_name(t, *F, R[B], NAME(C), v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_STORE_NAME:
  SAVE();
  CHECK(store_name(t, R[B], NAME(C), R[A]));
  NEXT_AFTER(1);
do_DELETE_NAME:
  SAVE();
  CHECK(delete_name(t, R[B], NAME(C)));
  NEXT_AFTER(1);

  // ---- cells ----
do_MAKE_CELL:
  RESULT(make_cell(t, R[A]));
  R[A].as<cell_object>()->rebound.store(1, std::memory_order_relaxed);
  NEXT_AFTER(1);
do_COPY_FREE:
  for (std::uint32_t i = 0; i < B; ++i) R[A + i] = F->function->closure->items()[i];
  NEXT_AFTER(1);
do_LOAD_DEREF : {
  value v;
  auto* c = R[B].as<cell_object>();
  CHECK(P::read(t, c, c->content, v));
  if (GILT_UNLIKELY(v.empty())) {
    SAVE();
    unbound_cell(t, *F, NAME(C));
    goto failed;
  }
  R[A] = v;
  NEXT_AFTER(1);
}
do_STORE_DEREF : {
  auto* c = R[A].as<cell_object>();
  CHECK(P::write(t, c, c->content, R[B]));
  NEXT_AFTER(1);
}
do_DELETE_DEREF : {
  auto* c = R[A].as<cell_object>();
  value v;
  CHECK(P::read(t, c, c->content, v));
  if (v.empty()) {
    SAVE();
    unbound_cell(t, *F, NAME(C));
    goto failed;
  }
  CHECK(P::write(t, c, c->content, value{}));
  NEXT_AFTER(1);
}
do_LOAD_CLASSDEREF : {
  value v;
  SAVE();
  CHECK(load_classderef(t, R[B], NAME(C), R[(pc + 1)->op], v));
  R[A] = v;
  NEXT_AFTER(2);
}

  // ---- arithmetic ----
#define ARITHMETIC(OP, builtin_overflow, real_op)                                                    \
  do_##OP : {                                                                                        \
    const value x = R[B], y = R[C];                                                                  \
    if (GILT_LIKELY(both_int(x, y))) {                                                               \
      std::int64_t z;                                                                                \
      if (GILT_LIKELY(!builtin_overflow(x.as_int(), y.as_int(), &z) && value::fits_int(z))) {        \
        R[A] = value::small_int(z);                                                                  \
        NEXT_AFTER(1);                                                                               \
      }                                                                                              \
    } else if (GILT_LIKELY(x.is_double() && y.is_double())) {                                        \
      R[A] = value::real(x.as_double() real_op y.as_double());                                       \
      NEXT_AFTER(1);                                                                                 \
    } else if (x.is_double() && y.is_int()) {                                                        \
      R[A] = value::real(x.as_double() real_op static_cast<double>(y.as_int()));                     \
      NEXT_AFTER(1);                                                                                 \
    } else if (x.is_int() && y.is_double()) {                                                        \
      R[A] = value::real(static_cast<double>(x.as_int()) real_op y.as_double());                     \
      NEXT_AFTER(1);                                                                                 \
    }                                                                                                \
    goto slow_binary;                                                                                \
  }
  ARITHMETIC(ADD, __builtin_add_overflow, +)
  ARITHMETIC(SUB, __builtin_sub_overflow, -)
  ARITHMETIC(MUL, __builtin_mul_overflow, *)
do_TRUEDIV : {
  const value x = R[B], y = R[C];
  if (x.is_double() && y.is_double() && y.as_double() != 0) {
    R[A] = value::real(x.as_double() / y.as_double());
    NEXT_AFTER(1);
  }
  if (both_int(x, y) && y.as_int() != 0) {
    R[A] = value::real(static_cast<double>(x.as_int()) / static_cast<double>(y.as_int()));
    NEXT_AFTER(1);
  }
  goto slow_binary;
}
#define INTEGER_DIVISION(OP, expression)                                        \
  do_##OP : {                                                                   \
    const value x = R[B], y = R[C];                                             \
    if (GILT_LIKELY(both_int(x, y)) && GILT_LIKELY(y.as_int() != 0)) {          \
      const std::int64_t n = x.as_int(), d = y.as_int();                        \
      std::int64_t q = n / d, m = n % d;                                        \
      if (m != 0 && (m ^ d) < 0) {                                              \
        --q;                                                                    \
        m += d;                                                                 \
      }                                                                         \
      const std::int64_t z = expression;                                        \
      static_cast<void>(q);                                                     \
      static_cast<void>(m);                                                     \
      if (GILT_LIKELY(value::fits_int(z))) {                                    \
        R[A] = value::small_int(z);                                             \
        NEXT_AFTER(1);                                                          \
      }                                                                         \
    }                                                                           \
    goto slow_binary;                                                           \
  }
  INTEGER_DIVISION(FLOORDIV, q)
  INTEGER_DIVISION(MOD, m)
#define BITWISE(OP, op)                                        \
  do_##OP : {                                                  \
    const value x = R[B], y = R[C];                            \
    if (GILT_LIKELY(both_int(x, y))) {                         \
      R[A] = value::small_int(x.as_int() op y.as_int());       \
      NEXT_AFTER(1);                                           \
    }                                                          \
    goto slow_binary;                                          \
  }
  BITWISE(BITAND, &)
  BITWISE(BITOR, |)
  BITWISE(BITXOR, ^)
do_LSHIFT : {
  const value x = R[B], y = R[C];
  if (both_int(x, y) && y.as_int() >= 0 && y.as_int() < 15 && x.as_int() < (std::int64_t{1} << 32) && x.as_int() > -(std::int64_t{1} << 32)) {
    R[A] = value::small_int(x.as_int() * (std::int64_t{1} << y.as_int()));
    NEXT_AFTER(1);
  }
  goto slow_binary;
}
do_RSHIFT : {
  const value x = R[B], y = R[C];
  if (both_int(x, y) && y.as_int() >= 0 && y.as_int() < 63) {
    R[A] = value::small_int(x.as_int() >> y.as_int());
    NEXT_AFTER(1);
  }
  goto slow_binary;
}
do_POW:
do_MATMUL:
slow_binary:
  RESULT(binary(t, static_cast<opcode>(pc->op), R[B], R[C]));
  NEXT_AFTER(1);

#define INPLACE(OP, builtin_overflow, real_op)                                                       \
  do_I##OP : {                                                                                       \
    const value x = R[B], y = R[C];                                                                  \
    if (GILT_LIKELY(both_int(x, y))) {                                                               \
      std::int64_t z;                                                                                \
      if (GILT_LIKELY(!builtin_overflow(x.as_int(), y.as_int(), &z) && value::fits_int(z))) {        \
        R[A] = value::small_int(z);                                                                  \
        NEXT_AFTER(1);                                                                               \
      }                                                                                              \
    } else if (GILT_LIKELY(x.is_double() && y.is_double())) {                                        \
      R[A] = value::real(x.as_double() real_op y.as_double());                                       \
      NEXT_AFTER(1);                                                                                 \
    }                                                                                                \
    goto slow_inplace;                                                                               \
  }
  INPLACE(ADD, __builtin_add_overflow, +)
  INPLACE(SUB, __builtin_sub_overflow, -)
  INPLACE(MUL, __builtin_mul_overflow, *)
do_ITRUEDIV:
do_IFLOORDIV:
do_IMOD:
do_IPOW:
do_ILSHIFT:
do_IRSHIFT:
do_IBITAND:
do_IBITOR:
do_IBITXOR:
do_IMATMUL:
slow_inplace:
  RESULT(inplace(t, static_cast<opcode>(pc->op), R[B], R[C]));
  NEXT_AFTER(1);
do_ADDI : {
  const value x = R[B];
  const auto n = static_cast<std::int16_t>(C);
  if (GILT_LIKELY(x.is_int())) {
    const std::int64_t z = x.as_int() + n;
    if (GILT_LIKELY(value::fits_int(z))) {
      R[A] = value::small_int(z);
      NEXT_AFTER(1);
    }
  } else if (x.is_double()) {
    R[A] = value::real(x.as_double() + n);
    NEXT_AFTER(1);
  }
  // A class of the script sees the operator that stands in its text.
  if (n < 0) RESULT(binary(t, opcode::SUB, x, value::small_int(-n)));
  else RESULT(binary(t, opcode::ADD, x, value::small_int(n)));
  NEXT_AFTER(1);
}
do_NEG : {
  const value x = R[B];
  if (x.is_double()) {
    R[A] = value::real(-x.as_double());
    NEXT_AFTER(1);
  }
  RESULT(unary(t, opcode::NEG, x));
  NEXT_AFTER(1);
}
do_POS:
do_INVERT:
  RESULT(unary(t, static_cast<opcode>(pc->op), R[B]));
  NEXT_AFTER(1);
do_NOT : {
  const value x = R[B];
  if (x.is_bool()) flag = x.is_true();
  else {
    SAVE();
    CHECK(truth(t, x, flag));
  }
  R[A] = value::boolean(!flag);
  NEXT_AFTER(1);
}

  // ---- comparisons ----
#define COMPARE(OP, op)                                                  \
  do_##OP : {                                                            \
    const value x = R[B], y = R[C];                                      \
    if (GILT_LIKELY(both_int(x, y))) {                                   \
      R[A] = value::boolean(x.as_int() op y.as_int());                   \
      NEXT_AFTER(1);                                                     \
    }                                                                    \
    if (x.is_double() && y.is_double()) {                                \
      R[A] = value::boolean(x.as_double() op y.as_double());             \
      NEXT_AFTER(1);                                                     \
    }                                                                    \
    RESULT(compare(t, opcode::OP, x, y));                                \
    NEXT_AFTER(1);                                                       \
  }
  COMPARE(LT, <)
  COMPARE(LE, <=)
  COMPARE(GT, >)
  COMPARE(GE, >=)
  COMPARE(EQ, ==)
  COMPARE(NE, !=)
do_IS:
  R[A] = value::boolean(R[B] == R[C]);
  NEXT_AFTER(1);
do_IS_NOT:
  R[A] = value::boolean(R[B] != R[C]);
  NEXT_AFTER(1);
do_IN:
  SAVE();
  CHECK(contains(t, R[C], R[B], flag));
  R[A] = value::boolean(flag);
  NEXT_AFTER(1);
do_NOT_IN:
  SAVE();
  CHECK(contains(t, R[C], R[B], flag));
  R[A] = value::boolean(!flag);
  NEXT_AFTER(1);

  // ---- jumps ----
do_JUMP:
  pc += pc->jump() + 1;
  NEXT();
#define TRUTH(x)                   \
  do {                             \
    const value x_ = (x);          \
    if (x_.is_bool()) flag = x_.is_true(); \
    else if (x_.is_int()) flag = x_.as_int() != 0; \
    else if (x_.is_none()) flag = false; \
    else {                         \
      SAVE();                      \
      CHECK(truth(t, x_, flag));   \
    }                              \
  } while (0)
do_JUMP_IF_FALSE:
  TRUTH(R[A]);
  pc += flag ? 1 : pc->jump() + 1;
  NEXT();
do_JUMP_IF_TRUE:
  TRUTH(R[A]);
  pc += flag ? pc->jump() + 1 : 1;
  NEXT();
do_JUMP_IF_NONE:
  pc += R[A].is_none() ? pc->jump() + 1 : 1;
  NEXT();
do_JUMP_IF_NOT_NONE:
  pc += R[A].is_none() ? 1 : pc->jump() + 1;
  NEXT();
#define RELATE(OP, op)                                          \
  do {                                                          \
    const value x = R[A], y = R[B];                             \
    if (GILT_LIKELY(both_int(x, y))) flag = x.as_int() op y.as_int(); \
    else if (x.is_double() && y.is_double()) flag = x.as_double() op y.as_double(); \
    else {                                                      \
      SAVE();                                                   \
      CHECK(compare_bool(t, opcode::OP, x, y, flag));           \
    }                                                           \
  } while (0)
#define FUSED(OP, op)                                           \
  do_JUMP_UNLESS_##OP : RELATE(OP, op);                         \
  pc += flag ? 1 : static_cast<std::int16_t>(C) + 1;            \
  NEXT();
  FUSED(LT, <)
  FUSED(LE, <=)
  FUSED(GT, >)
  FUSED(GE, >=)
  FUSED(EQ, ==)
  FUSED(NE, !=)
#define BACK_EDGE()                                                                \
  do {                                                                             \
    loop_word w_;                                                                  \
    __builtin_memcpy(&w_, pc + 1, sizeof w_);                                      \
    pc += 2 + w_.offset;                                                           \
    if (GILT_UNLIKELY((t.budget -= w_.weight) < 0)) goto safepoint;                \
    NEXT();                                                                        \
  } while (0)
do_LOOP:
  BACK_EDGE();
do_LOOP_IF_TRUE:
  TRUTH(R[A]);
  if (flag) BACK_EDGE();
  NEXT_AFTER(2);
do_LOOP_IF_FALSE:
  TRUTH(R[A]);
  if (!flag) BACK_EDGE();
  NEXT_AFTER(2);
#define FUSED_LOOP(OP, op)                 \
  do_LOOP_##OP : RELATE(OP, op);           \
  if (flag) BACK_EDGE();                   \
  NEXT_AFTER(2);
  FUSED_LOOP(LT, <)
  FUSED_LOOP(LE, <=)
  FUSED_LOOP(GT, >)
  FUSED_LOOP(GE, >=)
  FUSED_LOOP(EQ, ==)
  FUSED_LOOP(NE, !=)

do_FOR_PREP:
  SAVE();
  CHECK(for_prep(t, R[B], &R[A]));
  NEXT_AFTER(1);
do_FOR_LOOP : {
  value* state = &R[A];
  const value what = state[0];
  if (GILT_LIKELY(what.is_int())) {                          // a range
    const std::int64_t step = what.as_int(), next = state[1].as_int(), stop = state[2].as_int();
    if (GILT_LIKELY(step > 0 ? next < stop : next > stop)) {
      R[B] = state[1];
      state[1] = value::small_int(next + step);
      BACK_EDGE();
    }
    NEXT_AFTER(2);
  }
  if (is(what, kind::list)) {
    value item;
    const std::int64_t i = state[1].as_int();
    CHECK(list_get<P>(t, what.as<list_object>(), i, item));
    if (item.empty()) NEXT_AFTER(2);
    R[B] = item;
    state[1] = value::small_int(i + 1);
    BACK_EDGE();
  }
  if (is(what, kind::generator)) {
    SAVE();
    auto* g = what.as<generator_object>();
    value s;
    CHECK(P::read(t, g, g->state, s));
    if (s.as_int() <= 1) {
      F->pc = pc + 2;
      if (GILT_UNLIKELY(!enter_generator(t, g, value::none(), &R[B], on_return::iterate))) {
        F->pc = pc;
        goto failed;
      }
      LOAD_FRAME();
      NEXT();
    }
  }
  value item;
  SAVE();
  CHECK(for_step(t, state, item, flag));
  if (flag) NEXT_AFTER(2);
  R[B] = item;
  BACK_EDGE();
}
do_GET_ITER:
  RESULT(get_iter(t, R[B]));
  NEXT_AFTER(1);

  // ---- calls ----
do_CALL : {
  const value callee = R[A];
  if (GILT_LIKELY(is(callee, kind::function))) {
    auto* f = callee.as<function_object>();
    code_object* c = f->code;
    if (GILT_LIKELY(c->plain && B == c->parameters)) {
      if (GILT_UNLIKELY(--t.budget < 0)) goto safepoint;
      F->pc = pc + 1;
      if (GILT_UNLIKELY(!push_frame(t, c, f, f->globals, &R[A + 1], &R[A], on_return::store))) {
        F->pc = pc;
        goto failed;
      }
      LOAD_FRAME();
      NEXT();
    }
  }
  F->pc = pc + 1;
  if (GILT_UNLIKELY(!call_any(t, &R[A], B, nullptr, flag))) {
    F->pc = pc;
    goto failed;
  }
  LOAD_FRAME();
  if (GILT_UNLIKELY(t.budget < 0)) goto safepoint;    // it has asked for the slice's end
  NEXT();
}
do_CALL_KW:
  F->pc = pc + 1;
  if (GILT_UNLIKELY(!call_any(t, &R[A], B, K[C].as<tuple_object>(), flag))) {
    F->pc = pc;
    goto failed;
  }
  LOAD_FRAME();
  if (GILT_UNLIKELY(t.budget < 0)) goto safepoint;
  NEXT();
do_LOAD_METHOD : {
  const value v = R[B];
  const std::uint64_t cached = code_object::cache(pc + 1).load(std::memory_order_acquire);
  if (GILT_LIKELY(cached != 0)) {
    const shape* s = cache_shape(cached);
    const auto index = static_cast<std::uint32_t>(cached & 0xFFFF);
    if (GILT_LIKELY(index >= cache_class && index < cache_own)) {
      value shape_word;
      if (GILT_LIKELY(v.is_object())) {
        object* o = v.as_object();
        if (o->what() == kind::instance) CHECK(P::read(t, o, o->shape_word, shape_word));
        else shape_word.bits = o->shape_word.load(std::memory_order_acquire);
      } else {
        shape_word.bits = reinterpret_cast<std::uint64_t>(shape_of(t, v));
      }
      if (GILT_LIKELY(shape_word.bits == reinterpret_cast<std::uint64_t>(s))) {
        value found;
        CHECK(read_cell_fast<P>(t, s->resolved(index & cache_index), found));
        if (GILT_LIKELY(is(found, kind::function)) ||
            (is(found, kind::native_function) && found.as<native_function_object>()->owner)) {
          R[A] = found;
          R[A + 1] = v;
          NEXT_AFTER(2);
        }
      }
    }
  }
  value callee, self;
  std::uint64_t word = 0;
  SAVE();
  CHECK(load_method_caching(t, v, NAME(C), callee, self, word));
  if (word != 0) code_object::cache(pc + 1).store(word, std::memory_order_release);
  R[A] = callee;
  R[A + 1] = self;
  NEXT_AFTER(2);
}
do_CALL_METHOD : {
  value* at = &R[A];
  std::uint32_t n = B;
  if (GILT_LIKELY(!at[1].empty())) {
    ++n;
    const value callee = at[0];
    if (GILT_LIKELY(is(callee, kind::function))) {
      auto* f = callee.as<function_object>();
      code_object* c = f->code;
      if (GILT_LIKELY(c->plain && n == c->parameters)) {
        if (GILT_UNLIKELY(--t.budget < 0)) goto safepoint;
        F->pc = pc + 1;
        if (GILT_UNLIKELY(!push_frame(t, c, f, f->globals, at + 1, at, on_return::store))) {
          F->pc = pc;
          goto failed;
        }
        LOAD_FRAME();
        NEXT();
      }
    } else if (is_plain_method(t, callee, at[1], n)) {
      // A builtin's method on a receiver of its class: nothing to check, nothing to move.
      F->pc = pc + 1;
      const value r = callee.as<native_function_object>()->definition->call(t, {at + 1, n, 0, nullptr});
      if (GILT_LIKELY(!r.empty())) {
        at[0] = r;
        ++pc;
        if (GILT_UNLIKELY(t.budget < 0)) goto safepoint;
        NEXT();
      }
      if (GILT_UNLIKELY(!native_result(t, r, at, flag))) {
        F->pc = pc;
        goto failed;
      }
      LOAD_FRAME();
      NEXT();
    }
    F->pc = pc + 1;
    if (GILT_UNLIKELY(!call_any(t, at, n, nullptr, flag))) {
      F->pc = pc;
      goto failed;
    }
  } else {
    // No receiver: the callee moves up beside its arguments, the result comes back down.
    at[1] = at[0];
    F->pc = pc + 1;
    if (GILT_UNLIKELY(!call_any(t, at + 1, n, nullptr, flag))) {
      at[1] = {};
      F->pc = pc;
      goto failed;
    }
    if (flag) top(t).result = top(t).then == on_return::discard ? (at[0] = *top(t).result, at) : at;
    else at[0] = at[1];
  }
  LOAD_FRAME();
  NEXT();
}
do_CALL_METHOD_KW : {
  value* at = &R[A];
  std::uint32_t n = B;
  F->pc = pc + 1;
  const bool bound = !at[1].empty();
  if (!bound) at[1] = at[0];
  if (GILT_UNLIKELY(!call_any(t, bound ? at : at + 1, bound ? n + 1 : n, K[C].as<tuple_object>(), flag))) {
    if (!bound) at[1] = {};
    F->pc = pc;
    goto failed;
  }
  if (!bound) {
    if (flag) top(t).result = top(t).then == on_return::discard ? (at[0] = *top(t).result, at) : at;
    else at[0] = at[1];
  }
  LOAD_FRAME();
  NEXT();
}
do_CALL_EX:
  F->pc = pc + 1;
  if (GILT_UNLIKELY(!call_ex(t, &R[A], flag))) {
    F->pc = pc;
    goto failed;
  }
  LOAD_FRAME();
  NEXT();
do_LOAD_SPECIAL:
  SAVE();
  CHECK(load_special(t, R[B], NAME(C), &R[A]));
  NEXT_AFTER(1);
do_RETURN_NONE:
do_RETURN : {
  const value result = static_cast<opcode>(pc->op) == opcode::RETURN ? R[A] : value::none();
  const frame done = *F;
  if (GILT_UNLIKELY(done.generator != nullptr)) {
    SAVE();
    CHECK(finish_generator(t, done.generator));
  }
  if (GILT_UNLIKELY(done.then == on_return::leave)) {
    --t.depth;
    return result;
  }
  if (GILT_UNLIKELY(done.then == on_return::discard && !result.is_none())) {
    SAVE();
    raise(t, t.interp->errors.TypeError, "__init__() should return None, not '%s'", type_name(t, result).c_str());
    goto failed;
  }
  --t.depth;
  if (P::barriers && GILT_UNLIKELY(t.depth < t.saved_depth)) save_frame(t);
  if (GILT_LIKELY(done.then == on_return::store)) *done.result = result;
  LOAD_FRAME();
  NEXT();
}
do_MAKE_FUNCTION:
  RESULT(make_function(t, *F, F->code->inner[B], &R[C]));
  NEXT_AFTER(1);

  // ---- generators ----
do_YIELD : {
  const value v = R[B];
  const frame gone = *F;
  SAVE();
  CHECK(suspend_generator(t, static_cast<std::size_t>(pc - F->code->words.data())));
  if (gone.then == on_return::leave) {
    t.yielded = true;
    return v;
  }
  if (P::barriers && GILT_UNLIKELY(t.depth < t.saved_depth)) save_frame(t);
  *gone.result = v;
  LOAD_FRAME();
  // The caller's FOR_LOOP goes round: its words stand right before its pc.
  pc -= 2;
  BACK_EDGE();
}
do_GET_YIELD_FROM:
  RESULT(yield_from_iterator(t, R[B], false));
  NEXT_AFTER(1);
do_GET_AWAITABLE:
  RESULT(yield_from_iterator(t, R[B], true));
  NEXT_AFTER(1);
do_GET_AITER:
  RESULT(async_iterator(t, R[B]));
  NEXT_AFTER(1);
do_GET_ANEXT:
  RESULT(async_next(t, R[B]));
  NEXT_AFTER(1);
do_END_ASYNC_FOR : {
  SAVE();
  CHECK(is_instance(t, R[A], value::of(t.interp->errors.StopAsyncIteration), flag));
  if (flag) NEXT_AFTER(1);
  t.exception = R[A];
  t.why = signal::exception;
  t.silent = true;
  goto failed;
}
do_YIELD_FROM : {
  value out, result;
  SAVE();
  CHECK(yield_from(t, R[B], R[A], out, result));
  if (out.empty()) {
    R[A] = result;
    NEXT_AFTER(1);
  }
  const frame gone = *F;
  CHECK(suspend_generator(t, static_cast<std::size_t>(pc - F->code->words.data())));
  if (gone.then == on_return::leave) {
    t.yielded = true;
    return out;
  }
  if (P::barriers && GILT_UNLIKELY(t.depth < t.saved_depth)) save_frame(t);
  *gone.result = out;
  LOAD_FRAME();
  pc -= 2;
  BACK_EDGE();
}

  // ---- attributes and items ----
do_LOAD_ATTR : {
  const value v = R[B];
  const std::uint64_t cached = code_object::cache(pc + 1).load(std::memory_order_acquire);
  if (GILT_LIKELY(cached != 0 && (cached & 0xFFFF) < cache_add && v.is_object())) {
    value out;
    CHECK(load_cached_slot<P>(t, v.as_object(), cached, out, flag));
    if (GILT_LIKELY(flag)) {
      R[A] = out;
      NEXT_AFTER(2);
    }
  }
  std::uint64_t word = 0;
  RESULT(getattr_caching(t, v, NAME(C), word));
  if (word != 0 && (word & 0xFFFF) < cache_add) code_object::cache(pc + 1).store(word, std::memory_order_release);
  NEXT_AFTER(2);
}
do_STORE_ATTR : {
  const value v = R[A];
  const std::uint64_t cached = code_object::cache(pc + 1).load(std::memory_order_acquire);
  if (GILT_LIKELY(cached != 0 && v.is_object())) {
    CHECK(store_cached_slot<P>(t, v.as_object(), cached, R[B], flag));
    if (GILT_LIKELY(flag)) NEXT_AFTER(2);
  }
  std::uint64_t word = 0;
  SAVE();
  CHECK(setattr_caching(t, v, NAME(C), R[B], word));
  if (word != 0) code_object::cache(pc + 1).store(word, std::memory_order_release);
  NEXT_AFTER(2);
}
do_DELETE_ATTR:
  SAVE();
  CHECK(delattr(t, R[A], NAME(C)));
  NEXT_AFTER(1);
do_GETITEM : {
  const value v = R[B], key = R[C];
  if (v.is_object()) {
    object* o = v.as_object();
    const kind k = o->what();
    if (key.is_int() && k == kind::list && o->shape_relaxed()->cls == t.interp->types.list) {
      value item;
      CHECK(list_get<P>(t, v.as<list_object>(), key.as_int(), item));
      if (GILT_LIKELY(!item.empty())) {
        R[A] = item;
        NEXT_AFTER(1);
      }
    } else if (k == kind::dict && o->shape_relaxed()->cls == t.interp->types.dict) {
      value item;
      SAVE();
      CHECK(dict_get<P>(t, v.as<dict_object>(), key, item));
      if (GILT_LIKELY(!item.empty())) {
        R[A] = item;
        NEXT_AFTER(1);
      }
    } else if (key.is_int() && k == kind::tuple) {
      auto* p = v.as<tuple_object>();
      if (static_cast<std::uint64_t>(key.as_int()) < p->length && o->shape_relaxed()->cls == t.interp->types.tuple) {
        R[A] = p->items()[key.as_int()];
        NEXT_AFTER(1);
      }
    }
  }
  RESULT(getitem(t, v, key));
  NEXT_AFTER(1);
}
do_SETITEM : {
  const value v = R[A], key = R[B];
  if (v.is_object()) {
    object* o = v.as_object();
    const kind k = o->what();
    if (key.is_int() && k == kind::list && o->shape_relaxed()->cls == t.interp->types.list) {
      CHECK(list_set<P>(t, v.as<list_object>(), key.as_int(), R[C], flag));
      if (GILT_LIKELY(flag)) NEXT_AFTER(1);
    } else if (k == kind::dict && o->shape_relaxed()->cls == t.interp->types.dict) {
      SAVE();
      CHECK(dict_set<P>(t, v.as<dict_object>(), key, R[C]));
      NEXT_AFTER(1);
    }
  }
  SAVE();
  CHECK(setitem(t, v, key, R[C]));
  NEXT_AFTER(1);
}
do_DELITEM:
  SAVE();
  CHECK(delitem(t, R[A], R[B]));
  NEXT_AFTER(1);

  // ---- building ----
do_BUILD_SLICE:
  RESULT(make_slice(t, R[B], R[B + 1], R[B + 2]));
  NEXT_AFTER(1);
do_BUILD_TUPLE:
  RESULT(make_tuple(t, &R[B], C));
  NEXT_AFTER(1);
do_BUILD_LIST:
  RESULT(make_list(t, &R[B], C));
  NEXT_AFTER(1);
do_BUILD_SET : {
  value v;
  SAVE();
  CHECK(build_set(t, &R[B], C, v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_BUILD_DICT : {
  value v;
  SAVE();
  CHECK(build_dict(t, &R[B], C, v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_BUILD_STRING : {
  value v;
  SAVE();
  CHECK(build_string(t, &R[B], C, v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_LIST_APPEND:
  SAVE();
  CHECK(list_append<P>(t, R[A].as<list_object>(), R[B]));
  NEXT_AFTER(1);
do_SET_ADD:
  SAVE();
  CHECK(set_add(t, R[A].as<dict_object>(), R[B]));
  NEXT_AFTER(1);
do_DICT_ADD:
  SAVE();
  CHECK(dict_set<P>(t, R[A].as<dict_object>(), R[B], R[C]));
  NEXT_AFTER(1);
do_LIST_EXTEND:
  SAVE();
  CHECK(unpack_into_list(t, R[A].as<list_object>(), R[B]));
  NEXT_AFTER(1);
do_SET_UPDATE:
  SAVE();
  CHECK(set_update(t, R[A].as<dict_object>(), R[B]));
  NEXT_AFTER(1);
do_DICT_UPDATE:
  SAVE();
  CHECK(unpack_into_dict(t, R[A].as<dict_object>(), R[B]));
  NEXT_AFTER(1);
do_DICT_MERGE:
  SAVE();
  CHECK(dict_merge(t, R[A].as<dict_object>(), R[B], R[C]));
  NEXT_AFTER(1);
do_LIST_TO_TUPLE:
  RESULT(list_to_tuple(t, R[B].as<list_object>()));
  NEXT_AFTER(1);
do_CONVERT:
  RESULT(convert(t, R[B], C));
  NEXT_AFTER(1);
do_FORMAT:
  if (is(R[B], kind::str) && R[B].as_object()->shape_relaxed() == t.interp->string_shape) {
    R[A] = R[B];
    NEXT_AFTER(1);
  }
  RESULT(format_value(t, R[B], make_string(t, "")));
  NEXT_AFTER(1);
do_FORMAT_SPEC:
  RESULT(format_value(t, R[B], R[C]));
  NEXT_AFTER(1);
do_UNPACK:
  if (is(R[B], kind::tuple) && R[B].as<tuple_object>()->length == C) {
    const value* items = R[B].as<tuple_object>()->items();
    value* to = &R[A];
    for (std::uint32_t i = 0; i < C; ++i) to[i] = items[i];
    NEXT_AFTER(1);
  }
  SAVE();
  CHECK(unpack(t, R[B], &R[A], C));
  NEXT_AFTER(1);
do_UNPACK_EX:
  SAVE();
  CHECK(unpack_ex(t, R[B], &R[A], C & 0xFF, C >> 8));
  NEXT_AFTER(1);

  // ---- exceptions ----
do_RAISE:
  SAVE();
  raise_value(t, R[A], {});
  goto failed;
do_RAISE_FROM:
  SAVE();
  raise_value(t, R[A], R[B]);
  goto failed;
do_RERAISE_CURRENT:
  SAVE();
  reraise_current(t);
  goto failed;
do_RERAISE:
  SAVE();
  t.exception = R[A];
  t.why = signal::exception;
  t.silent = true;
  goto failed;
do_PUSH_HANDLED:
  R[A + 1] = t.handled.empty() ? value::none() : t.handled;
  t.handled = R[A];
  NEXT_AFTER(1);
do_POP_HANDLED:
  t.handled = R[A + 1];
  NEXT_AFTER(1);
do_MATCH_EXCEPTION:
  SAVE();
  CHECK(match_exception(t, R[B], R[C], flag));
  R[A] = value::boolean(flag);
  NEXT_AFTER(1);
do_LOAD_ASSERTION_ERROR:
  R[A] = value::of(t.interp->errors.AssertionError);
  NEXT_AFTER(1);

  // ---- patterns ----
do_MATCH_SEQUENCE:
  R[A] = value::boolean(is(R[B], kind::list) || is(R[B], kind::tuple) || is(R[B], kind::range));
  NEXT_AFTER(1);
do_MATCH_MAPPING:
  R[A] = value::boolean(is(R[B], kind::dict));
  NEXT_AFTER(1);
do_MATCH_KEYS : {
  value v;
  SAVE();
  CHECK(match_keys(t, R[B], R[C].as<tuple_object>(), v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_MATCH_CLASS : {
  value v;
  SAVE();
  CHECK(match_class(t, &R[B], C, v));
  R[A] = v;
  NEXT_AFTER(1);
}
do_GET_LEN:
  RESULT(length(t, R[B]));
  NEXT_AFTER(1);

  // ---- imports ----
do_IMPORT_NAME:
  RESULT(import_name(t, *F, NAME(B), R[C], R[C + 1]));
  NEXT_AFTER(1);
do_IMPORT_FROM:
  RESULT(import_member(t, R[B], NAME(C)));
  NEXT_AFTER(1);
do_IMPORT_STAR:
  SAVE();
  CHECK(import_star(t, *F, R[A]));
  NEXT_AFTER(1);
do_PRINT_EXPR:
  SAVE();
  print_expression(t, R[A]);
  CHECK(t.why == signal::none);
  NEXT_AFTER(1);

  // ---- off the path ----
safepoint:                       // pc: where it goes on
  SAVE();
  switch (reach_safepoint(t)) {
    case step::go_on: break;
    case step::failed: goto failed_saved;
    case step::change_policy: return {};
  }
  LOAD_FRAME();
  NEXT();

failed:
  F->pc = pc;
failed_saved:
  switch (t.why) {
    case signal::exception: {
      const bool silent = t.silent;
      t.silent = false;
      frame& f = t.frames[t.depth];
      if (!unwind(t, base, static_cast<std::size_t>(f.pc - f.code->words.data()), silent)) return {};
      break;
    }
    case signal::conflict:
      if (!roll_back(t)) return {};
      break;
    case signal::block:
      switch (wait_for_it(t)) {
        case step::go_on: break;
        case step::failed: goto failed_saved;
        case step::change_policy: return {};
      }
      break;
    default: __builtin_unreachable();
  }
  if (GILT_UNLIKELY(t.why != signal::none)) goto failed_saved;   // pending when a slice began
  LOAD_FRAME();
  NEXT();
}

}  // namespace gilt::interp

#undef LOAD_FRAME
#undef NEXT
#undef NEXT_AFTER
#undef SAVE
#undef A
#undef B
#undef C
#undef CHECK
#undef NAME
#undef RESULT
#undef ARITHMETIC
#undef INTEGER_DIVISION
#undef BITWISE
#undef INPLACE
#undef COMPARE
#undef TRUTH
#undef RELATE
#undef FUSED
#undef FUSED_LOOP
#undef BACK_EDGE
#pragma GCC diagnostic pop
