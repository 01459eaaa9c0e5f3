// What every page does: selects that submit, typed text kept through a reload or a lost line,
// a line when the connection is gone. No inline handlers: the content policy forbids them.
(() => {
  "use strict";
  const kept = (form) => `draft:${location.pathname}:${form.dataset.keep}`;

  function restore(form) {
    const saved = JSON.parse(localStorage.getItem(kept(form)) || "{}");
    for (const [name, value] of Object.entries(saved)) {
      const field = form.elements.namedItem(name);
      if (field && "value" in field && !field.value) field.value = value;
    }
  }

  function keep(form) {
    const values = {};
    for (const field of form.querySelectorAll("textarea, input[type=text], select")) {
      // Never what identifies a person: the browser of an office is shared.
      if (field.name && field.value && !("private" in field.dataset)) values[field.name] = field.value;
    }
    localStorage.setItem(kept(form), JSON.stringify(values));
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-keep]");
    if (form) keep(form);
  });
  // A form forgets its draft only when the server says it has the text.
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest && event.target.closest("form[data-keep]");
    if (form && event.detail.successful) localStorage.removeItem(kept(form));
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
  });
  document.addEventListener("submit", (event) => {
    // A second click sends nothing: the first is on its way.
    const form = event.target;
    if (form.dataset.sent) { event.preventDefault(); return; }
    if (form.method === "post" && !form.hasAttribute("hx-post")) form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });

  function line() { document.getElementById("lini").hidden = navigator.onLine; }
  function ready(root) { root.querySelectorAll("form[data-keep]").forEach(restore); }
  window.addEventListener("online", line);
  window.addEventListener("offline", line);
  document.addEventListener("htmx:sendError", () => { document.getElementById("lini").hidden = false; });
  document.addEventListener("htmx:load", (event) => ready(event.target));
  document.addEventListener("DOMContentLoaded", () => { ready(document); line(); });
  document.querySelectorAll("[data-saved]").forEach((mark) => localStorage.removeItem(mark.dataset.saved));
})();
