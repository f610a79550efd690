// Files and folders dropped on the page go to the inbox one after another, each with its own progress.
"use strict";
(() => {
  const form = document.getElementById("bring"), drop = document.getElementById("drop"), list = document.getElementById("uploads");
  if (!form) return;
  const waiting = [];
  let busy = false, left = 0;

  document.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("over"); });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    const files = entries.length ? (await Promise.all(entries.map(walk))).flat() : [...event.dataTransfer.files].map((file) => ({file, name: file.name}));
    add(files);
  });
  form.querySelector("input[type=file]").addEventListener("change", (event) => {
    add([...event.target.files].map((file) => ({file, name: file.name})));
    event.target.value = "";
  });

  async function walk(entry) {
    if (entry.isFile) return [{file: await new Promise((done, failed) => entry.file(done, failed)), name: entry.fullPath.replace(/^\//, "")}];
    const reader = entry.createReader(), found = [];
    for (;;) { // a folder is given a hundred at a time
      const some = await new Promise((done, failed) => reader.readEntries(done, failed));
      if (!some.length) break;
      found.push(...some);
    }
    return (await Promise.all(found.map(walk))).flat();
  }

  function add(files) {
    for (const one of files) {
      const row = document.createElement("li"), name = document.createElement("span"), bar = document.createElement("progress"), said = document.createElement("span");
      name.textContent = one.name;
      bar.max = 100; bar.value = 0;
      bar.setAttribute("aria-label", one.name);
      said.className = "soft";
      row.append(name, bar, said);
      list.prepend(row);
      waiting.push({...one, row, bar, said});
      left += 1;
    }
    if (!busy) next();
  }

  function next() {
    const one = waiting.shift();
    if (!one) { busy = false; return; }
    busy = true;
    const body = new FormData();
    body.append("name", one.name);
    body.append("received", form.elements.received.value);
    body.append("sender", form.elements.sender.value);
    body.append("file", one.file, "file");
    const request = new XMLHttpRequest();
    request.open("POST", "/inbox");
    request.setRequestHeader("X-Desk-Token", form.elements.token.value);
    request.setRequestHeader("HX-Request", "true");
    request.upload.onprogress = (event) => { if (event.lengthComputable) one.bar.value = 100 * event.loaded / event.total; };
    request.onload = () => {
      let told = null;
      try { told = JSON.parse(request.responseText); } catch { told = null; }
      if (request.status === 200 && told) {
        one.bar.value = 100;
        one.said.textContent = "已收";
        one.row.classList.add("ok");
        const button = document.querySelector("form[action='/run'] button");
        if (button) button.textContent = `现在处理收件箱里的 ${told.inbox} 个文件`;
        const count = document.querySelector("#inbox-count b");
        if (count) count.textContent = told.inbox;
      } else {
        const page = new DOMParser().parseFromString(request.responseText, "text/html");
        one.said.textContent = page.body.textContent.trim() || "没有收下，请再试一次";
        one.row.classList.add("bad");
      }
      next();
    };
    request.onerror = () => { one.said.textContent = "没有收下：连不上核对台"; one.row.classList.add("bad"); next(); };
    request.send(body);
  }
})();
