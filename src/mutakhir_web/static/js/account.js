// What a security key or a passkey answers when it does not work, in words; allauth only logs it.
(() => {
  "use strict";
  const words = document.currentScript.dataset;
  document.addEventListener("allauth.error", (event) => {
    const place = document.getElementById("pesan");
    const alert = document.createElement("div");
    alert.className = "alert alert-danger";
    alert.setAttribute("role", "alert");
    alert.textContent = event.detail.exception.name === "NotAllowedError" ? words.refused : words.failed;
    place.replaceChildren(alert);
    event.preventDefault();
  });
})();
