"""What the script works out, run outside a browser on many cases at once."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from labqvt.responses.scripts import rules

_RUN = """
import { readFileSync } from "node:fs";
import { walk, readable, fault, recognise } from "./rules.mjs";
const words = (given, id) => (given[id + "[other]"] ?? [""])[0];
const read = (logic, given) => Object.fromEntries(logic.rows
  .filter(([, , kind, , declined]) => declined != null && kind != "computed")
  .map(([id, , kind, , declined, check]) => [id, readable(kind, given[id] ?? [], declined, check, words(given, id))]));
const acts = {
  route: ({ logic, given }) => {
    const { shown, pages } = walk(logic, read(logic, given));
    return [[...shown].sort(), pages];
  },
  faults: ({ logic, given }) => {
    const { shown, known } = walk(logic, read(logic, given)), found = {};
    for (const [id, , kind, , declined, check] of logic.rows) {
      if (declined == null || kind == "computed" || !shown.has(id)) continue;
      const why = fault(check, id, given[id] ?? [], declined, words(given, id), { known, today: logic.today });
      if (why) found[id] = why;
    }
    return found;
  },
  recognise: ({ patterns, text }) => recognise(patterns, text),
};
console.log(JSON.stringify(JSON.parse(readFileSync("cases.json", "utf8")).map(([act, about]) => acts[act](about))));
"""


def worked_out(folder: Path, cases: list[tuple[str, dict[str, Any]]]) -> list[Any]:
    """What ``rules.js`` answers to each case."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node absent: the JavaScript twin is not checked")
    (folder / "rules.mjs").write_text(rules(), encoding="utf-8")
    (folder / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
    (folder / "run.mjs").write_text(_RUN, encoding="utf-8")
    done = subprocess.run([node, "run.mjs"], cwd=folder, capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))
