// SPDX-License-Identifier: BSL-1.0
// sys: the interpreter as a script sees it.
#include <unistd.h>

#include <cmath>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/file.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/dict.hpp"
#include "interp/object/list.hpp"
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
  return value::real(t.interp->switch_interval.load(std::memory_order_relaxed));
}
value sys_setswitchinterval(thread_state& t, const call_args& a) {
  double seconds;
  if (!to_double(t, a[0], seconds)) return {};
  if (!(seconds > 0))
    return raise(t, t.interp->errors.ValueError, "switch interval must be strictly positive");
  t.interp->switch_interval.store(seconds, std::memory_order_relaxed);
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
value sys_getsizeof(thread_state&, const call_args&) { return value::small_int(64); }
value sys_getdefaultencoding(thread_state& t, const call_args&) { return make_string(t, "utf-8"); }
value sys_is_finalizing(thread_state&, const call_args&) { return value::false_(); }

constexpr native_definition functions[] = {
    {"exit", sys_exit, 0, 1, false},
    {"getrecursionlimit", sys_getrecursionlimit, 0, 0, false},
    {"setrecursionlimit", sys_setrecursionlimit, 1, 1, false},
    {"getswitchinterval", sys_getswitchinterval, 0, 0, false},
    {"setswitchinterval", sys_setswitchinterval, 1, 1, false},
    {"exc_info", sys_exc_info, 0, 0, false},
    {"intern", sys_intern, 1, 1, false},
    {"getsizeof", sys_getsizeof, 1, 2, false},
    {"getdefaultencoding", sys_getdefaultencoding, 0, 0, false},
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

}  // namespace

void fill_sys(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  define_functions(t, m, functions);
  define(t, m, "argv", strings(t, i.argv));
  define(t, m, "path", strings(t, {i.script_directory}));
  define(t, m, "modules", value::of(i.modules));
  define(t, m, "version", make_string(t, "3.11.2 (gilt)"));
  define(t, m, "version_info",
         make_tuple(t, {value::small_int(3), value::small_int(11), value::small_int(2),
                        make_string(t, "final"), value::small_int(0)}));
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
