// SPDX-License-Identifier: BSL-1.0
#pragma once
// gamma: Euler's gamma function and the logarithm of its absolute value.

namespace gilt::interp {

double gamma_function(double x);        // NaN at 0, -1, -2 ... and -inf
double log_gamma(double x);             // infinite there

}  // namespace gilt::interp
