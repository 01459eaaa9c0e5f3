// The record of a voter: a button that prints, and a filter over the history. Without this script
// everything is shown and the browser's own menu prints.
(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const box of document.querySelectorAll("[data-filter]")) {
    const list = document.getElementById(box.dataset.filter);
    box.hidden = false;
    box.querySelector("select").addEventListener("change", (event) => {
      for (const line of list.querySelectorAll("[data-group]")) {
        line.hidden = Boolean(event.target.value) && line.dataset.group !== event.target.value;
      }
    });
  }
})();
