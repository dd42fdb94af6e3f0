#!/usr/bin/env python3
"""Asks a language server as an editor does: lsp.py SERVER FOLDER complete|hover TEXT, where | in TEXT is the cursor.

Opens TEXT as a new rule file of the FOLDER (whose .luarc.json the server reads) and prints the labels that it offers, one a
line, or what it shows. Asks again until it has something to say: servers answer before they have read their libraries.
"""
import json
import os
import subprocess
import sys
import threading
import time


class Server:
    def __init__(self, command, folder):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder)
        self.answers, self.changed, self.number = {}, threading.Condition(), 0
        threading.Thread(target=self.read, daemon=True).start()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self.process.stdin.flush()

    def read(self):
        stream = self.process.stdout
        while True:
            length = None
            while (line := stream.readline()) not in (b"\r\n", b""):
                if line.lower().startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            if length is None:
                return
            message = json.loads(stream.read(length))
            if "method" in message and "id" in message:  # a question of the server: settings, or leave to register something
                items = message.get("params") or {}
                result = [None] * len(items["items"]) if message["method"] == "workspace/configuration" else None
                self.send({"id": message["id"], "result": result})
            elif "id" in message:
                with self.changed:
                    self.answers[message["id"]] = message
                    self.changed.notify_all()

    def ask(self, method, params, seconds=60):
        self.number += 1
        number = self.number
        self.send({"id": number, "method": method, "params": params})
        with self.changed:
            if not self.changed.wait_for(lambda: number in self.answers, seconds):
                sys.exit("no answer to " + method)
            return self.answers.pop(number).get("result")


def said(method, result):
    if method == "complete":
        items = result.get("items", []) if isinstance(result, dict) else result or []
        return "\n".join(item["label"] for item in items)
    contents = (result or {}).get("contents", "")
    return contents.get("value", "") if isinstance(contents, dict) else str(contents)


def main(command, folder, method, text):
    folder = os.path.realpath(folder)
    uri = "file://" + folder + "/own/asked.lua"
    before = text[:text.index("|")]
    position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
    server = Server([command], folder)
    root = "file://" + folder
    server.ask("initialize", {"processId": os.getpid(), "rootUri": root, "workspaceFolders": [{"uri": root, "name": "pack"}],
                              "capabilities": {"textDocument": {"completion": {}, "hover": {"contentFormat": ["markdown"]}},
                                               "workspace": {"configuration": True, "workspaceFolders": True}}})
    server.send({"method": "initialized", "params": {}})
    server.send({"method": "textDocument/didOpen",
                 "params": {"textDocument": {"uri": uri, "languageId": "lua", "version": 1, "text": text.replace("|", "", 1)}}})
    request = "textDocument/completion" if method == "complete" else "textDocument/hover"
    answer = ""
    for _ in range(100):
        answer = said(method, server.ask(request, {"textDocument": {"uri": uri}, "position": position}))
        if answer:
            break
        time.sleep(0.1)
    print(answer)
    server.process.kill()


main(*sys.argv[1:])
