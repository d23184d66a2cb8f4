// SPDX-License-Identifier: BSL-1.0
// _random: the generator under the Python library's `random`, with CPython's sequences.
//
// A generator that was given a seed, or whose state was asked for, is one sequence that all threads
// share: its words are transactional, so an abort takes numbers back. One that never was draws from
// a generator of the calling thread, which nobody can tell from a shared one and which never conflicts.
#include <sys/random.h>

#include <vector>

#include "interp/builtins/arguments.hpp"
#include "interp/builtins/mersenne_twister.hpp"
#include "interp/builtins/modules.hpp"
#include "interp/concurrency/access.hpp"
#include "interp/object/method_support.hpp"
#include "interp/object/number_operands.hpp"
#include "interp/object/operations.hpp"
#include "interp/object/tuple.hpp"
#include "interp/object/type.hpp"

namespace gilt::interp {
namespace {

struct random_object : object {
  slot overflow;
  slot seeded;                                     // bool
  slot index;                                      // words of the state used up
  slot state[mersenne::words];                     // small ints
};

struct thread_generator {
  mersenne::state state;
  std::size_t index = mersenne::words;
  thread_generator() {
    std::uint32_t key[mersenne::words];
    std::size_t have = 0;
    while (have < sizeof key) {
      const ssize_t n = getrandom(reinterpret_cast<char*>(key) + have, std::min<std::size_t>(256, sizeof key - have), 0);
      if (n > 0) have += static_cast<std::size_t>(n);
    }
    mersenne::seed(state, key);
  }
  std::uint32_t next() {
    if (index >= mersenne::words) {
      mersenne::regenerate(state);
      index = 0;
    }
    return mersenne::tempered(state[index++]);
  }
};
thread_generator& own_generator() {
  thread_local thread_generator g;
  return g;
}

random_object* self_of(const call_args& a) { return a[0].as<random_object>(); }

value small(std::uint32_t n) { return value::small_int(n); }
std::uint32_t word_at(random_object* r, std::size_t k) { return static_cast<std::uint32_t>(load(r->state[k]).as_int()); }

// The caller owns r.
void store_state(thread_state& t, random_object* r, const mersenne::state& s, std::size_t index) {
  for (std::size_t k = 0; k < mersenne::words; ++k) any_access::store(t, r, r->state[k], small(s[k]));
  any_access::store(t, r, r->index, value::small_int(static_cast<std::int64_t>(index)));
  any_access::store(t, r, r->seeded, value::true_());
}

// n words of the sequence.
bool draw(thread_state& t, random_object* r, std::uint32_t* out, std::size_t n) {
  value seeded;
  if (!any_access::read(t, r, r->seeded, seeded)) return false;
  if (!seeded.is_true()) {
    for (std::size_t k = 0; k < n; ++k) out[k] = own_generator().next();
    return true;
  }
  if (!any_access::own(t, r)) return false;
  auto index = static_cast<std::size_t>(load(r->index).as_int());
  for (std::size_t k = 0; k < n; ++k) {
    if (index >= mersenne::words) {
      mersenne::state s;
      for (std::size_t w = 0; w < mersenne::words; ++w) s[w] = word_at(r, w);
      mersenne::regenerate(s);
      store_state(t, r, s, 0);
      index = 0;
    }
    out[k] = mersenne::tempered(word_at(r, index++));
  }
  any_access::store(t, r, r->index, value::small_int(static_cast<std::int64_t>(index)));
  return true;
}

value seed(thread_state& t, random_object* r, value with) {
  if (with.empty() || with.is_none()) return any_access::write(t, r, r->seeded, value::false_()) ? value::none() : value{};
  value n = with;
  if (!is_integer(with)) {
    std::uint64_t h;
    if (!hash(t, with, h)) return {};
    n = int_from_int128(t, static_cast<big::int128>(h));
    if (n.empty()) return {};
  }
  std::vector<std::uint32_t> key;
  const int_view limbs(n);
  for (std::size_t k = 0; k < limbs->size; ++k) {
    key.push_back(static_cast<std::uint32_t>(limbs->limbs[k]));
    key.push_back(static_cast<std::uint32_t>(limbs->limbs[k] >> 32));
  }
  while (key.size() > 1 && key.back() == 0) key.pop_back();
  if (key.empty()) key.push_back(0);
  mersenne::state s;
  mersenne::seed(s, key);
  if (!any_access::own(t, r)) return {};
  store_state(t, r, s, mersenne::words);
  return value::none();
}

value new_random(thread_state& t, type_object* cls, const call_args& a) {
  if (cls == module_type(t, class_random) && a.nkw > 0) return type_error(t, "Random() takes no keyword arguments");
  if (cls == module_type(t, class_random) && a.npos > 1) return type_error(t, "Random expected at most 1 argument, got " + std::to_string(a.npos));
  auto* r = t.alloc.make<random_object>(t, cls->root);
  if (!r) return {};
  r->seeded.store(value::false_().bits, std::memory_order_relaxed);
  r->index.store(value::small_int(0).bits, std::memory_order_relaxed);
  if ((cls->flags & flag_custom_init) == 0 && seed(t, r, a.npos > 0 ? a[0] : value::none()).empty()) return {};
  return value::of(r);
}

value random_seed(thread_state& t, const call_args& a) { return seed(t, self_of(a), a.npos > 1 ? a[1] : value::none()); }
value random_random(thread_state& t, const call_args& a) {
  std::uint32_t w[2];
  if (!draw(t, self_of(a), w, 2)) return {};
  return value::real(((w[0] >> 5) * 67108864.0 + (w[1] >> 6)) * (1.0 / 9007199254740992.0));   // 53 bits
}
value random_bits(thread_state& t, const call_args& a) {
  std::int64_t bits;
  if (!to_int64(t, a[1], bits)) return {};
  if (bits < 0) return raise(t, t.interp->errors.ValueError, "number of bits must be non-negative");
  if (bits == 0) return value::small_int(0);
  if (bits > std::int64_t{1} << 31) {
    raise_memory_error(t);
    return {};
  }
  const auto n = static_cast<std::size_t>((bits + 31) / 32);
  std::vector<std::uint32_t> w(n);
  if (!draw(t, self_of(a), w.data(), n)) return {};
  if (bits % 32 != 0) w.back() >>= 32 - bits % 32;
  if (n == 1) return small(w[0]);
  std::vector<big::limb> limbs((n + 1) / 2);
  for (std::size_t k = 0; k < n; ++k) limbs[k / 2] |= static_cast<big::limb>(w[k]) << (k % 2 * 32);
  while (!limbs.empty() && limbs.back() == 0) limbs.pop_back();
  return int_from_view(t, {limbs.data(), limbs.size(), false});
}
value get_state(thread_state& t, const call_args& a) {
  random_object* r = self_of(a);
  if (!any_access::own(t, r)) return {};
  if (!load(r->seeded).is_true()) {                // from now on it is a sequence of its own
    std::uint32_t key[mersenne::words];
    for (std::uint32_t& w : key) w = own_generator().next();
    mersenne::state s;
    mersenne::seed(s, key);
    store_state(t, r, s, mersenne::words);
  }
  tuple_object* out = allocate_tuple(t, mersenne::words + 1);
  if (!out) return {};
  for (std::size_t k = 0; k < mersenne::words; ++k) out->items()[k] = small(word_at(r, k));
  out->items()[mersenne::words] = load(r->index);
  return value::of(out);
}
value set_state(thread_state& t, const call_args& a) {
  if (!is(a[1], kind::tuple)) return type_error(t, "state vector must be a tuple");
  auto* given = a[1].as<tuple_object>();
  if (given->length != mersenne::words + 1) return raise(t, t.interp->errors.ValueError, "state vector is the wrong size");
  mersenne::state s;
  std::int64_t index = 0;
  for (std::size_t k = 0; k <= mersenne::words; ++k) {
    const value v = given->items()[k];
    if (!is_integer(v)) return type_error(t, "an integer is required");
    bool negative = false;
    if (!is_negative(t, v, negative)) return {};
    if (negative && k < mersenne::words) return raise(t, t.interp->errors.OverflowError, "can't convert negative value to unsigned int");
    std::int64_t n;
    if (!int_fits_int64(v, n)) return raise(t, t.interp->errors.OverflowError, "Python int too large to convert to C unsigned long");
    if (k < mersenne::words) s[k] = static_cast<std::uint32_t>(n);
    else index = n;
  }
  if (index < 0 || index > static_cast<std::int64_t>(mersenne::words)) return raise(t, t.interp->errors.ValueError, "invalid state");
  random_object* r = self_of(a);
  if (!any_access::own(t, r)) return {};
  store_state(t, r, s, static_cast<std::size_t>(index));
  return value::none();
}

constexpr native_definition methods[] = {
    {"seed", random_seed, 1, 2, false},      {"random", random_random, 1, 1, false},
    {"getrandbits", random_bits, 2, 2, false}, {"getstate", get_state, 1, 1, false},
    {"setstate", set_state, 2, 2, false},
};

}  // namespace

void fill_random(thread_state& t, module_object* m) {
  interpreter& i = *t.interp;
  type_object*& cls = i.module_types[class_random];   // a module that is made anew has the same class
  if (!cls) {
    cls = define_type(i, "Random", kind::native_open, i.types.object, methods, new_random);
    raw_store(cls->module, value::of(intern(i, "_random")));
  }
  define(t, m, "Random", value::of(cls));
}

}  // namespace gilt::interp
