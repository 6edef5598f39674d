"use strict";
// Makes the columns of every table sortable: a button in each heading. Without it the tables read as they are.
const byLetters = new Intl.Collator("da", { numeric: true });
const valueOf = (row, at) => row.cells[at].dataset.value ?? row.cells[at].textContent.trim();
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
  headings.forEach((heading, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const rows = [...body.rows];
      const isNumeric = rows.every((row) => row.cells[at].dataset.value !== undefined);
      const first = isNumeric ? "descending" : "ascending";
      const second = isNumeric ? "ascending" : "descending";
      const order = heading.getAttribute("aria-sort") === first ? second : first;
      const sign = order === "ascending" ? 1 : -1;
      const compare = isNumeric
        ? (a, b) => Number(valueOf(a, at)) - Number(valueOf(b, at))
        : (a, b) => byLetters.compare(valueOf(a, at), valueOf(b, at));
      rows.sort((a, b) => sign * compare(a, b));
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", order);
      body.append(...rows);
    });
  });
}
