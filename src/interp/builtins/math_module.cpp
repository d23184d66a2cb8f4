// SPDX-License-Identifier: BSL-1.0
// math: the C library's functions with CPython's domain checks, and exact integer functions.
#include <algorithm>
#include <cerrno>
#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/gamma.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/object/numbers.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/raise.hpp"

namespace gilt::interp {
namespace {

bool is_finite(double x) { return std::isfinite(x); }

// A finite argument that gives NaN is a domain error, one that gives infinity a range error.
value checked(thread_state& t, double result, bool arguments_finite, bool infinity_is_overflow) {
  if (std::isnan(result) && arguments_finite)
    return raise(t, t.interp->errors.ValueError, "math domain error");
  if (std::isinf(result) && arguments_finite) {
    if (infinity_is_overflow) return raise(t, t.interp->errors.OverflowError, "math range error");
    return raise(t, t.interp->errors.ValueError, "math domain error");
  }
  return value::real(result);
}

template <double (*F)(double), bool Overflow>
value unary(thread_state& t, const call_args& a) {
  double x;
  if (!to_double(t, a[0], x)) return {};
  const double r = F(x);
  if (std::isnan(r) && !std::isnan(x)) return raise(t, t.interp->errors.ValueError, "math domain error");
  if (std::isinf(r) && is_finite(x)) return checked(t, r, true, Overflow);
  return value::real(r);
}

template <double (*F)(double, double)>
value binary_function(thread_state& t, const call_args& a) {
  double x, y;
  if (!to_double(t, a[0], x) || !to_double(t, a[1], y)) return {};
  const double r = F(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y))
    return raise(t, t.interp->errors.ValueError, "math domain error");
  if (std::isinf(r) && is_finite(x) && is_finite(y))
    return raise(t, t.interp->errors.OverflowError, "math range error");
  return value::real(r);
}

value math_lgamma(thread_state& t, const call_args& a) {
  double x;
  if (!to_double(t, a[0], x)) return {};
  const double r = log_gamma(x);
  if (std::isinf(r) && is_finite(x))
    return checked(t, r, true, x > 0);                     // too large, or one of 0, -1, -2 ...
  return value::real(r);
}
value math_ulp(thread_state& t, const call_args& a) {
  double x;
  if (!to_double(t, a[0], x)) return {};
  x = std::fabs(x);
  if (!is_finite(x)) return value::real(x);
  const double above = std::nextafter(x, std::numeric_limits<double>::infinity());
  return value::real(std::isinf(above) ? x - std::nextafter(x, 0.0) : above - x);
}

// floor, ceil, trunc of a float give an int of any size.
template <double (*F)(double)>
value rounding(thread_state& t, const call_args& a, string_object* special) {
  if (a[0].is_int() || a[0].is_bool() || is(a[0], kind::big_int)) return to_int_value(t, a[0]);
  if (!a[0].is_double()) {
    value self;
    const value method = lookup_special(t, a[0], special, self);
    if (!method.empty()) return call(t, method, &self, 1);
    if (t.why != signal::none) return {};
  }
  double x;
  if (!to_double(t, a[0], x)) return {};
  return int_from_double(t, F(x));
}
double floor_of(double x) { return std::floor(x); }
double ceil_of(double x) { return std::ceil(x); }
double trunc_of(double x) { return std::trunc(x); }
value math_floor(thread_state& t, const call_args& a) {
  return rounding<floor_of>(t, a, intern(*t.interp, "__floor__"));
}
value math_ceil(thread_state& t, const call_args& a) {
  return rounding<ceil_of>(t, a, intern(*t.interp, "__ceil__"));
}
value math_trunc(thread_state& t, const call_args& a) {
  if (!is_number(a[0])) {
    value self;
    const value method = lookup_special(t, a[0], t.interp->names.__trunc__, self);
    if (!method.empty()) return self.empty() ? call(t, method, nullptr, 0) : call(t, method, &self, 1);
    if (t.why != signal::none) return {};
    return raise(t, t.interp->errors.TypeError, "type %s doesn't define __trunc__ method", type_name(t, a[0]).c_str());
  }
  return rounding<trunc_of>(t, a, intern(*t.interp, "__trunc__"));
}

double log_of(double x) { return std::log(x); }
double log2_of(double x) { return std::log2(x); }
double log10_of(double x) { return std::log10(x); }

template <double (*F)(double)>
bool logarithm(thread_state& t, value v, double& out) {
  if (is(v, kind::big_int)) return log_of_int(t, v, F, out);
  double x;
  if (!to_double(t, v, x)) return false;
  if (x <= 0) {
    raise(t, t.interp->errors.ValueError, "math domain error");
    return false;
  }
  out = F(x);
  return true;
}
value math_log(thread_state& t, const call_args& a) {
  double x, base;
  if (!logarithm<log_of>(t, a[0], x)) return {};
  if (a.npos == 1) return value::real(x);
  if (!logarithm<log_of>(t, a[1], base)) return {};
  if (base == 0) return raise(t, t.interp->errors.ZeroDivisionError, "float division by zero");
  return value::real(x / base);
}
template <double (*F)(double)>
value one_logarithm(thread_state& t, const call_args& a) {
  double x;
  return logarithm<F>(t, a[0], x) ? value::real(x) : value{};
}

value math_isqrt(thread_state& t, const call_args& a) {
  const value n = index_of(t, a[0]);
  if (n.empty()) return {};
  if (n.is_int()) {
    const std::int64_t i = n.as_int();
    if (i < 0) return raise(t, t.interp->errors.ValueError, "isqrt() argument must be nonnegative");
    auto r = static_cast<std::int64_t>(std::sqrt(static_cast<double>(i)));
    while (r * r > i) --r;
    while ((r + 1) * (r + 1) <= i) ++r;
    return value::small_int(r);
  }
  bool negative = false;
  if (!is_negative(t, n, negative)) return {};
  if (negative) return raise(t, t.interp->errors.ValueError, "isqrt() argument must be nonnegative");
  return big_isqrt(t, n);
}

value math_gcd(thread_state& t, const call_args& a) {
  value r = value::small_int(0);
  for (std::uint32_t i = 0; i < a.npos; ++i) {
    value x = index_of(t, a[i]);
    if (x.empty()) return {};
    // Euclid on values of any size; the sign is dropped at the end.
    while (!(x.is_int() && x.as_int() == 0)) {
      const value rest = number_binary(t, opcode::MOD, r, x);
      if (rest.empty()) return {};
      r = x;
      x = rest;
    }
  }
  bool negative = false;
  if (!is_negative(t, r, negative)) return {};
  return negative ? number_unary(t, opcode::NEG, r) : r;
}
value math_lcm(thread_state& t, const call_args& a) {
  value r = value::small_int(1);
  for (std::uint32_t i = 0; i < a.npos; ++i) {
    const value x = index_of(t, a[i]);
    if (x.empty()) return {};
    if (x.is_int() && x.as_int() == 0) r = x;
    if (r.is_int() && r.as_int() == 0) continue;
    value pair[2] = {r, x};
    const value g = math_gcd(t, {pair, 2, 0, nullptr});
    if (g.empty()) return {};
    const value part = number_binary(t, opcode::FLOORDIV, x, g);
    if (part.empty()) return {};
    r = number_binary(t, opcode::MUL, r, part);
    if (r.empty()) return {};
  }
  bool negative = false;
  if (!is_negative(t, r, negative)) return {};
  return negative ? number_unary(t, opcode::NEG, r) : r;
}
// Product of lo..hi by halving, so that the factors stay of like size.
value product(thread_state& t, std::int64_t lo, std::int64_t hi) {
  if (lo > hi) return value::small_int(1);
  if (hi - lo < 3) {
    value r = value::small_int(lo);
    for (std::int64_t i = lo + 1; i <= hi && !r.empty(); ++i)
      r = number_binary(t, opcode::MUL, r, value::small_int(i));
    return r;
  }
  const std::int64_t middle = lo + (hi - lo) / 2;
  const value left = product(t, lo, middle);
  if (left.empty()) return {};
  const value right = product(t, middle + 1, hi);
  if (right.empty()) return {};
  return number_binary(t, opcode::MUL, left, right);
}
value math_factorial(thread_state& t, const call_args& a) {
  const value n = index_of(t, a[0]);
  if (n.empty()) return {};
  bool negative = false;
  if (!is_negative(t, n, negative)) return {};
  if (negative) return raise(t, t.interp->errors.ValueError, "factorial() not defined for negative values");
  std::int64_t size;
  if (!int_fits_int64(n, size))
    return raise(t, t.interp->errors.OverflowError, "factorial() argument should not exceed 9223372036854775807");
  if (size > 100'000'000) {
    raise_memory_error(t);
    return {};
  }
  if (n.as_int() < 0)
    return raise(t, t.interp->errors.ValueError, "factorial() not defined for negative values");
  return product(t, 1, n.as_int());
}
// n and k of comb and perm. done: k exceeds n, the result is 0. False: raised.
bool choice_arguments(thread_state& t, const call_args& a, value& n, value& k, bool& done) {
  n = index_of(t, a[0]);
  k = n.empty() ? n : index_of(t, a[1]);
  bool negative_n = false, negative_k = false;
  if (k.empty() || !is_negative(t, n, negative_n) || !is_negative(t, k, negative_k)) return false;
  if (negative_n || negative_k) {
    raise(t, t.interp->errors.ValueError, "%c must be a non-negative integer", negative_n ? 'n' : 'k');
    return false;
  }
  done = number_compare(t, opcode::LT, n, k).is_true();
  return true;
}
// n * (n - 1) * ..., `count` factors; divided: the i-th step divides by i.
value falling_product(thread_state& t, value n, std::int64_t count, bool divided) {
  value r = value::small_int(1);
  for (std::int64_t i = 0; i < count && !r.empty(); ++i) {
    const value factor = number_binary(t, opcode::SUB, n, value::small_int(i));
    r = factor.empty() ? factor : number_binary(t, opcode::MUL, r, factor);
    if (divided && !r.empty()) r = number_binary(t, opcode::FLOORDIV, r, value::small_int(i + 1));
  }
  return r;
}
value math_comb(thread_state& t, const call_args& a) {
  value n, k;
  bool done = false;
  if (!choice_arguments(t, a, n, k, done)) return {};
  if (done) return value::small_int(0);
  const value rest = number_binary(t, opcode::SUB, n, k);
  if (rest.empty()) return {};
  if (number_compare(t, opcode::LT, rest, k).is_true()) k = rest;
  if (!k.is_int()) return raise(t, t.interp->errors.OverflowError, "min(n - k, k) must not exceed 9223372036854775807");
  return falling_product(t, n, k.as_int(), true);
}
value math_perm(thread_state& t, const call_args& a) {
  if (a.npos == 1 || a[1].is_none()) return math_factorial(t, a);
  value n, k;
  bool done = false;
  if (!choice_arguments(t, a, n, k, done)) return {};
  if (done) return value::small_int(0);
  if (!k.is_int()) return raise(t, t.interp->errors.OverflowError, "k must not exceed 9223372036854775807");
  return falling_product(t, n, k.as_int(), false);
}

// Shewchuk's exact partial sums (Adaptive Precision Floating-Point Arithmetic, 1997).
value math_fsum(thread_state& t, const call_args& a) {
  const value it = get_iter(t, a[0]);
  if (it.empty()) return {};
  std::vector<double> partials;
  double special = 0, infinite = 0;
  bool has_special = false;
  for (;;) {
    value item;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) break;
    double x;
    if (!to_double(t, item, x)) return {};
    if (!is_finite(x)) {
      special += x;
      if (std::isinf(x)) infinite += x;
      has_special = true;
      continue;
    }
    std::size_t n = 0;
    for (double y : partials) {
      if (std::fabs(x) < std::fabs(y)) std::swap(x, y);
      const double hi = x + y, lo = y - (hi - x);
      if (lo != 0) partials[n++] = lo;
      x = hi;
    }
    partials.resize(n);
    partials.push_back(x);
    if (!is_finite(x))
      return raise(t, t.interp->errors.OverflowError, "intermediate overflow in fsum");
  }
  if (has_special) {
    if (std::isnan(infinite))
      return raise(t, t.interp->errors.ValueError, "-inf + inf in fsum");
    return value::real(special);
  }
  if (partials.empty()) return value::real(0);
  double hi = partials.back(), lo = 0;
  std::size_t i = partials.size() - 1;
  while (i > 0) {
    const double x = hi, y = partials[--i];
    hi = x + y;
    lo = y - (hi - x);
    if (lo != 0) break;
  }
  if (i > 0 && ((lo < 0 && partials[i - 1] < 0) || (lo > 0 && partials[i - 1] > 0))) {
    const double y = lo * 2, x = hi + y;
    if (y == x - hi) hi = x;                 // round half to even over the remaining partials
  }
  return value::real(hi);
}
value math_prod(thread_state& t, const call_args& a) {
  value out[2];
  if (a.npos > 1) return raise(t, t.interp->errors.TypeError, "prod() takes exactly 1 positional argument (%u given)", a.npos);
  if (!bind(t, "prod", a, {"iterable", "start"}, 1, out)) return {};
  value r = out[1].empty() ? value::small_int(1) : out[1];
  const value it = get_iter(t, out[0]);
  if (it.empty()) return {};
  for (;;) {
    value item;
    if (!iter_next(t, it, item)) return {};
    if (item.empty()) return r;
    r = binary(t, opcode::MUL, r, item);
    if (r.empty()) return {};
  }
}
// sqrt(sum of squares), nearly always correctly rounded: scaled by a power of two so that nothing
// overflows, squares and sum kept as unevaluated pairs (Dekker; Ogita, Rump, Oishi, "Accurate sum and
// dot product", 2005), and one Newton step on the root with the exact residue.
double euclidean_norm(const std::vector<double>& v) {
  double largest = 0;
  bool nan = false;
  for (const double x : v) {
    if (std::isinf(x)) return std::numeric_limits<double>::infinity();
    nan |= std::isnan(x);
    largest = std::max(largest, std::fabs(x));
  }
  if (nan) return std::numeric_limits<double>::quiet_NaN();
  if (largest == 0) return 0;
  int exponent = 0;
  std::frexp(largest, &exponent);
  double sum = 0, low = 0;
  const auto add = [&](double x) {
    const double next = sum + x, part = next - sum;
    low += (sum - (next - part)) + (x - part);
    sum = next;
  };
  for (const double x : v) {
    const double scaled = std::ldexp(x, -exponent), square = scaled * scaled;
    add(square);
    low += std::fma(scaled, scaled, -square);
  }
  double root = std::sqrt(sum + low);
  const double square = root * root;
  const double residue = ((sum - square) - std::fma(root, root, -square)) + low;
  root += residue / (2 * root);
  return std::ldexp(root, exponent);
}
value norm(thread_state& t, const std::vector<double>& v) {
  static_cast<void>(t);
  return value::real(euclidean_norm(v));                   // too large: infinite
}
value math_hypot(thread_state& t, const call_args& a) {
  std::vector<double> v(a.npos);
  for (std::uint32_t i = 0; i < a.npos; ++i) {
    if (!to_double(t, a[i], v[i])) return {};
  }
  return norm(t, v);
}
value math_dist(thread_state& t, const call_args& a) {
  const value p = get_iter(t, a[0]), q = p.empty() ? value{} : get_iter(t, a[1]);
  if (p.empty() || q.empty()) return {};
  std::vector<double> v;
  for (;;) {
    value x, y;
    if (!iter_next(t, p, x) || !iter_next(t, q, y)) return {};
    if (x.empty() != y.empty())
      return raise(t, t.interp->errors.ValueError,
                   "both points must have the same number of dimensions");
    if (x.empty()) return norm(t, v);
    double dx, dy;
    if (!to_double(t, x, dx) || !to_double(t, y, dy)) return {};
    v.push_back(dx - dy);
  }
}
value math_pow(thread_state& t, const call_args& a) {
  double x, y;
  if (!to_double(t, a[0], x) || !to_double(t, a[1], y)) return {};
  const double r = std::pow(x, y);
  if (std::isnan(r) && !std::isnan(x) && !std::isnan(y))
    return raise(t, t.interp->errors.ValueError, "math domain error");
  if (std::isinf(r) && is_finite(x) && is_finite(y)) {
    if (x == 0) return raise(t, t.interp->errors.ValueError, "math domain error");
    return raise(t, t.interp->errors.OverflowError, "math range error");
  }
  return value::real(r);
}
value math_modf(thread_state& t, const call_args& a) {
  double x, whole;
  if (!to_double(t, a[0], x)) return {};
  const double part = std::modf(x, &whole);
  return make_tuple(t, {value::real(part), value::real(whole)});
}
value math_frexp(thread_state& t, const call_args& a) {
  double x;
  int exponent = 0;
  if (!to_double(t, a[0], x)) return {};
  const double part = is_finite(x) ? std::frexp(x, &exponent) : x;
  return make_tuple(t, {value::real(part), value::small_int(exponent)});
}
value math_ldexp(thread_state& t, const call_args& a) {
  double x;
  std::int64_t e;
  if (!to_double(t, a[0], x)) return {};
  if (!is_integer(a[1])) return raise(t, t.interp->errors.TypeError, "Expected an int as second argument to ldexp.");
  if (!to_int64_clamped(t, a[1], e)) return {};
  const double r = std::ldexp(x, static_cast<int>(std::clamp<std::int64_t>(e, -100000, 100000)));
  if (std::isinf(r) && is_finite(x))
    return raise(t, t.interp->errors.OverflowError, "math range error");
  return value::real(r);
}
value math_isclose(thread_state& t, const call_args& a) {
  value out[4];
  if (a.npos > 2) return raise(t, t.interp->errors.TypeError, "isclose() takes exactly 2 positional arguments (%u given)", a.npos);
  if (!bind(t, "isclose", a, {"a", "b", "rel_tol", "abs_tol"}, 2, out)) return {};
  double x, y, relative = 1e-9, absolute = 0;
  if (!to_double(t, out[0], x) || !to_double(t, out[1], y)) return {};
  if (!out[2].empty() && !to_double(t, out[2], relative)) return {};
  if (!out[3].empty() && !to_double(t, out[3], absolute)) return {};
  if (relative < 0 || absolute < 0)
    return raise(t, t.interp->errors.ValueError, "tolerances must be non-negative");
  if (x == y) return value::true_();
  if (std::isinf(x) || std::isinf(y)) return value::false_();
  const double difference = std::fabs(x - y);
  return value::boolean(difference <= std::fabs(relative * y) ||
                        difference <= std::fabs(relative * x) || difference <= absolute);
}
template <class F>
value predicate(thread_state& t, const call_args& a, F f) {
  double x;
  if (!to_double(t, a[0], x)) return {};
  return value::boolean(f(x));
}
value math_isnan(thread_state& t, const call_args& a) { return predicate(t, a, [](double x) { return std::isnan(x); }); }
value math_isinf(thread_state& t, const call_args& a) { return predicate(t, a, [](double x) { return std::isinf(x); }); }
value math_isfinite(thread_state& t, const call_args& a) { return predicate(t, a, [](double x) { return std::isfinite(x); }); }

double sin_of(double x) { return std::sin(x); }
double cos_of(double x) { return std::cos(x); }
double tan_of(double x) { return std::tan(x); }
double asin_of(double x) { return std::asin(x); }
double acos_of(double x) { return std::acos(x); }
double atan_of(double x) { return std::atan(x); }
double sinh_of(double x) { return std::sinh(x); }
double cosh_of(double x) { return std::cosh(x); }
double tanh_of(double x) { return std::tanh(x); }
double asinh_of(double x) { return std::asinh(x); }
double acosh_of(double x) { return std::acosh(x); }
double atanh_of(double x) { return std::atanh(x); }
double exp_of(double x) { return std::exp(x); }
double exp2_of(double x) { return std::exp2(x); }
double expm1_of(double x) { return std::expm1(x); }
double log1p_of(double x) { return std::log1p(x); }
double sqrt_of(double x) { return std::sqrt(x); }
double cbrt_of(double x) { return std::cbrt(x); }
double erf_of(double x) { return std::erf(x); }
double erfc_of(double x) { return std::erfc(x); }
double fabs_of(double x) { return std::fabs(x); }
double degrees_of(double x) { return x * (180.0 / std::numbers::pi); }
double radians_of(double x) { return x * (std::numbers::pi / 180.0); }
double atan2_of(double y, double x) { return std::atan2(y, x); }
double fmod_of(double x, double y) { return std::fmod(x, y); }
double copysign_of(double x, double y) { return std::copysign(x, y); }
double remainder_of(double x, double y) { return std::remainder(x, y); }
double nextafter_of(double x, double y) { return std::nextafter(x, y); }

constexpr native_definition functions[] = {
    {"sin", unary<sin_of, false>, 1, 1, false},
    {"cos", unary<cos_of, false>, 1, 1, false},
    {"tan", unary<tan_of, false>, 1, 1, false},
    {"asin", unary<asin_of, false>, 1, 1, false},
    {"acos", unary<acos_of, false>, 1, 1, false},
    {"atan", unary<atan_of, false>, 1, 1, false},
    {"sinh", unary<sinh_of, true>, 1, 1, false},
    {"cosh", unary<cosh_of, true>, 1, 1, false},
    {"tanh", unary<tanh_of, false>, 1, 1, false},
    {"asinh", unary<asinh_of, false>, 1, 1, false},
    {"acosh", unary<acosh_of, false>, 1, 1, false},
    {"atanh", unary<atanh_of, false>, 1, 1, false},
    {"exp", unary<exp_of, true>, 1, 1, false},
    {"exp2", unary<exp2_of, true>, 1, 1, false},
    {"expm1", unary<expm1_of, true>, 1, 1, false},
    {"log1p", unary<log1p_of, false>, 1, 1, false},
    {"sqrt", unary<sqrt_of, false>, 1, 1, false},
    {"cbrt", unary<cbrt_of, false>, 1, 1, false},
    {"erf", unary<erf_of, false>, 1, 1, false},
    {"erfc", unary<erfc_of, false>, 1, 1, false},
    {"gamma", unary<gamma_function, true>, 1, 1, false},
    {"lgamma", math_lgamma, 1, 1, false},
    {"ulp", math_ulp, 1, 1, false},
    {"fabs", unary<fabs_of, false>, 1, 1, false},
    {"degrees", unary<degrees_of, true>, 1, 1, false},
    {"radians", unary<radians_of, false>, 1, 1, false},
    {"atan2", binary_function<atan2_of>, 2, 2, false},
    {"fmod", binary_function<fmod_of>, 2, 2, false},
    {"copysign", binary_function<copysign_of>, 2, 2, false},
    {"remainder", binary_function<remainder_of>, 2, 2, false},
    {"nextafter", binary_function<nextafter_of>, 2, 2, false},
    {"pow", math_pow, 2, 2, false},
    {"floor", math_floor, 1, 1, false},
    {"ceil", math_ceil, 1, 1, false},
    {"trunc", math_trunc, 1, 1, false},
    {"log", math_log, 1, 2, false},
    {"log2", one_logarithm<log2_of>, 1, 1, false},
    {"log10", one_logarithm<log10_of>, 1, 1, false},
    {"isqrt", math_isqrt, 1, 1, false},
    {"gcd", math_gcd, 0, -1, false},
    {"lcm", math_lcm, 0, -1, false},
    {"factorial", math_factorial, 1, 1, false},
    {"comb", math_comb, 2, 2, false},
    {"perm", math_perm, 1, 2, false},
    {"fsum", math_fsum, 1, 1, false},
    {"prod", math_prod, 1, 2, true},
    {"hypot", math_hypot, 0, -1, false},
    {"dist", math_dist, 2, 2, false},
    {"modf", math_modf, 1, 1, false},
    {"frexp", math_frexp, 1, 1, false},
    {"ldexp", math_ldexp, 2, 2, false},
    {"isclose", math_isclose, 2, 2, true},
    {"isnan", math_isnan, 1, 1, false},
    {"isinf", math_isinf, 1, 1, false},
    {"isfinite", math_isfinite, 1, 1, false},
};

}  // namespace

void fill_math(thread_state& t, module_object* m) {
  define_functions(t, m, functions);
  define(t, m, "pi", value::real(std::numbers::pi));
  define(t, m, "e", value::real(std::numbers::e));
  define(t, m, "tau", value::real(2 * std::numbers::pi));
  define(t, m, "inf", value::real(std::numeric_limits<double>::infinity()));
  define(t, m, "nan", value::real(std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace gilt::interp
