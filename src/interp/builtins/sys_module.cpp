// SPDX-License-Identifier: BSL-1.0
// sys: the interpreter as a script sees it.
#include <unistd.h>

#include <cmath>
#include <limits>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/file.hpp"
#include "interp/builtins/functions.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/builtins/struct_sequence.hpp"
#include "interp/concurrency/world.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
#include "interp/object/module.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

value sys_exit(thread_state& t, const call_args& a) {
  const value e = call(t, value::of(t.interp->errors.SystemExit), a.v, a.npos);
  return e.empty() ? e : raise_object(t, e);
}
value sys_getrecursionlimit(thread_state& t, const call_args&) {
  return value::small_int(t.recursion_limit);
}
value sys_setrecursionlimit(thread_state& t, const call_args& a) {
  std::int64_t n;
  if (!to_int64_clamped(t, a[0], n)) return {};
  if (n < 1)
    return raise(t, t.interp->errors.ValueError, "recursion limit must be greater or equal than 1");
  t.recursion_limit = static_cast<std::uint32_t>(std::min<std::int64_t>(n, 1'000'000));
  t.interp->recursion_limit = t.recursion_limit;
  return value::none();
}
value sys_getswitchinterval(thread_state& t, const call_args&) {
  return value::real(t.interp->the_world->switch_interval.load(std::memory_order_relaxed));
}
value sys_setswitchinterval(thread_state& t, const call_args& a) {
  double seconds;
  if (!to_double(t, a[0], seconds)) return {};
  if (!(seconds > 0))
    return raise(t, t.interp->errors.ValueError, "switch interval must be strictly positive");
  t.interp->the_world->switch_interval.store(seconds, std::memory_order_relaxed);
  return value::none();
}
value sys_exc_info(thread_state& t, const call_args&) {
  if (t.handled.empty() || t.handled.is_none())
    return make_tuple(t, {value::none(), value::none(), value::none()});
  const value trace = getattr(t, t.handled, intern(*t.interp, "__traceback__"));
  if (trace.empty()) return {};
  return make_tuple(t, {value::of(class_of(t, t.handled)), t.handled, trace});
}
value sys_intern(thread_state& t, const call_args& a) {
  if (!is(a[0], kind::str))
    return raise(t, t.interp->errors.TypeError, "intern() argument must be str, not %s",
                 type_name(t, a[0]).c_str());
  return value::of(intern(*t.interp, to_utf8(a[0].as<string_object>())));
}
value sys_exception(thread_state& t, const call_args&) {
  return t.handled.empty() ? value::none() : t.handled;
}
value sys_getframe(thread_state& t, const call_args& a) {
  std::int64_t above = 0;
  if (a.npos > 0 && !to_int64_clamped(t, a[0], above)) return {};
  return calling_frame(t, above);
}
value sys_get_int_max_str_digits(thread_state& t, const call_args&) {
  return value::small_int(t.interp->max_str_digits.load(std::memory_order_relaxed));
}
value sys_set_int_max_str_digits(thread_state& t, const call_args& a) {
  std::int64_t n = 0;
  if (!to_int64_clamped(t, a[0], n)) return {};
  if (n != 0 && n < 640) return raise(t, t.interp->errors.ValueError, "maxdigits must be 0 or larger than 640");
  t.interp->max_str_digits.store(static_cast<std::uint32_t>(std::min<std::int64_t>(n, INT32_MAX)), std::memory_order_relaxed);
  return value::none();
}
value sys_getrefcount(thread_state&, const call_args&) { return value::small_int(2); }
value nothing(thread_state&, const call_args&) { return value::none(); }
value sys_getsizeof(thread_state&, const call_args&) { return value::small_int(64); }
value sys_getdefaultencoding(thread_state& t, const call_args&) { return make_string(t, "utf-8"); }
// builtins._ is None while the value is printed, so that a failing repr leaves no old one behind.
value sys_displayhook(thread_state& t, const call_args& a) {
  if (a[0].is_none()) return value::none();
  interpreter& i = *t.interp;
  string_object* last = intern(i, "_");
  const value text = [&] { return setattr(t, value::of(i.builtins), last, value::none()) ? repr_of(t, a[0]) : value{}; }();
  if (text.empty()) return {};
  const value printer = module_get(t, i.builtins, intern(i, "print"));
  if (printer.empty() || call(t, printer, &text, 1).empty()) return {};
  return setattr(t, value::of(i.builtins), last, a[0]) ? value::none() : value{};
}
value sys_is_finalizing(thread_state&, const call_args&) { return value::false_(); }

value sys_audit(thread_state&, const call_args&) { return value::none(); }   // nobody listens: there are no hooks

constexpr native_definition functions[] = {
    {"audit", sys_audit, 1, -1, false},
    {"exit", sys_exit, 0, 1, false},
    {"getrecursionlimit", sys_getrecursionlimit, 0, 0, false},
    {"setrecursionlimit", sys_setrecursionlimit, 1, 1, false},
    {"getswitchinterval", sys_getswitchinterval, 0, 0, false},
    {"setswitchinterval", sys_setswitchinterval, 1, 1, false},
    {"exc_info", sys_exc_info, 0, 0, false},
    {"exception", sys_exception, 0, 0, false},
    {"_getframe", sys_getframe, 0, 1, false},
    {"get_int_max_str_digits", sys_get_int_max_str_digits, 0, 0, false},
    {"set_int_max_str_digits", sys_set_int_max_str_digits, 1, 1, false},
    {"getrefcount", sys_getrefcount, 1, 1, false},
    {"gettrace", nothing, 0, 0, false},
    {"getprofile", nothing, 0, 0, false},
    {"getfilesystemencoding", sys_getdefaultencoding, 0, 0, false},
    {"intern", sys_intern, 1, 1, false},
    {"getsizeof", sys_getsizeof, 1, 2, false},
    {"getdefaultencoding", sys_getdefaultencoding, 0, 0, false},
    {"displayhook", sys_displayhook, 1, 1, false},
    {"is_finalizing", sys_is_finalizing, 0, 0, false},
};

value strings(thread_state& t, const std::vector<std::string>& texts) {
  const value list = make_list(t);
  for (const std::string& s : texts) {
    const value v = make_string(t, s);
    if (v.empty() || !list_append<any_access>(t, list.as<list_object>(), v)) return {};
  }
  return list;
}

void define_information(thread_state& t, module_object* m) {
  using limits = std::numeric_limits<double>;
  const auto n = [](std::int64_t i) { return value::small_int(i); };
  const auto put = [&](const char* name, std::initializer_list<const char*> fields, std::initializer_list<value> items) {
    const value v = make_struct_sequence(t, define_struct_sequence(t, "sys", name, fields), items);
    define(t, m, name, v);
  };
  put("version_info", {"major", "minor", "micro", "releaselevel", "serial"},
      {n(3), n(11), n(2), make_string(t, "final"), n(0)});
  put("float_info",
      {"max", "max_exp", "max_10_exp", "min", "min_exp", "min_10_exp", "dig", "mant_dig", "epsilon", "radix", "rounds"},
      {value::real(limits::max()), n(limits::max_exponent), n(limits::max_exponent10), value::real(limits::min()),
       n(limits::min_exponent), n(limits::min_exponent10), n(limits::digits10), n(limits::digits),
       value::real(limits::epsilon()), n(limits::radix), n(1)});
  put("flags",
      {"debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose",
       "bytes_warning", "quiet", "hash_randomization", "isolated", "dev_mode", "utf8_mode", "warn_default_encoding", "safe_path",
       "int_max_str_digits"},
      {n(0), n(0), n(0), n(0), n(1), n(0), n(0), n(0), n(0), n(0), n(0), n(1), n(0), value::false_(), n(1), n(0), value::false_(), n(-1)});
  put("int_info", {"bits_per_digit", "sizeof_digit", "default_max_str_digits", "str_digits_check_threshold"},
      {n(32), n(4), n(4300), n(640)});
  put("hash_info", {"width", "modulus", "inf", "nan", "imag", "algorithm", "hash_bits", "seed_bits", "cutoff"},
      {n(64), int_from_int64(t, (std::int64_t{1} << 61) - 1), n(314159), n(0), n(1000003), make_string(t, "wyhash"), n(64), n(0), n(0)});
}

// sys.implementation is made when it is first asked for: its class is written in Python.
value missing_attribute(thread_state& t, const call_args& a) {
  interpreter& i = *t.interp;
  if (!is(a[0], kind::str) || to_utf8(a[0].as<string_object>()) != "implementation") {
    std::string shown;
    return append_str(t, a[0], shown) ? raise(t, i.errors.AttributeError, "module 'sys' has no attribute '" + shown + "'") : value{};
  }
  const value module = import_by_name(t, intern(i, "_namespace"), value::none(), 0);
  const value made = module.empty() ? module : getattr(t, module, intern(i, "implementation"));
  if (!made.empty()) module_set(t, i.sys, intern(i, "implementation"), made);
  return t.why == signal::none ? made : value{};
}
constexpr native_definition hidden[] = {{"__getattr__", missing_attribute, 1, 1, false}};

}  // namespace

void fill_sys(thread_state& t, module_object* m) {
  define_functions(t, m, hidden);
  interpreter& i = *t.interp;
  define_functions(t, m, functions);
  const value hook = module_get(t, m, intern(i, "displayhook"));
  if (!hook.empty()) define(t, m, "__displayhook__", hook);
  define(t, m, "argv", strings(t, i.argv));
  define(t, m, "path", strings(t, i.search_path));
  define(t, m, "modules", value::of(i.modules));
  define(t, m, "version", make_string(t, "3.11.2 (gilt)"));
  define_information(t, m);
  define(t, m, "float_repr_style", make_string(t, "short"));
  define(t, m, "dont_write_bytecode", value::true_());
  define(t, m, "warnoptions", make_list(t));
  define(t, m, "prefix", make_string(t, ""));
  define(t, m, "exec_prefix", make_string(t, ""));
  define(t, m, "copyright", make_string(t, ""));
  define(t, m, "hexversion", value::small_int(0x030B02F0));
  define(t, m, "platform", make_string(t, "linux"));
  define(t, m, "byteorder", make_string(t, "little"));
  define(t, m, "executable", make_string(t, ""));
  define(t, m, "maxsize", int_from_int64(t, INT64_MAX));
  define(t, m, "maxunicode", value::small_int(0x10FFFF));
  for (int fd = 0; fd < 3; ++fd) {
    static constexpr const char* names[] = {"stdin", "stdout", "stderr"};
    static constexpr const char* kept[] = {"__stdin__", "__stdout__", "__stderr__"};
    const value file = standard_file(t, fd);
    define(t, m, names[fd], file);
    define(t, m, kept[fd], file);
  }
}

}  // namespace gilt::interp
