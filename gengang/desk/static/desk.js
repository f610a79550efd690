// What a page does beyond links and forms; every page works without it, but for dropping files.
"use strict";
(() => {
  // An answer that tells of a fault is shown too, in place or in the line for it.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status === 409 || event.detail.xhr.status === 422) {
      event.detail.shouldSwap = true;
      event.detail.isError = false;
    }
  });
  document.addEventListener("htmx:sendError", () => {
    const said = document.getElementById("said");
    if (said) said.textContent = "连不上核对台，刚才的没有保存。请看程序是否还开着。";
  });
})();
