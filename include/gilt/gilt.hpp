// SPDX-License-Identifier: BSL-1.0
#pragma once
// gilt: software transactional memory for C++20. Everything a program needs:
//
//   gilt::var<long> a{100}, b{0};
//   gilt::atomically([&](gilt::tx& t) {
//     t.check(t(a) >= 30);                  // blocks until something read has changed
//     t[a] -= 30;
//     t[b] += 30;
//   });

#include <gilt/atomically.hpp>
#include <gilt/attempt.hpp>
#include <gilt/record.hpp>
#include <gilt/stats.hpp>
#include <gilt/timed.hpp>
#include <gilt/tx.hpp>
#include <gilt/var.hpp>
