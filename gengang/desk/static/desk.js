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
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const text = document.getElementById(button.dataset.copy);
    try {
      await navigator.clipboard.writeText(text.innerText);
      button.textContent = "已复制";
    } catch { // no right to the clipboard: selected, so that Ctrl+C copies it
      getSelection().selectAllChildren(text);
      button.textContent = "已选中，请按 Ctrl+C";
    }
    setTimeout(() => { button.textContent = "复制"; }, 3000);
  });
  document.addEventListener("htmx:sendError", () => {
    const said = document.getElementById("said");
    if (said) said.textContent = "连不上核对台，刚才的没有保存。请看程序是否还开着。";
  });
})();
