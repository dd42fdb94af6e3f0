"""Turns what tests/bench/run measured into a page: report.py FOLDER RECORDS RECORDS_OF_TEN"""
import os
import sys

folder, records, records_ten = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def number(name, what="time"):
    with open(os.path.join(folder, name + "." + what)) as text:
        return float(text.read())


def size(bundle):
    total = 0
    for path, _, names in os.walk(os.path.join(folder, bundle)):
        total += sum(os.path.getsize(os.path.join(path, name)) for name in names)
    return total


def ms(seconds):
    return "%.0f ms" % (seconds * 1000) if seconds < 2 else "%.2f s" % seconds


def met(yes):
    return "met" if yes else "**missed**"


none, one, ten, large = number("none"), number("one"), number("ten"), number("large")
floors = {name: number("floor-" + name) for name in ("one", "ten", "large")}
peak = number("peak") / size("large")
rows = [("one", "examples/acme", one, records), ("ten", "the same, ten times larger", ten, records_ten),
        ("large", "100 MB of accounts in one JSON list", large, None)]
print("| bundle | bytes | records | only read and parsed | evaluated, cold | ratio | MB/s |\n|---|---|---|---|---|---|---|")
for name, title, seconds, count in rows:
    print("| %s | %.1f MB | %s | %s | %s | %.1f | %.1f |" % (
        title, size(name) / 1e6, count or "", ms(floors[name]), ms(seconds), seconds / floors[name], size(name) / 1e6 / seconds))
print("\nA bundle without documents takes %s: that is start-up, the kinds, the pack and the walls.\n" % ms(none))
print("| aim | reached | |\n|---|---|---|")
print("| examples/acme, cold, under 60 ms | %s | %s |" % (ms(one), met(one < 0.06)))
print("| ten times the bundle, at most eleven times the time | %.1f times | %s |" % (ten / one, met(ten / one <= 11)))
beyond = (ten - none) / (one - none)
print("| the same beyond start-up | %.1f times | %s |" % (beyond, met(beyond <= 11)))
print("| memory under six times the bytes of 100 MB | %.1f times | %s |" % (peak, met(peak < 6)))
for name, title in (("one", "examples/acme"), ("ten", "ten times the bundle")):
    walls = number(name, "cpu") / number(name + "-open", "cpu") - 1
    print("| walls around the workers, processor time, under 5 %% (%s) | %+.1f %% | %s |" % (title, 100 * walls, met(walls < 0.05)))
print("\nA process for each rule (`--isolation rule`) takes %.2f times the processor time that no walls take, and %.2f times the time, on examples/acme."
      % (number("one-rule", "cpu") / number("one-open", "cpu"), number("one-rule") / number("one-open")))
print("\nOf examples/acme start-up is %.0f %%, reading and parsing %.0f %%, and building, judging and reporting %.0f %%."
      % (100 * none / one, 100 * floors["one"] / one, 100 * (one - none - floors["one"]) / one))
