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
  return { known, shown, pages: [...pages].sort((a, b) => a - b) };
}

// An answer as conditions read it: the twin of asking.py. « Je préfère ne pas répondre » is blank.
export function readable(kind, given, declined, check, words = "") {
  const kept = given.filter((value) => value.trim());
  if (kept.includes(declined)) return "";
  if (check?.other && words.trim() && !kept.includes(check.other) && (check.ticks || !kept.length)) kept.push(check.other);
  if (kind != "number") return kept.join(" ").trim();
  const number = (kept[0] ?? "").replace(/\s/g, "").replace(",", ".");
  return /^-?\d+(\.\d+)?$/.test(number) ? number : "";
}

// Why an answer cannot stay as it is: the twin of answering.py and judging.py. Dates, ranks and lengths are left to them.
export function fault(check, id, given, declined, words, { known, today }) {
  let kept = given.map((value) => value.trim()).filter((value) => value);
  if (!check || kept.includes(declined)) return "";
  if (check.other && words.trim() && !kept.includes(check.other)) {
    if (check.two && kept.length) return check.two;
    kept = [...kept, check.other];
  }
  if (!kept.length) return check.demanded || "";
  const { alone, most, least, number, low, high, rule } = check;
  if (check.ticks && kept.some((code) => alone?.[0].includes(code))) {
    if (kept.length > 1) return alone[1];
  } else {
    if (most && kept.length > most[0]) return most[1].replace("{k}", kept.length);
    if (least && kept.length < least[0]) return least[1].replace("{k}", kept.length);
  }
  if (number) {
    const text = kept[0].replace(/\s/g, "").replace(",", ".");
    if (text.length > 32 || !/^-?\d+(\.\d+)?$/.test(text) || (number[0] && text.includes("."))) return number[1];
    if (low && +text < low[0]) return low[1];
    if (high && +text > high[0]) return high[1];
  }
  return rule && known[id] && !evaluate(rule[0], known, known[id], today) ? rule[1] : "";
}

// What could make someone recognised: the twin of recognising.py.
export function recognise(patterns, text) {
  const found = patterns.flatMap((pattern) => [...text.matchAll(new RegExp(pattern, "g"))].map((match) => match[1].trim()));
  return [...new Set(found)];
}
