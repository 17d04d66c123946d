// Makes and tries the key of a trusted person in the browser: the words never leave the page.
// The same derivation as labqvt/campaigns/trusted_key.py and key_words.py.
(() => {
  "use strict";
  const box = document.querySelector("[data-trusted-key]");
  if (!box || !window.crypto || !crypto.subtle) return;
  const words = box.dataset.words.split(" ");
  const text = new TextEncoder();
  const PKCS8 = Uint8Array.from(atob("MC4CAQAwBQYDK2VuBCIEIA=="), (c) => c.charCodeAt(0));
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
    parts.reduce((at, part) => (all.set(part, at), at + part.length), 0);
    return all;
  };
  const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
  const base64 = (bytes) => btoa(String.fromCharCode(...bytes));
  const bytes = (encoded) => Uint8Array.from(atob(encoded), (c) => c.charCodeAt(0));
  const hex = (all) => Array.from(all, (b) => b.toString(16).padStart(2, "0")).join("");
  const check = async (seed) => (await sha256(text.encode("labqvt.key-words/1"), seed)).slice(0, 2);
  const keyOf = async (seed) => {
    const secret = await sha256(text.encode("labqvt.trusted-key/1"), seed);
    return crypto.subtle.importKey("pkcs8", joined(PKCS8, secret), { name: "X25519" }, true, ["deriveBits"]);
  };
  const publicOf = async (key) => {
    const x = (await crypto.subtle.exportKey("jwk", key)).x.replace(/-/g, "+").replace(/_/g, "/");
    return base64(bytes(x + "=".repeat((4 - (x.length % 4)) % 4)));
  };
  const apart = (a, b) => {
    // One letter wrong, missing or too many.
    if (Math.abs(a.length - b.length) > 1) return false;
    const [s, l] = a.length <= b.length ? [a, b] : [b, a];
    let i = 0;
    while (i < s.length && s[i] === l[i]) i += 1;
    return s.length === l.length ? s.slice(i + 1) === l.slice(i + 1) : s.slice(i) === l.slice(i + 1);
  };
  const seedOf = async (typed) => {
    const given = typed.toLowerCase().normalize("NFKD").replace(/[\u0300-\u036f]/g, "").match(/[a-z]+/g) || [];
    const ranks = given.map((word) => {
      if (words.includes(word)) return words.indexOf(word);
      const near = words.filter((known) => apart(word, known));
      return near.length === 1 ? words.indexOf(near[0]) : -1;
    });
    if (ranks.length !== 18 || ranks.includes(-1)) return null;
    const seed = Uint8Array.from(ranks.slice(0, 16));
    const [one, two] = await check(seed);
    return ranks[16] === one && ranks[17] === two ? seed : null;
  };
  const show = (name, on) => {
    const part = box.querySelector(`[data-part="${name}"]`);
    if (part) part.hidden = !on;
  };

  const make = box.querySelector("[data-make]");
  const tryIt = box.querySelector("[data-try]");
  const begin = async () => {
    await keyOf(new Uint8Array(16)); // a browser without this curve stops here and keeps the form of the server
    show("server", false);
    show("browser", true);
  };
  if (make) {
    begin().catch(() => {});
    make.addEventListener("click", async () => {
      make.disabled = true;
      const seed = crypto.getRandomValues(new Uint8Array(16));
      const form = make.closest("form");
      const sent = new FormData(form);
      sent.set("public_key", await publicOf(await keyOf(seed)));
      const reply = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/plain" } });
      if (!reply.ok) {
        make.disabled = false;
        show("failed", true);
        return;
      }
      const list = box.querySelector("[data-words-list]");
      for (const rank of [...seed, ...(await check(seed))]) {
        const line = document.createElement("li");
        line.textContent = words[rank];
        list.append(line);
      }
      show("browser", false);
      show("words", true);
      box.querySelector('[data-part="words"] h2').focus();
    });
  }
  const print = box.querySelector("[data-print]");
  if (print) print.addEventListener("click", () => window.print());
  if (tryIt) {
    tryIt.addEventListener("submit", async (event) => {
      const field = tryIt.querySelector("[name=words]");
      if (tryIt.elements.proof.value) return;
      event.preventDefault();
      try {
        const seed = await seedOf(field.value);
        if (!seed) throw new RangeError("words");
        const key = await keyOf(seed);
        const point = await crypto.subtle.importKey("raw", bytes(tryIt.dataset.point), { name: "X25519" }, true, []);
        const shared = new Uint8Array(await crypto.subtle.deriveBits({ name: "X25519", public: point }, key, 256));
        tryIt.elements.proof.value = hex(await sha256(text.encode("labqvt.key-trial/1"), shared));
        field.value = "";
        field.disabled = true; // the words stay here: only the proof is sent
      } catch (error) {
        if (error instanceof RangeError) {
          show("wrong", true);
          field.focus();
          return;
        }
      }
      tryIt.submit();
    });
  }
})();
