// What every page of /r/ does by script: takes the code from the part of the address that is never sent, forgets
// what is out of date, speaks to the server. Old browsers must be able to read this file.
var d = document, w = window, prefix = "labqvt:", store, able;
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
