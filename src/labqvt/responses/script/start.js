// On every page of /r/ but the whole questionnaire: stops a second send, and tries again to send what waits.
// Inside a function, with common.js before it. Old browsers must be able to read this file.
var sent;
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
