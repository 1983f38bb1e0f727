"""Values for the tests of the verbs of tables: random tables with missing entries, and what pandas makes of them.

    python tables.py    writes tables.json beside itself

Where pandas means something else than the verbs do, the call says so. Made with pandas 3.1.1, numpy 2.4.6.
"""
import json
import os
import random

import pandas as pd

KINDS = {"number": "float64", "string": "str", "bool": "boolean"}


def column(rng, kind, rows, missing):
    draw = {"number": lambda: rng.choice([-1.5, 0, 2, 2.25, 1e-6, 1e9]), "string": lambda: rng.choice(["a", "b", "", "é", "z"]),
            "bool": lambda: rng.random() < 0.5}[kind]
    return pd.Series([None if rng.random() < missing else draw() for _ in range(rows)], dtype=KINDS[kind])


def table(rng, kinds, rows, missing=0.2):
    return pd.DataFrame({name: column(rng, kind, rows, missing) for name, kind in kinds.items()})


def kind_of(series):
    return {"float64": "number", "boolean": "bool"}.get(str(series.dtype), "string")


def plain(entry):
    if pd.isna(entry):
        return None
    return entry if isinstance(entry, str) else bool(entry) if isinstance(entry, bool) else float(entry)


def written(frame):
    return [{"name": str(name), "kind": kind_of(frame[name]),
             "entries": [bool(e) if kind_of(frame[name]) == "bool" and not pd.isna(e) else plain(e) for e in frame[name]]}
            for name in frame.columns]


def case(verb, tables, result, **arguments):
    return {"verb": verb, "arguments": arguments, "tables": [written(t) for t in tables], "result": written(result)}


LEFT = {"k": "string", "l": "bool", "x": "number", "y": "number"}
RIGHT = {"l": "bool", "x": "number", "k": "string", "w": "string"}


def joins(rng):
    left, right = table(rng, LEFT, rng.randrange(9)), table(rng, RIGHT, rng.randrange(9))
    for keys in (["k"], ["l", "k"], ["x"]):
        # pandas lets a missing key match a missing one; the verbs let it match nothing.
        known = right.dropna(subset=keys)
        yield case("left_join", [left, right], left.merge(known, how="left", on=keys, suffixes=("", "_right")), on=keys)
        # pandas may order an inner join by the right table; the row numbers give the order of the left one.
        left_rows = left.assign(row=range(len(left))).dropna(subset=keys)
        right_rows = known.assign(match=range(len(known)))
        inner = left_rows.merge(right_rows, how="inner", on=keys, suffixes=("", "_right"))
        inner = inner.sort_values(["row", "match"], kind="stable").drop(columns=["row", "match"])
        yield case("inner_join", [left, right], inner, on=keys)


def rows(rng):
    t = table(rng, LEFT, rng.randrange(12), missing=0.3)
    for keys, descending in ((["k"], [False]), (["x"], [True]), (["l", "x"], [False, True]), (["y", "k", "l"], [True, False, True])):
        ordered = t.sort_values(keys, ascending=[not d for d in descending], kind="stable", na_position="last")
        yield case("sort", [t], ordered, by=keys, descending=descending)
    for keys in (["k"], ["l", "k"], ["x", "y"]):
        yield case("distinct", [t], t.drop_duplicates(subset=keys), columns=keys)
        yield case("drop_missing", [t], t.dropna(subset=keys), columns=keys)
    yield case("filter", [t], t[t["x"] > 0])


def summaries(rng):
    t = table(rng, LEFT, rng.randrange(1, 15), missing=0.3)
    for keys in (["k"], ["l", "k"], ["x", "l"]):
        result = t.groupby(keys, sort=False, dropna=False).agg(
            n=("y", "size"), known=("y", "count"), mean=("y", "mean"), least=("y", "min")).reset_index()
        yield case("summarize", [t], result.astype({"n": "float64", "known": "float64"}), by=keys)


def pivots(rng):
    t = table(rng, {"id": "string", "name": "string", "value": "number"}, rng.randrange(1, 15), missing=0.2)
    t["name"] = t["name"].fillna("none")
    t = t.drop_duplicates(subset=["id", "name"]).reset_index(drop=True)
    # pandas sorts what it pivots; the verb keeps the order of first appearance.
    wide = pd.DataFrame({"id": t["id"].drop_duplicates()})
    for name in t["name"].drop_duplicates():
        wide = wide.merge(t[t["name"] == name][["id", "value"]].rename(columns={"value": name}), how="left", on="id")
    yield case("pivot_wider", [t], wide)
    w = table(rng, {"id": "string", "a": "number", "b": "number", "c": "number"}, rng.randrange(8))
    long = w.melt(id_vars=["id"], value_vars=["c", "a"], var_name="name", value_name="value", ignore_index=False)
    long.insert(1, "b", w["b"].loc[long.index])
    yield case("pivot_longer", [w], long.sort_index(kind="stable").astype({"name": "str"}), columns=["c", "a"])


def stacks(rng):
    tables = [table(rng, LEFT, rng.randrange(1, 5)), table(rng, RIGHT, rng.randrange(1, 5)), table(rng, {"z": "bool"}, 2)]
    yield case("bind_rows", tables, pd.concat(tables, ignore_index=True).astype({"l": "boolean", "z": "boolean"}))


if __name__ == "__main__":
    rng = random.Random(5)
    cases = [c for _ in range(12) for make in (joins, rows, summaries, pivots, stacks) for c in make(rng)]
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "tables.json"), "w") as f:
        f.write("[\n" + ",\n".join(json.dumps(c, allow_nan=False, ensure_ascii=False) for c in cases) + "\n]\n")
