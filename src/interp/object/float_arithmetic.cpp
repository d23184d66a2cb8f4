// SPDX-License-Identifier: BSL-1.0
// Operators on float and complex.
#include <cmath>
#include <complex>

#include "interp/object/number_operands.hpp"

namespace gilt::interp {

namespace {

value out_of_range(thread_state& t) {
  return raise(t, t.interp->errors.OverflowError, "%s", "(34, 'Numerical result out of range')");
}

struct parts {
  double re, im;
};

bool load(thread_state& t, value v, parts& out) {
  if (is(v, kind::complex_)) {
    auto* c = v.as<complex_object>();
    out = {c->real, c->imaginary};
    return true;
  }
  out.im = 0;
  return to_double(t, v, out.re);
}

parts multiply(parts a, parts b) {
  return {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
}

// Smith's method ("Algorithm 116: Complex division", CACM 1962), as CPython's _Py_c_quot.
parts divide(parts a, parts b) {
  const double re = std::fabs(b.re), im = std::fabs(b.im);
  if (re >= im) {
    const double ratio = b.im / b.re, denominator = b.re + b.im * ratio;
    return {(a.re + a.im * ratio) / denominator, (a.im - a.re * ratio) / denominator};
  }
  if (im >= re) {
    const double ratio = b.re / b.im, denominator = b.re * ratio + b.im;
    return {(a.re * ratio + a.im) / denominator, (a.im * ratio - a.re) / denominator};
  }
  return {std::nan(""), std::nan("")};
}

value power(thread_state& t, parts a, parts b) {
  const auto zero_base = [&] {
    return raise(t, t.interp->errors.ZeroDivisionError, "0.0 to a negative or complex power");
  };
  parts r{1, 0};
  const double whole = std::floor(b.re);
  if (b.im == 0 && b.re == whole && std::fabs(b.re) <= 100) {
    auto n = static_cast<long>(std::fabs(b.re));
    if (b.re < 0 && a.re == 0 && a.im == 0) return zero_base();
    for (parts square = a; n > 0; n >>= 1) {
      if ((n & 1) != 0) r = multiply(r, square);
      square = multiply(square, square);
    }
    if (b.re < 0) r = divide({1, 0}, r);
  } else if (b.re == 0 && b.im == 0) {
    r = {1, 0};
  } else if (a.re == 0 && a.im == 0) {
    if (b.im != 0 || b.re < 0) return zero_base();
    r = {0, 0};
  } else {
    const double size = std::hypot(a.re, a.im), angle = std::atan2(a.im, a.re);
    double length = std::pow(size, b.re), phase = angle * b.re;
    if (b.im != 0) {
      length *= std::exp(-angle * b.im);
      phase += b.im * std::log(size);
    }
    r = {length * std::cos(phase), length * std::sin(phase)};
  }
  if (std::isinf(r.re) || std::isinf(r.im)) {
    return raise(t, t.interp->errors.OverflowError, "complex exponentiation");
  }
  return make_complex(t, r.re, r.im);
}

value float_power(thread_state& t, double a, double b) {
  if (b == 0 || a == 1) return value::real(1.0);
  if (std::isnan(a) || std::isnan(b)) return value::real(std::nan(""));
  if (a == 0 && b < 0 && !std::isinf(b)) {
    return raise(t, t.interp->errors.ZeroDivisionError, "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b))
    return power(t, {a, 0}, {b, 0});
  const double r = std::pow(a, b);
  if (std::isinf(r) && std::isfinite(a) && std::isfinite(b)) return out_of_range(t);
  return value::real(r);
}

}  // namespace

double float_floor_divide(double a, double b, double& remainder) {
  double mod = std::fmod(a, b);
  double div = (a - mod) / b;
  if (mod != 0) {
    if ((b < 0) != (mod < 0)) {
      mod += b;
      div -= 1.0;
    }
  } else {
    mod = std::copysign(0.0, b);
  }
  remainder = mod;
  if (div == 0) return std::copysign(0.0, a / b);
  const double whole = std::floor(div);
  return div - whole > 0.5 ? whole + 1.0 : whole;
}

value float_binary(thread_state& t, opcode op, double a, double b) {
  double rest = 0;
  switch (op) {
    case opcode::ADD:
      return value::real(a + b);
    case opcode::SUB:
      return value::real(a - b);
    case opcode::MUL:
      return value::real(a * b);
    case opcode::TRUEDIV:
      if (b == 0) return raise(t, t.interp->errors.ZeroDivisionError, "float division by zero");
      return value::real(a / b);
    case opcode::FLOORDIV:
      if (b == 0)
        return raise(t, t.interp->errors.ZeroDivisionError, "float floor division by zero");
      return value::real(float_floor_divide(a, b, rest));
    case opcode::MOD:
      if (b == 0) return raise(t, t.interp->errors.ZeroDivisionError, "float modulo");
      float_floor_divide(a, b, rest);
      return value::real(rest);
    case opcode::POW:
      return float_power(t, a, b);
    default:
      return value::not_implemented();
  }
}

value complex_binary(thread_state& t, opcode op, value left, value right) {
  parts a{}, b{};
  if (!load(t, left, a) || !load(t, right, b)) return {};
  switch (op) {
    case opcode::ADD:
      return make_complex(t, a.re + b.re, a.im + b.im);
    case opcode::SUB:
      return make_complex(t, a.re - b.re, a.im - b.im);
    case opcode::MUL: {
      const parts r = multiply(a, b);
      return make_complex(t, r.re, r.im);
    }
    case opcode::TRUEDIV: {
      if (b.re == 0 && b.im == 0) {
        return raise(t, t.interp->errors.ZeroDivisionError, "complex division by zero");
      }
      const parts r = divide(a, b);
      return make_complex(t, r.re, r.im);
    }
    case opcode::POW:
      return power(t, a, b);
    default:
      return value::not_implemented();
  }
}

value make_complex(thread_state& t, double real, double imaginary) {
  auto* c = t.alloc.make<complex_object>(t, t.interp->types.complex_->root);
  if (!c) return {};
  c->real = real;
  c->imaginary = imaginary;
  return value::of(c);
}

}  // namespace gilt::interp
