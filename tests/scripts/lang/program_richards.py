# SPDX-License-Identifier: BSL-1.0
# An operating-system simulation with classes, inheritance and linked lists.
IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(6)
KIND_DEVICE, KIND_WORK = 0, 1
BUFFER = 4
class Packet:
    def __init__(self, link, ident, kind):
        self.link, self.ident, self.kind, self.datum, self.data = link, ident, kind, 0, [0] * BUFFER
    def append_to(self, queue):
        self.link = None
        if queue is None: return self
        p = queue
        while p.link is not None: p = p.link
        p.link = self
        return queue
class State:
    def __init__(self): self.packet_pending = self.task_waiting = self.task_holding = False
    def pending(self): self.packet_pending, self.task_waiting, self.task_holding = True, False, False; return self
    def waiting(self): self.packet_pending, self.task_waiting, self.task_holding = False, True, False; return self
    def running(self): self.packet_pending = self.task_waiting = self.task_holding = False; return self
    def waiting_with_packet(self): self.packet_pending, self.task_waiting, self.task_holding = True, True, False; return self
class Task(State):
    def __init__(self, system, ident, priority, queue, state):
        super().__init__()
        self.system, self.ident, self.priority, self.input = system, ident, priority, queue
        self.packet_pending, self.task_waiting, self.task_holding = state.packet_pending, state.task_waiting, state.task_holding
        self.link = system.tasks; system.tasks = self; system.table[ident] = self
    def add_packet(self, packet, old):
        if self.input is None:
            self.input = packet; self.packet_pending = True
            if self.priority > old.priority: return self
        else: packet.append_to(self.input)
        return old
    def run(self):
        if self.packet_pending and self.task_waiting and not self.task_holding:
            message = self.input; self.input = message.link
            if self.input is None: self.running()
            else: self.pending()
        else: message = None
        return self.step(message)
    def wait(self): self.task_waiting = True; return self
    def hold(self): self.system.holds += 1; self.task_holding = True; return self.link
    def release(self, i):
        t = self.system.table[i]; t.task_holding = False
        return t if t.priority > self.priority else self
    def send(self, packet):
        t = self.system.table[packet.ident]
        self.system.sent += 1; packet.link = None; packet.ident = self.ident
        return t.add_packet(packet, self)
class Device(Task):
    pending_packet = None
    def step(self, packet):
        if packet is None:
            packet = self.pending_packet
            if packet is None: return self.wait()
            self.pending_packet = None
            return self.send(packet)
        self.pending_packet = packet
        return self.hold()
class Handler(Task):
    def __init__(self, *args): self.work = self.device = None; super().__init__(*args)
    def step(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK: self.work = packet.append_to(self.work)
            else: self.device = packet.append_to(self.device)
        if self.work is None: return self.wait()
        work = self.work; count = work.datum
        if count >= BUFFER: self.work = work.link; return self.send(work)
        if self.device is None: return self.wait()
        dev = self.device; self.device = dev.link
        dev.datum = work.data[count]; work.datum = count + 1
        return self.send(dev)
class Idle(Task):
    control, count = 1, 2000
    def step(self, packet):
        self.count -= 1
        if self.count == 0: return self.hold()
        if self.control & 1 == 0: self.control //= 2; return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)
class Worker(Task):
    destination, letter = HANDLER_A, 0
    def step(self, packet):
        if packet is None: return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.ident, packet.datum = self.destination, 0
        for i in range(BUFFER): self.letter = self.letter % 26 + 1; packet.data[i] = 64 + self.letter
        return self.send(packet)
class System:
    def __init__(self): self.tasks, self.table, self.holds, self.sent, self.steps = None, [None] * 10, 0, 0, 0
    def run(self):
        t = self.tasks
        while t is not None:
            if t.task_holding or (not t.packet_pending and t.task_waiting): t = t.link
            else: self.steps += 1; t = t.run()
s = System()
Idle(s, IDLE, 1, None, State().running())
Worker(s, WORKER, 1000, Packet(Packet(None, 0, KIND_WORK), 0, KIND_WORK), State().waiting_with_packet())
for handler, device, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
    q = None
    for _ in range(3): q = Packet(q, device, KIND_DEVICE)
    Handler(s, handler, priority, q, State().waiting_with_packet())
Device(s, DEVICE_A, 4000, None, State().waiting()); Device(s, DEVICE_B, 5000, None, State().waiting())
s.run()
print(s.holds, s.sent, s.steps)
