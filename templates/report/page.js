"use strict";
// Without it the page reads as it is.
for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  // On a telephone rows stack, and each cell says what it is.
  const names = headings.map((heading) => heading.textContent.trim());
  for (const row of [...table.tBodies[0].rows, ...(table.tFoot?.rows ?? [])]) {
    let at = 0;
    for (const cell of row.cells) {
      if (cell.tagName === "TD") cell.dataset.label = names[at];
      at += cell.colSpan;
    }
  }
  table.parentElement.classList.add("stacked");
}
addEventListener("beforeprint", () => {
  for (const details of document.querySelectorAll("details")) details.open = true;
});
