// The whole questionnaire in the hands of the person: one section at a time, conditions at once, kept on the
// device under a key that is not kept with it, sent when there is a network. The server works everything out again.
// Before it, common.js and rules.js; evaluate() comes apart, with the questionnaires that have formulas.

const one = (selector, from = d) => from.querySelector(selector);
const all = (selector, from = d) => [...from.querySelectorAll(selector)];
const status = (name) => { one("#status").textContent = one("#status").dataset[name] || ""; };

let form, logic, patterns, route, at, answered;
// key: of this sheet, in memory only. turn: an encryption overtaken by another, or by erasing, is dropped.
let key, slot, channel, turn = 0;
const nudged = new Set();  // pages that already asked once for what was left blank
// body: what is being sent, frozen. again: a send was made and no reply came. over: sent, erased from this page.
let body, again, sending, over, saved, touched = Date.now();

// Answers and conditions

const boxes = () => all("[name^='a.']", form);

function refresh() {
  const answers = {}, data = new FormData(form);
  for (const [id, , kind, , declined, check] of logic.rows)
    if (declined != null && kind != "computed") answers[id] = readable(kind, data.getAll("a." + id), declined, check, wordsOf(data, id));
  route = walk(logic, answers);
  for (const asked of all("[data-asked]", form)) asked.hidden = !route.shown.has(asked.dataset.asked);
  for (const block of all(".block", form)) block.hidden = all("[data-asked]", block).every((asked) => asked.hidden);
  const last = +form.dataset.last;
  route.pages = [...route.pages, last];
  const counts = { answered: 0, declined: 0, asked: 0 };
  for (const page of route.pages) {
    const section = sectionOf(page), before = route.pages[route.pages.indexOf(page) - 1];
    fill(one(".page-now", section), page);
    const back = one("[data-go=back]", section);
    if (back) before ? fill(back, page, { p: rank(before) }) : (back.textContent = back.dataset.first);
  }
  for (const line of all("[data-of]", form)) {
    const page = +line.dataset.of;
    const asked = logic.rows.filter(([id, p, kind, , declined]) => p == page && declined != null && kind != "computed" && route.shown.has(id));
    const said = asked.filter(([id]) => [...data.getAll("a." + id), wordsOf(data, id)].some((value) => value.trim()));
    line.hidden = !route.pages.includes(page);
    fill(one(".soft", line), page, { k: said.length, a: asked.length });
    counts.asked += asked.length;
    const declined = said.filter(([id, , , , code]) => data.getAll("a." + id).includes(code)).length;
    counts.declined += declined;
    counts.answered += said.length - declined;
  }
  count(one("#answered"), counts.answered, { a: counts.asked });
  count(one("#declined"), counts.declined);
  one("#declined").hidden = !counts.declined;
  if (sectionOf(at)) entitle();
  answered = counts.answered + counts.declined;
}
const wordsOf = (data, id) => data.get(`a.${id}[other]`) ?? "";
const sectionOf = (page) => one(`section[data-page="${page}"]`, form);
const rank = (page) => route.pages.indexOf(page) + 1;
const put = (text, page, more) => text.replace(/\{(\w)\}/g, (_, name) => ({ n: rank(page), t: route.pages.length, ...more })[name]);
function fill(element, page, more) {
  element.dataset.text ??= element.textContent;
  element.textContent = put(element.dataset.text, page, more);
}
function count(element, number, more) {
  const few = new Intl.PluralRules(d.documentElement.lang).select(number) == "one";
  element.textContent = put(element.dataset[few ? "one" : "many"], at, { k: number, ...more });
}

// One section at a time

const entitle = () => {
  const wrong = one(".error-summary", sectionOf(at)) ? form.dataset.wrong : "";
  d.title = wrong + put(sectionOf(at).dataset.title, at);
};
function show(page, how) {
  at = page;
  const section = sectionOf(page);
  for (const other of all("[data-page]", form)) other.hidden = other != section;
  entitle();
  one("[name=at]", form).value = page > 0 ? page : 0;
  if (how) history[how + "State"]({ at: page }, "");
  if (page == form.dataset.last && patterns) warn();
  const target = one(".error-summary", section) || one("h1", section);
  if (how == "replace" && !page) return;
  target.tabIndex = -1;
  target.focus();
  scrollTo(0, 0);
}
function go(where) {
  const here = +at || 0;
  if (where == "who" || where == "help" || +where) return show(+where || where, "push");
  if (where == "return") return history.back();
  if (where == "next") return stays(here) || turnFrom(here);
  show(route.pages.findLast((page) => page < here) ?? 0, "push");
}
function turnFrom(here) {
  const next = route.pages.find((page) => page > here);
  const asked = logic.rows.find(([id, page, kind]) => kind == "language" && page == here && route.shown.has(id));
  const wanted = asked && new FormData(form).get("a." + asked[0]);
  const change = wanted != d.documentElement.lang && one(`footer [name=language][value="${CSS.escape(wanted ?? "")}"]`);
  show(next, "push");
  if (change && navigator.onLine) change.click();
}

// What keeps a page: said in the words of the server, which judges everything again at the end

function stays(page) {
  const section = sectionOf(page), data = new FormData(form), wrong = [], blank = [];
  for (const made of all("[data-made]", section)) made.remove();
  for (const marked of all(".field--error", section)) marked.classList.remove("field--error");
  for (const [id, of, kind, , declined, check] of logic.rows) {
    if (of != page || declined == null || kind == "computed" || !route.shown.has(id)) continue;
    const given = data.getAll("a." + id), words = wordsOf(data, id);
    const why = fault(check, id, given, declined, words, { known: route.known, today: logic.today });
    if (why) wrong.push([id, why]);
    else if (check.wished && ![...given, words].some((value) => value.trim())) blank.push([id, ""]);
  }
  if (wrong.length) summary(section, "#to-review", wrong);
  else if (blank.length && !nudged.has(page)) summary(section, "#blank", blank);
  else return false;
  nudged.add(page);
  return true;
}
function summary(section, template, lines) {
  const box = one(template).content.firstElementChild.cloneNode(true), list = one("ul", box);
  box.dataset.made = "";
  count(one("[data-one]", box), lines.length);
  for (const [id, why] of lines) {
    const asked = one(`[data-asked="${id}"]`, section), question = one(".question", asked), name = `e-a.${id}`;
    const link = d.createElement("a"), line = d.createElement("li");
    link.href = "#" + (one("[id^='c-']", question) ?? question).id;
    link.textContent = one("legend, label", question).firstChild.textContent.trim();
    line.append(link, why && " " + why);
    list.append(line);
    if (!why) continue;
    const said = one("#fault").content.firstElementChild.cloneNode(true);
    said.id = name;
    one("span > span:last-child", said).textContent = why;
    (one(".hint", question) ?? one("legend, label", question)).after(said);
    question.classList.add("field--error");
    const bearer = question.tagName == "FIELDSET" ? question : one(".control", question);
    bearer.setAttribute("aria-describedby", name + " " + (one(".hint, .ends", question)?.id ?? ""));
  }
  section.prepend(box);
  entitle();
  box.tabIndex = -1;
  box.focus();
  scrollTo(0, 0);
}
addEventListener("popstate", ({ state }) => {
  if (over || !state) return;
  if (body) return show("wait");
  show(+state.at ? (route.pages.findLast((page) => page <= state.at) ?? 0) : state.at);
});

// What could make someone recognised

const texts = () => patterns ? boxes().filter((box) => box.tagName == "TEXTAREA" || (box.type == "text" && !box.inputMode)) : [];
const quoted = (words) => `«\u202f${words}\u202f»`;
function advise(box) {
  const found = recognise(patterns, box.value);
  let advice = box.nextElementSibling;
  if (!advice?.matches(".advice")) {
    if (!found.length) return;
    box.after(one("#advice").content.cloneNode(true));
    advice = box.nextElementSibling;
  }
  advice.hidden = !found.length;
  one("span", advice).textContent = found.map((words) => quoted(words)).join(", ");
}
function warn() {
  const found = texts().filter((box) => !box.closest("[data-asked]").hidden).flatMap((box) => recognise(patterns, box.value));
  one("#recognised").hidden = !found.length;
  one("#recognised ul").replaceChildren(...found.map((words) => {
    const line = d.createElement("li");
    line.textContent = quoted(words);
    return line;
  }));
}

// Kept on the device: encrypted, padded, dated, forgotten

const payload = () => {
  const data = new URLSearchParams(new FormData(form));
  data.set("language", d.documentElement.lang);
  return data;
};
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt());

async function keep() {
  if (!key || over) return;
  if (!answered && !body) return forget();
  const mine = ++turn, text = (body || payload()) + "";
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const plain = new TextEncoder().encode(text.padEnd(Math.ceil(text.length / 2048) * 2048, "&"));
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, plain));
  if (mine != turn) return;
  const box = btoa([...iv, ...sealed].map((byte) => String.fromCharCode(byte)).join(""));
  const until = Date.now() + form.dataset.days * 864e5;
  try {
    store.setItem(prefix + slot, JSON.stringify({ box, until, state: one("[name=state]", form).value, queued: body && 1, again }));
    status("kept");
  } catch { status("unkept"); }
}
async function found() {
  try {
    const entry = JSON.parse(store.getItem(prefix + slot)), box = bytes(entry.box);
    const plain = await crypto.subtle.decrypt({ name: "AES-GCM", iv: box.slice(0, 12) }, key, box.slice(12));
    return { ...entry, data: new URLSearchParams(new TextDecoder().decode(plain)) };
  } catch { return null; }
}
function forget() {
  turn++;
  if (slot) store?.removeItem(prefix + slot);
}
function write(data) {
  const places = {};  // the lists of a ranking have one name, and their order
  for (const box of boxes()) {
    const values = data.getAll(box.name);
    if (/radio|checkbox/.test(box.type)) box.checked = values.includes(box.value);
    else box.value = values[places[box.name] = (places[box.name] ?? -1) + 1] ?? "";
  }
}
function erase() {
  forget();
  write(new URLSearchParams());
  body = again = null;
  offer();
  all(".more").forEach((more) => { more.open = false; });
  refresh();
  texts().forEach(advise);
  show(0, "push");
  status("erased");
}
function offer(entry) {
  saved = entry;
  one("#found").hidden = !entry;
  one("#begin").hidden = !!entry;
}
function takeUp() {
  write(saved.data);
  refresh();
  texts().forEach(advise);
  show(route.pages.findLast((page) => page <= saved.data.get("at")) ?? route.pages[0], "push");
  offer();
}

// Sending: the same sheet as often as it takes; the server keeps it once

async function send() {
  if (sending || over) return;
  if (!body) {
    body = payload();
    show("wait", "push");
  }
  const waiting = (name) => { one("#waiting").textContent = one("#waiting").dataset[name]; };
  waiting(again ? "again" : key ? "kept" : "unkept");
  await keep();
  if (!navigator.onLine || over || !body) return;
  sending = true;
  waiting("sending");
  const mine = body, tries = new URLSearchParams(mine);
  if (again) tries.set("again", 1);
  again = 1;
  let reply;
  try {
    // Told before leaving: the page may die on the way.
    await keep();
    reply = await post(tries);
  } catch {}
  sending = false;
  if (over || body != mine) return;
  if (!reply || reply.outcome == "waiting") return waiting("again");
  if (reply.outcome == "errors") {
    body = again = null;
    replace(reply.page);
    begin();
    return keep();
  }
  if (reply.outcome != "lost") forget();
  over = true;
  key = body = null;
  if (reply.outcome == "sent") channel?.postMessage("sent");
  replace(reply.page);
  history.replaceState(null, "");
  one("h1").tabIndex = -1;
  one("h1").focus();
  scrollTo(0, 0);
}
function replace(page) {
  for (const part of ["header", "main", "footer"]) one(part).replaceWith(one(part, page));
  d.title = page.title;
}
addEventListener("online", () => body && send());
setInterval(() => body && send(), 20000);

// Sent in another tab: this one forgets too.
function elsewhere() {
  if (over) return;
  over = true;
  key = body = null;
  turn++;
  show("elsewhere");
  all("[data-page][hidden], #logic").forEach((part) => part.remove());
  one("footer").remove();
}
// Left open half a day: whoever comes next finds the page of the code.
d.addEventListener("visibilitychange", () => {
  if (d.hidden) keep();
  else if (Date.now() - touched > 432e5 && !body && !over) location.replace("/r/");
});

// Acts

const acts = { takeUp, erase, send };
d.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-go], [data-do]");
  if (!button || over) return;
  event.preventDefault();
  button.dataset.go ? go(button.dataset.go) : acts[button.dataset.do]();
});
d.addEventListener("click", (event) => {
  const link = event.target.closest?.(".errors a"), target = link && one("#" + CSS.escape(link.hash.slice(1)));
  const section = target?.closest("[data-page]");
  if (!section || over) return;
  event.preventDefault();
  show(+section.dataset.page, "push");
  (target.matches("input, select, textarea") ? target : one("input, select, textarea", target)).focus();
});

function begin() {
  form = one("#feuille");
  logic = JSON.parse(one("#logic").textContent);
  patterns = one("#patterns") && JSON.parse(one("#patterns").textContent);
  form.addEventListener("input", (event) => {
    touched = Date.now();
    refresh();
    if (texts().includes(event.target)) advise(event.target);
    keep();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine && !body && event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (!body) status("offline");
  });
  refresh();
  texts().forEach(advise);
  show(+form.dataset.at, "replace");
}

async function open() {
  kept();
  begin();
  const { slot: name, key: secret } = form.dataset;
  delete form.dataset.key;
  slot = name;
  if ("BroadcastChannel" in window) {
    channel = new BroadcastChannel(prefix + slot);
    channel.onmessage = elsewhere;
  }
  if (!crypto.subtle || !store) return status("unkept");
  key = await crypto.subtle.importKey("raw", bytes(secret), "AES-GCM", false, ["encrypt", "decrypt"]);
  if (answered) return keep();
  const entry = await found();
  if (!entry || answered) return;
  if (entry.queued) {
    write(entry.data);
    refresh();
    again = entry.again;
    return send();
  }
  const names = [...entry.data].filter(([name, value]) => name.startsWith("a.") && value.trim()).map(([name]) => name);
  count(one("#found .title"), new Set(names).size);
  offer(entry);
}
open();
