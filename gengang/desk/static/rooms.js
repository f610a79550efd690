// A place on an original opens over the page; without this it opens as a picture of its own. A choice that leads on.
"use strict";
(() => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="/crop/"]');
    const box = document.getElementById("crop-box");
    if (!link || !box || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    box.querySelector("img").src = link.href;
    const paper = box.querySelector("a");
    if (paper) paper.href = link.pathname.replace("/crop/", "/review/");
    box.showModal();
  });
  document.addEventListener("change", (event) => {
    const go = event.target.dataset && event.target.dataset.go;
    if (go) location.href = go + encodeURIComponent(event.target.value);
  });
})();
