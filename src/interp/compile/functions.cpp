// SPDX-License-Identifier: BSL-1.0
// Functions, classes, modules.
#include "interp/compile/function_compiler.hpp"

namespace gilt::interp {

using namespace syntax;

function_compiler::function_compiler(unit& u, scope& s, std::string qualname, std::string class_name)
    : unit_(u), scope_(s), code_(std::make_shared<code>()), out_(*code_), class_name_(std::move(class_name)) {
  code& c = *code_;
  c.name = s.name;
  c.qualname = std::move(qualname);
  c.filename = u.filename;
  c.generator = s.generator;
  c.coroutine = s.coroutine;
  c.class_body = s.kind == scope::block::class_body || s.names_in_mapping;
  const auto add = [&](const std::string& n) {
    locals_[n] = static_cast<reg>(c.locals.size());
    c.locals.push_back(n);
  };
  if (c.class_body) {                              // its one parameter
    add(".namespace");
    c.positional = c.positional_only = 1;
  }
  if (s.in_function()) {
    for (const auto& n : s.parameters) add(n);
    for (const auto& n : s.locals) {
      const auto& symbol = s.symbols.find(n)->second;
      if (!symbol.declared_global && !symbol.declared_nonlocal && !symbol.parameter) add(n);
    }
    for (const auto& [n, symbol] : s.symbols) {
      if (symbol.captured && locals_.contains(n)) c.cells.push_back(n);
    }
    if (s.arguments != nullptr) {
      const arguments& a = *s.arguments;
      c.positional_only = static_cast<std::uint32_t>(a.positional_only.size());
      c.positional = static_cast<std::uint32_t>(a.positional_only.size() + a.args.size());
      c.keyword_only = static_cast<std::uint32_t>(a.keyword_only.size());
      c.var_positional = a.vararg != nullptr;
      c.var_keyword = a.kwarg != nullptr;
    } else if (s.comprehension) {
      c.positional = c.positional_only = 1;
    }
  }
  if (c.class_body && s.uses_class_cell) add("__class__");
  for (const auto& n : s.frees) add(n);
  c.free_names = s.frees;
  out_.set_locals(static_cast<int>(c.locals.size()));
  definite_.assign(c.locals.size(), false);
}

void function_compiler::prologue() {
  for (const auto& n : code_->cells) out_.op(opcode::MAKE_CELL, local(n));
  if (code_->class_body && scope_.uses_class_cell) out_.op(opcode::MAKE_CELL, local("__class__"));
  if (!scope_.frees.empty())
    out_.op(opcode::COPY_FREE, local(scope_.frees.front()), static_cast<int>(scope_.frees.size()));
}

std::string_view function_compiler::docstring(std::span<stmt*> list, bool& found) {
  found = false;
  if (list.empty()) return {};
  const auto* s = as_if<expr_stmt>(list[0]);
  const auto* k = s == nullptr ? nullptr : as_if<syntax::constant>(s->value);
  if (k == nullptr || k->value != constant_kind::string) return {};
  found = true;
  return k->text;
}

std::shared_ptr<code> function_compiler::compile_function(const void* node, std::string_view id, const arguments*,
                                                          std::span<stmt*> statements, const expr* value) {
  scope& s = unit_.names.of(node);
  const bool top = scope_.kind == scope::block::module;
  const bool declared_global = !top && value == nullptr && scope_.of(mangle(id)) == meaning::global;
  const std::string prefix = top || declared_global ? "" : code_->qualname + (scope_.in_function() ? ".<locals>." : ".");
  function_compiler inner(unit_, s, prefix + std::string(id), class_name_);
  inner.code_->first_line = out_.where().line;
  bool has_doc = false;
  const std::string_view doc = docstring(statements, has_doc);
  inner.code_->has_docstring = has_doc;
  inner.code_->docstring = std::string(doc);
  inner.at(out_.where());
  inner.prologue();
  if (value != nullptr) {
    const reg r = inner.any(*value);
    inner.out_.op(opcode::RETURN, r);
  } else {
    inner.body(statements);
    inner.out_.op(opcode::RETURN_NONE);
  }
  inner.code_->registers = static_cast<std::uint32_t>(inner.out_.registers());
  return inner.code_;
}

void function_compiler::closure(const scope& s, reg target) {
  if (s.frees.empty()) {
    out_.op(opcode::LOAD_EMPTY, target);
    return;
  }
  const int mark = out_.mark();
  const reg base = out_.temp(static_cast<int>(s.frees.size()));
  for (std::size_t i = 0; i < s.frees.size(); ++i) out_.op(opcode::MOVE, base + static_cast<int>(i), local(s.frees[i]));
  out_.op(opcode::BUILD_TUPLE, target, base, static_cast<int>(s.frees.size()));
  out_.release(mark);
}

void function_compiler::annotation(const expr& e, reg target) {
  if (!unit_.string_annotations) return into(e, target);
  // The text of the annotation as it stands in the source.
  std::string text;
  for (int line = e.line; line <= e.end_line; ++line) {
    std::string_view part = line_of(unit_.source, line);
    if (line == e.end_line) part = part.substr(0, static_cast<std::size_t>(e.end_column));
    if (line == e.line) part = part.substr(static_cast<std::size_t>(e.column));
    if (!text.empty()) text += ' ';
    text += part;
  }
  gilt::interp::constant k;
  k.what = gilt::interp::constant::kind::string;
  k.text = std::move(text);
  constant_into(std::move(k), target);
}

void function_compiler::make_function(std::shared_ptr<code> inner, const scope& s, const arguments* a, const expr* returns, reg target) {
  const int mark = out_.mark();
  const reg parts = out_.temp(4);
  for (int i = 0; i < 3; ++i) out_.op(opcode::LOAD_EMPTY, parts + i);
  if (a != nullptr) {
    if (!a->defaults.empty()) sequence(opcode::BUILD_TUPLE, opcode::LIST_APPEND, opcode::LIST_EXTEND, a->defaults, parts);
    bool some = false;
    for (const expr* e : a->kw_defaults) some |= e != nullptr;
    const auto put = [&](reg dict, const std::string& key, auto&& value) {
      const int inner_mark = out_.mark();
      const reg pair = out_.temp(2);
      gilt::interp::constant k;
      k.what = gilt::interp::constant::kind::string;
      k.text = key;
      constant_into(std::move(k), pair);
      value(pair + 1);
      out_.op(opcode::DICT_ADD, dict, pair, pair + 1);
      out_.release(inner_mark);
    };
    if (some) {
      out_.op(opcode::BUILD_DICT, parts + 1, 0, 0);
      for (std::size_t i = 0; i < a->kw_defaults.size(); ++i) {
        if (a->kw_defaults[i] != nullptr)
          put(parts + 1, mangle(a->keyword_only[i]->name), [&](reg r) { into(*a->kw_defaults[i], r); });
      }
    }
    std::vector<const arg*> annotated;
    const auto consider = [&](const arg* p) { if (p != nullptr && p->annotation != nullptr) annotated.push_back(p); };
    for (const arg* p : a->positional_only) consider(p);
    for (const arg* p : a->args) consider(p);
    consider(a->vararg);
    for (const arg* p : a->keyword_only) consider(p);
    consider(a->kwarg);
    if (!annotated.empty() || returns != nullptr) {
      out_.op(opcode::BUILD_DICT, parts + 2, 0, 0);
      for (const arg* p : annotated) put(parts + 2, mangle(p->name), [&](reg r) { annotation(*p->annotation, r); });
      if (returns != nullptr) put(parts + 2, "return", [&](reg r) { annotation(*returns, r); });
    }
  }
  closure(s, parts + 3);
  gilt::interp::constant k;
  k.what = gilt::interp::constant::kind::code;
  k.function = std::move(inner);
  const std::uint32_t index = out_.constant_index(std::move(k));
  out_.op(opcode::MAKE_FUNCTION, target, static_cast<int>(index), parts);
  out_.release(mark);
}

// base holds the decorators below the function: base .. base+n-1, then the function at base+n.
void function_compiler::decorate(std::span<expr*> decorators, reg base) {
  for (std::size_t i = decorators.size(); i-- > 0;) {
    at(*decorators[i]);
    out_.op(opcode::CALL, base + static_cast<int>(i), 1);
  }
}

void function_compiler::function_statement(const function_def& s) {
  const int mark = out_.mark();
  const reg base = out_.temp(static_cast<int>(s.decorators.size()) + 1);
  for (std::size_t i = 0; i < s.decorators.size(); ++i) into(*s.decorators[i], base + static_cast<int>(i));
  const reg f = base + static_cast<int>(s.decorators.size());
  at(s);
  make_function(compile_function(&s, s.name, s.args, s.body, nullptr), unit_.names.of(&s), s.args, s.returns, f);
  decorate(s.decorators, base);
  at(s);
  store(s.name, base);
  out_.release(mark);
}

void function_compiler::class_statement(const class_def& s) {
  const int mark = out_.mark();
  const reg base = out_.temp(static_cast<int>(s.decorators.size()));
  for (std::size_t i = 0; i < s.decorators.size(); ++i) into(*s.decorators[i], base + static_cast<int>(i));

  scope& inner_scope = unit_.names.of(&s);
  const bool top = scope_.kind == scope::block::module || scope_.of(mangle(s.name)) == meaning::global;
  const std::string qualname = (top ? "" : code_->qualname + (scope_.in_function() ? ".<locals>." : ".")) + std::string(s.name);
  function_compiler inner(unit_, inner_scope, qualname, std::string(s.name));
  inner.code_->first_line = s.line;
  inner.at(s);
  inner.prologue();
  const auto put = [&](std::string_view id, std::string text) {
    const reg r = inner.out_.temp();
    gilt::interp::constant k;
    k.what = gilt::interp::constant::kind::string;
    k.text = std::move(text);
    inner.constant_into(std::move(k), r);
    inner.out_.op(opcode::STORE_NAME, r, 0, inner.name(id));
    inner.out_.release(r);
  };
  {
    const reg r = inner.out_.temp();
    inner.out_.wide(opcode::LOAD_GLOBAL, r, static_cast<std::uint32_t>(inner.name("__name__")));
    inner.out_.extension();
    inner.out_.op(opcode::STORE_NAME, r, 0, inner.name("__module__"));
    inner.out_.release(r);
  }
  put("__qualname__", qualname);
  bool has_doc = false;
  const std::string_view doc = docstring(s.body, has_doc);
  if (has_doc) put("__doc__", std::string(doc));
  if (inner_scope.symbols.contains("__annotations__")) {
    const reg r = inner.out_.temp();
    inner.out_.op(opcode::BUILD_DICT, r, 0, 0);
    inner.out_.op(opcode::STORE_NAME, r, 0, inner.name("__annotations__"));
    inner.out_.release(r);
  }
  inner.body(s.body);
  if (inner_scope.uses_class_cell) {                 // for type.__new__, by way of the metaclass
    inner.out_.op(opcode::STORE_NAME, inner.local("__class__"), 0, inner.name("__classcell__"));
    inner.out_.op(opcode::RETURN, inner.local("__class__"));
  } else inner.out_.op(opcode::RETURN_NONE);
  inner.code_->registers = static_cast<std::uint32_t>(inner.out_.registers());

  // The call: __build_class__(body, name, *bases, **keywords)
  check_keywords(s.keywords);
  const reg call_at = out_.temp();
  const auto head = [&](reg function, reg class_name) {
    at(s);
    make_function(inner.code_, inner_scope, nullptr, nullptr, function);
    gilt::interp::constant k;
    k.what = gilt::interp::constant::kind::string;
    k.text = std::string(s.name);
    constant_into(std::move(k), class_name);
  };
  out_.wide(opcode::LOAD_BUILTIN, call_at, static_cast<std::uint32_t>(name("__build_class__")));
  bool unpacking = false;
  for (const expr* e : s.bases) unpacking |= e->kind == expr_kind::starred;
  for (const keyword* k : s.keywords) unpacking |= k->name.empty();
  if (!unpacking) {
    const reg arguments = out_.temp(2 + static_cast<int>(s.bases.size() + s.keywords.size()));
    head(arguments, arguments + 1);
    int n = 2;
    for (const expr* e : s.bases) into(*e, arguments + n++);
    gilt::interp::constant words;
    words.what = gilt::interp::constant::kind::tuple;
    for (const keyword* k : s.keywords) {
      into(*k->value, arguments + n++);
      gilt::interp::constant word;
      word.what = gilt::interp::constant::kind::string;
      word.text = std::string(k->name);
      words.items.push_back(std::move(word));
    }
    at(s);
    if (s.keywords.empty()) out_.op(opcode::CALL, call_at, n);
    else out_.op(opcode::CALL_KW, call_at, n, static_cast<int>(out_.constant_index(std::move(words))));
  } else {
    const reg tuple = out_.temp(2), scratch = out_.temp(2);
    head(scratch, scratch + 1);
    out_.op(opcode::BUILD_LIST, tuple, scratch, 2);
    for (const expr* e : s.bases) {
      const auto* star = as_if<starred>(e);
      into(star != nullptr ? *star->value : *e, scratch);
      out_.op(star != nullptr ? opcode::LIST_EXTEND : opcode::LIST_APPEND, tuple, scratch);
    }
    out_.op(opcode::LIST_TO_TUPLE, tuple, tuple);
    out_.op(opcode::BUILD_DICT, tuple + 1, 0, 0);
    for (const keyword* k : s.keywords) {
      if (k->name.empty()) {
        into(*k->value, scratch);
        out_.op(opcode::DICT_MERGE, tuple + 1, scratch, call_at);
      } else {
        gilt::interp::constant word;
        word.what = gilt::interp::constant::kind::string;
        word.text = std::string(k->name);
        constant_into(std::move(word), scratch);
        into(*k->value, scratch + 1);
        out_.op(opcode::DICT_ADD, tuple + 1, scratch, scratch + 1);
      }
    }
    at(s);
    out_.op(opcode::CALL_EX, call_at);
  }
  const reg result = s.decorators.empty() ? call_at : base;
  decorate(s.decorators, base);
  at(s);
  store(s.name, result);
  out_.release(mark);
}

std::shared_ptr<code> function_compiler::module(const module_or_expr& root) {
  prologue();
  if (root.mode == parse_mode::expression) {
    const reg r = any(*root.expression);
    out_.op(opcode::RETURN, r);
  } else {
    bool has_doc = false;
    const std::string_view doc = docstring(root.body, has_doc);
    if (has_doc && root.mode == parse_mode::file) {
      const reg r = out_.temp();
      gilt::interp::constant k;
      k.what = gilt::interp::constant::kind::string;
      k.text = std::string(doc);
      at(*root.body[0]);
      constant_into(std::move(k), r);
      store("__doc__", r);
      out_.release(r);
    }
    if (scope_.symbols.contains("__annotations__")) {
      const reg r = out_.temp();
      out_.op(opcode::BUILD_DICT, r, 0, 0);
      store("__annotations__", r);
      out_.release(r);
    }
    unit_.interactive = root.mode == parse_mode::single;
    for (const stmt* s : root.body) statement(*s);
    out_.op(opcode::RETURN_NONE);
  }
  code_->registers = static_cast<std::uint32_t>(out_.registers());
  return code_;
}

}  // namespace gilt::interp
