"""Writes a bundle of so many MB of accounts as one JSON list: accounts.py FOLDER MB"""
import os
import sys

folder, megabytes = sys.argv[1], int(sys.argv[2])
os.makedirs(folder)
with open(os.path.join(folder, "bundle.yaml"), "w") as out:
    out.write("schema: assay.bundle/1\norganization: { id: large, name: Large Ltd }\nas_of: 2026-06-30\n"
              "defaults: { collected_at: 2026-06-30, source: bench }\ndocuments:\n  - path: accounts.json\n")
with open(os.path.join(folder, "accounts.json"), "w") as out:
    out.write("[\n")
    size, n = 2, 0
    while size < megabytes * 1000000:
        n += 1
        line = (('' if n == 1 else ',\n') +
                '{"id": "acc-%d", "username": "user%d", "system": "sys-%d", "kind": "human", "status": "%s", '
                '"privileged": %s, "mfa": true, "created_at": "2025-0%d-1%dT09:30:00Z", "last_used_at": "2026-06-%02dT08:00:00Z"}'
                % (n, n, n % 40, "disabled" if n % 9 == 0 else "active", "true" if n % 20 == 0 else "false",
                   1 + n % 9, n % 10, 1 + n % 28))
        out.write(line)
        size += len(line)
    out.write("\n]\n")
