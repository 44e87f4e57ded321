"use strict";
// The page can be read without this. It adds three things: a choice in the source tree shows only what goes back to it,
// a link opens what it leads into, and printing opens everything.
(() => {
  const root = document.documentElement;
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  const bar = document.getElementById("picked");
  const said = document.getElementById("picked-what");
  const nodes = all("[data-pick]");
  const counts = all("[data-count]").map((shown) => ({
    shown,
    counted: all(`[data-counts="${shown.dataset.count}"]`),
  }));
  let picked = "";

  const bears = (element, key) => element.dataset.k.split(" ").includes(key);

  function pick(key, name) {
    picked = key;
    for (const element of all("[data-k]")) element.classList.toggle("off", key !== "" && !bears(element, key));
    keepNeighbours(key);
    for (const node of nodes) node.setAttribute("aria-pressed", String(node.dataset.pick === key));
    const told = counts.map(({ shown, counted }) => {
      const left = counted.filter((element) => !element.classList.contains("off")).length;
      shown.textContent = key ? `${left} of ${counted.length}` : String(counted.length);
      return `${left} of ${counted.length} ${shown.dataset.count}`;
    });
    bar.hidden = key === "";
    said.textContent = key ? `Only what goes back to ${name}: ${told.join(", ")}.` : "";
  }

  // What a line joins to the chosen one stays, in the tree and among the articles.
  function keepNeighbours(key) {
    if (!key) return;
    const near = new Set(all(".tree path:not(.off)").flatMap((line) => line.dataset.ends.split(" ")));
    for (const node of nodes) if (near.has(node.dataset.pick)) node.classList.remove("off");
    for (const group of all(".silence.off, .page.off, .coverage .off")) {
      if (near.has(group.dataset.k)) group.classList.remove("off");
    }
  }

  for (const node of nodes) {
    node.setAttribute("role", "button");
    node.setAttribute("aria-pressed", "false");
    const choose = (event) => {
      event.preventDefault();
      const label = node.querySelector(".label").textContent;
      if (picked === node.dataset.pick) pick("", "");
      else pick(node.dataset.pick, label);
    };
    node.addEventListener("click", choose);
    node.addEventListener("keydown", (event) => { if (event.key === " ") choose(event); });
  }
  document.getElementById("picked-clear").addEventListener("click", () => pick("", ""));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && picked) pick("", ""); });

  // Where a link leads into something that is shut or left out, it is opened, and all of its sentence is lit.
  function follow() {
    for (const element of all(".lit")) element.classList.remove("lit");
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    if (target.closest(".off")) pick("", "");
    for (let shut = target.closest("details"); shut; shut = shut.parentElement.closest("details")) shut.open = true;
    const inner = target.matches("tbody") && target.querySelector("details");
    if (inner) inner.open = true;
    for (const piece of all(".st")) if (piece.dataset.t.split(" ").includes(id)) piece.classList.add("lit");
    target.scrollIntoView({ block: target.matches(".st, .page p, .page span") ? "center" : "start" });
  }
  addEventListener("hashchange", follow);
  // A second press on the same link leads there again.
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash && !event.defaultPrevented) follow();
  });

  const opened = [];
  addEventListener("beforeprint", () => {
    for (const shut of all("details:not([open])")) { shut.open = true; opened.push(shut); }
  });
  addEventListener("afterprint", () => { for (const details of opened.splice(0)) details.open = false; });

  root.classList.add("live");
  follow();
})();
