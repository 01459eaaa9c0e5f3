// When the job on this page ends, what the page says of the period is old: load it anew.
(() => {
  "use strict";
  document.addEventListener("htmx:load", (event) => {
    const job = event.target;
    const waited = job.classList && job.classList.contains("job") && !job.hasAttribute("hx-get");
    if (waited && job.closest("[data-reload-when-done]") && job.querySelector(".text-success")) location.reload();
  });
})();
