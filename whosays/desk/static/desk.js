"use strict";
// What the pages of the desk do beside htmx; all of them can be used without it.
(() => {
  const all = (what, inside = document) => [...inside.querySelectorAll(what)];
  document.documentElement.classList.add("live");

  // A page that shows what may change says so when it has. Only pages in sight listen: browsers open few lines to a host.
  let line = null;
  function listen() {
    const shown = document.querySelector("[data-live]");
    if (line) line.close();
    line = null;
    if (!shown || document.hidden) return;
    line = new EventSource(shown.dataset.live);
    line.addEventListener("changed", (event) => {
      shown.hidden = event.data === "";
      shown.querySelector("[role=status]").textContent = event.data ? `${event.data}.` : "";
    });
  }
  document.addEventListener("visibilitychange", listen);
  document.addEventListener("htmx:load", (event) => { if (event.target.querySelector("[data-live]")) listen(); });
  addEventListener("pagehide", () => { if (line) line.close(); });
  addEventListener("pageshow", listen);

  // What is new is marked where it stands, not only in the list of it.
  for (const link of all("a[data-fresh]")) document.getElementById(link.hash.slice(1))?.classList.add("news");

  // Files dropped on the form are as if they had been chosen.
  for (const form of all("form[data-drop]")) {
    const chosen = form.querySelector("[type=file]");
    const problem = form.querySelector(".problem");
    const over = (is) => (event) => { event.preventDefault(); form.classList.toggle("over", is); };
    form.addEventListener("dragover", over(true));
    form.addEventListener("dragleave", over(false));
    form.addEventListener("drop", (event) => {
      over(false)(event);
      if (event.dataTransfer.files.length) chosen.files = event.dataTransfer.files;
    });
    form.addEventListener("submit", (event) => {
      const size = [...chosen.files].reduce((sum, file) => sum + file.size, 0);
      problem.hidden = size < Number(form.dataset.largest);
      if (problem.hidden) return;
      event.preventDefault();
      problem.textContent = "These files are more than can be taken at once. Give them in parts, or use whosays add.";
    });
  }
})();
