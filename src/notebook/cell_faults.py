"""What the Deno kernel does not say of a cell: why it could not run, and what it imports in vain."""

import json
import re

# Faults of style, and names that a notebook may declare again: no reason not to run.
HARMLESS = {6133, 6192, 6196, 6198, 2451, 2440}
NAMED_IMPORT = re.compile(r"""^\s*import\s+(?!type\b)(?:\w+\s*,\s*)?\{([^}]*)\}\s*from\s*["']([^"']+)["']""",
                          re.MULTILINE)
IMPORTED = "imports in vain: "


def framed(code, fault):
    """A fault as text: message, line of the cell, caret below the place."""
    line = code.split("\n")[fault["line"]]
    mark = " " * fault["column"] + "^" * min(fault["length"], len(line) - fault["column"] or 1)
    return f"{fault['message']}\n\n{fault['line'] + 1:>4} | {line}\n     | {mark}"


def serious(faults):
    """Faults in the order of their place, those of style left out."""
    found = [fault for fault in faults if fault["code"] not in HARMLESS]
    return sorted(found, key=lambda fault: (fault["line"], fault["column"]))


def error_content(code, faults, otherwise):
    """Content of an `error` message: the faults with their lines, or the sentence `otherwise`."""
    # The language server numbers TypeScript's faults and names its own, which are those of loading.
    name = "ImportError" if faults and isinstance(faults[0]["code"], str) else "SyntaxError"
    text = "\n\n".join(framed(code, fault) for fault in faults) or otherwise
    value = faults[0]["message"] if faults else otherwise
    return {"ename": name, "evalue": value, "traceback": [f"{name}: {text}"]}


def import_probe(code):
    """A silent cell that fails, naming them, where modules lack names that `code` imports from them;
    None where it imports none by name. A name marked `type` is no value and is not looked for."""
    wanted = {}
    for names, module in NAMED_IMPORT.findall(code):
        for name in re.split(r"[,\n]", re.sub(r"//.*|/\*.*?\*/", "", names)):
            words = name.split()
            if words and words[0] != "type":
                wanted.setdefault(module, []).append(words[0])
    if not wanted:
        return None
    return (
        f"for (const [module, names] of Object.entries({json.dumps(wanted)})) {{"
        " const found = await import(module).catch(() => null);"
        " const lacks = found === null ? [] : names.filter((name) => !(name in found));"
        f" if (lacks.length > 0) throw new Error({json.dumps(IMPORTED)} + lacks.join(', ')"
        " + ' from ' + module); }"
    )
