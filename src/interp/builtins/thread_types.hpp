// SPDX-License-Identifier: BSL-1.0
#pragma once
// thread_types: what stands where in locks, events, queues and thread handles. Each is a few
// transactional words; blocking is the VM's (concurrency/waiting.hpp).
#include "interp/object/layouts.hpp"

namespace gilt::interp {

struct lock_object : object {
  slot overflow;
  slot held;                 // False, or True while somebody has it
};
struct recursive_lock_object : object {
  slot overflow;
  slot owner;                // thread ident; 0: nobody
  slot count;
};
struct event_object : object {
  slot overflow;
  slot flag;                 // bool
};
// Items are a chain of nodes, so that put touches the tail and get the head: the two ends conflict
// only while the queue is empty.
struct queue_object : object {
  slot overflow;
  slot maxsize;              // int; <= 0: no bound
  slot ends;                 // queue_ends*, made with the queue
};
struct queue_node : object { // kind::native
  slot item;
  slot next;
};
struct queue_end : object {  // kind::native; an orec of its own for each end
  slot node;                 // head: the node before the first item; tail: the last node
  slot count;                // head: items taken so far; tail: items put so far
};
struct queue_ends : object { // kind::native
  slot head, tail;           // queue_end*
  slot done;                 // queue_end* whose count is the tasks done so far
};

}  // namespace gilt::interp
