// SPDX-License-Identifier: BSL-1.0
// The output of all threads of the process, in commit order (concurrency/output.hpp).
#include "interp/concurrency/output.hpp"

#include <unistd.h>

#include <cerrno>
#include <mutex>

#include "interp/vm/slice.hpp"

namespace gilt::interp {
namespace {

constexpr std::size_t flush_bytes = 64 * 1024;

struct output_queue {
  std::mutex mutex;                        // held while a slice with output commits
  std::vector<output_piece> pieces;
  std::size_t bytes = 0;

  void add(output_piece piece) {
    bytes += piece.bytes.size();
    if (!pieces.empty() && !piece.close && !pieces.back().close && pieces.back().descriptor == piece.descriptor)
      pieces.back().bytes += piece.bytes;
    else
      pieces.push_back(std::move(piece));
  }
  void write_all() {
    for (const output_piece& p : pieces) {
      std::size_t done = 0;
      while (done < p.bytes.size()) {
        const ssize_t n = ::write(p.descriptor, p.bytes.data() + done, p.bytes.size() - done);
        if (n > 0) done += static_cast<std::size_t>(n);
        else if (errno != EINTR) break;    // a closed pipe, a full disk: nobody is left to tell
      }
      if (p.close) ::close(p.descriptor);
    }
    pieces.clear();
    bytes = 0;
  }
};
output_queue& queue() {
  static auto* q = new output_queue;       // outlives every static destructor
  return *q;
}
bool terminal() {
  static const bool is = ::isatty(1) == 1;
  return is;
}
void added(output_queue& q, bool newline) {
  if (q.bytes >= flush_bytes || (newline && terminal())) q.write_all();
}

}  // namespace

void write_output(thread_state& t, int descriptor, std::string_view bytes) {
  if (t.barriers && t.tx.active()) {
    t.slice->defers = true;
    auto& held = t.slice->output;
    if (!held.empty() && !held.back().close && held.back().descriptor == descriptor) held.back().bytes += bytes;
    else held.push_back({descriptor, std::string(bytes), false});
    return;
  }
  output_queue& q = queue();
  const std::lock_guard guard(q.mutex);
  q.add({descriptor, std::string(bytes), false});
  added(q, bytes.find('\n') != std::string_view::npos);
}

void flush_output(thread_state& t) {
  if (!t.barriers || !t.tx.active()) return flush_all_output();
  t.slice->flush = t.slice->defers = true;
  t.budget = -1;                     // who flushes wants it seen now, not after a long atomic block
}

void close_output(thread_state& t, int descriptor) {
  if (t.barriers && t.tx.active()) {
    t.slice->output.push_back({descriptor, {}, true});
    t.slice->flush = t.slice->defers = true;
    return;
  }
  output_queue& q = queue();
  const std::lock_guard guard(q.mutex);
  q.add({descriptor, {}, true});
  q.write_all();
}

bool holds_file_output(const thread_state& t) {
  if (!t.barriers || !t.tx.active()) return false;
  for (const output_piece& p : t.slice->output) {
    if (p.descriptor > 2) return true;
  }
  return false;
}

bool commit_in_order(thread_state& t, const std::function<bool()>& commit) {
  output_queue& q = queue();
  const std::lock_guard guard(q.mutex);
  if (!commit()) return false;
  bool newline = false;
  for (output_piece& p : t.slice->output) {
    newline |= p.bytes.find('\n') != std::string::npos;
    q.add(std::move(p));
  }
  added(q, newline);
  return true;
}

void flush_all_output() {
  output_queue& q = queue();
  const std::lock_guard guard(q.mutex);
  q.write_all();
}

}  // namespace gilt::interp
