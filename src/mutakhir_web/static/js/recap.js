// The page prints itself: letterhead, list and version stand in its print styles.
(() => {
  "use strict";
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-prints]")) window.print();
  });
})();
