// SPDX-License-Identifier: BSL-1.0
// Two walks. The first counts how often each name is bound in each scope and notes what makes names
// uncertain (exec, globals(), import *). The second looks at every use, knowing which exceptions a
// `try` around it would catch and whether it stands in an atomic block.
#include "cli/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "cli/tree_walk.hpp"
#include "interp/compile/scope.hpp"

namespace gilt::cli {
namespace {

using namespace interp::syntax;
using interp::meaning;
using interp::scope;
using interp::scopes;

// Positional arguments that a builtin takes; -1: any number.
struct arity {
  std::string_view name;
  int least, most;
};
constexpr arity builtin_arity[] = {
    {"abs", 1, 1}, {"all", 1, 1}, {"any", 1, 1}, {"ascii", 1, 1}, {"bin", 1, 1}, {"callable", 1, 1}, {"chr", 1, 1},
    {"delattr", 2, 2}, {"divmod", 2, 2}, {"filter", 2, 2}, {"format", 1, 2}, {"getattr", 2, 3}, {"globals", 0, 0},
    {"hasattr", 2, 2}, {"hash", 1, 1}, {"hex", 1, 1}, {"id", 1, 1}, {"input", 0, 1}, {"isinstance", 2, 2},
    {"issubclass", 2, 2}, {"iter", 1, 2}, {"len", 1, 1}, {"locals", 0, 0}, {"map", 2, -1}, {"next", 1, 2}, {"oct", 1, 1},
    {"ord", 1, 1}, {"range", 1, 3}, {"repr", 1, 1}, {"reversed", 1, 1}, {"setattr", 3, 3}, {"slice", 1, 3},
    {"float", 0, 1}, {"bool", 0, 1}, {"list", 0, 1}, {"tuple", 0, 1}, {"set", 0, 1}, {"frozenset", 0, 1}};

constexpr std::string_view file_functions[] = {
    "access", "chdir", "chmod", "fork", "kill", "link", "listdir", "lstat", "makedirs", "mkdir", "open", "pipe", "popen", "read",
    "remove", "removedirs", "rename", "replace", "rmdir", "scandir", "stat", "symlink", "system", "truncate", "unlink", "wait",
    "waitpid", "walk", "write"};

template <class Range>
bool holds(const Range& range, std::string_view x) { return std::find(std::begin(range), std::end(range), x) != std::end(range); }

struct binding {
  int times = 0;
  const function_def* function = nullptr;      // the one binding, if it is a plain def
};

struct program_facts {
  std::map<const scope*, std::map<std::string, binding, std::less<>>> bindings;
  std::map<std::string, std::string, std::less<>> imported;    // a name anywhere -> "module" or "module.member"
  bool names_uncertain = false;                // exec, globals(), import *: any global may exist
  bool annotations_are_text = false;
};

// What both walks share: which scope a node stands in.
template <class Self>
class scoped_walk {
 public:
  scoped_walk(const scopes& names, const module_or_expr& root) : walk(self()), names_(names), module_(&names.of(&root)), current_(module_) {}

 protected:
  Self& self() { return static_cast<Self&>(*this); }
  template <class F>
  void inside(const void* node, F&& f) {
    scope* before = current_;
    current_ = &names_.of(node);
    f();
    current_ = before;
  }
  template <class F>
  void inside_class(const class_def& c, F&& f) {
    const std::string outer = class_;
    class_ = std::string(c.name);
    inside(&c, f);
    class_ = outer;
  }
  std::string mangle(std::string_view name) const { return interp::mangled(class_, name); }

  // The scope whose variable `name` is here; null: a global or builtin one, or unknown.
  scope* owner_of(const std::string& name) const {
    switch (current_->of(name)) {
      case meaning::local:
      case meaning::cell: return current_;
      case meaning::free:
        for (scope* s = current_->parent; s != nullptr; s = s->parent) {
          if (s->in_function() && s->of(name) == meaning::cell) return s;
        }
        return nullptr;
      case meaning::class_name: {
        const auto found = current_->symbols.find(name);
        const bool own = found != current_->symbols.end() && found->second.bound;
        return own ? current_ : nullptr;
      }
      case meaning::global: break;
    }
    return nullptr;
  }

  // Generators, the first iterable outside.
  void comprehension(const expr& e, std::span<interp::syntax::comprehension*> generators, std::initializer_list<const expr*> results) {
    walk.one(generators[0]->iter);
    inside(&e, [&] {
      for (std::size_t i = 0; i < generators.size(); ++i) {
        if (i > 0) walk.one(generators[i]->iter);
        walk.one(generators[i]->target);
        walk.all(generators[i]->ifs);
      }
      for (const expr* r : results) walk.one(r);
    });
  }
  // True: e opened a scope and has been walked.
  bool nested(const expr& e) {
    switch (e.kind) {
      case expr_kind::lambda_expr:
        walk.outside_of(*as<lambda_expr>(e).args);
        inside(&e, [&] { walk.one(as<lambda_expr>(e).body); });
        return true;
      case expr_kind::list_comp: comprehension(e, as<list_comp>(e).generators, {as<list_comp>(e).elt}); return true;
      case expr_kind::set_comp: comprehension(e, as<set_comp>(e).generators, {as<set_comp>(e).elt}); return true;
      case expr_kind::dict_comp: comprehension(e, as<dict_comp>(e).generators, {as<dict_comp>(e).key, as<dict_comp>(e).value}); return true;
      case expr_kind::generator_exp: comprehension(e, as<generator_exp>(e).generators, {as<generator_exp>(e).elt}); return true;
      default: return false;
    }
  }

  tree_walk<Self> walk;
  const scopes& names_;
  scope* module_;
  scope* current_;
  std::string class_;
};

// ---- first walk ----

class fact_finder : public scoped_walk<fact_finder> {
 public:
  fact_finder(const scopes& names, const module_or_expr& root, program_facts& out) : scoped_walk(names, root), out_(out) { walk.all(root.body); }

  void visit(const expr& e) {
    if (nested(e)) return;
    if (const auto* n = as_if<name>(&e)) {
      if (n->ctx != expr_context::load) bind(n->id);
      else if (n->id == "exec" || n->id == "globals" || n->id == "vars" || n->id == "locals" || n->id == "__builtins__") out_.names_uncertain = true;
    }
    // sys.modules[__name__], a caller's frame, enum's _convert_: ways to bind a global unseen.
    if (const auto* a = as_if<attribute>(&e)) out_.names_uncertain |= a->attr == "modules" || a->attr == "_getframe" || a->attr == "_convert_";
    walk.children_of(e);
  }
  void annotation(const expr* e) { walk.one(e); }
  void visit(const stmt& s) {
    switch (s.kind) {
      case stmt_kind::function_def: {
        const auto& f = as<function_def>(s);
        walk.all(f.decorators);
        walk.outside_of(*f.args);
        walk.one(f.returns);
        bind(f.name, f.decorators.empty() && !f.is_async ? &f : nullptr);
        inside(&s, [&] { walk.all(f.body); });
        return;
      }
      case stmt_kind::class_def: {
        const auto& c = as<class_def>(s);
        walk.all(c.decorators);
        walk.all(c.bases);
        walk.keywords(c.keywords);
        bind(c.name);
        inside_class(c, [&] { walk.all(c.body); });
        return;
      }
      case stmt_kind::import_stmt:
        for (const alias* a : as<import_stmt>(s).names) {
          const std::string_view bound = a->asname.empty() ? a->name.substr(0, a->name.find('.')) : a->asname;
          bind(bound);
          import(bound, a->asname.empty() ? bound : a->name);
        }
        return;
      case stmt_kind::import_from: {
        const auto& i = as<import_from>(s);
        for (const alias* a : i.names) {
          if (a->name == "*") {
            out_.names_uncertain = true;
            continue;
          }
          const std::string_view bound = a->asname.empty() ? a->name : a->asname;
          bind(bound);
          if (i.level == 0) import(bound, std::string(i.module_name) + "." + std::string(a->name));
          if (i.module_name == "__future__" && a->name == "annotations") out_.annotations_are_text = true;
        }
        return;
      }
      case stmt_kind::try_stmt:
        for (const except_handler* h : as<try_stmt>(s).handlers) {
          if (!h->name.empty()) bind(h->name);
        }
        break;
      case stmt_kind::match_stmt:
        for (const match_case* c : as<match_stmt>(s).cases) captures(c->pattern);
        break;
      default: break;
    }
    walk.children_of(s);
  }

 private:
  void bind(std::string_view id, const function_def* f = nullptr) {
    const std::string n = mangle(id);
    scope* owner = owner_of(n);
    binding& b = out_.bindings[owner == nullptr ? module_ : owner][n];
    ++b.times;
    b.function = f;
  }
  void import(std::string_view bound, std::string_view what) {
    const auto [at, fresh] = out_.imported.try_emplace(std::string(bound), what);
    if (!fresh && at->second != what) at->second.clear();
  }
  void captures(const pattern* p) {
    if (p == nullptr) return;
    if (const auto* a = as_if<match_as>(p)) {
      if (!a->name.empty()) bind(a->name);
      captures(a->pattern);
    } else if (const auto* star = as_if<match_star>(p)) {
      if (!star->name.empty()) bind(star->name);
    } else if (const auto* q = as_if<match_sequence>(p)) {
      for (const pattern* x : q->patterns) captures(x);
    } else if (const auto* m = as_if<match_mapping>(p)) {
      if (!m->rest.empty()) bind(m->rest);
      for (const pattern* x : m->patterns) captures(x);
    } else if (const auto* c = as_if<match_class>(p)) {
      for (const pattern* x : c->patterns) captures(x);
      for (const pattern* x : c->kwd_patterns) captures(x);
    } else if (const auto* o = as_if<match_or>(p)) {
      for (const pattern* x : o->patterns) captures(x);
    }
  }

  program_facts& out_;
};

// ---- second walk ----

class checker : public scoped_walk<checker> {
 public:
  checker(const scopes& names, const module_or_expr& root, const program_facts& facts, const surroundings& around)
      : scoped_walk(names, root), facts_(facts), around_(around) {
    walk.all(root.body);
  }
  std::vector<finding> found;

  void annotation(const expr* e) {
    if (!facts_.annotations_are_text && !(current_->in_function() && in_body_)) walk.one(e);
  }
  void visit(const expr& e) {
    if (const auto* n = as_if<name>(&e); n != nullptr && n->ctx == expr_context::load) use(*n);
    if (e.kind == expr_kind::if_exp && asks_for_platform(as<if_exp>(e).test)) return;
    if (e.kind == expr_kind::bool_op && asks_for_platform(&e)) return;
    if (const auto* c = as_if<call>(&e)) {
      check_call(*c);
      if (expects_failure(c->func)) return guarded([&] { walk.children_of(e); });
    }
    if (!nested(e)) walk.children_of(e);
  }
  void visit(const stmt& s) {
    switch (s.kind) {
      case stmt_kind::function_def: {
        const auto& f = as<function_def>(s);
        walk.all(f.decorators);
        const bool body = in_body_;
        walk.outside_of(*f.args);
        annotation(f.returns);
        // What runs later is not caught by what stands around the definition.
        const auto before = std::make_tuple(guards_, atomic_, nested_);
        guards_ = atomic_ = 0;
        in_body_ = true;
        ++nested_;
        inside(&s, [&] { walk.all(f.body); });
        std::tie(guards_, atomic_, nested_) = before;
        in_body_ = body;
        return;
      }
      case stmt_kind::class_def: {
        const auto& c = as<class_def>(s);
        walk.all(c.decorators);
        walk.all(c.bases);
        walk.keywords(c.keywords);
        const bool plain = c.bases.empty() && c.keywords.empty();
        const bool body = in_body_;
        in_body_ = false;
        const auto inner = [&] { inside_class(c, [&] { walk.all(c.body); }); };
        ++nested_;
        if (plain) inner();
        else guarded_names([&] { inner(); });
        --nested_;
        in_body_ = body;
        return;
      }
      case stmt_kind::try_stmt: return try_block(as<try_stmt>(s));
      case stmt_kind::if_stmt:
        ++nested_;
        if (asks_for_platform(as<if_stmt>(s).test)) guarded([&] { walk.children_of(s); });
        else walk.children_of(s);
        --nested_;
        return;
      case stmt_kind::with_stmt: return with_block(as<with_stmt>(s));
      case stmt_kind::import_stmt:
        for (const alias* a : as<import_stmt>(s).names) import(std::string(a->name), *a);
        return;
      case stmt_kind::import_from:
        if (as<import_from>(s).level == 0) import(std::string(as<import_from>(s).module_name), s);
        return;
      default: return walk.children_of(s);
    }
  }

 private:
  template <class F>
  void guarded(F&& f) {
    ++guards_;
    f();
    --guards_;
  }
  template <class F>
  void guarded_names(F&& f) {
    ++class_guards_;
    f();
    --class_guards_;
  }
  void report(const char* rule, const location& where, std::string message) { found.push_back({rule, std::move(message), where}); }

  // `sys.version_info < (3,)`, `os.name == "nt"`: what stands there may be for another interpreter.
  static bool asks_for_platform(const expr* e) {
    if (e == nullptr) return false;
    switch (e->kind) {
      case expr_kind::name: return holds(std::initializer_list<std::string_view>{"PY2", "PY3", "TYPE_CHECKING", "WINDOWS", "MS_WINDOWS"}, as<name>(*e).id);
      case expr_kind::attribute: {
        const auto& a = as<attribute>(*e);
        return holds(std::initializer_list<std::string_view>{"version_info", "platform", "name", "hexversion", "implementation", "TYPE_CHECKING"}, a.attr);
      }
      case expr_kind::subscript: return asks_for_platform(as<subscript>(*e).value);
      case expr_kind::compare:
        return asks_for_platform(as<compare>(*e).left) || std::any_of(as<compare>(*e).comparators.begin(), as<compare>(*e).comparators.end(), asks_for_platform);
      case expr_kind::bool_op: return std::any_of(as<bool_op>(*e).values.begin(), as<bool_op>(*e).values.end(), asks_for_platform);
      case expr_kind::unary_op: return asks_for_platform(as<unary_op>(*e).operand);
      case expr_kind::call: {
        const auto& c = as<call>(*e);
        if (const auto* n = as_if<name>(c.func); n != nullptr && (n->id == "hasattr" || n->id == "getattr")) return true;
        return c.func->kind == expr_kind::attribute && asks_for_platform(as<attribute>(*c.func).value);
      }
      default: return false;
    }
  }
  static bool expects_failure(const expr* callee) {
    const auto* a = as_if<attribute>(callee);
    return a != nullptr && (a->attr.starts_with("assertRaises") || a->attr == "raises" || a->attr == "suppress");
  }

  void try_block(const try_stmt& t) {
    const auto catches = [](const expr* type) {
      if (type == nullptr) return true;
      const auto one = [](const expr* e) {
        const auto* n = as_if<name>(e);
        return n != nullptr && holds(std::initializer_list<std::string_view>{"NameError", "TypeError", "ImportError", "ModuleNotFoundError", "Exception", "BaseException"}, n->id);
      };
      if (const auto* several = as_if<tuple_expr>(type)) return std::any_of(several->elts.begin(), several->elts.end(), one);
      return one(type) || type->kind != expr_kind::name;
    };
    const bool any = std::any_of(t.handlers.begin(), t.handlers.end(), [&](const except_handler* h) { return catches(h->type); });
    ++nested_;
    if (any) guarded([&] { walk.all(t.body); });
    else walk.all(t.body);
    for (const except_handler* h : t.handlers) {
      walk.one(h->type);
      walk.all(h->body);
    }
    walk.all(t.orelse);
    walk.all(t.finalbody);
    --nested_;
  }

  void with_block(const with_stmt& w) {
    bool atomic = false, fails = false;
    for (const with_item* i : w.items) {
      walk.one(i->context_expr);
      walk.one(i->optional_vars);
      const auto* c = as_if<call>(i->context_expr);
      const std::string what = imported_name(c != nullptr ? c->func : i->context_expr);
      atomic |= what == "transaction.atomic" || what == "pypystm.atomic" || what == "__pypy__.thread.atomic";
      fails |= c != nullptr && (expects_failure(c->func) || (c->func->kind == expr_kind::name && as<name>(*c->func).id == "suppress"));
    }
    atomic_ += atomic;
    guards_ += fails;
    walk.all(w.body);
    guards_ -= fails;
    atomic_ -= atomic;
  }

  // "time.sleep" for `time.sleep`, `t.sleep` after `import time as t`, `sleep` after `from time import sleep`.
  std::string imported_name(const expr* e) const {
    if (const auto* n = as_if<name>(e)) {
      const auto at = facts_.imported.find(n->id);
      return at == facts_.imported.end() || !bound_once(n->id) ? std::string() : at->second;
    }
    if (const auto* a = as_if<attribute>(e)) {
      const std::string base = imported_name(a->value);
      return base.empty() ? base : base + "." + std::string(a->attr);
    }
    return {};
  }
  bool bound_once(std::string_view id) const {
    for (const auto& [where, names] : facts_.bindings) {
      if (const auto at = names.find(id); at != names.end() && at->second.times > 1) return false;
    }
    return true;
  }

  bool global_exists(const std::string& n) const {
    const auto of_module = facts_.bindings.find(module_);
    if (of_module != facts_.bindings.end() && of_module->second.contains(n)) return true;
    if (around_.builtins.contains(n)) return true;
    return holds(std::initializer_list<std::string_view>{"__name__", "__doc__", "__file__", "__package__", "__loader__", "__spec__", "__builtins__",
                                                         "__path__", "__annotations__", "__cached__", "__debug__", "__dict__"}, n);
  }
  void use(const name& n) {
    if (facts_.names_uncertain || guards_ > 0) return;
    const std::string id = mangle(n.id);
    const meaning what = current_->of(id);
    if (what == meaning::class_name) {
      if (class_guards_ > 0 || id == "__module__" || id == "__qualname__" || owner_of(id) != nullptr) return;
    } else if (what != meaning::global) {
      return;
    }
    if (global_exists(id)) return;
    report("undefined-name", n, "name '" + id + "' is not defined");
  }

  void import(const std::string& module, const location& where) {
    if (nested_ > 0 || guards_ > 0 || around_.has_module(module)) return;
    report("missing-module", where, "no module named '" + module + "': gilt has none of its own, and none in Python was found");
  }

  // ---- calls ----
  void check_call(const call& c) {
    const auto* n = as_if<name>(c.func);
    if (atomic_ > 0) check_effect(c);
    if (n == nullptr || guards_ > 0) return;
    const std::string id = mangle(n->id);
    const scope* owner = owner_of(id);
    const meaning what = current_->of(id);
    if (what == meaning::free && owner == nullptr) return;
    const auto at = facts_.bindings.find(owner == nullptr ? module_ : owner);
    const binding* b = nullptr;
    if (at != facts_.bindings.end()) {
      if (const auto known = at->second.find(id); known != at->second.end()) b = &known->second;
    }
    if (b != nullptr) {
      const bool parameter = owner != nullptr && owner->symbols.contains(id) && owner->symbols.find(id)->second.parameter;
      if (b->times == 1 && b->function != nullptr && !parameter && !facts_.names_uncertain) check_signature(c, *b->function);
    } else if (owner == nullptr && !facts_.names_uncertain && around_.builtins.contains(id)) {
      check_builtin(c, id);
    }
  }
  static bool has_stars(const call& c, bool& double_star) {
    double_star = std::any_of(c.keywords.begin(), c.keywords.end(), [](const keyword* k) { return k->name.empty(); });
    return std::any_of(c.args.begin(), c.args.end(), [](const expr* e) { return e->kind == expr_kind::starred; });
  }
  static std::string counted(std::size_t n) { return fmt::format("{} argument{}", n, n == 1 ? "" : "s"); }

  void check_builtin(const call& c, const std::string& id) {
    bool double_star = false;
    if (has_stars(c, double_star) || !c.keywords.empty()) return;
    for (const arity& a : builtin_arity) {
      if (a.name != id) continue;
      const int n = static_cast<int>(c.args.size());
      if (n < a.least) report("arity", c, fmt::format("{}() takes at least {}, {} given", id, counted(static_cast<std::size_t>(a.least)), n));
      else if (a.most >= 0 && n > a.most) report("arity", c, fmt::format("{}() takes at most {}, {} given", id, counted(static_cast<std::size_t>(a.most)), n));
    }
  }
  void check_signature(const call& c, const function_def& f) {
    const arguments& a = *f.args;
    bool double_star = false;
    if (has_stars(c, double_star)) return;
    std::vector<std::string_view> positional;
    for (const arg* p : a.positional_only) positional.push_back(p->name);
    for (const arg* p : a.args) positional.push_back(p->name);
    const std::string at = fmt::format(" (defined in line {})", f.line);
    if (c.args.size() > positional.size() && a.vararg == nullptr)
      return report("arity", c, fmt::format("{}() takes {} by position, {} given{}", f.name, counted(positional.size()), c.args.size(), at));
    std::set<std::string_view> given(positional.begin(), positional.begin() + static_cast<std::ptrdiff_t>(std::min(c.args.size(), positional.size())));
    for (const keyword* k : c.keywords) {
      if (k->name.empty()) continue;
      const auto first = positional.begin() + static_cast<std::ptrdiff_t>(a.positional_only.size());
      const bool known = std::find(first, positional.end(), k->name) != positional.end() ||
                         std::any_of(a.keyword_only.begin(), a.keyword_only.end(), [&](const arg* p) { return p->name == k->name; });
      if (!known && a.kwarg == nullptr) return report("arity", *k, fmt::format("{}() has no parameter '{}'{}", f.name, k->name, at));
      if (known && !given.insert(k->name).second) return report("arity", *k, fmt::format("{}() gets '{}' twice{}", f.name, k->name, at));
    }
    if (double_star) return;
    for (std::size_t i = 0; i + a.defaults.size() < positional.size(); ++i) {
      if (!given.contains(positional[i])) return report("arity", c, fmt::format("{}() lacks its argument '{}'{}", f.name, positional[i], at));
    }
    for (std::size_t i = 0; i < a.keyword_only.size(); ++i) {
      if (a.kw_defaults[i] == nullptr && !given.contains(a.keyword_only[i]->name))
        return report("arity", c, fmt::format("{}() lacks its keyword argument '{}'{}", f.name, a.keyword_only[i]->name, at));
    }
  }

  // ---- what cannot be undone ----
  std::string effect_of(const call& c) const {
    if (const auto* n = as_if<name>(c.func); n != nullptr && (n->id == "open" || n->id == "input") && !global_bound(n->id) && owner_of(std::string(n->id)) == nullptr)
      return std::string(n->id) + "()";
    const std::string what = imported_name(c.func);
    const auto dot = what.find('.');
    if (dot == std::string::npos) return {};
    const std::string module = what.substr(0, dot), member = what.substr(dot + 1);
    const bool outside = (module == "time" && member == "sleep") || (module == "os" && holds(file_functions, member)) || module == "subprocess" ||
                         (module == "socket" && member != "AF_INET") || module == "shutil" || (module == "io" && member == "open");
    return outside ? what + "()" : std::string();
  }
  bool global_bound(std::string_view id) const {
    const auto at = facts_.bindings.find(module_);
    return at != facts_.bindings.end() && at->second.contains(id);
  }
  void check_effect(const call& c) {
    const std::string what = effect_of(c);
    if (what.empty()) return;
    report("atomic-io", c, what + " inside an atomic block cannot be undone: the block then runs alone, irrevocably, and may no longer retry");
  }

  const program_facts& facts_;
  const surroundings& around_;
  int guards_ = 0, class_guards_ = 0, atomic_ = 0, nested_ = 0;
  bool in_body_ = false;
};

}  // namespace

std::vector<finding> check_tree(const module_or_expr& root, const surroundings& around) {
  const scopes names(root);
  program_facts facts;
  fact_finder first(names, root, facts);
  checker second(names, root, facts, around);
  std::stable_sort(second.found.begin(), second.found.end(), [](const finding& a, const finding& b) {
    return std::pair(a.where.line, a.where.column) < std::pair(b.where.line, b.where.column);
  });
  return second.found;
}

}  // namespace gilt::cli
