#!/usr/bin/env -S python3 -B
"""P4: no rule influences another rule, the host or the evidence.

After the cases: the honest rules and all rules that ship are evaluated behind some three hundred hostile rules, and behind as many harmless ones
of the same names. What they say, the risks and the documents must be the same to the byte.
"""
import json
import os

import evidence
import harness
import rules

HARMLESS = b"-- P4 same: pass\nreturn person.id ~= nil\n"


def crowd():
    """All that can be run together; of the slow ones a few."""
    chosen = [case for case in rules.cases() if case.verb in ("contained", "same")]
    slow = [case for case in chosen if case.slow]
    big = [case for case in chosen if case.promise == "P2" and not case.slow]
    rest = [case for case in chosen if case.promise != "P2" and not case.slow]
    return rest + slow[::8] + big[::6]


def evaluated(area, name, chosen):
    pack = rules.pack(area.folder("pack_" + name), name, chosen)
    env = harness.home(area, "home_" + name, pack)
    shipped = os.path.join(harness.ROOT, "rules", "iso27001")
    slow = sum(case.slow or case.promise == "P2" for case in chosen)
    return rules.evaluate(area, name, [os.path.join(harness.HERE, "honest"), shipped], env, wall=harness.WALL + 2 * rules.SECONDS * slow, seconds=2 * rules.SECONDS)


def parts(result):
    """What does not speak of the hostile rules: name to canonical text."""
    found = {f"requirement {r['id']}": r for r in result["requirements"] if not r["id"].startswith("H.")}
    found.update({f"risk {r['id']}": r for r in result["risks"]})
    found["documents"], found["criteria"] = result["documents"], result.get("criteria")
    return {name: json.dumps(part, sort_keys=True, ensure_ascii=False) for name, part in found.items()}


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        rules.run_cases(tap, area, rules.cases("P4"))
        evidence.run_cases(tap, area, "P4")
        everybody = crowd()
        before = harness.snapshot(os.path.join(harness.HERE, "bundle"))
        alone, beside = harness.side_by_side(lambda item: evaluated(area, *item),
                                             [("harmless", [rules.Case(case.name, HARMLESS) for case in everybody]), ("hostile", everybody)])
        for name, (_, result, faults) in (("harmless", alone), ("hostile", beside)):
            faults = [fault for fault in faults if not fault.startswith(rules.TOO_BIG)]  # P2 looks at that
            tap.ok(result is not None and not faults, f"the run with the {name} rules is sound", "\n".join(faults))
        if alone[1] and beside[1]:
            one, two = parts(alone[1]), parts(beside[1])
            tap.ok(one.keys() == two.keys(), "the same requirements and risks are judged", one.keys() ^ two.keys())
            for name in one:
                tap.ok(one[name] == two.get(name), f"{name} is the same behind {len(everybody)} hostile rules", f"{one[name][:900]}\n{two.get(name, '')[:900]}")
        tap.ok(before == harness.snapshot(os.path.join(harness.HERE, "bundle")), "the evidence lies there as before")
    tap.end()


main()
