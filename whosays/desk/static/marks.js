"use strict";
// The form for a mark is opened where it is to be made, and takes up words that are selected in an article. Without this
// the links lead to the same form on a page of its own.
(() => {
  const LONGEST = 4000; // characters of an address; for more the form offers the whole paragraph
  let chosen = null; // words of a paragraph, and its link to a note
  function choose(next) {
    chosen?.pen.classList.remove("ready");
    chosen = next;
    chosen?.pen.classList.add("ready");
  }

  async function open(link) {
    const url = new URL(link.href);
    if (chosen?.pen === link) for (const key of ["words", "near"]) url.searchParams.set(key, chosen[key]);
    const answer = await fetch(url, { headers: { "X-Within": "page" } }).catch(() => null);
    if (!answer?.ok) {
      location.assign(url); // which says what is wrong
      return;
    }
    const place = document.createElement("div");
    place.className = "marking";
    place.innerHTML = await answer.text();
    place.querySelector(".leave").addEventListener("click", (event) => { event.preventDefault(); shut(link, place); });
    behind(link).after(place);
    place.querySelector("input:not([type=hidden]), textarea").focus();
  }
  function shut(link, place) {
    place.remove();
    link.focus();
  }
  const behind = (link) => link.closest(".page p") ?? link;

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.mark-it, a.pen");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const place = behind(link).nextElementSibling;
    if (place?.matches(".marking")) shut(link, place);
    else open(link);
  });

  document.addEventListener("selectionchange", () => {
    const selected = document.getSelection();
    if (selected.isCollapsed) return;
    const range = selected.getRangeAt(0).cloneRange();
    const from = range.startContainer;
    const paragraph = (from.closest ? from : from.parentElement).closest(".page p[id]");
    if (!paragraph) return;
    if (!paragraph.contains(range.endContainer)) range.setEndAfter(paragraph.lastChild);
    const before = document.createRange();
    before.setStart(paragraph, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const words = text(range).trim();
    choose(words && words.length < LONGEST ? { pen: paragraph.querySelector(".pen"), words, near: text(before).length } : null);
  });
  document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".pen")) choose(null); });
  // The words of the article alone, without the numbers that stand among them.
  function text(range) {
    const held = range.cloneContents();
    for (const other of held.querySelectorAll(".refs, .pen")) other.remove();
    return held.textContent.replaceAll("\u2060", "");
  }
})();
