// The editor with a script: words kept as they are typed, questions moved by hand, focus where one acted.
// Without it every act is a button and every page says the same.
const WAIT = 500;
const desk = () => document.getElementById("desk");
const saved = () => document.getElementById("saved");

// Focus: after a partial refresh, the line one acted on.
function settle() {
  document.documentElement.classList.add("js");
  openPhone(document.getElementById("phone"));
  for (const grip of document.querySelectorAll(".grip")) grip.hidden = false;
  for (const button of document.querySelectorAll(".no-script")) button.hidden = true;
  const here = desk()?.dataset.here;
  const target = here && document.getElementById(here);
  if (target && (document.activeElement === document.body || !document.activeElement)) {
    target.focus({ preventScroll: false });
    target.classList.add("is-here");
  }
}

// The phone opens on the question being written. A fragment in its address would scroll this page as well.
function openPhone(phone) {
  const inside = phone?.contentWindow;
  const here = phone?.dataset.here && phone.contentDocument?.getElementById(phone.dataset.here);
  if (here) inside.scrollTo(0, here.getBoundingClientRect().top + inside.scrollY - 16);
}
document.addEventListener("load", (event) => { if (event.target.id === "phone") openPhone(event.target); }, true);

// The phone beside the form shows what has just been kept.
function refreshPhone() {
  const phone = document.getElementById("phone");
  if (phone && phone.offsetParent !== null) phone.contentWindow.location.reload();
}

// Keeping by itself: one request at a time, the last words win.
const waiting = new Map();

async function keep(form) {
  const body = new FormData(form);
  body.set("autosave", "1");
  body.delete("act");
  let words;
  try {
    const answer = await fetch(form.getAttribute("action") || location.pathname + location.search, {
      method: "POST", body, headers: { "HX-Request": "true" }, credentials: "same-origin",
    });
    if (!answer.ok) throw new Error(answer.status);
    words = await answer.text();
  } catch {
    saved()?.setAttribute("data-wrong", "");
    const status = saved()?.querySelector(".kept span");
    if (status) status.textContent = desk().dataset.offline;
    return;
  }
  // The new status goes inside the old one, so that a screen reader hears the change and the focus stays.
  const holder = document.createElement("template");
  holder.innerHTML = words;
  const fresh = holder.content.getElementById("saved");
  if (!fresh || !saved()) return;
  const focused = document.activeElement?.id;
  const status = saved().querySelector(".kept");
  status.replaceChildren(...fresh.querySelector(".kept").childNodes);
  fresh.querySelector(".kept").replaceWith(status);
  saved().toggleAttribute("data-wrong", fresh.hasAttribute("data-wrong"));
  saved().dataset.step = fresh.dataset.step;
  saved().replaceChildren(...fresh.childNodes);
  window.htmx?.process(saved());
  if (focused && document.activeElement === document.body) document.getElementById(focused)?.focus();
  const seen = form.elements.namedItem("seen");
  if (seen && !fresh.hasAttribute("data-wrong")) seen.value = saved().dataset.step;
  if (!fresh.hasAttribute("data-wrong")) refreshPhone();
}

function plan(form, wait) {
  const state = waiting.get(form) ?? { timer: 0, running: Promise.resolve() };
  clearTimeout(state.timer);
  state.timer = setTimeout(() => { state.timer = 0; state.running = state.running.then(() => keep(form)); }, wait);
  waiting.set(form, state);
}

// Leaving in the middle of a word: it leaves too, and is kept.
addEventListener("pagehide", () => {
  for (const [form, state] of waiting) {
    if (!state.timer) continue;
    const body = new FormData(form);
    body.set("autosave", "1");
    navigator.sendBeacon(form.getAttribute("action") || location.pathname + location.search, body);
  }
});

// New lines are written by their button: kept by themselves they would be added twice.
const adds = (field) => field.name.endsWith(".new");

document.addEventListener("change", (event) => {
  const field = event.target;
  const form = field.form;
  if (form?.matches("[data-autosave]") && !adds(field)) plan(form, 0);
  if (field.matches("[data-refresh]")) field.form.querySelector('[value="refresh"]').click();
});
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.matches("[data-autosave]") && !adds(event.target) && event.target.matches("textarea, input:not([type])")) {
    plan(form, WAIT * 3);
  }
});
document.addEventListener("submit", (event) => {
  const state = waiting.get(event.target);
  if (state) { clearTimeout(state.timer); state.timer = 0; }
});

// Menus close when one leaves them.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".others[open]")) if (!open.contains(event.target)) open.open = false;
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector(".others[open]");
  if (open) { open.open = false; open.querySelector("summary").focus(); }
});

// Moving by hand: take a line by its grip, see where it would fall, let it go.
let dragged = null;

function mark(line, where) {
  for (const other of document.querySelectorAll(".drop-before, .drop-after, .drop-into")) {
    other.classList.remove("drop-before", "drop-after", "drop-into");
  }
  if (line) line.classList.add(where);
}

function under(event) {
  const over = document.elementFromPoint(event.clientX, event.clientY);
  const empty = over?.closest(".lines--empty");
  if (empty) return { line: empty, where: "drop-into" };
  const line = over?.closest(".line[data-move]");
  if (!line || line === dragged) return null;
  const box = line.getBoundingClientRect();
  return { line, where: event.clientY < box.top + box.height / 2 ? "drop-before" : "drop-after" };
}

function drop({ line, where }) {
  const list = line.closest("[data-lines]");
  const others = [...list.querySelectorAll(":scope > .line")].filter((other) => other !== dragged);
  const start = Number(list.dataset.start || 0);
  const at = where === "drop-into" ? 0 : start + others.indexOf(line) + (where === "drop-after" ? 1 : 0);
  const token = document.querySelector("#acts [name=csrfmiddlewaretoken]").value;
  window.htmx.ajax("POST", dragged.dataset.move, {
    target: "#desk", swap: "outerHTML show:none",
    values: { page: list.dataset.lines, at, csrfmiddlewaretoken: token },
  });
}

document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest(".grip");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  dragged = grip.closest(".line");
  dragged.classList.add("is-dragged");
  const move = (moving) => {
    const found = under(moving);
    mark(found?.line, found?.where);
    if (moving.clientY < 60) scrollBy(0, -12);
    if (moving.clientY > innerHeight - 60) scrollBy(0, 12);
  };
  const end = (ending) => {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", end);
    removeEventListener("pointercancel", end);
    const found = ending.type === "pointerup" ? under(ending) : null;
    mark(null);
    dragged.classList.remove("is-dragged");
    if (found) drop(found);
    dragged = null;
  };
  addEventListener("pointermove", move);
  addEventListener("pointerup", end);
  addEventListener("pointercancel", end);
});

document.addEventListener("htmx:afterSettle", () => { settle(); });
// A refusal is a page too: it says why.
document.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) { event.detail.shouldSwap = true; event.detail.isError = false; }
});
settle();
