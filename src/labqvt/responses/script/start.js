// On every page of /r/: takes the code from the part of the address that is never sent, stops a second send,
// forgets what is out of date, and tries again to send what waits. Old browsers must be able to read this file.
(function () {
  var d = document, w = window, prefix = "labqvt:", sent, store, able;
  able = "noModule" in d.createElement("script") && w.fetch && w.AbortController && w.URLSearchParams;
  try { store = w.localStorage; } catch (e) { store = null; }

  function field(form, name, value) {
    var input = d.createElement("input");
    input.type = "hidden"; input.name = name; input.value = value;
    form.appendChild(input);
  }
  function take() {
    var code = location.hash.slice(1), form;
    if (!/^([a-z0-9]{4}(-|%20)?[a-z0-9]{4}|[a-z0-9]{6})$/i.test(code)) return;
    history.replaceState(null, "", location.pathname);
    form = d.createElement("form");
    form.method = "post"; form.action = "/r/";
    try { code = decodeURIComponent(code); } catch (e) {}
    field(form, "code", code);
    field(form, "language", d.documentElement.lang);
    if (able) field(form, "whole", 1);
    d.body.appendChild(form);
    form.submit();
  }
  take();
  w.addEventListener("hashchange", take);
  d.addEventListener("submit", function (e) {
    if (e.defaultPrevented || (e.submitter && e.submitter.name == "file")) return;
    if (sent) e.preventDefault();
    sent = 1;
    setTimeout(function () { sent = 0; }, 3000);
  });
  w.addEventListener("pageshow", function (e) {
    var code = d.getElementById("code");
    sent = 0;
    if (e.persisted && code) code.value = "";
  });
  if (!able) return;
  d.querySelectorAll("[data-whole]").forEach(function (form) { field(form, "whole", 1); });

  // What this device keeps: [key, entry]. An entry of a day past is forgotten.
  function kept() {
    var found = [], keys = store ? Object.keys(store) : [];
    keys.forEach(function (key) {
      var entry;
      if (key.indexOf(prefix)) return;
      try { entry = JSON.parse(store.getItem(key)); } catch (e) {}
      if (entry && entry.until > Date.now()) found.push([key, entry]);
      else store.removeItem(key);
    });
    return found;
  }
  // Only a reply that says it is ours counts: a network that asks for a login answers too.
  function post(body) {
    var stop = new AbortController(), timer = setTimeout(function () { stop.abort(); }, 30000);
    return fetch("/r/envoyer/", {
      method: "POST", body: body, credentials: "omit", cache: "no-store", redirect: "error", signal: stop.signal,
    }).then(function (reply) {
      var outcome = reply.headers.get("Labqvt-Outcome");
      if (!outcome) throw reply.status;
      return reply.text().then(function (html) {
        return { outcome: outcome, page: new DOMParser().parseFromString(html, "text/html") };
      });
    }).finally(function () { clearTimeout(timer); });
  }
  w.labqvt = { store: store, prefix: prefix, post: post };

  var gone = d.querySelector("[data-forget]"), box = d.getElementById("kept"), said = d.getElementById("kept-said");
  if (gone && store) store.removeItem(prefix + gone.getAttribute("data-forget"));
  function look() {
    var all = kept(), waits = all.some(function (pair) { return pair[1].queued; });
    if (!box) return;
    if (all.length) { box.hidden = false; said.textContent = box.getAttribute(waits ? "data-queued" : "data-saved"); }
    d.getElementById("kept-erase").hidden = !all.length;
    return all;
  }
  // One at a time in all tabs; the envelope is the same, the server counts it once.
  function retry() {
    (look() || []).forEach(function (pair) {
      var key = pair[0], entry = pair[1];
      if (!entry.queued || !entry.box || !navigator.onLine) return;
      var body = new URLSearchParams({ state: entry.state, box: entry.box, language: d.documentElement.lang });
      if (entry.again) body.set("again", 1);
      entry.again = 1;
      store.setItem(key, JSON.stringify(entry));
      post(body).then(function (reply) {
        if (reply.outcome == "retype") { entry.queued = 0; store.setItem(key, JSON.stringify(entry)); }
        else if (reply.outcome != "waiting") store.removeItem(key);
        look();
        box.hidden = false;
        said.textContent = [].map.call(reply.page.querySelectorAll("h1,.lead"), function (e) { return e.textContent; }).join(" ");
      }, function () {});
    });
  }
  if (!box) return kept();
  d.getElementById("kept-all").addEventListener("click", function () {
    kept().forEach(function (pair) { store.removeItem(pair[0]); });
    look();
    said.textContent = box.getAttribute("data-erased");
    box.focus();
  });
  retry();
  w.addEventListener("online", retry);
  setInterval(retry, 60000);
})();
