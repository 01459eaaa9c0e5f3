// Files go up in pieces, each checked, and go on after a lost line or a closed browser. Without
// this script the form sends them whole.
(() => {
  "use strict";
  const form = document.getElementById("serahkan");
  document.addEventListener("submit", (event) => {
    // A download leaves the page standing: its button must work again.
    if (event.submitter && "download" in event.submitter.dataset) setTimeout(() => delete event.target.dataset.sent, 1500);
  });
  if (!form || !window.fetch) return;
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-queue]");
  const drop = form.querySelector("[data-drop]");
  const say = (name) => form.dataset[`say${name}`];
  const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const sha256 = (bytes) => crypto.subtle.digest("SHA-256", bytes);
  const canHash = Boolean(window.crypto && crypto.subtle);
  let busy = false;

  class Refusal extends Error {}
  class SignedOut extends Error {}

  for (const name of ["dragover", "dragenter"]) drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("over"); });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); if (!busy && event.dataTransfer.files.length) input.files = event.dataTransfer.files; });
  window.addEventListener("beforeunload", (event) => { if (busy) event.preventDefault(); });

  function line(file) {
    const item = document.createElement("li");
    item.innerHTML = '<div class="d-flex justify-content-between gap-2"><span></span><span class="text-secondary"></span></div><div class="progress my-1" role="progressbar" aria-valuemin="0" aria-valuemax="100"><div class="progress-bar"></div></div>';
    const [name, words] = item.querySelectorAll("span");
    const bar = item.querySelector(".progress");
    name.textContent = file.name;
    bar.setAttribute("aria-label", file.name);
    list.append(item);
    return {
      words(text, bad) { words.textContent = text; words.className = bad ? "text-danger" : "text-secondary"; },
      share(value) { const percent = Math.round(100 * value); bar.setAttribute("aria-valuenow", percent); bar.firstChild.style.width = `${percent}%`; },
    };
  }

  // One request; a lost line or a full server is tried again, a refusal is not.
  async function ask(url, options, shown) {
    for (let pause = 1; ; pause = Math.min(pause * 2, 30)) {
      try {
        const answer = await fetch(url, { method: "POST", credentials: "same-origin", redirect: "manual", ...options });
        if (answer.type === "opaqueredirect" || answer.status === 403) throw new SignedOut();
        if (answer.ok) return await answer.json();
        const json = (answer.headers.get("Content-Type") || "").includes("json");
        if (json && ![409, 423].includes(answer.status)) throw new Refusal((await answer.json()).message);
        if (!json && answer.status < 500) throw new Refusal(`${answer.status}`);
      } catch (error) {
        if (error instanceof Refusal || error instanceof SignedOut) throw error;
      }
      shown.words(say("Again"), true);
      await wait(pause);
    }
  }

  async function send(file) {
    const shown = line(file);
    try {
      const said = new FormData(form);
      said.delete("file");
      for (const [name, value] of Object.entries({ name: file.name, size: file.size, modified: file.lastModified || 0 })) said.append(name, value);
      const token = { "X-CSRFToken": said.get("csrfmiddlewaretoken") };
      const place = await ask(form.dataset.begin, { body: said, headers: token }, shown);
      if (place.received) shown.words(say("Resumed"));
      const digests = [];
      for (let at = 0; at < file.size; at += place.piece) {
        const piece = file.slice(at, Math.min(at + place.piece, file.size));
        const bytes = await piece.arrayBuffer();
        if (canHash) digests.push(await sha256(bytes));
        if (at + bytes.byteLength > place.received) {
          const range = `bytes ${at}-${at + bytes.byteLength - 1}/${file.size}`;
          await ask(place.send, { body: bytes, headers: { ...token, "Content-Type": "application/octet-stream", "Content-Range": range } }, shown);
          shown.words(say("Sending"));
        }
        shown.share((at + bytes.byteLength) / file.size);
      }
      shown.words(say("Checking"));
      const last = new FormData();
      if (canHash) last.append("digest", hex(await sha256(await new Blob(digests).arrayBuffer())));
      const done = await ask(place.finish, { body: last, headers: token }, shown);
      shown.words(say("Done"));
      return done.page;
    } catch (error) {
      shown.words(error instanceof SignedOut ? say("Out") : error.message, true);
      return null;
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (busy || !input.files.length) return;
    busy = true;
    list.replaceChildren();
    const pages = [];
    for (const file of input.files) pages.push(await send(file));
    busy = false;
    delete form.dataset.sent;
    if (pages.every(Boolean)) location.assign(pages.length === 1 ? pages[0] : form.dataset.begin.replace(/[^/]*$/, ""));
  });
})();
