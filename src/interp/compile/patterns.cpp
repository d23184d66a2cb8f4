// SPDX-License-Identifier: BSL-1.0
// match: each pattern tests the subject in a register and jumps to `fail`, or falls through with
// its names bound. Names are bound as the pattern goes, so a failing pattern may leave some bound,
// which Python allows.
#include <functional>
#include <set>
#include <string>

#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {

using namespace syntax;

namespace {

// What CPython's compiler refuses: a pattern that always matches before others, a name bound twice,
// alternatives that bind different names.
class pattern_rules {
 public:
  using failure = std::function<void(const location&, std::string)>;
  explicit pattern_rules(failure fail) : fail_(std::move(fail)) {}

  // `last`: nothing is unreachable if it always matches.
  void check(const pattern& p, bool last) {
    at_ = p;
    const auto inner = [&](std::span<pattern* const> list) { for (const pattern* q : list) check(*q, true); };
    switch (p.kind) {
      case pattern_kind::match_value:
      case pattern_kind::match_singleton: return;
      case pattern_kind::match_sequence: return inner(as<match_sequence>(p).patterns);
      case pattern_kind::match_mapping:
        inner(as<match_mapping>(p).patterns);
        return bind(as<match_mapping>(p).rest, p);
      case pattern_kind::match_class:
        inner(as<match_class>(p).patterns);
        return inner(as<match_class>(p).kwd_patterns);
      case pattern_kind::match_star: return bind(as<match_star>(p).name, p);
      case pattern_kind::match_as: {
        const auto& n = as<match_as>(p);
        if (n.pattern != nullptr) check(*n.pattern, last);
        else if (!last && n.name.empty()) fail_(p, "wildcard makes remaining patterns unreachable");
        else if (!last) fail_(p, "name capture '" + std::string(n.name) + "' makes remaining patterns unreachable");
        return bind(n.name, p);
      }
      case pattern_kind::match_or: return alternatives(as<match_or>(p), last);
    }
  }

 private:
  void bind(identifier name, const location& where) {
    if (!name.empty() && !names_.insert(name).second) fail_(where, "multiple assignments to name '" + std::string(name) + "' in pattern");
  }
  void alternatives(const match_or& p, bool last) {
    const auto before = names_;
    std::set<identifier> first;
    for (std::size_t i = 0; i < p.patterns.size(); ++i) {
      names_.clear();
      check(*p.patterns[i], last && i + 1 == p.patterns.size());
      if (i == 0) first = names_;
      else if (names_ != first) fail_(at_, "alternative patterns bind different names");
    }
    names_ = before;
    for (const identifier name : first) bind(name, p);
  }

  failure fail_;
  location at_;                                // of the pattern looked at last
  std::set<identifier> names_;
};

}  // namespace

void function_compiler::match_statement(const match_stmt& s) {
  const int mark = out_.mark();
  const reg subject = out_.temp();
  into(*s.subject, subject);
  label done;
  const auto before = definite_;
  for (const match_case* c : s.cases) {
    const bool last = c == s.cases.back() || c->guard != nullptr;
    pattern_rules([this](const location& where, std::string message) { fail(where, std::move(message)); }).check(*c->pattern, last);
    label next;
    definite_ = before;
    pattern(*c->pattern, subject, next);
    if (c->guard != nullptr) jump_if(*c->guard, false, next);
    body(c->body);
    out_.jump(opcode::JUMP, 0, done);
    out_.bind(next);
  }
  out_.bind(done);
  definite_ = before;
  out_.release(mark);
}

void function_compiler::pattern(const syntax::pattern& p, reg subject, label& fail_to) {
  at(p);
  const int mark = out_.mark();
  switch (p.kind) {
    case pattern_kind::match_value: {
      const reg v = any(*as<match_value>(p).value);
      at(p);
      const reg equal = out_.temp();
      out_.op(opcode::EQ, equal, subject, v);
      out_.jump(opcode::JUMP_IF_FALSE, equal, fail_to);
      break;
    }
    case pattern_kind::match_singleton: {
      const reg v = out_.temp(2);
      gilt::interp::constant k;
      const auto which = as<match_singleton>(p).value;
      k.what = which == constant_kind::none    ? gilt::interp::constant::kind::none
               : which == constant_kind::true_ ? gilt::interp::constant::kind::true_
                                               : gilt::interp::constant::kind::false_;
      constant_into(std::move(k), v);
      out_.op(opcode::IS, v + 1, subject, v);
      out_.jump(opcode::JUMP_IF_FALSE, v + 1, fail_to);
      break;
    }
    case pattern_kind::match_sequence: {
      const auto& items = as<match_sequence>(p).patterns;
      std::size_t star = items.size();
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i]->kind != pattern_kind::match_star) continue;
        if (star != items.size()) fail(*items[i], "multiple starred expressions in sequence pattern");
        star = i;
      }
      const bool starred_pattern = star != items.size();
      const int count = static_cast<int>(items.size()) - (starred_pattern ? 1 : 0);
      const reg t = out_.temp(3);
      out_.op(opcode::MATCH_SEQUENCE, t, subject);
      out_.jump(opcode::JUMP_IF_FALSE, t, fail_to);
      out_.op(opcode::GET_LEN, t, subject);
      constant_into([&] { gilt::interp::constant k; k.what = gilt::interp::constant::kind::integer; k.integer = count; return k; }(), t + 1);
      out_.op(starred_pattern ? opcode::GE : opcode::EQ, t + 2, t, t + 1);
      out_.jump(opcode::JUMP_IF_FALSE, t + 2, fail_to);
      const reg base = out_.temp(static_cast<int>(items.size()));
      if (starred_pattern)
        out_.op(opcode::UNPACK_EX, base, subject, static_cast<int>(star | (items.size() - star - 1) << 8));
      else
        out_.op(opcode::UNPACK, base, subject, count);
      for (std::size_t i = 0; i < items.size(); ++i) pattern(*items[i], base + static_cast<int>(i), fail_to);
      break;
    }
    case pattern_kind::match_mapping: {
      const auto& n = as<match_mapping>(p);
      const reg t = out_.temp(4);
      out_.op(opcode::MATCH_MAPPING, t, subject);
      out_.jump(opcode::JUMP_IF_FALSE, t, fail_to);
      const reg keys = out_.temp(static_cast<int>(n.keys.size()));
      for (std::size_t i = 0; i < n.keys.size(); ++i) into(*n.keys[i], keys + static_cast<int>(i));
      at(p);
      out_.op(opcode::BUILD_TUPLE, t, keys, static_cast<int>(n.keys.size()));
      out_.op(opcode::MATCH_KEYS, t + 1, subject, t);
      out_.jump(opcode::JUMP_IF_NONE, t + 1, fail_to);
      const reg base = out_.temp(static_cast<int>(n.keys.size()));
      out_.op(opcode::UNPACK, base, t + 1, static_cast<int>(n.keys.size()));
      for (std::size_t i = 0; i < n.patterns.size(); ++i) pattern(*n.patterns[i], base + static_cast<int>(i), fail_to);
      if (!n.rest.empty()) {
        at(p);
        out_.op(opcode::BUILD_DICT, t + 2, 0, 0);
        out_.op(opcode::DICT_UPDATE, t + 2, subject);
        for (std::size_t i = 0; i < n.keys.size(); ++i) out_.op(opcode::DELITEM, t + 2, keys + static_cast<int>(i));
        store(n.rest, t + 2);
      }
      break;
    }
    case pattern_kind::match_class: {
      const auto& n = as<match_class>(p);
      const reg t = out_.temp(3), result = out_.temp();
      out_.op(opcode::MOVE, t, subject);
      into(*n.cls, t + 1);
      gilt::interp::constant words;
      words.what = gilt::interp::constant::kind::tuple;
      for (const identifier id : n.kwd_attrs) {
        gilt::interp::constant k;
        k.what = gilt::interp::constant::kind::string;
        k.text = mangle(id);
        words.items.push_back(std::move(k));
      }
      constant_into(std::move(words), t + 2);
      at(p);
      out_.op(opcode::MATCH_CLASS, result, t, static_cast<int>(n.patterns.size()));
      out_.jump(opcode::JUMP_IF_NONE, result, fail_to);
      const std::size_t count = n.patterns.size() + n.kwd_patterns.size();
      const reg base = out_.temp(static_cast<int>(count));
      out_.op(opcode::UNPACK, base, result, static_cast<int>(count));
      for (std::size_t i = 0; i < count; ++i)
        pattern(i < n.patterns.size() ? *n.patterns[i] : *n.kwd_patterns[i - n.patterns.size()], base + static_cast<int>(i), fail_to);
      break;
    }
    case pattern_kind::match_star:
      if (!as<match_star>(p).name.empty()) store(as<match_star>(p).name, subject);
      break;
    case pattern_kind::match_as: {
      const auto& n = as<match_as>(p);
      if (n.pattern != nullptr) pattern(*n.pattern, subject, fail_to);
      if (!n.name.empty()) store(n.name, subject);
      break;
    }
    case pattern_kind::match_or: {
      label matched;
      const auto& all = as<match_or>(p).patterns;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (i + 1 == all.size()) {
          pattern(*all[i], subject, fail_to);
          break;
        }
        label next;
        pattern(*all[i], subject, next);
        out_.jump(opcode::JUMP, 0, matched);
        out_.bind(next);
      }
      out_.bind(matched);
      break;
    }
  }
  out_.release(mark);
}

}  // namespace gilt::interp
