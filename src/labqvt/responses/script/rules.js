// What the server and the browser work out alike, from the same data: no page here.

// Which questions are asked: the twin of instruments/route.py. A question not asked is blank for those after it.
export function walk({ rows, today }, answers) {
  const known = {}, shown = new Set(), pages = new Set();
  for (const [id, page, kind, when, extra] of rows) {
    if (when && !evaluate(when, known, "", today)) continue;
    if (kind == "computed") known[id] = extra ? "" + evaluate(extra, known, "", today) : "";
    else {
      shown.add(id);
      pages.add(page);
      if (answers[id]) known[id] = answers[id];
    }
  }
  return { shown, pages: [...pages].sort((a, b) => a - b) };
}

// An answer as conditions read it: the twin of asking.py. « Je préfère ne pas répondre » is blank.
export function readable(kind, given, declined) {
  const kept = given.filter((value) => value.trim());
  if (kept.includes(declined)) return "";
  if (kind != "number") return kept.join(" ").trim();
  const number = (kept[0] ?? "").replace(/\s/g, "").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(number) ? number : "";
}

// What could make someone recognised: the twin of recognising.py.
export function recognise(patterns, text) {
  const found = patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "g"))].map((match) => match[1].trim()));
  return [...new Set(found)];
}
