// The review by keyboard: the focused field's place is shown on the picture, a settled field hands on to the next.
"use strict";
(() => {
  const open = () => [...document.querySelectorAll(".field.open")];
  const entry = (field) => field && field.querySelector("input[name=value],select[name=value],textarea[name=value],button.main,button[formaction]");
  const fieldOf = (node) => node instanceof Element ? node.closest(".field") : null;
  let last = null; // name of the field that was settled last
  let at = 0; // where in the list it stood

  function frame(field) {
    document.querySelectorAll("[data-frame].on").forEach((one) => one.classList.remove("on"));
    document.querySelectorAll(".field.current").forEach((one) => one.classList.remove("current"));
    if (!field) return;
    field.classList.add("current");
    const box = document.querySelector(`[data-frame="${CSS.escape(field.dataset.anchor)}"]`);
    const pane = document.getElementById("sheets");
    if (!box || !pane) return;
    box.classList.add("on");
    const place = box.getBoundingClientRect(), view = pane.getBoundingClientRect();
    pane.scrollBy({top: place.top - view.top - view.height / 3, left: place.left - view.left - 40});
  }

  function go(field) {
    const to = entry(field);
    if (to) { to.focus(); if (to.select && to.tagName === "INPUT") to.select(); }
    else { const next = document.getElementById("next-paper"); if (next) next.focus(); }
  }

  document.addEventListener("focusin", (event) => {
    const field = fieldOf(event.target);
    if (field) frame(field);
  });
  document.addEventListener("load", (event) => { // a page that is drawn late moves what stands below it
    if (event.target.closest && event.target.closest("#sheets")) frame(document.querySelector(".field.current"));
  }, true);
  document.addEventListener("htmx:beforeRequest", (event) => {
    const field = fieldOf(event.target);
    if (field) at = open().indexOf(field);
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const field = fieldOf(event.target) || event.target;
    if (field.classList && field.classList.contains("field")) {
      const now = document.getElementById(field.id) || field;
      if (now.dataset.opened) document.querySelectorAll(".page img").forEach((one) => { one.src = `${one.src.split("?")[0]}?opened=${Date.now()}`; });
      if (now.classList.contains("settled")) { last = now.id; go(open()[Math.max(0, at)] || open()[0]); }
      else go(now);
    } else {
      const current = document.querySelector(".field.current") || open()[0];
      if (current) frame(current);
    }
  });
  document.addEventListener("click", (event) => {
    const offer = event.target.closest("[data-offer]");
    if (offer) {
      const input = entry(offer.closest(".field"));
      input.value = offer.dataset.offer;
      input.focus();
    }
    const zoom = event.target.closest("[data-zoom]");
    if (zoom) {
      const pane = document.getElementById("sheets");
      const steps = ["", "zoom-2", "zoom-3"];
      const now = Math.max(0, steps.findIndex((one) => one && pane.classList.contains(one)));
      const next = Math.min(2, Math.max(0, now + (zoom.dataset.zoom === "in" ? 1 : -1)));
      pane.classList.remove("zoom-2", "zoom-3");
      if (steps[next]) pane.classList.add(steps[next]);
      frame(document.querySelector(".field.current"));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.tagName === "TEXTAREA" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("button[value=keep]"));
      return;
    }
    if (event.key === "Enter" && event.target.tagName === "SELECT") {
      event.preventDefault();
      event.target.form.requestSubmit(event.target.form.querySelector("button[value=keep]"));
      return;
    }
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "n") {
      const next = document.getElementById("next-paper");
      if (next) { event.preventDefault(); next.click(); }
      return;
    }
    const field = key === "z" ? document.getElementById(last) : fieldOf(document.activeElement);
    const button = field && field.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });
  document.addEventListener("DOMContentLoaded", () => go(open()[0]));
})();
