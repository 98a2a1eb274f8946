"""Sends three cells at once, as "Run All" does, the second of which fails; prints each reply's status
and the outputs of each, as one line of JSON."""

import json

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="deno")
try:
    requests = [client.execute(code, stop_on_error=True)
                for code in ("1 + 1;", "throw new RangeError('too wide');", "3;")]
    replies = {}
    while len(replies) < len(requests):
        message = client.get_shell_msg(timeout=30)
        parent = message["parent_header"]["msg_id"]
        if parent in requests:  # else a late answer to the question whether the kernel is ready
            replies[parent] = message["content"]["status"]
    shown, idle = {request: [] for request in requests}, 0
    while idle < len(requests):
        message = client.get_iopub_msg(timeout=30)
        parent, kind = message["parent_header"].get("msg_id"), message["msg_type"]
        if parent not in shown:
            continue
        if kind == "status":
            idle += message["content"]["execution_state"] == "idle"
        elif kind != "execute_input":
            shown[parent].append(kind)
    print(json.dumps([[replies[request], shown[request]] for request in requests]))
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
