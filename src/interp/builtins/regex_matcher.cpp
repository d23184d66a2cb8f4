// SPDX-License-Identifier: BSL-1.0
// Backtracking on a stack of its own, so that the length of the text never deepens the C++ stack.
//
// The stack holds two sorts of entries. A choice says where to go on when what follows fails: the
// next alternative of a branch, one character fewer of a greedy repeat, the tail after a repeat. An
// undo entry holds what a group's mark was before. Failing pops entries: undo entries are applied,
// the first choice is taken. So at every choice the marks are what they were when it was pushed.
//
// A repeat of more than one character counts in immutable nodes (count, where the last round began,
// the enclosing repeat); the running path points to its innermost one, and a choice remembers which
// that was. Nodes made after a choice are dropped when it is taken.
//
// Look-around, atomic groups and possessive repeats are runs of their own: on success their
// choices are dropped and their undo entries stay for the enclosing run. These nest no deeper than
// the pattern's text does.
#include "interp/builtins/regex_matcher.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include "interp/object/unicode.hpp"

namespace gilt::interp::regex {

namespace {

constexpr std::size_t most_entries = std::size_t{1} << 26;

enum class kind : std::uint32_t { go_on, branch, greedy, lazy, until_lazy, mark, last_index };

struct entry {
  kind what;
  word pc;                       // or the number of the mark
  std::int64_t at;               // position, or what is to be restored
  std::int64_t limit;            // greedy: the lowest position; lazy: characters taken
  std::uint32_t repeat;
  std::uint32_t repeats;         // how many nodes there were
};

struct repeat_node {
  word pc;                       // of the `repeat` instruction
  word count;                    // rounds begun
  std::int64_t last;             // where the last optional round began; -1
  std::uint32_t outer;
};
constexpr std::uint32_t no_repeat = 0xFFFFFFFF;

template <class Char>
class matcher {
 public:
  matcher(const word* code, const Char* text, std::int64_t endpos, std::int64_t groups)
      : code_(code), text_(text), end_(endpos), marks_(static_cast<std::size_t>(groups) * 2, -1) {}

  bool whole = false;            // must reach the end
  std::int64_t forbidden_end = -1;   // an end that does not count

  bool match_at(std::int64_t at) { return run(0, at, no_repeat, true); }

  bool search(std::int64_t from) {
    word least = 0;
    const word* first = nullptr;                   // a set or one literal that a match begins with
    bool literal = false;
    if (op_at(0) == op::info) {
      least = code_[3];
      if (code_[2] & info_prefix) {
        first = code_ + 7;
        literal = true;
      } else if (code_[2] & info_charset) {
        first = code_ + 5;
      }
    }
    std::int64_t last = end_ - std::int64_t{least};
    const word body = op_at(0) == op::info ? 1 + code_[1] : 0;
    if (op_at(body) == op::at && (code_[body + 1] == static_cast<word>(place::beginning) ||
                                  code_[body + 1] == static_cast<word>(place::beginning_string))) {
      last = std::min<std::int64_t>(last, 0);          // nowhere else
    }
    const std::int64_t unwanted = forbidden_end;
    for (std::int64_t at = from; at <= last; ++at) {
      if (literal) {
        at = find_literal(*first, at, end_);
        if (at > last) return false;
      } else if (first) {
        while (at < end_ && !in_charset(first, text_[at])) ++at;
        if (at > last || at == end_) return false;
      }
      forbidden_end = at == from ? unwanted : -1;
      if (match_at(at)) {
        start_ = at;
        return true;
      }
    }
    return false;
  }

  void give(std::int64_t start, outcome& out) {
    out.start = start;
    out.end = reached_;
    out.marks = std::move(marks_);
    out.last_index = last_index_;
  }
  std::int64_t start() const { return start_; }

 private:
  op op_at(word pc) const { return static_cast<op>(code_[pc]); }

  std::int64_t find_literal(word c, std::int64_t at, std::int64_t end) const {
    if constexpr (sizeof(Char) == 1) {
      if (c > 0xFF || at >= end) return end;
      const void* hit = std::memchr(text_ + at, static_cast<int>(c), static_cast<std::size_t>(end - at));
      return hit ? static_cast<const Char*>(hit) - text_ : end;
    } else {
      while (at < end && text_[at] != c) ++at;
      return at;
    }
  }

  // Does the one-character instruction at pc take c?
  bool takes(word pc, word c) const {
    const word arg = code_[pc + 1];
    switch (op_at(pc)) {
      case op::literal: return c == arg;
      case op::not_literal: return c != arg;
      case op::any: return c != '\n';
      case op::any_all: return true;
      case op::category: return in_category(arg, c);
      case op::in: return in_charset(code_ + pc + 2, c);
      case op::literal_ignore: return lower_ascii(c) == arg;
      case op::not_literal_ignore: return lower_ascii(c) != arg;
      case op::literal_uni_ignore: return lower_unicode(c) == arg;
      case op::not_literal_uni_ignore: return lower_unicode(c) != arg;
      case op::literal_loc_ignore: return c == arg || lower_ascii(c) == arg || upper_ascii(c) == arg;
      case op::not_literal_loc_ignore: return c != arg && lower_ascii(c) != arg && upper_ascii(c) != arg;
      case op::in_ignore: return in_charset(code_ + pc + 2, lower_ascii(c));
      case op::in_uni_ignore: return in_charset(code_ + pc + 2, lower_unicode(c));
      case op::in_loc_ignore: return in_charset(code_ + pc + 2, lower_ascii(c)) || in_charset(code_ + pc + 2, upper_ascii(c));
      default: return false;
    }
  }
  word after_one(word pc) const {
    switch (op_at(pc)) {
      case op::any:
      case op::any_all: return pc + 1;
      case op::in: case op::in_ignore: case op::in_uni_ignore: case op::in_loc_ignore: return pc + 1 + code_[pc + 1];
      default: return pc + 2;
    }
  }

  // Where the longest run of at most `most` such characters from `at` on ends.
  std::int64_t run_end(word pc, std::int64_t at, word most) const {
    const std::int64_t stop = most == unlimited || std::int64_t{most} > end_ - at ? end_ : at + most;
    switch (op_at(pc)) {
      case op::any_all: return stop;
      case op::any: return find_literal('\n', at, stop);
      case op::literal:
        while (at < stop && text_[at] == code_[pc + 1]) ++at;
        return at;
      case op::not_literal: return find_literal(code_[pc + 1], at, stop);
      case op::in:
        while (at < stop && in_charset(code_ + pc + 2, text_[at])) ++at;
        return at;
      default:
        while (at < stop && takes(pc, text_[at])) ++at;
        return at;
    }
  }

  bool word_at(std::int64_t i, word category) const { return i >= 0 && i < end_ && in_category(category, text_[i]); }
  bool is_place(word what, std::int64_t at) const {
    const auto boundary = [&](word category, bool wanted) {
      return end_ != 0 && (word_at(at - 1, category) != word_at(at, category)) == wanted;
    };
    switch (static_cast<place>(what)) {
      case place::beginning:
      case place::beginning_string: return at == 0;
      case place::beginning_line: return at == 0 || text_[at - 1] == '\n';
      case place::end: return at == end_ || (at == end_ - 1 && text_[at] == '\n');
      case place::end_line: return at == end_ || text_[at] == '\n';
      case place::end_string: return at == end_;
      case place::boundary:
      case place::loc_boundary: return boundary(4, true);
      case place::non_boundary:
      case place::loc_non_boundary: return boundary(4, false);
      case place::uni_boundary: return boundary(14, true);
      case place::uni_non_boundary: return boundary(14, false);
    }
    return false;
  }

  void push(kind what, word pc, std::int64_t at, std::int64_t limit, std::uint32_t repeat) {
    if (stack_.size() >= most_entries) throw std::bad_alloc();
    stack_.push_back({what, pc, at, limit, repeat, static_cast<std::uint32_t>(nodes_.size())});
  }
  std::uint32_t new_node(word pc, word count, std::int64_t last, std::uint32_t outer) {
    if (nodes_.size() >= most_entries) throw std::bad_alloc();
    nodes_.push_back({pc, count, last, outer});
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }
  void set_mark(word number, std::int64_t at) {
    push(kind::mark, number, marks_[number], 0, 0);
    marks_[number] = at;
    if (number & 1) {
      push(kind::last_index, 0, last_index_, 0, 0);
      last_index_ = number / 2 + 1;
    }
  }
  void undo(const entry& e) {
    if (e.what == kind::mark) marks_[e.pc] = e.at;
    else if (e.what == kind::last_index) last_index_ = e.at;
  }
  // Choices above `base` are forgotten; what undoes marks stays.
  void commit(std::size_t base) {
    const auto from = stack_.begin() + static_cast<std::ptrdiff_t>(base);
    stack_.erase(std::remove_if(from, stack_.end(), [](const entry& e) { return e.what < kind::mark; }), stack_.end());
  }
  void roll_back(std::size_t base) {
    while (stack_.size() > base) {
      undo(stack_.back());
      stack_.pop_back();
    }
  }

  bool same_text(word group, std::int64_t& at, word (*fold)(word)) const {
    const std::int64_t begin = marks_[group * 2], end = marks_[group * 2 + 1];
    if (begin < 0 || end < begin || end - begin > end_ - at) return false;
    for (std::int64_t i = begin; i < end; ++i, ++at) {
      const word x = text_[i], y = text_[at];
      if (x != y && (!fold || fold(x) != fold(y))) return false;
    }
    return true;
  }

  // Can the alternative at pc begin here? A quick look that spares a choice.
  bool may_begin(word pc, std::int64_t at) const {
    const op o = op_at(pc);
    if (o == op::literal) return at < end_ && text_[at] == code_[pc + 1];
    if (o == op::in) return at < end_ && in_charset(code_ + pc + 2, text_[at]);
    return true;
  }

  bool run(word pc, std::int64_t at, std::uint32_t repeat, bool outermost);

  const word* code_;
  const Char* text_;
  std::int64_t end_;
  std::int64_t reached_ = 0, start_ = 0, last_index_ = -1;
  std::vector<std::int64_t> marks_;
  std::vector<entry> stack_;
  std::vector<repeat_node> nodes_;
};

template <class Char>
bool matcher<Char>::run(word pc, std::int64_t at, std::uint32_t repeat, bool outermost) {
  const std::size_t base = stack_.size();
  for (;;) {
    bool good = true;
    switch (op_at(pc)) {
      case op::failure: good = false; break;
      case op::success:
        if (outermost && ((whole && at != end_) || at == forbidden_end)) {
          good = false;
          break;
        }
        reached_ = at;
        return true;
      case op::literal:
        good = at < end_ && text_[at] == code_[pc + 1];
        ++at;
        pc += 2;
        break;
      case op::not_literal: case op::any: case op::any_all: case op::category: case op::in:
      case op::literal_ignore: case op::not_literal_ignore: case op::literal_uni_ignore:
      case op::not_literal_uni_ignore: case op::literal_loc_ignore: case op::not_literal_loc_ignore:
      case op::in_ignore: case op::in_uni_ignore: case op::in_loc_ignore:
        good = at < end_ && takes(pc, text_[at]);
        ++at;
        pc = after_one(pc);
        break;
      case op::at:
        good = is_place(code_[pc + 1], at);
        pc += 2;
        break;
      case op::mark:
        set_mark(code_[pc + 1], at);
        pc += 2;
        break;
      case op::jump: pc += 1 + code_[pc + 1]; break;
      case op::info: pc += 1 + code_[pc + 1]; break;
      case op::assert_: {
        const std::int64_t back = code_[pc + 2];
        const std::size_t below = stack_.size();
        good = at >= back && run(pc + 3, at - back, repeat, false);
        if (good) commit(below);
        pc += 1 + code_[pc + 1];
        break;
      }
      case op::assert_not: {
        const std::int64_t back = code_[pc + 2];
        const std::size_t below = stack_.size();
        if (at >= back && run(pc + 3, at - back, repeat, false)) {
          roll_back(below);
          good = false;
        }
        pc += 1 + code_[pc + 1];
        break;
      }
      case op::atomic_group: {
        const std::size_t below = stack_.size();
        good = run(pc + 2, at, repeat, false);
        if (good) {
          commit(below);
          at = reached_;
        }
        pc += 1 + code_[pc + 1];
        break;
      }
      case op::possessive_repeat: {
        const word least = code_[pc + 2], most = code_[pc + 3];
        std::int64_t last = -1;
        for (word n = 0; n < most || most == unlimited; ++n) {
          if (n >= least && at == last) break;
          last = n >= least ? at : -1;
          const std::size_t below = stack_.size();
          if (!run(pc + 4, at, repeat, false)) {
            good = n >= least;
            break;
          }
          commit(below);
          at = reached_;
        }
        pc += 2 + code_[pc + 1];
        break;
      }
      case op::branch: {
        word next = pc + 1;
        while (code_[next] != 0 && !may_begin(next + 1, at)) next += code_[next];
        good = code_[next] != 0;
        if (!good) break;
        pc = next + 1;
        next += code_[next];
        while (code_[next] != 0 && !may_begin(next + 1, at)) next += code_[next];
        if (code_[next] != 0) push(kind::branch, next, at, 0, repeat);
        break;
      }
      case op::repeat_one: {
        const word least = code_[pc + 2], most = code_[pc + 3];
        if (std::int64_t{least} > end_ - at) {
          good = false;
          break;
        }
        const std::int64_t stop = run_end(pc + 4, at, most);
        good = stop - at >= std::int64_t{least};
        if (!good) break;
        push(kind::greedy, pc, stop, at + least, repeat);
        good = false;                              // the first choice is the entry just pushed
        break;
      }
      case op::min_repeat_one: {
        const word least = code_[pc + 2];
        if (std::int64_t{least} > end_ - at || (least > 0 && run_end(pc + 4, at, least) != at + least)) {
          good = false;
          break;
        }
        at += least;
        push(kind::lazy, pc, at, least, repeat);
        pc += 1 + code_[pc + 1];
        break;
      }
      case op::possessive_repeat_one: {
        const std::int64_t stop = run_end(pc + 4, at, code_[pc + 3]);
        good = stop - at >= std::int64_t{code_[pc + 2]};
        at = stop;
        pc += 1 + code_[pc + 1];
        break;
      }
      case op::repeat:
        repeat = new_node(pc, 0, -1, repeat);
        pc += 1 + code_[pc + 1];
        break;
      case op::max_until: {
        const repeat_node n = nodes_[repeat];
        const word least = code_[n.pc + 2], most = code_[n.pc + 3];
        if (n.count < least) {
          repeat = new_node(n.pc, n.count + 1, n.last, n.outer);
          pc = n.pc + 4;
        } else if ((n.count < most || most == unlimited) && at != n.last) {
          push(kind::go_on, pc + 1, at, 0, n.outer);
          repeat = new_node(n.pc, n.count + 1, at, n.outer);
          pc = n.pc + 4;
        } else {
          repeat = n.outer;
          pc += 1;
        }
        break;
      }
      case op::min_until: {
        const repeat_node n = nodes_[repeat];
        if (n.count < code_[n.pc + 2]) {
          repeat = new_node(n.pc, n.count + 1, n.last, n.outer);
          pc = n.pc + 4;
        } else {
          push(kind::until_lazy, pc, at, 0, repeat);
          repeat = n.outer;
          pc += 1;
        }
        break;
      }
      case op::groupref:
        good = same_text(code_[pc + 1], at, nullptr);
        pc += 2;
        break;
      case op::groupref_ignore:
      case op::groupref_loc_ignore:
        good = same_text(code_[pc + 1], at, &lower_ascii);
        pc += 2;
        break;
      case op::groupref_uni_ignore:
        good = same_text(code_[pc + 1], at, &lower_unicode);
        pc += 2;
        break;
      case op::groupref_exists: {
        const word g = code_[pc + 1];
        const bool set = marks_[g * 2] >= 0 && marks_[g * 2 + 1] >= marks_[g * 2];
        pc = set ? pc + 3 : pc + 1 + code_[pc + 2];
        break;
      }
      default: good = false; break;
    }
    while (!good) {
      if (stack_.size() == base) return false;
      entry& e = stack_.back();
      if (e.what >= kind::mark) {
        undo(e);
        stack_.pop_back();
        continue;
      }
      nodes_.resize(e.repeats);
      repeat = e.repeat;
      at = e.at;
      good = true;
      switch (e.what) {
        case kind::go_on:
          pc = e.pc;
          stack_.pop_back();
          break;
        case kind::branch: {
          word next = e.pc;
          pc = next + 1;
          next += code_[next];
          while (code_[next] != 0 && !may_begin(next + 1, at)) next += code_[next];
          if (code_[next] != 0) e.pc = next;
          else stack_.pop_back();
          break;
        }
        case kind::greedy: {
          const word tail = e.pc + 1 + code_[e.pc + 1];
          const std::int64_t limit = e.limit;
          if (op_at(tail) == op::literal) {
            const word c = code_[tail + 1];
            if (at == end_) --at;
            while (at >= limit && text_[at] != c) --at;
            if (at < limit) {
              stack_.pop_back();
              good = false;
              break;
            }
          }
          pc = tail;
          if (at > limit) e.at = at - 1;
          else stack_.pop_back();
          break;
        }
        case kind::lazy: {
          const word most = code_[e.pc + 3];
          if ((most != unlimited && e.limit >= std::int64_t{most}) || at >= end_ || !takes(e.pc + 4, text_[at])) {
            stack_.pop_back();
            good = false;
            break;
          }
          e.at = ++at;
          ++e.limit;
          pc = e.pc + 1 + code_[e.pc + 1];
          break;
        }
        case kind::until_lazy: {
          const repeat_node n = nodes_[repeat];
          const word most = code_[n.pc + 3];
          stack_.pop_back();
          if ((n.count >= most && most != unlimited) || at == n.last) {
            good = false;
            break;
          }
          repeat = new_node(n.pc, n.count + 1, at, n.outer);
          pc = n.pc + 4;
          break;
        }
        default: break;
      }
    }
  }
}

template <class Char>
bool find_in(std::span<const word> code, const subject& s, how h, std::int64_t groups, std::int64_t from,
             std::int64_t endpos, bool must_advance, outcome& out) {
  matcher<Char> m(code.data(), static_cast<const Char*>(s.data), endpos, groups);
  m.whole = h == how::fullmatch;
  if (must_advance) m.forbidden_end = from;
  if (h == how::search) {
    if (!m.search(from)) return false;
    m.give(m.start(), out);
    return true;
  }
  if (!m.match_at(from)) return false;
  m.give(from, out);
  return true;
}

}  // namespace

bool find(std::span<const word> code, const subject& s, how h, std::int64_t groups, std::int64_t from,
          std::int64_t endpos, bool must_advance, outcome& out) {
  switch (s.width) {
    case 1: return find_in<std::uint8_t>(code, s, h, groups, from, endpos, must_advance, out);
    case 2: return find_in<std::uint16_t>(code, s, h, groups, from, endpos, must_advance, out);
    default: return find_in<std::uint32_t>(code, s, h, groups, from, endpos, must_advance, out);
  }
}

}  // namespace gilt::interp::regex
