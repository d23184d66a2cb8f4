# _thread.RLock: counted by its owner, waited for by others, given back whole for a condition.
import _thread
import threading

lock = _thread.RLock()
total = 0


def work():
    global total
    for _ in range(200):
        with lock:
            with lock:
                total += 1


threads = [threading.Thread(target=work) for _ in range(3)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print(total, lock._is_owned(), repr(lock).split(" at ")[0])
lock.acquire()
lock.acquire()
saved = lock._release_save()
print(saved[0], saved[1] == _thread.get_ident(), lock._is_owned())
lock._acquire_restore(saved)
seen = []
t = threading.Thread(target=lambda: seen.append((lock.acquire(False), lock.acquire(timeout=0.01), lock._is_owned())))
t.start()
t.join()
lock.release()
lock.release()
print(seen)
for wrong in (lock.release, lock._release_save, lambda: lock.acquire(False, 1)):
    try:
        wrong()
    except Exception as e:
        print(type(e).__name__, e)
