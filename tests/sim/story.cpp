// SPDX-License-Identifier: BSL-1.0
// What happened in a run, in words: names of locations, an event a line.
#include "machine.hpp"

#include <cstdio>
#include <string>

namespace gilt_sim {

const char* to_string(operation o) noexcept {
  switch (o) {
    case operation::load: return "load";
    case operation::store: return "store";
    case operation::rmw: return "rmw";
    case operation::failed_rmw: return "rmw fails";
    case operation::lock: return "lock";
    case operation::unlock: return "unlock";
    case operation::park: return "park";
    case operation::unpark: return "unpark";
    case operation::heavy_barrier: return "heavy barrier";
    case operation::allocate: return "allocate";
    case operation::release: return "free";
    case operation::step: return "step";
  }
  return "?";
}

void machine::name(const void* p, std::size_t bytes, const char* text, int number) {
  names_.push_back({p, bytes, text, number});
}

std::string machine::name_of(const void* p) const {
  const auto a = reinterpret_cast<std::uintptr_t>(p);
  const named* best = nullptr;
  for (const named& n : names_) {
    const auto b = reinterpret_cast<std::uintptr_t>(n.p);
    if (a < b || a >= b + n.bytes) continue;
    if (best == nullptr || n.bytes < best->bytes) best = &n;
  }
  if (best == nullptr) {
    char text[32];
    std::snprintf(text, sizeof text, "word at %zx", static_cast<std::size_t>(a));
    return text;
  }
  std::string result = best->text;
  if (best->number >= 0) result += " " + std::to_string(best->number);
  const auto offset = a - reinterpret_cast<std::uintptr_t>(best->p);
  if (offset != 0) result += "+" + std::to_string(offset);
  return result;
}

namespace {

std::string shown(const std::string& where, std::uint64_t v) {
  char text[64];
  if (where.starts_with("orec") && where.find('+') == std::string::npos) {
    std::snprintf(text, sizeof text, "v%llu/slot%llu%s%s",
                  static_cast<unsigned long long>((v >> 12) & ((1ull << 50) - 1)),
                  static_cast<unsigned long long>(v & 4095), (v >> 63) != 0 ? " locked" : "",
                  (v >> 62 & 1) != 0 ? " watched" : "");
  } else if (v > 0xFFFFFFFF) {
    std::snprintf(text, sizeof text, "%#llx", static_cast<unsigned long long>(v));
  } else {
    std::snprintf(text, sizeof text, "%llu", static_cast<unsigned long long>(v));
  }
  return text;
}

const char* shown(std::memory_order o) {
  switch (o) {
    case std::memory_order_relaxed: return "relaxed";
    case std::memory_order_consume: return "consume";
    case std::memory_order_acquire: return "acquire";
    case std::memory_order_release: return "release";
    case std::memory_order_acq_rel: return "acq_rel";
    case std::memory_order_seq_cst: return "seq_cst";
  }
  return "";
}

}  // namespace

std::string machine::describe(const event& e) const {
  std::string line = "T" + std::to_string(e.thread) + "  ";
  line += to_string(e.what);
  line.resize(line.size() < 16 ? 16 : line.size(), ' ');
  if (e.note != nullptr) line += std::string(" ") + e.note;
  if (e.location != 0) {
    const std::string where = name_of(locations_[static_cast<std::size_t>(e.location)].at);
    line += " " + where;
    line.resize(line.size() < 40 ? 40 : line.size(), ' ');
    switch (e.what) {
      case operation::rmw:
        line += " " + shown(where, e.before) + " -> " + shown(where, e.value);
        break;
      case operation::load:
      case operation::store:
      case operation::failed_rmw:
        line += " " + shown(where, e.value);
        break;
      default:
        break;
    }
    line += std::string("  (") + shown(e.order) + ")";
    if (e.behind != 0) {
      line += "  OLD: " + std::to_string(e.behind) + " newer not seen yet";
    }
    if (e.place >= 0 && place_names_ != nullptr) {
      line.resize(line.size() < 76 ? 76 : line.size(), ' ');
      line += std::string(" # ") + place_names_[e.place];
    }
  } else if (e.value != 0) {
    line += " " + shown("", e.value);
  }
  return line;
}

}  // namespace gilt_sim
