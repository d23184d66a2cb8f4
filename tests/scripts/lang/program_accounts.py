# SPDX-License-Identifier: BSL-1.0
# An order book and an inventory: classes, exceptions, sorting, formatting, inheritance in the large.
class StockError(Exception): pass
class OutOfStock(StockError):
    def __init__(self, item, wanted, left): super().__init__(f"{item}: wanted {wanted}, left {left}"); self.left = left
class Item:
    tax = 0.2
    def __init__(self, name, price, count): self.name, self.price, self.count = name, price, count
    def total(self, n): return round(self.price * n * (1 + self.tax), 2)
    def take(self, n):
        if n > self.count: raise OutOfStock(self.name, n, self.count)
        self.count -= n
        return self.total(n)
class Food(Item):
    tax = 0.05
    def __init__(self, *args, fresh=3): super().__init__(*args); self.fresh = fresh
    def total(self, n): return super().total(n) * (0.5 if self.fresh <= 0 else 1)
class Store:
    def __init__(self): self.items, self.log, self.income = {}, [], 0.0
    def add(self, item): self.items[item.name] = item; return self
    def sell(self, name, n):
        try: money = self.items[name].take(n)
        except KeyError as e: self.log.append(f"no such item {e}"); return None
        except OutOfStock as e:
            self.log.append(str(e))
            return self.sell(name, e.left) if e.left else None
        else: self.income += money; self.log.append(f"sold {n} {name} for {money:.2f}"); return money
        finally: self.log.append(f"tried {name}")
    def __len__(self): return sum(i.count for i in self.items.values())
    def __iter__(self): return iter(sorted(self.items.values(), key=lambda i: (-i.price, i.name)))
    def __contains__(self, n): return n in self.items and self.items[n].count > 0
store = Store().add(Item("lamp", 19.99, 3)).add(Item("desk", 250, 1)).add(Food("apple", 0.35, 100)).add(Food("fish", 7.5, 4, fresh=0))
for name, n in (("lamp", 2), ("lamp", 2), ("lamp", 1), ("apple", 40), ("fish", 2), ("boat", 1), ("desk", 1), ("apple", 70)): print(name, n, store.sell(name, n))
print(*store.log, sep="\n")
print(len(store), "lamp" in store, "apple" in store, "fish" in store, f"{store.income:.2f}")
for i in store: print(f"{i.name:<8}|{i.price:>10,.2f}|{i.count:>4}|{type(i).__name__}")
class Order:
    serial = 0
    def __init__(self, side, price, amount): Order.serial += 1; self.id, self.side, self.price, self.amount = Order.serial, side, price, amount
    def __repr__(self): return f"#{self.id} {self.side} {self.amount}@{self.price}"
class Book:
    def __init__(self): self.bids, self.asks, self.trades = [], [], []
    def submit(self, order):
        own, other, crosses = (self.bids, self.asks, lambda o: o.price <= order.price) if order.side == "buy" else (self.asks, self.bids, lambda o: o.price >= order.price)
        while order.amount and other and crosses(other[0]):
            best = other[0]; n = min(order.amount, best.amount)
            self.trades.append((best.price, n)); order.amount -= n; best.amount -= n
            if not best.amount: other.pop(0)
        if order.amount: own.append(order); own.sort(key=lambda o: (-o.price if order.side == "buy" else o.price, o.id))
book, seed = Book(), 7
for i in range(300):
    seed = seed * 16807 % 2147483647
    book.submit(Order("buy" if seed % 2 else "sell", 95 + seed // 2 % 11, 1 + seed // 100 % 9))
print(len(book.trades), sum(n for _, n in book.trades), sum(p * n for p, n in book.trades), book.bids[:3], book.asks[:3], len(book.bids), len(book.asks))
history = {}
for p, n in book.trades: history.setdefault(p, []).append(n)
for p in sorted(history): print(f"{p:>5} {'*' * (sum(history[p]) // 10)} {max(history[p])}")
