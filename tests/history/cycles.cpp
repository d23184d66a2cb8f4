// SPDX-License-Identifier: BSL-1.0
// check_cycles: a history is opaque and strictly serializable if its dependencies have no cycle.
//
//   nodes   every attempt; an aborted one as if it had only read
//   wr      the writer of a value -> who read it
//   ww      the writer of a version -> the writer of the next version of that variable
//   rw      who read a version -> the writer of the next one
//   time    who ended -> who began later; within a thread, one after another. For each attempt and
//           other thread one edge from the last that had ended is enough: the thread's own order
//           carries the rest
//
// The order of a variable's versions is that of the write versions which the core reports, and among
// equal ones (a deferred clock) that of who read whose value before writing. If those were wrong, the edges that come from values alone (wr) and from time would close a cycle.
// Besides, no value may be read that an aborted attempt wrote (Adya's G1a), that its own writer
// overwrote (G1b), or that nobody wrote.
//
// Nodes without an unfinished predecessor are taken away one by one (Kahn 1962); what is left over
// contains a cycle, which is told edge by edge.
//
// Sources: Adya, "Weak Consistency", 1999, chapter 4; Alvaro and Kingsbury, "Elle", VLDB 2020;
// aborted attempts as readers: Guerraoui and Kapalka, "On the Correctness of Transactional Memory",
// PPoPP 2008, section 4.

#include "history.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace gilt_history {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
constexpr value_id nothing = std::numeric_limits<value_id>::max();

class graph {
 public:
  explicit graph(const history& h) : h_(h) {
    for (const auto& t : h.threads) {
      first_node_.push_back(nodes_);
      first_operation_.push_back(operations_);
      nodes_ += static_cast<std::uint32_t>(t.attempts.size());
      operations_ += t.operations.size();
    }
    next_.assign(operations_, nobody);
    next_of_initial_.assign(h.before.size(), nobody);
  }

  std::string check() {
    if (std::string wrong = order_versions(); !wrong.empty()) return wrong;
    if (std::string wrong = check_sources(); !wrong.empty()) return wrong;
    return find_cycle();
  }

 private:
  struct write {
    std::uint64_t version;
    std::uint32_t node, variable;
    std::size_t where;
    value_id value;
  };

  const operation* written(value_id v) const {
    if (thread_of(v) >= h_.threads.size()) return nullptr;
    const auto& t = h_.threads[thread_of(v)];
    if (attempt_of(v) >= t.attempts.size()) return nullptr;
    const attempt& a = t.attempts[attempt_of(v)];
    if (operation_of(v) >= a.count) return nullptr;
    const operation& o = t.operations[a.first + operation_of(v)];
    return o.what != action::read && o.value == v ? &o : nullptr;
  }
  bool initial(value_id v) const { return round_of(v) != h_.round; }
  std::uint32_t node_of(value_id v) const {
    return first_node_[thread_of(v)] + static_cast<std::uint32_t>(attempt_of(v));
  }
  std::uint32_t next_of(value_id v, std::uint32_t variable) const {
    if (initial(v)) return next_of_initial_[variable];
    const std::size_t t = thread_of(v);
    return next_[first_operation_[t] + h_.threads[t].attempts[attempt_of(v)].first +
                 operation_of(v)];
  }

  std::string order_versions() {
    std::vector<write> writes;
    for (std::size_t t = 0; t < h_.threads.size(); ++t) {
      const auto& mine = h_.threads[t];
      for (std::size_t i = 0; i < mine.attempts.size(); ++i) {
        const attempt& a = mine.attempts[i];
        if (a.how == ending::aborted) continue;
        for (std::uint16_t k = 0; k < a.count; ++k) {
          const operation& o = mine.operations[a.first + k];
          if (o.what != action::write) continue;
          writes.push_back({a.version, first_node_[t] + static_cast<std::uint32_t>(i), o.variable,
                            first_operation_[t] + a.first + k, o.value});
        }
      }
    }
    sort_by_version(writes);
    std::vector<const write*> last(h_.before.size(), nullptr);
    for (auto i = writes.begin(); i != writes.end();) {
      const auto end = std::find_if(i, writes.end(), [&](const write& w) { return w.version != i->version; });
      std::sort(i, end, [](const write& a, const write& b) { return a.variable < b.variable; });
      while (i != end) {
        const auto same = std::find_if(i, end, [&](const write& w) { return w.variable != i->variable; });
        if (!append(i, same, last[i->variable])) {
          return "variable " + std::to_string(i->variable) + " has two versions " + std::to_string(i->version);
        }
        i = same;
      }
    }
    return {};
  }

  // The writes of one variable with one version: more than one where commits share a clock. Each must
  // have read then what the one before it wrote.
  template <class It>
  bool append(It first, It end, const write*& last) {
    std::unordered_map<value_id, const write*> by_predecessor;
    if (end - first > 1) {
      for (It w = first; w != end; ++w) {
        const value_id read = read_before(*w);
        if (read == nothing || !by_predecessor.emplace(read, &*w).second) return false;
      }
    }
    for (auto n = end - first; n > 0; --n) {
      const write* next = &*first;
      if (!by_predecessor.empty()) {
        const auto found = by_predecessor.find(last == nullptr ? h_.before[first->variable] : last->value);
        if (found == by_predecessor.end()) return false;
        next = found->second;
      }
      (last == nullptr ? next_of_initial_[next->variable] : next_[last->where]) = next->node;
      last = next;
    }
    return true;
  }
  // What the attempt that wrote w had read of that variable.
  value_id read_before(const write& w) const {
    std::size_t t = h_.threads.size() - 1;
    while (first_node_[t] > w.node) --t;
    const attempt& a = h_.threads[t].attempts[w.node - first_node_[t]];
    for (std::uint16_t k = 0; k < a.count; ++k) {
      const operation& o = h_.threads[t].operations[a.first + k];
      if (o.what == action::read && o.variable == w.variable) return o.value;
    }
    return nothing;
  }

  // Versions of a round are nearly dense, so buckets sort them in linear time.
  static void sort_by_version(std::vector<write>& writes) {
    if (writes.empty()) return;
    const auto by_version = [](const write& a, const write& b) { return a.version < b.version; };
    const auto [low, high] = std::minmax_element(writes.begin(), writes.end(), by_version);
    const std::uint64_t from = low->version, range = high->version - from + 1;
    if (range > 64 * writes.size() + 1024) {
      std::sort(writes.begin(), writes.end(), by_version);
      return;
    }
    std::vector<std::uint32_t> start(range + 1, 0);
    for (const write& w : writes) ++start[w.version - from + 1];
    for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    std::vector<write> sorted(writes.size());
    for (const write& w : writes) sorted[start[w.version - from]++] = w;
    writes.swap(sorted);
  }

  std::string check_sources() const {
    for (const auto& t : h_.threads) {
      for (const operation& o : t.operations) {
        if (o.what != action::read) continue;
        const std::string where = " (variable " + std::to_string(o.variable) + ")";
        if (initial(o.value)) {
          if (o.value != h_.before[o.variable]) return "a value of an earlier round" + where;
          continue;
        }
        const operation* const source = written(o.value);
        if (source == nullptr || source->variable != o.variable) {
          return "a value that nobody wrote" + where;
        }
        if (source->what == action::overwritten) return "an intermediate value (G1b)" + where;
        if (h_.threads[thread_of(o.value)].attempts[attempt_of(o.value)].how == ending::aborted) {
          return "a value of an aborted attempt (G1a)" + where;
        }
      }
    }
    return {};
  }

  // f(from, to, kind)
  template <class F>
  void each_edge(F&& f) const {
    std::vector<std::size_t> ended(h_.threads.size());
    for (std::size_t t = 0; t < h_.threads.size(); ++t) {
      const auto& mine = h_.threads[t];
      std::fill(ended.begin(), ended.end(), 0);
      for (std::size_t i = 0; i < mine.attempts.size(); ++i) {
        const attempt& a = mine.attempts[i];
        const std::uint32_t node = first_node_[t] + static_cast<std::uint32_t>(i);
        if (i != 0) f(node - 1, node, "time");
        for (std::size_t u = 0; u < h_.threads.size(); ++u) {
          if (u == t) continue;
          const auto& other = h_.threads[u].attempts;
          std::size_t& n = ended[u];
          const std::size_t before = n;
          while (n < other.size() && other[n].end < a.begin) ++n;
          if (n != before) f(first_node_[u] + static_cast<std::uint32_t>(n - 1), node, "time");
        }
        for (std::uint16_t k = 0; k < a.count; ++k) {
          const operation& o = mine.operations[a.first + k];
          if (o.what == action::read) {
            if (!initial(o.value) && node_of(o.value) != node) f(node_of(o.value), node, "wr");
            const std::uint32_t next = next_of(o.value, o.variable);
            if (next != nobody && next != node) f(node, next, "rw");
          } else if (o.what == action::write && a.how == ending::committed) {
            const std::uint32_t next = next_[first_operation_[t] + a.first + k];
            if (next != nobody) f(node, next, "ww");
          }
        }
      }
    }
  }

  std::string find_cycle() const {
    std::vector<std::uint32_t> start(nodes_ + 1, 0), in(nodes_, 0);
    each_edge([&](std::uint32_t from, std::uint32_t to, const char*) {
      ++start[from + 1];
      ++in[to];
    });
    for (std::size_t i = 1; i < start.size(); ++i) start[i] += start[i - 1];
    std::vector<std::uint32_t> targets(start.back()), at(start.begin(), start.end() - 1);
    each_edge([&](std::uint32_t from, std::uint32_t to, const char*) { targets[at[from]++] = to; });
    std::vector<std::uint32_t> ready;
    ready.reserve(nodes_);
    for (std::uint32_t n = 0; n < nodes_; ++n) {
      if (in[n] == 0) ready.push_back(n);
    }
    for (std::size_t i = 0; i < ready.size(); ++i) {
      for (std::uint32_t k = start[ready[i]]; k < start[ready[i] + 1]; ++k) {
        if (--in[targets[k]] == 0) ready.push_back(targets[k]);
      }
    }
    return ready.size() == nodes_ ? std::string() : tell_cycle(in);
  }

  // Every node left over has a predecessor left over: walking back must come to a node twice.
  std::string tell_cycle(const std::vector<std::uint32_t>& in) const {
    std::vector<std::uint32_t> back(nodes_, nobody);
    std::vector<const char*> kind(nodes_, "");
    each_edge([&](std::uint32_t from, std::uint32_t to, const char* what) {
      if (in[from] == 0 || in[to] == 0) return;
      // Dependencies say more than time does.
      if (back[to] == nobody || std::string(kind[to]) == "time") {
        back[to] = from;
        kind[to] = what;
      }
    });
    std::uint32_t n = 0;
    while (in[n] == 0) ++n;
    std::vector<bool> seen(nodes_, false);
    for (; !seen[n]; n = back[n]) seen[n] = true;
    std::string said = "cycle: " + name(n);
    int edges = 0;
    for (std::uint32_t m = n;; ++edges) {
      if (edges < 16) said += std::string(" <-") + kind[m] + "- " + name(back[m]);
      m = back[m];
      if (m == n) break;
    }
    return said + (edges < 16 ? "" : " ...");
  }

  std::string name(std::uint32_t node) const {
    std::size_t t = h_.threads.size() - 1;
    while (first_node_[t] > node) --t;
    const attempt& a = h_.threads[t].attempts[node - first_node_[t]];
    return "T" + std::to_string(t) + "." + std::to_string(node - first_node_[t]) +
           (a.how == ending::aborted ? " (aborted)" : "");
  }

  const history& h_;
  std::uint32_t nodes_ = 0;
  std::size_t operations_ = 0;
  std::vector<std::uint32_t> first_node_;          // by thread
  std::vector<std::size_t> first_operation_;
  std::vector<std::uint32_t> next_;                // by operation: who wrote the next version
  std::vector<std::uint32_t> next_of_initial_;     // by variable
};

}  // namespace

std::string check_cycles(const history& h) {
  for (const auto& t : h.threads) {
    if (!t.broken.empty()) return t.broken;
  }
  return graph(h).check();
}

}  // namespace gilt_history
