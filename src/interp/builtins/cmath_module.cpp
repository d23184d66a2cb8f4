// SPDX-License-Identifier: BSL-1.0
// cmath: the C library's complex functions (C99, annex G) with CPython's errors: a pole or an
// invalid finite argument is a domain error, a finite argument with an infinite result a range error.
#include <cmath>
#include <complex>
#include <numbers>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"

namespace gilt::interp {
namespace {

using complex = std::complex<double>;

bool to_complex(thread_state& t, value v, complex& out) {
  if (is(v, kind::complex_)) {
    auto* c = v.as<complex_object>();
    out = {c->real, c->imaginary};
    return true;
  }
  bool found = false;
  if (v.is_object()) {
    const value r = call_special(t, v, intern(*t.interp, "__complex__"), nullptr, 0, found);
    if (found && r.empty()) return false;
    if (found) {
      if (!is(r, kind::complex_)) {
        type_error(t, "__complex__ returned non-complex (type " + type_name(t, r) + ")");
        return false;
      }
      return to_complex(t, r, out);
    }
    if (t.why != signal::none) return false;
  }
  double x;
  if (!to_double(t, v, x)) return false;
  out = {x, 0.0};
  return true;
}
bool finite(complex z) { return std::isfinite(z.real()) && std::isfinite(z.imag()); }
bool infinite(complex z) { return std::isinf(z.real()) || std::isinf(z.imag()); }
bool not_a_number(complex z) { return std::isnan(z.real()) || std::isnan(z.imag()); }
value domain_error(thread_state& t) { return raise(t, t.interp->errors.ValueError, "math domain error"); }
value range_error(thread_state& t) { return raise(t, t.interp->errors.OverflowError, "math range error"); }
value give(thread_state& t, complex z) { return make_complex(t, z.real(), z.imag()); }

template <complex (*F)(const complex&)>
value unary(thread_state& t, const call_args& a) {
  complex z;
  if (!to_complex(t, a[0], z)) return {};
  const complex r = F(z);
  if (finite(z) && infinite(r)) return range_error(t);
  if (!not_a_number(z) && not_a_number(r) && finite(z)) return domain_error(t);
  return give(t, r);
}
// Functions of an infinite argument whose angle is undefined: cos(inf), exp(inf * 1j) ...
template <complex (*F)(const complex&), bool Imaginary>
value periodic(thread_state& t, const call_args& a) {
  complex z;
  if (!to_complex(t, a[0], z)) return {};
  const double angle = Imaginary ? z.imag() : z.real(), other = Imaginary ? z.real() : z.imag();
  const complex r = F(z);
  if (std::isinf(angle) && (std::isfinite(other) || (std::isinf(other) && !(Imaginary && other < 0)))) return domain_error(t);
  if (finite(z) && infinite(r)) return range_error(t);
  return give(t, r);
}

complex square_root(const complex& z) { return std::sqrt(z); }
complex exponential(const complex& z) { return std::exp(z); }
complex arc_cosine(const complex& z) { return std::acos(z); }
complex arc_cosh(const complex& z) { return std::acosh(z); }
complex arc_sine(const complex& z) { return std::asin(z); }
complex arc_sinh(const complex& z) { return std::asinh(z); }
complex arc_tangent(const complex& z) { return std::atan(z); }
complex arc_tanh(const complex& z) { return std::atanh(z); }
complex cosine(const complex& z) { return std::cos(z); }
complex hyperbolic_cosine(const complex& z) { return std::cosh(z); }
complex sine(const complex& z) { return std::sin(z); }
complex hyperbolic_sine(const complex& z) { return std::sinh(z); }
complex tangent(const complex& z) { return std::tan(z); }
complex hyperbolic_tangent(const complex& z) { return std::tanh(z); }

// Poles: atanh at 1 and -1, atan at i and -i.
template <complex (*F)(const complex&), bool Imaginary>
value with_poles(thread_state& t, const call_args& a) {
  complex z;
  if (!to_complex(t, a[0], z)) return {};
  const double along = Imaginary ? z.imag() : z.real(), across = Imaginary ? z.real() : z.imag();
  if (across == 0 && std::fabs(along) == 1) return domain_error(t);
  return give(t, F(z));
}

bool logarithm(thread_state& t, value v, complex& out) {
  complex z;
  if (!to_complex(t, v, z)) return false;
  if (z == complex(0, 0)) {
    domain_error(t);
    return false;
  }
  out = std::log(z);
  return true;
}
value log_function(thread_state& t, const call_args& a) {
  complex r, base;
  if (!logarithm(t, a[0], r)) return {};
  if (a.npos > 1) {
    if (!logarithm(t, a[1], base)) return {};
    const value x = give(t, r), y = x.empty() ? x : give(t, base);
    return y.empty() ? y : binary(t, opcode::TRUEDIV, x, y);
  }
  return give(t, r);
}
value log10_function(thread_state& t, const call_args& a) {
  complex r;
  return logarithm(t, a[0], r) ? give(t, r / std::numbers::ln10) : value{};
}
value phase(thread_state& t, const call_args& a) {
  complex z;
  return to_complex(t, a[0], z) ? value::real(std::atan2(z.imag(), z.real())) : value{};
}
value polar(thread_state& t, const call_args& a) {
  complex z;
  if (!to_complex(t, a[0], z)) return {};
  const double r = std::hypot(z.real(), z.imag());
  if (std::isinf(r) && finite(z)) return range_error(t);
  return make_tuple(t, {value::real(r), value::real(std::atan2(z.imag(), z.real()))});
}
value rect(thread_state& t, const call_args& a) {
  double r, phi;
  if (!to_double(t, a[0], r) || !to_double(t, a[1], phi)) return {};
  if (std::isinf(phi) && r != 0 && !std::isnan(r)) return domain_error(t);
  if (phi == 0) return make_complex(t, r, r * phi);
  if (std::isinf(r) && std::isfinite(phi))
    return make_complex(t, std::copysign(r, r * std::cos(phi)), std::copysign(r, r * std::sin(phi)));
  if (r == 0 && !std::isfinite(phi)) return make_complex(t, 0.0, 0.0);
  return make_complex(t, r * std::cos(phi), r * std::sin(phi));
}
template <bool (*Test)(complex)>
value test(thread_state& t, const call_args& a) {
  complex z;
  return to_complex(t, a[0], z) ? value::boolean(Test(z)) : value{};
}
value isclose(thread_state& t, const call_args& a) {
  value v[4];
  complex x, y;
  double relative = 1e-9, absolute = 0;
  if (a.npos > 2) return type_error(t, "isclose() takes exactly 2 positional arguments (" + std::to_string(a.npos) + " given)");
  if (!bind(t, "isclose", a, {"a", "b", "rel_tol", "abs_tol"}, 2, v) || !to_complex(t, v[0], x) || !to_complex(t, v[1], y)) return {};
  if ((!v[2].empty() && !to_double(t, v[2], relative)) || (!v[3].empty() && !to_double(t, v[3], absolute))) return {};
  if (relative < 0 || absolute < 0) return raise(t, t.interp->errors.ValueError, "tolerances must be non-negative");
  if (x == y) return value::true_();
  if (infinite(x) || infinite(y)) return value::false_();
  const double apart = std::abs(x - y);
  return value::boolean(apart <= relative * std::abs(y) || apart <= relative * std::abs(x) || apart <= absolute);
}

constexpr native_definition functions[] = {
    {"acos", unary<arc_cosine>, 1, 1, false},          {"acosh", unary<arc_cosh>, 1, 1, false},
    {"asin", unary<arc_sine>, 1, 1, false},            {"asinh", unary<arc_sinh>, 1, 1, false},
    {"atan", with_poles<arc_tangent, true>, 1, 1, false}, {"atanh", with_poles<arc_tanh, false>, 1, 1, false},
    {"cos", periodic<cosine, false>, 1, 1, false},     {"cosh", periodic<hyperbolic_cosine, true>, 1, 1, false},
    {"exp", periodic<exponential, true>, 1, 1, false}, {"log", log_function, 1, 2, false},
    {"log10", log10_function, 1, 1, false},            {"sin", periodic<sine, false>, 1, 1, false},
    {"sinh", periodic<hyperbolic_sine, true>, 1, 1, false}, {"sqrt", unary<square_root>, 1, 1, false},
    {"tan", unary<tangent>, 1, 1, false},              {"tanh", unary<hyperbolic_tangent>, 1, 1, false},
    {"phase", phase, 1, 1, false},                     {"polar", polar, 1, 1, false},
    {"rect", rect, 2, 2, false},                       {"isfinite", test<finite>, 1, 1, false},
    {"isinf", test<infinite>, 1, 1, false},            {"isnan", test<not_a_number>, 1, 1, false},
    {"isclose", isclose, 2, 2, true},
};

}  // namespace

void fill_cmath(thread_state& t, module_object* m) {
  define_functions(t, m, functions);
  const double infinity = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  define(t, m, "pi", value::real(std::numbers::pi));
  define(t, m, "e", value::real(std::numbers::e));
  define(t, m, "tau", value::real(2 * std::numbers::pi));
  define(t, m, "inf", value::real(infinity));
  define(t, m, "nan", value::real(nan));
  define(t, m, "infj", make_complex(t, 0, infinity));
  define(t, m, "nanj", make_complex(t, 0, nan));
}

}  // namespace gilt::interp
