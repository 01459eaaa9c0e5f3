// The queue by keyboard. Every key presses something that a finger or a mouse could press too:
// whatever carries data-key. Keys do nothing while somebody types.
(() => {
  "use strict";
  const TYPING = "textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox]):not([type=file])";

  function pressed(key) {
    const found = [...document.querySelectorAll("[data-key]")].filter((each) => each.dataset.key === key);
    return found.find((each) => !each.disabled && each.closest("[hidden]") === null);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (event.target.closest(TYPING)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (document.querySelector("dialog[open]")) return;
    const key = event.key.toLowerCase();
    const focused = document.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    if (focused) { event.preventDefault(); focused.focus(); return; }
    const button = pressed(key);
    if (!button) return;
    event.preventDefault();
    button.click();
  });
  // Before htmx hears of it: what the server would refuse is said at once.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("#putusan button[value=accept]");
    if (!button || !lacking()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    point();
  }, true);

  // A document is asked for and none is chosen: say so before the server must.
  const chosen = () => document.querySelector("#putusan input[name=document]:checked");
  const lacking = () => { const paper = chosen(); return paper !== null && !("enough" in paper.dataset); };
  function point() {
    const paper = document.querySelector("#putusan input[name=document]");
    if (paper) paper.focus();
    document.getElementById("akibat").scrollIntoView({ block: "center" });
    tell();
  }
  function tell() {
    const paper = chosen(), line = document.getElementById("akibat");
    if (!paper || !line) return;
    line.textContent = paper.dataset.says;
    line.classList.toggle("lacking", lacking());
  }

  document.addEventListener("change", (event) => {
    if (event.target.matches("#putusan input[name=document]")) tell();
    if (event.target.matches("[data-ticks]")) {
      const name = event.target.dataset.ticks;
      for (const box of event.target.form.querySelectorAll(`input[name="${name}"]`)) box.checked = event.target.checked;
    }
  });
  document.addEventListener("click", (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) document.getElementById(opener.dataset.dialog).showModal();
  });

  // What is refused comes as a page too: with everything typed in it, and why.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr, requestConfig } = event.detail;
    if (xhr.status === 409 || xhr.status === 422) event.detail.shouldSwap = true;
    // Forget before the next case comes in: after the swap the form and its address are gone.
    const form = requestConfig.elt.closest("#putusan");
    if (form && xhr.status < 400) localStorage.removeItem(`draft:${location.pathname}:${form.dataset.keep}`);
  });

  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target.id !== "kasus" && !document.getElementById("kasus")) return;
    if (event.detail.requestConfig.verb !== "post") return;
    window.scrollTo({ top: 0 });
    tell();
  });

  // Leaving lets go of the case, so that somebody else may have it.
  window.addEventListener("pagehide", () => {
    const at = document.querySelector("#kasus[data-release]");
    const token = document.querySelector("#putusan input[name=csrfmiddlewaretoken]");
    if (!at || !token) return;
    const form = new FormData();
    form.append("csrfmiddlewaretoken", token.value);
    navigator.sendBeacon(at.dataset.release, form);
  });
  document.addEventListener("DOMContentLoaded", tell);
  tell();
})();
