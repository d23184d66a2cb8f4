// SPDX-License-Identifier: BSL-1.0
// gamma: Lanczos' approximation
//
//   gamma(x) = (x + g - 1/2)^(x - 1/2) / exp(x + g - 1/2) * L(x)
//
// with L a quotient of two polynomials of degree 12 and g = 6.0246800..., which is good to about 1e-15.
// The C library's tgamma is as good, but a script shall print the digits CPython prints, so the
// parameters and the order of evaluation are those CPython uses.
//
// Sources: Lanczos, "A Precision Approximation of the Gamma Function", SIAM J. Numer. Anal. B 1 (1964);
// Pugh, "An Analysis of the Lanczos Gamma Approximation" (2004), for the choice of g at 13 terms.
#include "interp/builtins/gamma.hpp"

#include <cmath>
#include <limits>
#include <numbers>

namespace gilt::interp {
namespace {

constexpr int terms = 13;
constexpr double g = 6.024680040776729583740234375, g_minus_half = 5.524680040776729583740234375;
constexpr double log_pi = 1.144729885849400174143427351353058711647;
constexpr double numerator[terms] = {
    23531376880.410759688572007674451636754734846804940, 42919803642.649098768957899047001988850926355848959,
    35711959237.355668049440185451547166705960488635843, 17921034426.037209699919755754458931112671403265390,
    6039542586.3520280050642916443072979210699388420708, 1439720407.3117216736632230727949123939715485786372,
    248874557.86205415651146038641322942321632125127801, 31426415.585400194380614231628318205362874684987640,
    2876370.6289353724412254090516208496135991145378768, 186056.26539522349504029498971604569928220784236328,
    8071.6720023658162106380029022722506138218516325024, 210.82427775157934587250973392071336271166969580291,
    2.5066282746310002701649081771338373386264310793408};
// x (x + 1) ... (x + 11), multiplied out.
constexpr double denominator[terms] = {0.0,       39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0,
                                       2637558.0, 357423.0,   32670.0,     1925.0,      66.0,        1.0};

// Precondition: x > 0. In powers of 1/x where those of x would grow large.
double lanczos(double x) {
  double above = 0, below = 0;
  if (x < 5) {
    for (int i = terms; --i >= 0;) {
      above = above * x + numerator[i];
      below = below * x + denominator[i];
    }
  } else {
    for (int i = 0; i < terms; ++i) {
      above = above / x + numerator[i];
      below = below / x + denominator[i];
    }
  }
  return above / below;
}

// sin(pi x) without the rounding error of pi x: reduced to a quarter turn first.
double sin_pi(double x) {
  constexpr double pi = std::numbers::pi;
  const double y = std::fmod(std::fabs(x), 2.0);
  double r = 0;
  switch (static_cast<int>(std::lround(2.0 * y))) {
    case 0: r = std::sin(pi * y); break;
    case 1: r = std::cos(pi * (y - 0.5)); break;
    case 2: r = std::sin(pi * (1.0 - y)); break;     // not -sin(pi (y - 1)): the sign of zero
    case 3: r = -std::cos(pi * (y - 1.5)); break;
    default: r = std::sin(pi * (y - 2.0)); break;
  }
  return std::copysign(1.0, x) * r;
}

}  // namespace

double gamma_function(double x) {
  constexpr double infinite = std::numeric_limits<double>::infinity(), nothing = std::numeric_limits<double>::quiet_NaN();
  if (!std::isfinite(x)) return std::isnan(x) || x > 0 ? x : nothing;
  if (x == 0) return nothing;
  if (x == std::floor(x)) {
    if (x < 0) return nothing;
    if (x <= 23) {                                   // 22! is the largest factorial a double holds exactly
      double product = 1;
      for (int i = 2; i < static_cast<int>(x); ++i) product *= i;
      return product;
    }
  }
  const double size = std::fabs(x);
  if (size < 1e-20) return 1.0 / x;
  if (size > 200) return x < 0 ? 0.0 / sin_pi(x) : infinite;
  const double y = size + g_minus_half;
  // What the sum lost in rounding, as a relative error of the power.
  double z = size > g_minus_half ? (y - size) - g_minus_half : (y - g_minus_half) - size;
  z = z * g / y;
  // The power of y may overflow where the product does not: it is taken in two halves.
  const double half_power = std::pow(y, size / 2.0 - 0.25);
  double r;
  if (x < 0) {
    r = -std::numbers::pi / sin_pi(size) / size * std::exp(y) / lanczos(size);
    r -= z * r;
    if (size < 140.0) r /= std::pow(y, size - 0.5);
    else r = r / half_power / half_power;
  } else {
    r = lanczos(size) / std::exp(y);
    r += z * r;
    if (size < 140.0) r *= std::pow(y, size - 0.5);
    else r = r * half_power * half_power;
  }
  return r;
}

double log_gamma(double x) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  if (!std::isfinite(x)) return std::isnan(x) ? x : infinite;
  if (x == std::floor(x) && x <= 2) return x <= 0 ? infinite : 0.0;
  const double size = std::fabs(x);
  if (size < 1e-20) return -std::log(size);
  double r = std::log(lanczos(size)) - g;
  r += (size - 0.5) * (std::log(size + g - 0.5) - 1);
  if (x < 0) r = log_pi - std::log(std::fabs(sin_pi(size))) - std::log(size) - r;   // reflection
  return r;
}

}  // namespace gilt::interp
