// SPDX-License-Identifier: BSL-1.0
// Adjacent string literals become one; f-strings among them make a joined_str of the whole.

#include "interp/syntax/fstring.hpp"
#include "interp/syntax/literals.hpp"

namespace gilt::interp::syntax {

namespace {

struct string_prefix {
  bool bytes = false;
  bool raw = false;
  bool formatted = false;
  std::size_t length = 0;
};

string_prefix prefix_of(std::string_view text) {
  string_prefix out;
  for (; text[out.length] != '\'' && text[out.length] != '"'; ++out.length) {
    switch (text[out.length]) {
      case 'b':
      case 'B':
        out.bytes = true;
        break;
      case 'r':
      case 'R':
        out.raw = true;
        break;
      case 'f':
      case 'F':
        out.formatted = true;
        break;
      default:
        break;
    }
  }
  return out;
}

}  // namespace

expr* parser_state::strings() {
  return memo(rule::strings, [this]() -> expr* {
    const int begin = mark_;
    while (accept(token_kind::string)) {
    }
    std::string bytes;
    bool is_bytes = false;
    fstring_parser text(*this, begin, token_at(begin).text[0] == 'u');
    for (int i = begin; i < mark_; ++i) {
      const token& t = token_at(i);
      const string_prefix prefix = prefix_of(t.text);
      if (i > begin && prefix.bytes != is_bytes) {
        raise_here("cannot mix bytes and nonbytes literals");
      }
      is_bytes = prefix.bytes;
      const std::string_view quoted = t.text.substr(prefix.length);
      const std::size_t quotes =
          quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0] ? 3 : 1;
      const std::string_view body = quoted.substr(quotes, quoted.size() - 2 * quotes);
      std::string problem;
      if (prefix.bytes) {
        for (const char c : body) {
          if (static_cast<unsigned char>(c) >= 128U) {
            raise_here("bytes can only contain ASCII literal characters");
          }
        }
        problem = decode_bytes(body, prefix.raw, bytes);
      } else if (prefix.formatted) {
        text.add_fstring(body, prefix.raw, t.line,
                         t.column + static_cast<int>(prefix.length + quotes));
      } else {
        std::string decoded;
        problem = decode_text(body, prefix.raw, decoded);
        text.add_text(decoded);
      }
      if (!problem.empty()) raise_here(problem);
    }
    if (!is_bytes) return text.finish();
    auto* node = make<constant>(begin);
    node->value = constant_kind::bytes;
    node->text = memory_.copy(bytes);
    return node;
  });
}

void fstring_parser::add_fstring(std::string_view body, bool raw, int line, int column) {
  is_fstring_ = true;
  body_ = body;
  raw_ = raw;
  line_ = line;
  column_ = column;
  at_ = 0;
  top_.text += text_;
  text_.clear();
  parse_level(top_, 0);
}

expr* fstring_parser::finish() {
  if (is_fstring_) {
    top_.text += text_;
    return joined(top_);
  }
  auto* node = owner_.make<constant>(begin_);
  node->value = constant_kind::string;
  node->text = owner_.memory_.copy(text_);
  node->u_prefix = u_prefix_;
  return node;
}

void fstring_parser::fail(const std::string& message) const {
  owner_.raise_here(message);
}

void fstring_parser::flush(part& out) {
  if (out.text.empty()) return;
  auto* node = owner_.make<constant>(begin_);
  node->value = constant_kind::string;
  node->text = owner_.memory_.copy(out.text);
  node->u_prefix = u_prefix_;
  out.values.push_back(node);
  out.text.clear();
}

expr* fstring_parser::joined(part& out) {
  flush(out);
  auto* node = owner_.make<joined_str>(begin_);
  node->values = owner_.memory_.copy(out.values);
  return node;
}

// The whole body (depth 0), or a format specification up to its closing brace.
void fstring_parser::parse_level(part& out, int depth) {
  for (;;) {
    const bool again = parse_literal(out, depth);
    if (again) continue;
    if (at_ >= body_.size() || body_[at_] == '}') break;
    parse_expression(out, depth);
  }
  if (depth > 0 && at(at_) != '}') fail("f-string: expecting '}'");
}

// Text up to a brace. True if it ended at a doubled one, so that more text may follow.
bool fstring_parser::parse_literal(part& out, int depth) {
  const std::size_t begin = at_;
  std::size_t end = body_.size();
  bool doubled = false;
  while (at_ < body_.size()) {
    char c = body_[at_++];
    if (!raw_ && c == '\\' && at_ < body_.size()) {
      c = body_[at_++];
      if (c == 'N') {  // the braces of \N{name} are not ours
        if (at_ < body_.size() && body_[at_++] == '{') {
          while (at_ < body_.size() && body_[at_++] != '}') {
          }
        }
        continue;
      }
    }
    if (c != '{' && c != '}') continue;
    if (depth == 0) {
      if (at(at_) == c) {
        end = at_++;
        doubled = true;
        break;
      }
      if (c == '}') fail("f-string: single '}' is not allowed");
    }
    end = --at_;
    break;
  }
  const std::string problem = decode_text(body_.substr(begin, end - begin), raw_, out.text);
  if (!problem.empty()) fail(problem);
  return doubled;
}

void fstring_parser::parse_expression(part& out, int depth) {
  if (depth >= 2) fail("f-string: expressions nested too deeply");
  const std::size_t begin = ++at_;
  const std::size_t end = find_expression_end();
  const auto need_more = [this] {
    if (at_ >= body_.size()) fail("f-string: expecting '}'");
  };
  at_ = end;
  need_more();
  expr* value = read_expression(begin, end);
  bool shows_text = false;
  if (body_[at_] == '=') {
    ++at_;
    while (at_ < body_.size() &&
           (body_[at_] == ' ' || (body_[at_] >= '\t' && body_[at_] <= '\r'))) {
      ++at_;
    }
    need_more();
    shows_text = true;
    out.text += body_.substr(begin, at_ - begin);
  }
  int conversion = -1;
  if (body_[at_] == '!') {
    ++at_;
    need_more();
    conversion = static_cast<unsigned char>(body_[at_++]);
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
      fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
    need_more();
  }
  expr* format_spec = nullptr;
  if (body_[at_] == ':') {
    ++at_;
    need_more();
    part spec;
    parse_level(spec, depth + 1);
    format_spec = joined(spec);
  }
  if (at(at_) != '}') fail("f-string: expecting '}'");
  ++at_;
  if (shows_text && format_spec == nullptr && conversion == -1) conversion = 'r';
  flush(out);
  auto* node = owner_.make<formatted_value>(begin_);
  node->value = value;
  node->conversion = conversion;
  node->format_spec = format_spec;
  out.values.push_back(node);
}

std::size_t fstring_parser::find_expression_end() {
  std::string brackets;
  char quote = '\0';
  bool triple = false;
  for (std::size_t i = at_; i < body_.size(); ++i) {
    const char c = body_[i];
    const bool thrice = at(i + 1) == c && at(i + 2) == c;
    if (c == '\\') fail("f-string expression part cannot include a backslash");
    if (quote != '\0') {
      if (c != quote || (triple && !thrice)) continue;
      if (triple) i += 2;
      quote = '\0';
      continue;
    }
    switch (c) {
      case '\'':
      case '"':
        quote = c;
        triple = thrice;
        if (triple) i += 2;
        continue;
      case '(':
      case '[':
      case '{':
        if (brackets.size() >= 200) fail("f-string: too many nested parenthesis");
        brackets += c;
        continue;
      case '#':
        fail("f-string expression part cannot include '#'");
      case '!':
      case '=':
      case '<':
      case '>':
        if (!brackets.empty()) continue;
        if (at(i + 1) == '=') {
          ++i;
          continue;
        }
        if (c == '<' || c == '>') continue;
        return i;
      case ':':
        if (!brackets.empty()) continue;
        return i;
      case ')':
      case ']':
      case '}': {
        if (brackets.empty()) {
          if (c == '}') return i;
          fail(std::string("f-string: unmatched '") + c + "'");
        }
        const char opening = brackets.back();
        brackets.pop_back();
        if (c != (opening == '(' ? ')' : opening == '[' ? ']' : '}')) {
          fail(std::string("f-string: closing parenthesis '") + c +
               "' does not match opening parenthesis '" + opening + "'");
        }
        continue;
      }
      default:
        continue;
    }
  }
  if (quote != '\0') fail("f-string: unterminated string");
  if (!brackets.empty()) fail(std::string("f-string: unmatched '") + brackets.back() + "'");
  return body_.size();
}

expr* fstring_parser::read_expression(std::size_t begin, std::size_t end) {
  const std::string_view text = body_.substr(begin, end - begin);
  if (text.find_first_not_of(" \t\n\f\r") == std::string_view::npos) {
    const char next = at(end);
    if (next != '!' && next != ':' && next != '=') fail("f-string: empty expression not allowed");
    fail(std::string("f-string: expression required before '") + next + "'");
  }
  int line = line_;
  int column = column_ + static_cast<int>(begin);
  for (std::size_t i = 0; i < begin; ++i) {
    if (body_[i] != '\n') continue;
    ++line;
    column = static_cast<int>(begin - i - 1);
  }
  const parser_state::nesting level(owner_);
  const token_list lexed = tokenize_expression(owner_.source_, text, line, column);
  parser_state inner(owner_.memory_, owner_.source_, lexed);
  inner.set_fstring_part(text);
  if (expr* value = inner.run_fstring_expression()) return value;
  const token stumbled = inner.furthest();
  inner.start_second_pass();
  (void)inner.run_fstring_expression();
  throw raised_error{inner.generic_error(stumbled), false};
}

}  // namespace gilt::interp::syntax
