// SPDX-License-Identifier: BSL-1.0
#include "interp/compile/operands.hpp"

#include <cstring>

namespace gilt::interp {

operands operands_of(opcode o) {
  using enum operand;
  switch (o) {
    case opcode::NOP:
    case opcode::RETURN_NONE:
    case opcode::RERAISE_CURRENT:
    case opcode::count_: return {};
    case opcode::LOADK: return {output, wide_constant};
    case opcode::LOADI: return {output, number};
    case opcode::MOVE: return {output, input};
    case opcode::CHECK_LOCAL: return {input, wide_name};
    case opcode::DELETE_LOCAL: return {changed, wide_name};
    case opcode::UNBIND:
    case opcode::LOAD_EMPTY:
    case opcode::LOAD_ASSERTION_ERROR: return {output};
    case opcode::LOAD_GLOBAL:
    case opcode::LOAD_BUILTIN: return {output, wide_name};
    case opcode::STORE_GLOBAL: return {input, wide_name};
    case opcode::DELETE_GLOBAL: return {unused, wide_name};
    case opcode::LOAD_NAME: return {output, input, name};
    case opcode::STORE_NAME: return {input, input, name};
    case opcode::DELETE_NAME: return {unused, input, name};
    case opcode::MAKE_CELL: return {changed};
    case opcode::COPY_FREE: return {first, count};
    case opcode::LOAD_DEREF: return {output, input, name};
    case opcode::STORE_DEREF: return {input, input};
    case opcode::DELETE_DEREF: return {input, unused, name};
    case opcode::LOAD_CLASSDEREF: return {output, input, name};
    case opcode::ADD:
    case opcode::SUB:
    case opcode::MUL:
    case opcode::TRUEDIV:
    case opcode::FLOORDIV:
    case opcode::MOD:
    case opcode::POW:
    case opcode::LSHIFT:
    case opcode::RSHIFT:
    case opcode::BITAND:
    case opcode::BITOR:
    case opcode::BITXOR:
    case opcode::MATMUL:
    case opcode::IADD:
    case opcode::ISUB:
    case opcode::IMUL:
    case opcode::ITRUEDIV:
    case opcode::IFLOORDIV:
    case opcode::IMOD:
    case opcode::IPOW:
    case opcode::ILSHIFT:
    case opcode::IRSHIFT:
    case opcode::IBITAND:
    case opcode::IBITOR:
    case opcode::IBITXOR:
    case opcode::IMATMUL:
    case opcode::LT:
    case opcode::LE:
    case opcode::GT:
    case opcode::GE:
    case opcode::EQ:
    case opcode::NE:
    case opcode::IS:
    case opcode::IS_NOT:
    case opcode::IN:
    case opcode::NOT_IN:
    case opcode::GETITEM:
    case opcode::FORMAT_SPEC:
    case opcode::MATCH_EXCEPTION:
    case opcode::MATCH_KEYS: return {output, input, input};
    case opcode::ADDI: return {output, input, number};
    case opcode::NEG:
    case opcode::POS:
    case opcode::INVERT:
    case opcode::NOT:
    case opcode::GET_ITER:
    case opcode::YIELD:
    case opcode::GET_YIELD_FROM:
    case opcode::YIELD_FROM:
    case opcode::GET_AWAITABLE:
    case opcode::GET_AITER:
    case opcode::GET_ANEXT:
    case opcode::LIST_TO_TUPLE:
    case opcode::FORMAT:
    case opcode::MATCH_SEQUENCE:
    case opcode::MATCH_MAPPING:
    case opcode::GET_LEN: return {output, input};
    case opcode::JUMP: return {unused, wide_target};
    case opcode::JUMP_IF_FALSE:
    case opcode::JUMP_IF_TRUE:
    case opcode::JUMP_IF_NONE:
    case opcode::JUMP_IF_NOT_NONE: return {input, wide_target};
    case opcode::JUMP_UNLESS_LT:
    case opcode::JUMP_UNLESS_LE:
    case opcode::JUMP_UNLESS_GT:
    case opcode::JUMP_UNLESS_GE:
    case opcode::JUMP_UNLESS_EQ:
    case opcode::JUMP_UNLESS_NE: return {input, input, target};
    case opcode::LOOP: return {unused, unused, wide_target};
    case opcode::LOOP_IF_TRUE:
    case opcode::LOOP_IF_FALSE: return {input, unused, wide_target};
    case opcode::LOOP_LT:
    case opcode::LOOP_LE:
    case opcode::LOOP_GT:
    case opcode::LOOP_GE:
    case opcode::LOOP_EQ:
    case opcode::LOOP_NE: return {input, input, wide_target};
    case opcode::FOR_PREP: return {output, input};
    case opcode::FOR_LOOP: return {changed, output, wide_target};
    case opcode::CALL:
    case opcode::CALL_METHOD: return {changed, count};
    case opcode::CALL_KW:
    case opcode::CALL_METHOD_KW: return {changed, count, names};
    case opcode::CALL_EX: return {changed};
    case opcode::LOAD_METHOD:
    case opcode::LOAD_SPECIAL:
    case opcode::LOAD_ATTR:
    case opcode::IMPORT_FROM: return {output, input, name};
    case opcode::STORE_ATTR: return {input, input, name};
    case opcode::DELETE_ATTR: return {input, unused, name};
    case opcode::RETURN:
    case opcode::RAISE:
    case opcode::RERAISE:
    case opcode::END_ASYNC_FOR:
    case opcode::IMPORT_STAR:
    case opcode::PRINT_EXPR: return {input};
    case opcode::MAKE_FUNCTION: return {output, function, input};
    case opcode::SETITEM: return {changed, input, input};
    case opcode::DELITEM:
    case opcode::LIST_APPEND:
    case opcode::SET_ADD:
    case opcode::LIST_EXTEND:
    case opcode::SET_UPDATE:
    case opcode::DICT_UPDATE: return {changed, input};
    case opcode::DICT_ADD:
    case opcode::DICT_MERGE: return {changed, input, input};
    case opcode::BUILD_SLICE: return {output, input};
    case opcode::BUILD_TUPLE:
    case opcode::BUILD_LIST:
    case opcode::BUILD_SET:
    case opcode::BUILD_DICT:
    case opcode::BUILD_STRING: return {output, first, count};
    case opcode::CONVERT: return {output, input, conversion};
    case opcode::UNPACK: return {first, input, count};
    case opcode::UNPACK_EX: return {output, input, counts};
    case opcode::RAISE_FROM: return {input, input};
    case opcode::PUSH_HANDLED: return {changed};
    case opcode::POP_HANDLED: return {input};
    case opcode::MATCH_CLASS: return {output, input, count};
    case opcode::IMPORT_NAME: return {output, name, input};
  }
  return {};
}

register_range range_of(const instruction& i) {
  const auto n = [](std::uint32_t first, std::uint32_t count) { return register_range{first, count}; };
  switch (static_cast<opcode>(i.op)) {
    case opcode::COPY_FREE: return n(i.a, i.b);
    case opcode::FOR_PREP:
    case opcode::FOR_LOOP:
    case opcode::CALL_EX: return n(i.a, 3);
    case opcode::CALL:
    case opcode::CALL_KW: return n(i.a, i.b + 1u);
    case opcode::CALL_METHOD:
    case opcode::CALL_METHOD_KW: return n(i.a, i.b + 2u);
    case opcode::LOAD_METHOD:
    case opcode::LOAD_SPECIAL:
    case opcode::PUSH_HANDLED: return n(i.a, 2);
    case opcode::MAKE_FUNCTION: return n(i.c, 4);
    case opcode::BUILD_SLICE:
    case opcode::MATCH_CLASS: return n(i.b, 3);
    case opcode::BUILD_TUPLE:
    case opcode::BUILD_LIST:
    case opcode::BUILD_SET:
    case opcode::BUILD_STRING: return n(i.b, i.c);
    case opcode::BUILD_DICT: return n(i.b, 2u * i.c);
    case opcode::UNPACK: return n(i.a, i.c);
    case opcode::UNPACK_EX: return n(i.a, (i.c & 0xFFu) + (i.c >> 8) + 1u);
    case opcode::IMPORT_NAME: return n(i.c, 2);
    default: return {};
  }
}

bool is_jump(opcode o) {
  const operands w = operands_of(o);
  return w.b == operand::wide_target || w.c == operand::wide_target || w.c == operand::target;
}

long target_of(const code& c, std::size_t pc) {
  const instruction i = c.words[pc];
  const op_info& what = info(static_cast<opcode>(i.op));
  const long after = static_cast<long>(pc) + what.words;
  if (what.form == op_form::LOOP) {
    loop_word w;
    std::memcpy(&w, &c.words[pc + 1], sizeof w);
    return after + w.offset;
  }
  return after + (what.form == op_form::JUMP ? i.jump() : static_cast<std::int16_t>(i.c));
}

bool falls_through(opcode o) {
  switch (o) {
    case opcode::JUMP:
    case opcode::LOOP:
    case opcode::RETURN:
    case opcode::RETURN_NONE:
    case opcode::RAISE:
    case opcode::RAISE_FROM:
    case opcode::RERAISE:
    case opcode::RERAISE_CURRENT: return false;
    default: return true;
  }
}

}  // namespace gilt::interp
