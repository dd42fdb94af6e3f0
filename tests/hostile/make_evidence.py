"""Hostile evidence that is too big, too many or too odd for a file of evidence/: made here, when the tests run.

cases() gives (name, expectation, files, special): `files` is (name of the document, bytes) or a map of path to bytes; special(path) adds what
is no plain file, and gives the path to evaluate. sweeps() gives (name, list of files, most records that may come).
"""
import hashlib
import json
import os
import random
import stat

import make_archives

SOUND = "- {id: a, name: Ann}\n- {id: b, name: Bob, owner: a}\n"
HEAD = "schema: assay.bundle/1\nas_of: 2026-06-30\n"
BIDI = "\u202e"


def documents():
    """One document each: (name, expectation, (file, bytes))."""
    yaml, ndjson, csv = "things.yaml", "things.ndjson", "things.csv"
    yield "depth_of_flow", "P6 lost E0104", (yaml, "- {id: a, tags: " + "[" * 100000 + "]" * 100000 + "}\n")
    yield "depth_of_blocks", "P6 lost E0104", (yaml, "- id: a\n  other:\n" + "".join(" " * (4 + i) + "x:\n" for i in range(300)))
    yield "depth_of_dashes", "P6 lost E01", (yaml, "- " * 5000 + "x\n")
    yield "depth_of_questions", "P6 lost E01", (yaml, "? " * 5000 + "x\n")
    yield "depth_of_json", "P6 lost E01", ("things.json", "[" * 100000 + "]" * 100000)
    yield "depth_of_json_maps", "P6 lost E01", ("things.json", '[{"id":"a","x":' + '{"x":' * 50000 + "1" + "}" * 50000 + "}]")
    yield "depth_of_ndjson", "P6 lost E01", (ndjson, '{"id":"a"}\n{"id":"b","x":' + "[" * 5000 + "]" * 5000 + "}\n")
    yield "depth_just_within", "P6 kept 1 W0302", (yaml, "- {id: a, other: " + "[" * 61 + "]" * 61 + "}\n")
    yield "anchors", "P6 kept 1", (yaml, "- {id: a, tags: [" + ", ".join(f"&a{i} x" for i in range(20000)) + "]}\n")
    yield "aliases", "P6 lost E0116", (yaml, "- {id: &a x, tags: [" + ", ".join("*a" for _ in range(2000)) + "]}\n")
    yield "alias_of_a_long_text", "P6 lost E0117", (yaml, "- {id: a, text: &a " + "x" * 900000 + "}\n" + "".join(f"- {{id: i{i}, text: *a}}\n" for i in range(900)))
    yield "keys_twice_100000", "P6 lost E0108", (yaml, "- {id: a" + ", k: 1" * 100000 + "}\n")
    yield "keys_100000", "P6 kept 1 W0302", (yaml, "- {id: a" + "".join(f", k{i}: 1" for i in range(100000)) + "}\n")
    yield "keys_100000_in_json", "P6 kept 1 W0302", ("things.json", '[{"id":"a"' + "".join(f',"k{i}":1' for i in range(100000)) + "}]")
    yield "keys_of_json_twice_at_the_end", "P8 lost E0108", ("things.json", '[{"id":"a"' + "".join(f',"k{i}":1' for i in range(50000)) + ',"id":"b"}]')
    yield "records_twice_100000", "P6 kept 100000", (ndjson, '{"id":"a"}\n' * 100000)
    yield "documents_1001", "P6 lost E0118", (yaml, "---\n- {id: a}\n" * 1001)
    yield "directives", "P6 lost E0120", (yaml, "".join(f"%TAG !t{i}! tag:x,2026:\n" for i in range(2000)) + "---\n- {id: a}\n")
    yield "key_over_1_kb", "P6 lost E0107", (yaml, "- {id: a, " + "k" * 1025 + ": 1}\n")
    yield "key_of_1_mb", "P6 lost E0", (yaml, "- {id: a, ? " + "k" * 1000000 + " : 1}\n")
    yield "text_over_1_mb", "P6 lost E0106", (yaml, "- {id: a, text: " + "x" * ((1 << 20) + 1) + "}\n")
    yield "text_of_1_mb", "P6 kept 1", (yaml, "- {id: a, text: " + "x" * (1 << 20) + "}\n")
    yield "text_over_1_mb_in_json", "P6 lost E0106", ("things.json", json.dumps([{"id": "a", "text": "x" * ((1 << 20) + 1)}]))
    yield "text_over_1_mb_in_csv", "P6 lost E0106", (csv, 'id,text\na,"' + "x" * ((1 << 20) + 1) + '"\n')
    yield "id_of_1_mb", "P6 kept 1", (yaml, "- {id: " + "x" * (1 << 20) + "}\n")
    yield "line_over_1_mb", "P8 lost E0140", (ndjson, '{"id":"a"}\n{"id":"b","text":"' + "x" * ((1 << 20) + 100) + '"}\n{"id":"c"}\n')
    yield "list_of_a_million", "P6 kept 1", ("things.json", '[{"id":"a","tags":[' + ",".join(["1"] * 1000000) + "]}]")
    yield "columns_2000", "P6 lost E0155", (csv, "id," + ",".join(f"c{i}" for i in range(2000)) + "\na" + "," * 2000 + "\n")
    yield "column_over_1_kb", "P6 lost E0107", (csv, "id," + "c" * 1025 + "\na,x\n")
    yield "columns_100000_empty", "P6 lost E015", (csv, "id" + "," * 100000 + "\n")
    yield "one_quote_and_10_mb", "P6 lost E0", (csv, 'id,name\na,"' + "x,y\n" * 2500000)
    yield "commas_10_mb", "P6 lost E0", (csv, "id,name\n" + "," * 10000000)
    yield "lines_a_million", "P6 lost E0", (csv, "id,name\n" + "\n" * 1000000 + '"')
    yield "number_of_a_megabyte", "P6 lost E0", ("things.json", '[{"id":"a","x":' + "9" * 1000000 + "}]")
    yield "number_of_100_digits", "P8 lost E0", ("things.json", '[{"id":"a","n":' + "9" * 100 + "}]")
    yield "nodes", "P6 lost E0105 options --limit-nodes=1000", (yaml, "- {id: a, tags: [" + ", ".join(["x"] * 2000) + "]}\n")
    yield "records", "P6 lost E0141 options --limit-records=10", (ndjson, "".join(f'{{"id":"i{i}"}}\n' for i in range(11)))
    yield "records_just_within", "P6 kept 10 options --limit-records=10", (ndjson, "".join(f'{{"id":"i{i}"}}\n' for i in range(10)))
    yield "empty_yaml", "P8 kept 0", (yaml, "")
    yield "empty_json", "P8 lost E0134", ("things.json", "")
    yield "empty_ndjson", "P8 kept 0", (ndjson, "")
    yield "empty_csv", "P8 lost E0150", (csv, "")
    yield "blank_csv", "P8 lost E0150", (csv, "\n\n  \n")
    for format in ("yaml", "json", "ndjson", "csv"):
        name = "things." + format
        outcome = {"yaml": "kept 0", "json": "lost E0134", "ndjson": "kept 0", "csv": "lost E0150"}[format]
        body = {"yaml": SOUND, "json": '[{"id":"a"},{"id":"b"}]', "ndjson": '{"id":"a"}\n{"id":"b"}\n', "csv": "id,name\na,x\nb,y\n"}[format]
        yield f"only_a_mark_{format}", f"P8 {outcome}", (name, b"\xef\xbb\xbf")
        yield f"mark_{format}", "P6 kept 2", (name, b"\xef\xbb\xbf" + body.encode())
        yield f"two_marks_{format}", "P8 ends", (name, b"\xef\xbb\xbf\xef\xbb\xbf" + body.encode())
        yield f"utf16_le_{format}", "P6 kept 2", (name, b"\xff\xfe" + body.encode("utf-16-le"))
        yield f"utf16_be_{format}", "P6 kept 2", (name, b"\xfe\xff" + body.encode("utf-16-be"))
        yield f"utf16_no_mark_{format}", "P8 lost E01", (name, body.encode("utf-16-le"))
        yield f"utf16_odd_{format}", "P8 lost E01", (name, b"\xff\xfe" + body.encode("utf-16-le") + b"\x00")
        yield f"utf16_half_{format}", "P8 lost E01", (name, b"\xff\xfe" + body.encode("utf-16-le") + b"\x00\xd8")
        yield f"utf32_{format}", "P8 lost E01", (name, b"\xff\xfe\x00\x00" + body.encode("utf-32-le"))
        yield f"latin1_{format}", "P8 lost E0101", (name, body.replace("a", "\xe4").encode("latin-1"))
        yield f"broken_utf8_{format}", "P8 lost E0101", (name, body.encode() + b"\xc3")
        yield f"overlong_utf8_{format}", "P8 lost E0101", (name, body.encode().replace(b"a", b"\xc1\xa1", 1))
        yield f"surrogate_utf8_{format}", "P8 lost E0101", (name, body.encode().replace(b"a", b"\xed\xa0\x80", 1))
        yield f"nul_{format}", "P8 lost E01", (name, body.encode().replace(b"b", b"\x00"))
        yield f"nul_at_the_end_{format}", "P8 lost E01", (name, body.encode() + b"\x00")
        yield f"controls_{format}", "P11 ends", (name, body.encode().replace(b"a", b"\x01\x02\x1b[31m\x7f", 1))
        yield f"returns_only_{format}", "P6 kept 2" if format != "ndjson" else "P8 ends", (name, body.replace("\n", "\r"))
        yield f"returns_and_feeds_{format}", "P6 kept 2", (name, body.replace("\n", "\r\n"))
        yield f"noise_{format}", "P8 lost E01", (name, bytes(random.Random(7).randrange(256) for _ in range(20000)))
        yield f"another_format_{format}", "P8 lost E0", (name, b"PK\x03\x04" + b"\x00" * 100)
    yield "yaml_named_json", "P8 lost E0130", ("things.json", SOUND)
    yield "json_named_csv", "P8 lost E0", (csv, '[\n{"id": "a", "name": "x"},\n{"id": "b"}\n]\n')
    yield "html_named_csv", "P8 ends", (csv, "<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n")
    yield "html_named_json", "P8 lost E0130", ("things.json", "<!DOCTYPE html>\n<html><body>Sign in, please</body></html>\n")
    yield "aws_error_named_json", "P8 ends", ("things.json", '{"message": "User is not authorized"}')


def manifest(lines, **files):
    return {"bundle.yaml": HEAD + lines, "things.yaml": SOUND, **files}


def manifests():
    """Manifests: (name, expectation, files)."""
    def doc(path, more=""):
        return f"documents:\n  - {{path: {path}{more}}}\n"

    for name, path in (("parent", "../things.yaml"), ("absolute", "/etc/passwd"), ("parent_inside", "x/../../things.yaml"), ("parent_at_the_end", "x/.."),
                       ("parent_hidden", "./.././things.yaml"), ("parent_of_a_pattern", "../*.yaml"), ("absolute_pattern", "/etc/*"), ("two_slashes", "//etc/passwd")):
        yield "path_" + name, "P3 refused E0207", manifest(doc(path + ", kind: things"))
    yield "path_with_nul", "P3 refused E0", manifest('documents:\n  - {path: "things.yaml\\0.txt"}\n')
    yield "path_long", "P6 lost E0208", manifest(doc("x/" * 3000 + "things.yaml, kind: things"))
    yield "path_name_long", "P6 lost E0208", manifest(doc("x" * 5000 + ".yaml, kind: things"))
    yield "path_empty", "P8 refused E0204", manifest(doc('""'))
    yield "path_of_the_manifest", "P8 ends", manifest(doc("bundle.yaml, kind: things"))
    yield "path_of_itself_by_pattern", "P6 kept 2", manifest(doc('"*.yaml"'))
    yield "path_with_escapes", "P11 lost E0208", manifest(doc('"\\e[31mx\\u202e.yaml", kind: things'))
    yield "path_of_a_folder", "P8 lost E0208", manifest(doc("sub, kind: things"), **{"sub/x.yaml": SOUND})
    yield "path_below_a_file", "P8 lost E0208", manifest(doc("things.yaml/x.yaml, kind: things"))
    yield "path_twice", "P8 refused E0216", manifest("documents:\n  - {path: things.yaml}\n  - {path: ./things.yaml}\n")
    yield "path_that_is_not_there", "P8 lost E0208", {"bundle.yaml": HEAD + doc("things.yaml, kind: things")}
    yield "pattern_without_files", "P8 lost E0208", {"bundle.yaml": HEAD + doc('"ev/*.yaml", kind: things')}
    yield "pattern_bomb", "P6 lost E0208", manifest(doc('"' + "**/" * 500 + '*.nothing", kind: things'), **{"a/" * 15 + f"f{i}.txt": "x" for i in range(50)})
    yield "pattern_of_stars", "P6 lost E0208", manifest(doc('"' + "*a" * 2000 + '", kind: things'), **{"a" * 200 + ".txt": "x"})
    yield "pattern_odd", "P6 lost E0208", manifest(doc('"[a-", kind: things'))
    yield "entries_20000", "P6 lost E0208", manifest("documents:\n" + "".join(f"  - {{path: x{i}.yaml, kind: things}}\n" for i in range(3000)))
    many = {f"evidence/of/a/folder/x{i}x{i}.yaml": "" for i in range(4000)}
    yield "entries_absent_beside_many_files", "P6 lost E0208 tells 'did you mean'", manifest("documents:\n" + "".join(f"  - {{path: evidence/of/a/folder/y{i}y{i}.yaml, kind: things}}\n" for i in range(4000)), **many)
    yield "patterns_beside_many_files", "P6 lost E0208", manifest("documents:\n" + "".join(f"  - {{path: '**/y{i}*a*.yaml', kind: things}}\n" for i in range(1500)), **many)
    good = hashlib.sha256(SOUND.encode()).hexdigest()
    yield "sha256_right", "P8 kept 2", manifest(doc("things.yaml, sha256: " + good))
    yield "sha256_in_capitals", "P8 kept 2", manifest(doc("things.yaml, sha256: " + good.upper()))
    yield "sha256_wrong", "P8 lost E0210", manifest(doc("things.yaml, sha256: " + "0" * 63 + "1"))
    yield "sha256_short", "P8 refused E0204", manifest(doc("things.yaml, sha256: " + good[:40]))
    yield "sha256_long", "P8 refused E0204", manifest(doc("things.yaml, sha256: " + good + "00"))
    yield "sha256_of_a_pattern", "P8 refused E0204", manifest(doc('"*.yaml", sha256: ' + good))
    yield "sha256_empty", "P8 refused E0204", manifest(doc('things.yaml, sha256: ""'))
    yield "sha256_is_a_list", "P8 refused E0204", manifest(doc(f"things.yaml, sha256: [{good}]"))
    yield "sha256_twice", "P8 refused E0108", manifest(doc(f"things.yaml, sha256: {good}, sha256: {good}"))
    yield "unlisted", "P8 kept 0 N0223", manifest(doc("other.yaml, kind: people"), **{"other.yaml": "- {id: p, name: P, kind: employee, start_date: 2020-01-01}\n"})
    yield "hidden_file", "P8 lost E0208", {"bundle.yaml": HEAD + doc('"*.yaml", kind: things'), ".things.yaml": SOUND}
    yield "unknown_key", "P8 refused E0203", manifest("docments: []\n")
    yield "unknown_key_in_entry", "P8 refused E0203", manifest(doc("things.yaml, knd: things"))
    yield "key_twice", "P8 refused E0108", manifest("as_of: 2020-01-01\n")
    yield "schema_of_the_future", "P8 refused E0202", {"bundle.yaml": "schema: assay.bundle/99\nas_of: 2026-06-30\n", "things.yaml": SOUND}
    yield "adapter", "P3 refused E0211", manifest(doc("things.yaml, adapter: ../../evil"))
    yield "kind_unknown", "P8 refused E0212", manifest(doc("things.yaml, kind: secrets"))
    yield "period_backwards", "P8 refused E0204", manifest("period: {from: 2026-12-31, to: 2026-01-01}\n")
    yield "as_of_broken", "P8 refused E0204", {"bundle.yaml": "as_of: 2026-02-30\n", "things.yaml": SOUND}
    yield "as_of_missing", "P8 refused E0205", {"bundle.yaml": "organization: {id: t, name: T}\n", "things.yaml": SOUND}
    yield "as_of_before_everything", "P6 kept 2", {"bundle.yaml": "as_of: 0001-01-01\n", "things.yaml": SOUND}
    yield "as_of_after_everything", "P6 kept 2", {"bundle.yaml": "as_of: 9999-12-31\n", "things.yaml": SOUND}
    yield "organization_with_escapes", "P11 kept 2", {"bundle.yaml": 'as_of: 2026-06-30\norganization: {id: "\\e[31m/../x\\u202e", name: "\\e]0;x\\a"}\n', "things.yaml": SOUND}
    yield "source_with_escapes", "P11 kept 2", manifest('defaults: {source: "\\e[31m\\u202e", collected_at: 2026-06-29}\n')
    # the wrong type in every place
    values = ("5", "true", "[]", "{}", "text", "[[]]", "{a: {b: c}}", "[a, {b: c}]", '""', "1e400", "~")
    places = {"schema": "schema: %s\n", "organization": "organization: %s\n", "as_of": "as_of: %s\n", "period": "period: %s\n", "defaults": "defaults: %s\n",
              "documents": "documents: %s\n", "from": "period: {from: %s, to: 2026-01-01}\n", "collected_at": "defaults: {collected_at: %s}\n",
              "entry": "documents: [%s]\n"}
    places.update({key: "documents:\n  - {path: things.yaml, " + key + ": %s}\n"
                   for key in ("kind", "at", "map", "words", "set", "defaults", "source", "collected_at", "period", "sha256", "format", "delimiter", "adapter")})
    places["path"] = "documents:\n  - {path: %s}\n"
    places["map_value"] = "documents:\n  - {path: things.yaml, map: {name: %s}}\n"
    places["map_key"] = "documents:\n  - {path: things.yaml, map: {%s: name}}\n"
    places["words_value"] = "documents:\n  - {path: things.yaml, words: {word: %s}}\n"
    places["words_word"] = "documents:\n  - {path: things.yaml, words: {word: {x: %s}}}\n"
    places["set_value"] = "documents:\n  - {path: things.yaml, set: {n: %s}}\n"
    places["set_list"] = "documents:\n  - {path: things.yaml, set: {tags: %s}}\n"
    for place, form in places.items():
        for number, value in enumerate(values):
            head = "" if place in ("schema",) else "schema: assay.bundle/1\n"
            head += "" if place == "as_of" else "as_of: 2026-06-30\n"
            yield f"type_{place}_{number}", "P8 ends", {"bundle.yaml": head + form % value, "things.yaml": SOUND}
    for name, data in (("list", "[a, b]\n"), ("text", "just text\n"), ("number", "5\n")):
        yield f"manifest_is_a_{name}", "P8 refused E0201", {"bundle.yaml": data, "things.yaml": SOUND}
    for name, data in (("nothing", b""), ("a_mark", b"\xef\xbb\xbf"), ("null", b"~\n")):
        yield f"manifest_is_{name}", "P8 refused E0205", {"bundle.yaml": data, "things.yaml": SOUND}
    for name, data in (("nul", HEAD.encode() + b"\x00"), ("broken_utf8", HEAD.encode() + b"\xff"), ("broken_yaml", b"as_of: [\n"), ("noise", bytes(range(256)))):
        yield f"manifest_is_{name}", "P8 refused E01", {"bundle.yaml": data, "things.yaml": SOUND}
    yield "manifest_bomb", "P6 refused E0117", {"bundle.yaml": "".join(f"x{i}: &x{i} [" + (f"*x{i - 1}, " * 9 if i else "a, " * 9) + "]\n" for i in range(9)), "things.yaml": SOUND}
    yield "manifest_deep", "P6 refused E0104", {"bundle.yaml": "as_of: " + "[" * 10000 + "]" * 10000 + "\n", "things.yaml": SOUND}
    yield "manifest_two_documents", "P8 refused E0121", {"bundle.yaml": HEAD + "---\n" + HEAD, "things.yaml": SOUND}


def mappings():
    """Maps, words, constants and paths: (name, expectation, files)."""
    raw = json.dumps({"Results": [{"Items": [{"ID": "a", "N": "x", "deep": {"deep": {"x": 1}}, "j": '{"k": [1, 2', "c": 'p,"q'}]}]})
    big = json.dumps([{"id": f"i{i}", "big": "x" * 1000000} for i in range(3)])
    lists = json.dumps([{"id": "a", "l": [{"m": [{"n": ["x"] * 100}] * 100}] * 100}])

    def mapped(rest, data=raw, at="Results[].Items[]"):
        entry = f"documents:\n  - path: things.json\n    at: {json.dumps(at)}\n{rest}" if at else f"documents:\n  - path: things.json\n{rest}"
        return {"bundle.yaml": HEAD + entry, "things.json": data}

    yield "map_sound", "P6 kept 1", mapped("    map: {id: ID, name: N}\n")
    for name, source in (("brace_open", "{ID"), ("brace_close", "ID}"), ("brace_empty", "{}"), ("brace_in_brace", "{{ID}}"), ("bracket_open", "ID["),
                         ("bracket_minus", "ID[-1]"), ("bracket_huge", "ID[99999999999999999999]"), ("bracket_text", "ID[x]"), ("pipe_nothing", "j|"), ("pipe_unknown", "j|exec"),
                         ("quote_open", '"ID'), ("dots", "..."), ("only_up", ".."), ("up_then_nothing", "../"), ("nothing", ""), ("blank", " ")):
        yield "map_path_" + name, "P8 ends", mapped(f"    map: {{id: ID, name: {json.dumps(source)}}}\n")
    yield "map_path_up_and_out", "P8 ends", mapped('    map: {id: ID, name: "' + "../" * 200 + 'x"}\n')
    yield "map_path_deep", "P6 ends", mapped('    map: {id: ID, name: "' + "deep." * 10000 + 'x"}\n')
    yield "map_path_of_brackets", "P6 ends", mapped('    map: {id: ID, name: "N' + "[]" * 10000 + '"}\n')
    yield "map_path_with_escapes", "P11 ends", mapped('    map: {id: ID, name: "\\e[31m\\u202e[x"}\n')
    yield "map_unknown_field", "P8 refused E02", mapped("    map: {id: ID, nmae: N}\n")
    yield "map_never_found", "P8 ends", mapped("    map: {id: ID, name: Missing}\n")
    yield "map_json_garbage", "P8 ends", mapped('    map: {id: ID, name: "j|json.k"}\n')
    yield "map_csv_garbage", "P8 ends", mapped('    map: {id: ID, tags: "c|csv"}\n')
    yield "map_json_bomb", "P6 ends", mapped('    map: {id: id, n: "j|json.x"}\n', json.dumps([{"id": "a", "j": "[" * 100000}]), "[]")
    yield "map_json_in_json", "P6 ends", mapped('    map: {id: id, name: "j' + "|json" * 200 + '"}\n', json.dumps([{"id": "a", "j": json.dumps(json.dumps(json.dumps("x")))}]), "[]")
    yield "map_csv_many", "P6 ends", mapped('    map: {id: id, tags: "j|csv"}\n', json.dumps([{"id": "a", "j": "," * 900000}]), "[]")
    yield "map_template_bomb", "P6 ends", mapped('    map: {id: id, text: "' + "{big}" * 2000 + '"}\n', big, "[]")
    yield "map_template_of_lists", "P6 ends", mapped('    map: {id: id, text: "{l[].m[].n[]} {l[].m[].n[]}"}\n', lists, "[]")
    yield "map_list_of_lists", "P6 ends", mapped('    map: {id: id, tags: "l[].m[].n[]"}\n', lists, "[]")
    yield "at_every_node", "P6 ends", mapped("    map: {id: n}\n", lists, "[].l[].m[].n[]")
    yield "at_never", "P8 ends", mapped("    map: {id: ID}\n", at="Nothing[].Here[]")
    yield "at_optional_never", "P8 ends", mapped("    map: {id: ID}\n", at="Nothing?[].Here?[]")
    yield "at_deep", "P6 ends", mapped("    map: {id: ID}\n", at="[]" * 500)
    yield "at_broken", "P8 refused E02", mapped("    map: {id: ID}\n", at="Results[.Items")
    yield "at_up", "P8 refused E02", mapped("    map: {id: ID}\n", at="../x")
    yield "at_empty_list", "P8 kept 0", mapped("    map: {id: ID}\n", '{"Results": []}', "Results[]")
    yield "at_null", "P8 ends", mapped("    map: {id: ID}\n", '{"Results": null}', "Results[]")
    yield "at_error_instead", "P8 lost E0", mapped("    map: {id: ID}\n", '{"message": "not authorized"}', "Results[]")
    yield "words_for_all", "P8 refused E02", mapped("    map: {id: ID}\n    words: {nmae: {x: y}}\n")
    yield "words_wrong", "P8 ends", mapped("    map: {id: ID, word: N}\n    words: {word: {x: pink}}\n")
    yield "words_100000", "P6 ends", mapped("    map: {id: ID, word: N}\n    words: {word: {" + ", ".join(f"w{i}: red" for i in range(100000)) + "}}\n")
    yield "set_wrong", "P8 refused E02", mapped("    map: {id: ID}\n    set: {n: many}\n")
    yield "set_unknown", "P8 refused E02", mapped("    map: {id: ID}\n    set: {nmae: x}\n")
    yield "set_makes_everything_good", "P8 kept 1", mapped("    map: {id: ID}\n    set: {ok: true}\n")
    yield "set_template", "P8 ends", mapped('    map: {id: ID}\n    set: {name: "{collected_at} {nothing} {"}\n')
    yield "set_key", "P8 ends", mapped("    set: {id: same}\n    map: {name: N}\n", json.dumps([{"N": "x"}] * 5), "[]")
    yield "defaults_wrong", "P8 refused E02", mapped("    map: {id: ID}\n    defaults: {on: never}\n")


def places():
    """What is no plain file, and folders: (name, expectation, files, special)."""
    def link(target, name="things.yaml"):
        def special(path):
            os.symlink(target, os.path.join(path, name))
            return path
        return special

    def make(function):
        def special(path):
            function(path)
            return path
        return special

    head = {"bundle.yaml": HEAD + "documents:\n  - {path: things.yaml, kind: things}\n"}
    yield "link_out", "P3 lost E0208", head, link("/etc/passwd")
    yield "link_to_a_sibling", "P3 lost E0208", {**head, "real.txt": SOUND}, link("real.txt")
    yield "link_to_itself", "P6 lost E0208", head, link("things.yaml")
    yield "link_to_nowhere", "P6 lost E0208", head, link("/nowhere/at/all")
    yield "link_by_stem", "P8 lost E0190", {"bundle.yaml": HEAD, "real.txt": SOUND}, link("real.txt")
    yield "link_beside_a_document_of_its_kind", "P8 lost E0190", {"bundle.yaml": HEAD, "things.yaml": SOUND}, link("things.yaml", "things.b.yaml")
    yield "link_of_a_folder", "P3 lost E0208", {"bundle.yaml": HEAD + "documents:\n  - {path: etc/things.yaml, kind: things}\n"}, link("/etc", "etc")
    yield "link_of_a_folder_by_pattern", "P3 lost E0208", {"bundle.yaml": HEAD + 'documents:\n  - {path: "etc/*", kind: things, format: csv}\n'}, link("/etc", "etc")
    yield "link_of_the_root", "P6 lost E0208", {"bundle.yaml": HEAD + 'documents:\n  - {path: "**/things.yaml", kind: things}\n'}, link("/", "root")
    yield "links_in_a_circle", "P6 kept 2", {"bundle.yaml": HEAD, "things.yaml": SOUND, "a/x.txt": "x"}, link("..", "a/up")
    yield "link_as_manifest", "P3 refused E0201", {"things.yaml": SOUND, "real.yaml": HEAD}, link("real.yaml", "bundle.yaml")
    yield "pipe", "P6 lost E0208", head, make(lambda path: os.mkfifo(os.path.join(path, "things.yaml")))
    yield "pipe_by_stem", "P6 lost E0191", {"bundle.yaml": HEAD}, make(lambda path: os.mkfifo(os.path.join(path, "things.yaml")))
    yield "pipe_as_manifest", "P6 refused E0201", {"things.yaml": SOUND}, make(lambda path: os.mkfifo(os.path.join(path, "bundle.yaml")))
    yield "folder_as_manifest", "P6 refused E0201", {"bundle.yaml/x": "x", "things.yaml": SOUND}, make(lambda path: None)
    yield "folder_named_as_file", "P6 lost E0208", {**head, "things.yaml/x.yaml": SOUND}, make(lambda path: None)
    if os.getuid() == 0:
        def device(path):
            try:
                os.mknod(os.path.join(path, "things.yaml"), stat.S_IFCHR | 0o600, os.makedev(1, 5))
            except OSError:
                os.mkfifo(os.path.join(path, "things.yaml"))
        yield "device", "P6 lost E0208", head, make(device)
    else:
        yield "not_readable", "P8 lost E0219", {**head, "things.yaml": SOUND}, make(lambda path: os.chmod(os.path.join(path, "things.yaml"), 0))
    def sparse(path):
        with open(os.path.join(path, "things.yaml"), "wb") as f:
            f.truncate(65 << 20)
    yield "sparse_65_mb", "P6 lost E0", head, make(sparse)
    def sparse_json(path):
        with open(os.path.join(path, "things.json"), "wb") as f:
            f.truncate(1100 << 20)
    yield "sparse_1100_mb", "P6 lost E0", {"bundle.yaml": HEAD + "documents:\n  - {path: things.json}\n"}, make(sparse_json)
    odd = {b"\xff\xfe.yaml": b"x", "\x1b[31mthings.yaml".encode(): b"x", "a\nb.yaml".encode(): b"x", (BIDI + "things.csv").encode(): b"x", b"-rf.yaml": b"x", b"::error.yaml": b"x"}
    yield "names_with_escapes", "P11 kept 2", {"bundle.yaml": HEAD, "things.yaml": SOUND, **odd}, make(lambda path: None)
    yield "names_with_escapes_by_pattern", "P11 ends", {"bundle.yaml": HEAD + 'documents:\n  - {path: "**", kind: things}\n', "things.yaml": SOUND, **odd}, make(lambda path: None)
    yield "stems_alike", "P8 kept 4 E03", {"bundle.yaml": HEAD, "things.yaml": SOUND, "THINGS.csv": "id\na\nb\n"}, make(lambda path: None)
    yield "stem_of_two_formats", "P8 kept 4", {"bundle.yaml": HEAD, "things.a.yaml": SOUND, "things.b.yaml": SOUND.replace("id: ", "id: x")}, make(lambda path: None)
    yield "folder_without_anything", "P8 refused E0205", {}, make(lambda path: None)
    yield "folder_without_dates", "P8 refused E0205", {"things.yaml": SOUND}, make(lambda path: None)
    yield "folders_in_folders", "P6 refused E0232", {"bundle.yaml": HEAD, "d/" * 200 + "things.yaml": SOUND}, make(lambda path: None)
    yield "nowhere", "P6 missing E0219", {}, lambda path: os.path.join(path, "nowhere")
    yield "no_name", "P6 missing E0219 tells 'name of the bundle is empty'", {}, lambda path: ""
    yield "a_pipe", "P6 refused E0219", {}, lambda path: (os.mkfifo(os.path.join(path, "pipe")), os.path.join(path, "pipe"))[1]
    yield "dev_zero", "P6 refused E0219", {}, lambda path: "/dev/zero"
    yield "dev_null", "P6 refused E0219", {}, lambda path: "/dev/null"
    yield "standard_input_empty", "P6 refused E0", {}, lambda path: "-"
    yield "name_with_escapes", "P11 missing E0219", {}, lambda path: os.path.join(path, "\x1b[31m\u202enowhere")
    yield "name_long", "P6 missing E0219", {}, lambda path: os.path.join(path, "x" * 5000)


def boundaries():
    """One below, at and one above every limit: (name, expectation, (file, bytes))."""
    def three(name, option, limit, code, form, at=0, ok="kept 1", file="things.yaml"):
        """`form(n)` makes a document in which the limited thing is n; it may be `limit` + `at`."""
        for step in (-1, 0, 1):
            want = f"lost {code} tells '{option}(?![-a-z])'" if step == 1 else ok
            yield f"limit_{name}_{step + 1}", f"P12 {want} options {option}={limit}", (file, form(limit + at + step))

    def filled(n, start, end):
        return start + "x" * (n - len(start) - len(end)) + end

    yield "limit_file_leaves_the_product_alone", "P12 kept 2 options --limit-file-bytes=5000", ("things.yaml", SOUND)
    yield from three("file_yaml", "--limit-file-bytes", 200000, "E0", lambda n: filled(n, "- {id: a, text: ", "}\n"))
    yield from three("file_json", "--limit-file-bytes", 200000, "E0", lambda n: filled(n, '[{"id": "a", "text": "', '"}]'), file="things.json")
    yield from three("file_csv", "--limit-file-bytes", 200000, "E0", lambda n: filled(n, "id,text\na,", "\n"), file="things.csv")
    yield from three("file_ndjson", "--limit-file-bytes", 200000, "E0", lambda n: filled(n, '{"id": "a", "text": "', '"}\n'), file="things.ndjson")
    yield from three("depth_yaml", "--limit-depth", 10, "E0104", lambda n: "- {id: a, other: " + "[" * (n - 2) + "]" * (n - 2) + "}\n")
    yield from three("depth_json", "--limit-depth", 10, "E0104", lambda n: '[{"id": "a", "other": ' + "[" * (n - 2) + "]" * (n - 2) + "}]", file="things.json")
    yield from three("depth_ndjson", "--limit-depth", 10, "E0104", lambda n: '{"id": "a", "other": ' + "[" * (n - 1) + "]" * (n - 1) + "}\n", file="things.ndjson")
    yield from three("nodes_yaml", "--limit-nodes", 50, "E0105", lambda n: "- {id: a, tags: [" + ", ".join("x" * (n - 4)) + "]}\n")
    yield from three("nodes_json", "--limit-nodes", 50, "E0105", lambda n: '[{"id": "a", "tags": [' + ",".join('"x"' for _ in range(n - 4)) + "]}]", file="things.json")
    yield from three("text_yaml", "--limit-text-bytes", 300, "E0106", lambda n: "- {id: a, text: " + "x" * n + "}\n")
    yield from three("text_json", "--limit-text-bytes", 300, "E0106", lambda n: '[{"id": "a", "text": "' + "x" * n + '"}]', file="things.json")
    yield from three("text_ndjson", "--limit-text-bytes", 300, "E0106", lambda n: '{"id": "a", "text": "' + "x" * n + '"}\n', file="things.ndjson")
    yield from three("text_csv", "--limit-text-bytes", 300, "E0106", lambda n: "id,text\na," + "x" * n + "\n", file="things.csv")
    yield from three("key_yaml", "--limit-key-bytes", 30, "E0107", lambda n: "- {id: a, " + "k" * n + ": x}\n")
    yield from three("key_json", "--limit-key-bytes", 30, "E0107", lambda n: '[{"id": "a", "' + "k" * n + '": 1}]', file="things.json")
    yield from three("key_csv", "--limit-key-bytes", 30, "E0107", lambda n: "id," + "k" * n + "\na,x\n", file="things.csv")
    yield from three("aliases", "--limit-yaml-aliases", 20, "E0116", lambda n: "- {id: &a x, tags: [" + ", ".join(["*a"] * n) + "]}\n")
    yield from three("alias_nodes", "--limit-yaml-alias-nodes", 60, "E0117", lambda n: "- &a {id: a, tags: [" + ", ".join("x" * 26) + "]}\n- {id: b, other: *a, tags: [" + ", ".join(["&b x"] + ["*b"] * (n - 29)) + "]}\n", ok="kept 2")
    yield from three("yaml_documents", "--limit-yaml-documents", 5, "E0118", lambda n: "---\n- {id: a}\n" * n, ok="kept")
    yield from three("line", "--limit-line-bytes", 500, "E0140", lambda n: filled(n, '{"id": "a", "text": "', '"}') + "\n", file="things.ndjson")
    yield from three("records_ndjson", "--limit-records", 7, "E0141", lambda n: '{"id": "a"}\n' * n, ok="kept", file="things.ndjson")
    yield from three("records_csv", "--limit-records", 7, "E0141", lambda n: "id\n" + "a\n" * n, ok="kept", file="things.csv")
    yield from three("columns", "--limit-csv-columns", 12, "E0155", lambda n: "id," + ",".join(f"c{i}" for i in range(n - 1)) + "\na" + "," * (n - 1) + "\n", file="things.csv")


def cases():
    found = []
    for name, header, files in list(documents()) + list(boundaries()):
        found.append((name, header, files, None))
    for name, header, files in list(manifests()) + list(mappings()):
        found.append((name, header, files, None))
    for name, header, files, special in list(places()) + list(make_archives.archives()):
        found.append((name, header, files, special))
    return [(f"{1001 + i}_{name}", header, files, special) for i, (name, header, files, special) in enumerate(found)]


SAMPLES = {
    "things.yaml": "# things\n- id: a\n  name: 'Ann'\n  tags: [x, \"y\"]\n  on: 2026-01-01\n- &b {id: b, owner: a, x: 1.5, ok: true}\n- {<<: *b, id: c}\n",
    "things.json": '[{"id": "a", "name": "A\\u00e4\\n", "tags": ["x", "y"], "x": -1.5e3},\n {"id": "b", "ok": true, "owner": null}, {"id": "c"}]\n',
    "things.ndjson": '{"id": "a", "name": "A\\u00e4"}\n{"id": "b", "tags": ["x"]}\n{"id": "c", "n": 5}\n',
    "things.csv": 'id,name,n,tags\na,"An ""n""",5,x;y\nb,"two\nlines",,\nc,,7,\n',
    "bundle.yaml": "schema: assay.bundle/1\norganization: {id: t, name: T}\nas_of: 2026-06-30\ndocuments:\n  - path: things.yaml\n    source: \"x\"\n    map: {id: id, name: \"{id} {../x?}\"}\n",
}


def sweeps():
    """Cut off at every byte; bytes changed by a fixed stream of chance."""
    chance = random.Random(20260630)
    for name, text in SAMPLES.items():
        if name == "bundle.yaml":
            continue
        data = text.encode()
        yield "cut_" + name, [{name: data[:i]} for i in range(len(data))], 3
        changed = []
        for _ in range(150):
            copy = bytearray(data)
            for _ in range(chance.choice((1, 1, 2, 5))):
                at = chance.randrange(len(copy))
                kind = chance.randrange(4)
                if kind == 0:
                    copy[at] = chance.randrange(256)
                elif kind == 1:
                    copy[at:at] = bytes([chance.choice(b'\x00\x1b"\'{}[],:-&*!|>%@`\n\r\t \\\xff')])
                elif kind == 2:
                    del copy[at]
                else:
                    copy[at:at] = copy[chance.randrange(len(copy)):][:chance.randrange(1, 20)]
                if not copy:
                    copy = bytearray(b"x")
            changed.append({name: bytes(copy)})
        yield "changed_" + name, changed, 30
