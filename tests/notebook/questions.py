"""Runs cells that Deno refuses in silence and asks what stands at a cursor; prints what the kernel
said to each as one line of JSON."""

import json

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="deno")


def reply(request):
    while True:
        message = client.get_shell_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request:
            return message["content"]


def run(code):
    """What a cell shows: its error with the place, its printed text, or else the reply's status."""
    request, shown = client.execute(code), None
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") != request:
            continue
        content = message["content"]
        if message["msg_type"] == "error":
            shown = "\n".join(content["traceback"])
        elif message["msg_type"] == "stream":
            shown = content["text"]
        elif message["msg_type"] == "status" and content["execution_state"] == "idle":
            return shown or reply(request)["status"]


def answer(request):
    """The reply to a question, once the kernel is idle again: JupyterLab shows nothing before that."""
    content = reply(request)
    while True:
        message = client.get_iopub_msg(timeout=60)
        if message["parent_header"].get("msg_id") == request and (
                message["content"].get("execution_state") == "idle"):
            return content


def completions(code):
    return sorted(answer(client.complete(code, len(code)))["matches"])


try:
    print(json.dumps({
        "syntax": run("let x = 1;\nlet y = (2;"),
        "name": run('import { nope } from "@/mod.ts";'),
        "module": run('import { a } from "./missing.ts";'),
        "type": run('import { Study } from "@/analyse/mod.ts";'),
        "start": run('import { openStudy } from "@/mod.ts";\nconst study = await openStudy();'),
        "check": run('%check\nstudy.claim("robust");\nconst later = 1;'),
        "after_check": run('console.log(typeof later === "undefined" ? "not defined" : "ran");').strip(),
        "hover": answer(client.inspect("study.outcome", 10))["data"].get("text/plain", ""),
        "metrics": completions('study.benchmark.accuracy("hwt@1'),
        "members": completions("study."),
    }))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
