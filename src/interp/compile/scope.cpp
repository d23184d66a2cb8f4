// SPDX-License-Identifier: BSL-1.0
#include "interp/compile/scope.hpp"

#include <algorithm>

namespace gilt::interp {

using namespace syntax;

std::string mangled(std::string_view class_name, std::string_view name) {
  if (class_name.empty() || name.size() < 3 || name.substr(0, 2) != "__" ||
      name.substr(name.size() - 2) == "__" || name.find('.') != std::string_view::npos)
    return std::string(name);
  const auto first = class_name.find_first_not_of('_');
  if (first == std::string_view::npos) return std::string(name);
  return "_" + std::string(class_name.substr(first)) + std::string(name);
}

meaning scope::of(std::string_view name) const {
  const auto found = symbols.find(name);
  // A class body keeps its own binding of a name, though its methods' of the same name passes through.
  const bool own = kind == block::class_body && found != symbols.end() && found->second.bound && !found->second.declared_nonlocal;
  if (!own && std::find(frees.begin(), frees.end(), name) != frees.end()) return meaning::free;
  if (kind == block::module) {
    const bool mapped = names_in_mapping && (found == symbols.end() || !found->second.declared_global);
    return mapped ? meaning::class_name : meaning::global;
  }
  if (found == symbols.end()) return kind == block::class_body ? meaning::class_name : meaning::global;
  const symbol& s = found->second;
  if (s.declared_global) return meaning::global;
  if (kind == block::class_body) return meaning::class_name;
  if (!s.bound) return meaning::global;
  return s.captured ? meaning::cell : meaning::local;
}

class scope_builder {
 public:
  scope_builder(scopes& out, const module_or_expr& root, bool names_in_mapping) : out_(out) {
    current_ = open(&root, scope::block::module, "<module>");
    current_->names_in_mapping = names_in_mapping;
    for (const stmt* s : root.body) visit(*s);
    if (root.expression != nullptr) visit(root.expression);
    for (scope* s : order_) resolve(*s);
  }

 private:
  scope* open(const void* node, scope::block kind, std::string_view name) {
    auto s = std::make_unique<scope>();
    s->kind = kind;
    s->name = std::string(name);
    s->parent = current_;
    scope* raw = s.get();
    out_.all_[node] = std::move(s);
    order_.push_back(raw);
    return raw;
  }
  [[noreturn]] void fail(const location& at, std::string message) {
    syntax_error e;
    e.message = std::move(message);
    e.line = at.line;
    e.column = at.column + 1;
    e.end_line = at.end_line;
    e.end_column = at.end_column + 1;
    throw e;
  }
  std::string mangle(std::string_view name) const { return mangled(class_, name); }

  scope::symbol& symbol(scope& s, const std::string& name, const location& at) {
    auto [it, fresh] = s.symbols.try_emplace(name);
    if (fresh) it->second.where = at;
    return it->second;
  }
  void bind(std::string_view id, const location& at) {
    const std::string name = mangle(id);
    auto& s = symbol(*current_, name, at);
    if (!s.bound && !s.parameter) {
      s.bound = true;
      current_->locals.push_back(name);
    }
  }
  void use(std::string_view id, const location& at) {
    const std::string name = mangle(id);
    symbol(*current_, name, at).used = true;
    if (name == "super" && current_->kind == scope::block::function) symbol(*current_, "__class__", at);
  }
  void parameter(const arg* a) {
    const std::string name = mangle(a->name);
    auto& s = symbol(*current_, name, *a);
    if (s.parameter) fail(*a, "duplicate argument '" + name + "' in function definition");
    s.parameter = s.bound = true;
    current_->parameters.push_back(name);
  }
  void parameters(const arguments& a) {
    current_->arguments = &a;
    for (const arg* p : a.positional_only) parameter(p);
    for (const arg* p : a.args) parameter(p);
    for (const arg* p : a.keyword_only) parameter(p);
    if (a.vararg != nullptr) parameter(a.vararg);
    if (a.kwarg != nullptr) parameter(a.kwarg);
  }
  void outside_of(const arguments& a) {
    for (const expr* e : a.defaults) visit(e);
    for (const expr* e : a.kw_defaults) visit(e);
    const auto annotation = [&](const arg* p) { if (p != nullptr) visit(p->annotation); };
    for (const arg* p : a.positional_only) annotation(p);
    for (const arg* p : a.args) annotation(p);
    annotation(a.vararg);
    for (const arg* p : a.keyword_only) annotation(p);
    annotation(a.kwarg);
  }
  template <class F>
  void inside(scope* s, F&& f) {
    scope* before = current_;
    current_ = s;
    f();
    current_ = before;
  }
  void all(std::span<stmt*> body) { for (const stmt* s : body) visit(*s); }
  void all(std::span<expr*> list) { for (const expr* e : list) visit(e); }

  void declare(std::span<identifier> names, bool global, const location& at) {
    for (const identifier id : names) {
      const std::string name = mangle(id);
      const char* what = global ? "global" : "nonlocal";
      if (!global && current_->kind == scope::block::module) fail(at, "nonlocal declaration not allowed at module level");
      const auto found = current_->symbols.find(name);
      if (found != current_->symbols.end()) {
        auto& s = found->second;
        if (s.parameter) fail(at, "name '" + name + "' is parameter and " + what);
        if ((global && s.declared_nonlocal) || (!global && s.declared_global))
          fail(at, "name '" + name + "' is nonlocal and global");
        if (s.used || s.bound) fail(at, "name '" + name + "' is " + (s.used ? "used prior to " : "assigned to before ") + what + " declaration");
      }
      auto& s = symbol(*current_, name, at);
      (global ? s.declared_global : s.declared_nonlocal) = true;
    }
  }

  void visit(const stmt& s);
  void visit(const expr* e);
  void visit(const pattern* p);
  void function(const void* node, std::string_view name, const arguments& a, std::span<stmt*> body, const expr* value);
  void iterable(const expr* e);
  void visit_comprehension(const expr& node, std::span<comprehension*> generators, const expr* a, const expr* b, const char* name);

  // What awaits inside a comprehension makes it, and those around it, coroutines.
  void awaits() {
    for (scope* s = current_; s != nullptr && s->comprehension; s = s->parent) s->coroutine = true;
  }

  scope* resolve_free(scope* from, const std::string& name) {
    for (scope* s = from; s != nullptr; s = s->parent) {
      if (s->kind == scope::block::class_body) {
        if (name == "__class__") return s;
        continue;
      }
      if (s->kind == scope::block::module) return nullptr;
      const auto found = s->symbols.find(name);
      if (found == s->symbols.end()) continue;
      if (found->second.declared_global) return nullptr;
      if (found->second.bound && !found->second.declared_nonlocal) return s;
    }
    return nullptr;
  }
  static void add_free(scope& s, const std::string& name) {
    if (std::find(s.frees.begin(), s.frees.end(), name) == s.frees.end()) s.frees.push_back(name);
  }
  void resolve(scope& s) {
    if (s.kind == scope::block::module) return;
    for (auto& [name, sym] : s.symbols) {
      if (sym.declared_global) continue;
      const bool own = sym.bound && !sym.declared_nonlocal;
      if (own) continue;
      scope* owner = resolve_free(s.parent, name);
      if (owner == nullptr) {
        if (sym.declared_nonlocal) fail(sym.where, "no binding for nonlocal '" + name + "' found");
        continue;
      }
      if (owner->kind == scope::block::class_body) {
        if (s.kind == scope::block::class_body) continue;
        owner->uses_class_cell = true;
      } else {
        owner->symbols[name].captured = true;
      }
      for (scope* at = &s; at != owner; at = at->parent) add_free(*at, name);
    }
  }

  scopes& out_;
  scope* current_ = nullptr;
  std::string class_;
  int iterables_ = 0;                          // of comprehensions we stand in: no := there
  std::vector<scope*> order_;
};

void scope_builder::function(const void* node, std::string_view name, const arguments& a,
                             std::span<stmt*> body, const expr* value) {
  outside_of(a);
  inside(open(node, scope::block::function, name), [&] {
    parameters(a);
    all(body);
    visit(value);
  });
}

void scope_builder::iterable(const expr* e) {
  ++iterables_;
  visit(e);
  --iterables_;
}

// The first iterable is evaluated outside, the rest in a function of its own whose one parameter
// is the iterator.
void scope_builder::visit_comprehension(const expr& node, std::span<comprehension*> generators,
                                        const expr* a, const expr* b, const char* name) {
  iterable(generators[0]->iter);
  scope* s = open(&node, scope::block::function, name);
  s->comprehension = true;
  inside(s, [&] {
    s->symbols[".0"].parameter = s->symbols[".0"].bound = true;
    s->parameters.push_back(".0");
    for (std::size_t i = 0; i < generators.size(); ++i) {
      if (generators[i]->is_async) awaits();
      if (i > 0) iterable(generators[i]->iter);
      visit(generators[i]->target);
      for (const expr* test : generators[i]->ifs) visit(test);
    }
    visit(a);
    visit(b);
  });
}

void scope_builder::visit(const expr* e) {
  if (e == nullptr) return;
  switch (e->kind) {
    case expr_kind::bool_op: return all(as<bool_op>(*e).values);
    case expr_kind::named_expr: {
      const auto& n = as<named_expr>(*e);
      if (iterables_ > 0) fail(*e, "assignment expression cannot be used in a comprehension iterable expression");
      visit(n.value);
      scope* target = current_;
      while (target->comprehension) target = target->parent;
      if (target->kind == scope::block::class_body && current_->comprehension)
        fail(*e, "assignment expression within a comprehension cannot be used in a class body");
      const std::string_view id = as<name>(*n.target).id;
      if (target == current_) {
        current_->has_walrus = true;
        bind(id, *n.target);
      } else {
        for (scope* s = current_; s != target; s = s->parent) {
          auto& sym = symbol(*s, mangle(id), *n.target);
          if (sym.bound && !sym.declared_nonlocal && s->comprehension)
            fail(*n.target, "assignment expression cannot rebind comprehension iteration variable '" + std::string(id) + "'");
          if (target->kind == scope::block::module || (target->symbols.contains(mangle(id)) && target->symbols[mangle(id)].declared_global))
            sym.declared_global = true;
          else sym.declared_nonlocal = true;
        }
        inside(target, [&] { bind(id, *n.target); });
        target->has_walrus = true;
      }
      return;
    }
    case expr_kind::bin_op: {
      // Long chains lean left: walk the spine instead of recursing.
      std::vector<const expr*> rights;
      while (e->kind == expr_kind::bin_op) {
        rights.push_back(as<bin_op>(*e).right);
        e = as<bin_op>(*e).left;
      }
      visit(e);
      for (auto it = rights.rbegin(); it != rights.rend(); ++it) visit(*it);
      return;
    }
    case expr_kind::unary_op: return visit(as<unary_op>(*e).operand);
    case expr_kind::lambda_expr: {
      const auto& n = as<lambda_expr>(*e);
      return function(e, "<lambda>", *n.args, {}, n.body);
    }
    case expr_kind::if_exp: {
      const auto& n = as<if_exp>(*e);
      visit(n.test);
      visit(n.body);
      return visit(n.orelse);
    }
    case expr_kind::dict_expr: {
      const auto& n = as<dict_expr>(*e);
      for (std::size_t i = 0; i < n.keys.size(); ++i) {
        visit(n.keys[i]);
        visit(n.values[i]);
      }
      return;
    }
    case expr_kind::set_expr: return all(as<set_expr>(*e).elts);
    case expr_kind::list_comp: {
      const auto& n = as<list_comp>(*e);
      return visit_comprehension(*e, n.generators, n.elt, nullptr, "<listcomp>");
    }
    case expr_kind::set_comp: {
      const auto& n = as<set_comp>(*e);
      return visit_comprehension(*e, n.generators, n.elt, nullptr, "<setcomp>");
    }
    case expr_kind::dict_comp: {
      const auto& n = as<dict_comp>(*e);
      return visit_comprehension(*e, n.generators, n.key, n.value, "<dictcomp>");
    }
    case expr_kind::generator_exp: {
      const auto& n = as<generator_exp>(*e);
      visit_comprehension(*e, n.generators, n.elt, nullptr, "<genexpr>");
      out_.of(e).generator = true;
      return;
    }
    case expr_kind::await_expr:
      awaits();
      return visit(as<await_expr>(*e).value);
    case expr_kind::yield_expr:
    case expr_kind::yield_from:
      if (current_->comprehension) fail(*e, "'yield' inside " + std::string(current_->generator ? "generator expression" : "list comprehension"));
      if (current_->kind == scope::block::function) current_->generator = true;
      return visit(e->kind == expr_kind::yield_expr ? as<yield_expr>(*e).value : as<yield_from>(*e).value);
    case expr_kind::compare: {
      const auto& n = as<compare>(*e);
      visit(n.left);
      return all(n.comparators);
    }
    case expr_kind::call: {
      const auto& n = as<call>(*e);
      visit(n.func);
      all(n.args);
      for (const keyword* k : n.keywords) visit(k->value);
      return;
    }
    case expr_kind::formatted_value: {
      const auto& n = as<formatted_value>(*e);
      visit(n.value);
      return visit(n.format_spec);
    }
    case expr_kind::joined_str: return all(as<joined_str>(*e).values);
    case expr_kind::constant: return;
    case expr_kind::attribute: return visit(as<attribute>(*e).value);
    case expr_kind::subscript: {
      const auto& n = as<subscript>(*e);
      visit(n.value);
      return visit(n.slice);
    }
    case expr_kind::starred: return visit(as<starred>(*e).value);
    case expr_kind::name: {
      const auto& n = as<name>(*e);
      if (n.ctx == expr_context::load) return use(n.id, *e);
      if (current_->comprehension) {
        const auto there = current_->symbols.find(mangle(n.id));
        if (there != current_->symbols.end() && (there->second.declared_global || there->second.declared_nonlocal))
          fail(*e, "comprehension inner loop cannot rebind assignment expression target '" + std::string(n.id) + "'");
      }
      bind(n.id, *e);
      if (n.ctx == expr_context::del) current_->symbols[mangle(n.id)].deleted = true;
      return;
    }
    case expr_kind::list_expr: return all(as<list_expr>(*e).elts);
    case expr_kind::tuple_expr: return all(as<tuple_expr>(*e).elts);
    case expr_kind::slice_expr: {
      const auto& n = as<slice_expr>(*e);
      visit(n.lower);
      visit(n.upper);
      return visit(n.step);
    }
  }
}

void scope_builder::visit(const pattern* p) {
  if (p == nullptr) return;
  const auto each = [&](std::span<pattern*> list) { for (const pattern* q : list) visit(q); };
  switch (p->kind) {
    case pattern_kind::match_value: return visit(as<match_value>(*p).value);
    case pattern_kind::match_singleton: return;
    case pattern_kind::match_sequence: return each(as<match_sequence>(*p).patterns);
    case pattern_kind::match_mapping: {
      const auto& n = as<match_mapping>(*p);
      all(n.keys);
      each(n.patterns);
      if (!n.rest.empty()) bind(n.rest, *p);
      return;
    }
    case pattern_kind::match_class: {
      const auto& n = as<match_class>(*p);
      visit(n.cls);
      each(n.patterns);
      return each(n.kwd_patterns);
    }
    case pattern_kind::match_star:
      if (!as<match_star>(*p).name.empty()) bind(as<match_star>(*p).name, *p);
      return;
    case pattern_kind::match_as: {
      const auto& n = as<match_as>(*p);
      visit(n.pattern);
      if (!n.name.empty()) bind(n.name, *p);
      return;
    }
    case pattern_kind::match_or: return each(as<match_or>(*p).patterns);
  }
}

void scope_builder::visit(const stmt& s) {
  switch (s.kind) {
    case stmt_kind::function_def: {
      const auto& n = as<function_def>(s);
      all(n.decorators);
      bind(n.name, s);
      visit(n.returns);
      function(&s, n.name, *n.args, n.body, nullptr);
      out_.of(&s).coroutine = n.is_async;
      return;
    }
    case stmt_kind::class_def: {
      const auto& n = as<class_def>(s);
      all(n.decorators);
      all(n.bases);
      for (const keyword* k : n.keywords) visit(k->value);
      bind(n.name, s);
      const std::string outer = class_;
      class_ = std::string(n.name);
      inside(open(&s, scope::block::class_body, n.name), [&] { all(n.body); });
      class_ = outer;
      return;
    }
    case stmt_kind::return_stmt: return visit(as<return_stmt>(s).value);
    case stmt_kind::delete_stmt: return all(as<delete_stmt>(s).targets);
    case stmt_kind::assign: {
      visit(as<assign>(s).value);
      return all(as<assign>(s).targets);
    }
    case stmt_kind::aug_assign: {
      const auto& n = as<aug_assign>(s);
      visit(n.value);
      return visit(n.target);
    }
    case stmt_kind::ann_assign: {
      const auto& n = as<ann_assign>(s);
      if (n.value != nullptr || n.target->kind != expr_kind::name) visit(n.target);
      else bind(as<name>(*n.target).id, s);
      if (current_->kind != scope::block::function) {
        visit(n.annotation);
        bind("__annotations__", s);
      }
      return visit(n.value);
    }
    case stmt_kind::for_stmt: {
      const auto& n = as<for_stmt>(s);
      visit(n.iter);
      visit(n.target);
      all(n.body);
      return all(n.orelse);
    }
    case stmt_kind::while_stmt: {
      const auto& n = as<while_stmt>(s);
      visit(n.test);
      all(n.body);
      return all(n.orelse);
    }
    case stmt_kind::if_stmt: {
      const stmt* at = &s;
      for (;;) {                               // elif chains are long: no recursion
        const auto& n = as<if_stmt>(*at);
        visit(n.test);
        all(n.body);
        if (n.orelse.size() == 1 && n.orelse[0]->kind == stmt_kind::if_stmt) {
          at = n.orelse[0];
          continue;
        }
        return all(n.orelse);
      }
    }
    case stmt_kind::with_stmt: {
      const auto& n = as<with_stmt>(s);
      for (const with_item* item : n.items) {
        visit(item->context_expr);
        visit(item->optional_vars);
      }
      return all(n.body);
    }
    case stmt_kind::match_stmt: {
      const auto& n = as<match_stmt>(s);
      visit(n.subject);
      for (const match_case* c : n.cases) {
        visit(c->pattern);
        visit(c->guard);
        all(c->body);
      }
      return;
    }
    case stmt_kind::raise_stmt: {
      visit(as<raise_stmt>(s).exc);
      return visit(as<raise_stmt>(s).cause);
    }
    case stmt_kind::try_stmt: {
      const auto& n = as<try_stmt>(s);
      all(n.body);
      for (const except_handler* h : n.handlers) {
        visit(h->type);
        if (!h->name.empty()) {
          bind(h->name, *h);
          current_->symbols[mangle(h->name)].deleted = true;
        }
        all(h->body);
      }
      all(n.orelse);
      return all(n.finalbody);
    }
    case stmt_kind::assert_stmt: {
      visit(as<assert_stmt>(s).test);
      return visit(as<assert_stmt>(s).msg);
    }
    case stmt_kind::import_stmt:
      for (const alias* a : as<import_stmt>(s).names)
        bind(a->asname.empty() ? a->name.substr(0, a->name.find('.')) : a->asname, s);
      return;
    case stmt_kind::import_from:
      for (const alias* a : as<import_from>(s).names) {
        if (a->name != "*") bind(a->asname.empty() ? a->name : a->asname, s);
        else if (current_->kind != scope::block::module) fail(s, "import * only allowed at module level");
      }
      return;
    case stmt_kind::global_stmt: return declare(as<global_stmt>(s).names, true, s);
    case stmt_kind::nonlocal_stmt: return declare(as<nonlocal_stmt>(s).names, false, s);
    case stmt_kind::expr_stmt: return visit(as<expr_stmt>(s).value);
    case stmt_kind::pass_stmt:
    case stmt_kind::break_stmt:
    case stmt_kind::continue_stmt: return;
  }
}

scopes::scopes(const module_or_expr& root, bool names_in_mapping) { scope_builder(*this, root, names_in_mapping); }

}  // namespace gilt::interp
