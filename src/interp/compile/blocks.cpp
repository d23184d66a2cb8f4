// SPDX-License-Identifier: BSL-1.0
// Loops, try, with, and the ways out of them. A return, break or continue runs the clean-up of
// every block it leaves, innermost first, in a copy of its own; the copy is outside the protected
// range of the blocks already left.
#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {

using namespace syntax;

void function_compiler::meet(std::vector<bool>& into, const std::vector<bool>& other) {
  for (std::size_t i = 0; i < into.size(); ++i) into[i] = into[i] && other[i];
}

void function_compiler::protect(const block& b, std::size_t target, reg exception) {
  for (const auto& [begin, end] : b.ranges) out_.handler(begin, end, target, exception);
}

void function_compiler::call_exit(reg exit, bool is_async, bool with_exception, reg exception, reg result) {
  const int mark = out_.mark();
  const reg base = out_.temp(5);
  out_.op(opcode::MOVE, base, exit);
  out_.op(opcode::MOVE, base + 1, exit + 1);
  for (int i = 0; i < 3; ++i) {
    if (!with_exception) constant_into({}, base + 2 + i);
    else if (i == 1) out_.op(opcode::MOVE, base + 3, exception);
    else {
      out_.op(opcode::LOAD_ATTR, base + 2 + i, exception, name(i == 0 ? "__class__" : "__traceback__"));
      out_.extension();
    }
  }
  out_.op(opcode::CALL_METHOD, base, 3);
  if (is_async) await_in(base);
  if (result >= 0) out_.op(opcode::MOVE, result, base);
  out_.release(mark);
}

void function_compiler::end_handler(reg exception, const std::string& n) {
  out_.op(opcode::POP_HANDLED, exception);
  if (!n.empty()) unbind(n);
}

// `except E as n` unbinds n; it may already be unbound.
void function_compiler::unbind(const std::string& n) {
  const int mark = out_.mark();
  const reg r = out_.temp();
  constant_into({}, r);
  store(n, r);
  remove(n);
  out_.release(mark);
}

void function_compiler::leave_block(const block& b) {
  switch (b.what) {
    case block::kind::loop: return;
    case block::kind::with: return call_exit(b.at, b.is_async, false, 0, -1);
    case block::kind::handler: return end_handler(b.at, b.name);
    case block::kind::finally_: return body(b.statements);
  }
}

// Emits the clean-up of all blocks above `down_to`. The blocks are taken off while theirs is
// emitted, so that a return inside a finally leaves the outer ones only.
void function_compiler::leave_blocks(std::size_t down_to) {
  const std::size_t count = blocks_.size();
  std::vector<block> saved(count - down_to);
  std::vector<std::size_t> left_at(count, 0);
  while (blocks_.size() > down_to) {
    block b = blocks_.back();
    blocks_.pop_back();
    left_at[blocks_.size()] = out_.here();
    // As it is now: a return in an inner finally has left it, and opened it again, meanwhile.
    saved[blocks_.size() - down_to] = b;
    leave_block(b);
  }
  // Ranges: block i was left at left_at[i]; it is open again after this code.
  for (std::size_t i = 0; i < saved.size(); ++i) {
    block b = saved[i];
    if (left_at[down_to + i] > b.open) b.ranges.emplace_back(b.open, left_at[down_to + i]);
    b.open = SIZE_MAX;                     // reopened by reopen() once the jump is emitted
    blocks_.push_back(std::move(b));
  }
}

namespace {
template <class Blocks>
void reopen(Blocks& blocks, std::size_t from, std::size_t here) {
  for (std::size_t i = from; i < blocks.size(); ++i) blocks[i].open = here;
}
}  // namespace

void function_compiler::refuse_to_leave_star(const stmt& s, std::size_t down_to) {
  for (std::size_t i = down_to; i < blocks_.size(); ++i) {
    if (blocks_[i].star) fail(s, "'break', 'continue' and 'return' cannot appear in an except* block");
  }
}

void function_compiler::return_statement(const return_stmt& s) {
  if (!scope_.in_function()) fail(s, "'return' outside function");
  refuse_to_leave_star(s, 0);
  if (s.value != nullptr && scope_.coroutine && scope_.generator) fail(s, "'return' with value in async generator");
  const int mark = out_.mark();
  if (s.value == nullptr) {
    leave_blocks(0);
    at(s);
    out_.op(opcode::RETURN_NONE);
  } else {
    reg r;
    if (blocks_.empty()) {
      r = any(*s.value);
    } else {                               // the clean-up may rebind a local
      r = out_.temp();
      into(*s.value, r);
    }
    leave_blocks(0);
    at(s);
    out_.op(opcode::RETURN, r);
  }
  reopen(blocks_, 0, out_.here());
  unreachable();
  out_.release(mark);
}

void function_compiler::leave_loop(const stmt& s, bool is_break) {
  std::size_t loop = blocks_.size();
  while (loop > 0 && blocks_[loop - 1].what != block::kind::loop) --loop;
  refuse_to_leave_star(s, loop);
  if (loop == 0) fail(s, is_break ? "'break' outside loop" : "'continue' not properly in loop");
  leave_blocks(loop);
  at(s);
  block& b = blocks_[loop - 1];
  out_.jump(opcode::JUMP, 0, is_break ? *b.on_break : *b.on_continue);
  reopen(blocks_, loop, out_.here());
  unreachable();
}

void function_compiler::while_statement(const while_stmt& s) {
  label condition, done;
  const auto before = definite_;
  gilt::interp::constant k;
  const bool for_ever = as_constant(*s.test, k) && k.what == gilt::interp::constant::kind::true_;
  if (!for_ever) out_.jump(opcode::JUMP, 0, condition);
  const std::size_t start = out_.here();
  block b;
  b.what = block::kind::loop;
  b.on_break = &done;
  b.on_continue = &condition;
  blocks_.push_back(b);
  body(s.body);
  blocks_.pop_back();
  out_.bind(condition);
  definite_ = before;
  loop_if(*s.test, start);
  body(s.orelse);
  out_.bind(done);
  definite_ = before;
}

void function_compiler::for_statement(const for_stmt& s) {
  if (s.is_async) return async_for_statement(s);
  const int mark = out_.mark();
  const reg state = out_.temp(3), item = out_.temp();
  {
    const int inner = out_.mark();
    const reg r = any(*s.iter);
    at(*s.iter);
    out_.op(opcode::FOR_PREP, state, r);
    out_.release(inner);
  }
  label bottom, done;
  const auto before = definite_;
  out_.jump(opcode::JUMP, 0, bottom);
  const std::size_t start = out_.here();
  // A plain local receives the item directly.
  reg into_register = item;
  const auto* plain = as_if<syntax::name>(s.target);
  if (plain != nullptr && scope_.of(mangle(plain->id)) == meaning::local) {
    into_register = local(mangle(plain->id));
    if (!scope_.has_walrus) assigned(into_register);
  } else {
    at(*s.target);
    assign(*s.target, item);
  }
  block b;
  b.what = block::kind::loop;
  b.on_break = &done;
  b.on_continue = &bottom;
  blocks_.push_back(b);
  body(s.body);
  blocks_.pop_back();
  out_.bind(bottom);
  at(*s.iter);
  out_.loop(opcode::FOR_LOOP, state, into_register, start);
  definite_ = before;
  body(s.orelse);
  out_.bind(done);
  definite_ = before;
  out_.release(mark);
}

void function_compiler::next_awaited(reg iterator, reg item) {
  out_.op(opcode::GET_ANEXT, item, iterator);
  await_in(item);
}

void function_compiler::async_for_statement(const for_stmt& s) {
  if (!scope_.coroutine || !scope_.in_function()) fail(s, "'async for' outside async function");
  const int mark = out_.mark();
  const reg iterator = out_.temp(), item = out_.temp(2);
  into(*s.iter, iterator);
  at(*s.iter);
  out_.op(opcode::GET_AITER, iterator, iterator);
  label next, done;
  const auto before = definite_;
  const std::size_t start = out_.here();
  next_awaited(iterator, item);
  const std::size_t got = out_.here();
  at(*s.target);
  assign(*s.target, item);
  block b;
  b.what = block::kind::loop;
  b.on_break = &done;
  b.on_continue = &next;
  blocks_.push_back(b);
  body(s.body);
  blocks_.pop_back();
  out_.bind(next);
  at(*s.iter);
  out_.loop(opcode::LOOP, 0, 0, start);
  out_.handler(start, got, out_.here(), item);
  out_.op(opcode::END_ASYNC_FOR, item);
  definite_ = before;
  body(s.orelse);
  out_.bind(done);
  definite_ = before;
  out_.release(mark);
}

void function_compiler::try_statement(const try_stmt& s) {
  if (!s.finalbody.empty()) try_finally(s);
  else if (s.is_star) try_except_star(s);
  else try_except(s);
}

// R[base] = module.function(arguments at base + 2 ...), of the module that knows about groups.
void function_compiler::call_group_function(reg base, const char* function, int arguments) {
  const int mark = out_.mark();
  const reg module = out_.temp(), extra = out_.temp(2);
  constant_into({}, extra);
  out_.op(opcode::LOADI, extra + 1, 0);
  out_.op(opcode::IMPORT_NAME, module, name("_exception_groups"), extra);
  out_.op(opcode::LOAD_METHOD, base, module, name(function));
  out_.extension();
  out_.op(opcode::CALL_METHOD, base, arguments);
  out_.release(mark);
}

// Each clause runs with its part of the exception as the one handled; what it raises is collected,
// and with what no clause took raised at the end.
void function_compiler::try_except_star(const try_stmt& s) {
  const int mark = out_.mark();
  const reg exception = out_.temp(3), rest = out_.temp(), outcomes = out_.temp(), clause = out_.temp(3), base = out_.temp(4);
  const auto before = definite_;
  const auto open_block = [&](block::kind what, reg at) {
    block b;
    b.what = what;
    b.at = at;
    b.open = out_.here();
    blocks_.push_back(b);
  };
  const auto close_block = [&] {
    block b = blocks_.back();
    blocks_.pop_back();
    if (out_.here() > b.open) b.ranges.emplace_back(b.open, out_.here());
    return b;
  };
  open_block(block::kind::finally_, 0);
  body(s.body);
  const block tried = close_block();
  body(s.orelse);
  auto after = definite_;
  label end;
  out_.jump(opcode::JUMP, 0, end);

  const std::size_t handler = out_.here();
  protect(tried, handler, exception);
  out_.op(opcode::PUSH_HANDLED, exception);
  open_block(block::kind::handler, exception);
  out_.op(opcode::MOVE, rest, exception);
  out_.op(opcode::BUILD_LIST, outcomes, 0, 0);
  auto joined = before;
  for (const except_handler* h : s.handlers) {
    definite_ = before;
    label next;
    out_.op(opcode::MOVE, base + 2, rest);
    into(*h->type, base + 3);
    at(*h->type);
    call_group_function(base, "match", 2);
    out_.op(opcode::UNPACK, base + 1, base, 2);
    out_.op(opcode::MOVE, clause, base + 1);
    out_.op(opcode::MOVE, rest, base + 2);
    out_.jump(opcode::JUMP_IF_NONE, clause, next);
    at(*h);
    out_.op(opcode::PUSH_HANDLED, clause);
    open_block(block::kind::handler, clause);
    blocks_.back().star = true;
    if (!h->name.empty()) {
      store(h->name, clause);
      blocks_.back().name = std::string(h->name);
    }
    body(h->body);
    const std::string bound = blocks_.back().name;
    const block ran = close_block();
    end_handler(clause, bound);
    meet(joined, definite_);
    out_.jump(opcode::JUMP, 0, next);
    const std::size_t raised = out_.here();
    protect(ran, raised, clause + 2);
    end_handler(clause, bound);
    out_.op(opcode::LIST_APPEND, outcomes, clause + 2);
    out_.bind(next);
  }
  definite_ = joined;
  at(s);
  out_.op(opcode::LIST_APPEND, outcomes, rest);
  out_.op(opcode::MOVE, base + 2, exception);
  out_.op(opcode::MOVE, base + 3, outcomes);
  call_group_function(base, "remaining", 2);
  const block inner = close_block();
  out_.op(opcode::POP_HANDLED, exception);
  meet(after, definite_);
  out_.jump(opcode::JUMP_IF_NONE, base, end);
  out_.op(opcode::RERAISE, base);
  const std::size_t second = out_.here();
  protect(inner, second, exception + 2);
  out_.op(opcode::POP_HANDLED, exception);
  out_.op(opcode::RERAISE, exception + 2);
  out_.bind(end);
  definite_ = after;
  out_.release(mark);
}

void function_compiler::try_finally(const try_stmt& s) {
  const int mark = out_.mark();
  const reg exception = out_.temp(3);      // exception, handled before, second exception
  const auto before = definite_;
  block b;
  b.what = block::kind::finally_;
  b.statements = s.finalbody;
  b.open = out_.here();
  blocks_.push_back(b);
  if (s.handlers.empty()) body(s.body);
  else if (s.is_star) try_except_star(s);
  else try_except(s);
  block done = blocks_.back();
  blocks_.pop_back();
  if (out_.here() > done.open) done.ranges.emplace_back(done.open, out_.here());
  const auto after = definite_;
  label end;
  body(s.finalbody);
  const auto normal = definite_;
  out_.jump(opcode::JUMP, 0, end);
  const std::size_t handler = out_.here();
  protect(done, handler, exception);
  definite_ = before;
  out_.op(opcode::PUSH_HANDLED, exception);
  block cleanup;
  cleanup.what = block::kind::handler;
  cleanup.at = exception;
  cleanup.open = out_.here();
  blocks_.push_back(cleanup);
  body(s.finalbody);
  block inner = blocks_.back();
  blocks_.pop_back();
  if (out_.here() > inner.open) inner.ranges.emplace_back(inner.open, out_.here());
  out_.op(opcode::POP_HANDLED, exception);
  out_.op(opcode::RERAISE, exception);
  const std::size_t second = out_.here();
  protect(inner, second, exception + 2);
  out_.op(opcode::POP_HANDLED, exception);
  out_.op(opcode::RERAISE, exception + 2);
  out_.bind(end);
  definite_ = normal;
  out_.release(mark);
}

void function_compiler::try_except(const try_stmt& s) {
  const int mark = out_.mark();
  const reg exception = out_.temp(3);
  const auto before = definite_;
  // The body is a block only for its range: leaving it needs no clean-up.
  const std::size_t begin = out_.here();
  block b;
  b.what = block::kind::finally_;
  b.open = begin;
  blocks_.push_back(b);
  body(s.body);
  block done = blocks_.back();
  blocks_.pop_back();
  if (out_.here() > done.open) done.ranges.emplace_back(done.open, out_.here());
  body(s.orelse);
  auto after = definite_;
  label end;
  out_.jump(opcode::JUMP, 0, end);

  const std::size_t handler = out_.here();
  protect(done, handler, exception);
  out_.op(opcode::PUSH_HANDLED, exception);
  block cleanup;
  cleanup.what = block::kind::handler;
  cleanup.at = exception;
  cleanup.open = out_.here();
  blocks_.push_back(cleanup);
  bool catches_all = false;
  std::vector<block> named;
  for (const except_handler* h : s.handlers) {
    definite_ = before;
    label next;
    at(*h);
    if (h->type != nullptr) {
      const int inner = out_.mark();
      const reg type = any(*h->type);
      const reg matches = out_.temp();
      at(*h->type);
      out_.op(opcode::MATCH_EXCEPTION, matches, exception, type);
      out_.jump(opcode::JUMP_IF_FALSE, matches, next);
      out_.release(inner);
    } else {
      catches_all = true;
      if (h != s.handlers.back()) fail(*h, "default 'except:' must be last");
    }
    const auto close_range = [&](block& open) {
      if (out_.here() > open.open) open.ranges.emplace_back(open.open, out_.here());
    };
    if (!h->name.empty()) {
      close_range(blocks_.back());
      blocks_.back().open = out_.here();
    }
    const std::size_t before_body = blocks_.back().ranges.size();
    if (!h->name.empty()) store(h->name, exception);
    blocks_.back().name = std::string(h->name);
    body(h->body);
    blocks_.back().name.clear();
    // The end of the handler is outside the range that would pop a second time.
    block& open = blocks_.back();
    close_range(open);
    if (!h->name.empty()) {                        // what leaves a body with a name unbinds that too
      const auto first = open.ranges.begin() + static_cast<std::ptrdiff_t>(before_body);
      block& own = named.emplace_back();
      own.name = std::string(h->name);
      own.ranges.assign(first, open.ranges.end());
      open.ranges.erase(first, open.ranges.end());
    }
    end_handler(exception, std::string(h->name));
    out_.jump(opcode::JUMP, 0, end);
    open.open = out_.here();
    meet(after, definite_);
    out_.bind(next);
  }
  block inner = blocks_.back();
  blocks_.pop_back();
  if (out_.here() > inner.open) inner.ranges.emplace_back(inner.open, out_.here());
  if (!catches_all) {
    out_.op(opcode::POP_HANDLED, exception);
    out_.op(opcode::RERAISE, exception);
  }
  // A second exception, in exception + 2.
  label out;
  for (const block& b : named) {
    protect(b, out_.here(), exception + 2);
    unbind(b.name);
    out_.jump(opcode::JUMP, 0, out);
  }
  const std::size_t second = out_.here();
  protect(inner, second, exception + 2);
  out_.bind(out);
  out_.op(opcode::POP_HANDLED, exception);
  out_.op(opcode::RERAISE, exception + 2);
  out_.bind(end);
  definite_ = after;
  out_.release(mark);
}

void function_compiler::with_statement(const with_stmt& s, std::size_t index) {
  if (s.is_async && !scope_.coroutine) fail(s, "'async with' outside async function");
  if (index == s.items.size()) return body(s.body);
  const with_item& item = *s.items[index];
  const int mark = out_.mark();
  const reg exit = out_.temp(2), exception = out_.temp(3);
  const auto before = definite_;
  {
    const int inner = out_.mark();
    const reg manager = any(*item.context_expr);
    const reg base = out_.temp(2);
    at(*item.context_expr);
    out_.op(opcode::LOAD_SPECIAL, base, manager, name(s.is_async ? "__aenter__" : "__enter__"));
    out_.op(opcode::LOAD_SPECIAL, exit, manager, name(s.is_async ? "__aexit__" : "__exit__"));
    out_.op(opcode::CALL_METHOD, base, 0);
    if (s.is_async) await_in(base);
    block b;
    b.what = block::kind::with;
    b.is_async = s.is_async;
    b.at = exit;
    b.open = out_.here();
    blocks_.push_back(b);
    if (item.optional_vars != nullptr) assign(*item.optional_vars, base);
    out_.release(inner);
  }
  with_statement(s, index + 1);
  block done = blocks_.back();
  blocks_.pop_back();
  if (out_.here() > done.open) done.ranges.emplace_back(done.open, out_.here());
  at(*item.context_expr);
  call_exit(exit, s.is_async, false, 0, -1);
  label end;
  out_.jump(opcode::JUMP, 0, end);
  const std::size_t handler = out_.here();
  protect(done, handler, exception);
  out_.op(opcode::PUSH_HANDLED, exception);
  const std::size_t begin = out_.here();
  const reg result = out_.temp();
  call_exit(exit, s.is_async, true, exception, result);
  label suppressed;
  out_.jump(opcode::JUMP_IF_TRUE, result, suppressed);
  const std::size_t finish = out_.here();
  out_.op(opcode::POP_HANDLED, exception);
  out_.op(opcode::RERAISE, exception);
  const std::size_t second = out_.here();
  out_.handler(begin, finish, second, exception + 2);
  out_.op(opcode::POP_HANDLED, exception);
  out_.op(opcode::RERAISE, exception + 2);
  out_.bind(suppressed);
  out_.op(opcode::POP_HANDLED, exception);
  out_.bind(end);
  definite_ = before;
  out_.release(mark);
}

}  // namespace gilt::interp
