/* The editor's numbered lines follow what is typed, and its toolbar writes marks. Everything works without this file. */
(() => {
  "use strict";
  const box = document.querySelector("[data-editor]");
  if (!box) return;
  const text = box.querySelector("textarea");
  const lines = box.querySelector(".lines");

  function number() {
    const wanted = text.value.split("\n");
    while (lines.children.length > wanted.length) lines.lastElementChild.remove();
    wanted.forEach((line, at) => {
      let row = lines.children[at];
      if (!row) {
        row = lines.appendChild(document.createElement("li"));
        row.id = `line-${at + 1}`;
      }
      if (row.textContent !== line) { row.textContent = line; row.classList.remove("bad"); }
    });
  }

  function goTo(line) {
    const before = text.value.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
    text.focus({ preventScroll: true });
    text.setSelectionRange(before, before);
    lines.children[line - 1]?.scrollIntoView({ block: "center" });
  }

  /* whole: begins on a line of its own; each line of what is chosen gets the mark before it */
  const marks = {
    part: { whole: "\n## Title {#part-id}\n" },
    question: { whole: "\n## Title {#part-id item=item-id}\n" },
    task: { whole: "\n## Title {#part-id task}\n" },
    heading: { each: "### " },
    list: { each: "- " },
    quote: { each: "> " },
    bold: { around: "**" },
  };

  function put({ whole, each, around }) {
    const { selectionStart: from, selectionEnd: to, value } = text;
    const chosen = value.slice(from, to);
    text.focus();
    if (around) text.setRangeText(around + chosen + around, from, to, chosen ? "end" : "select");
    else if (whole) text.setRangeText((from && value[from - 1] !== "\n" ? "\n" : "") + whole, from, to, "end");
    else {
      const start = value.lastIndexOf("\n", from - 1) + 1;
      text.setRangeText(value.slice(start, to).split("\n").map((line) => each + line).join("\n"), start, to, "end");
    }
    if (around && !chosen) text.setSelectionRange(from + around.length, from + around.length);
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  const bar = document.querySelector("[data-toolbar]");
  if (bar) {
    bar.hidden = false;
    bar.addEventListener("click", (event) => {
      const button = event.target.closest("[data-put]");
      if (button) put(marks[button.dataset.put]);
    });
  }
  text.addEventListener("input", number);
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (link) { event.preventDefault(); goTo(Number(link.dataset.line)); }
  });
  number();
  const asked = /^#line-(\d+)$/.exec(location.hash);
  if (asked) goTo(Number(asked[1]));
})();
