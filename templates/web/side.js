"use strict";
// Drop, progress and sort. Without it everything works: a file is chosen, the browser waits, the tables stand as they are.
const form = document.querySelector("form.task");

for (const area of document.querySelectorAll("[data-drop]")) {
  const input = area.querySelector("input");
  const isOver = (over) => area.classList.toggle("over", over);
  area.addEventListener("dragover", (event) => { event.preventDefault(); isOver(true); });
  area.addEventListener("dragleave", () => isOver(false));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    isOver(false);
    if (event.dataTransfer.files.length) {
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change"));
    }
  });
}

if (form) {
  const button = form.querySelector("button[type=submit]");
  const line = form.querySelector("[data-progress]");
  const wrong = document.getElementById("fil-fejl");
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const most = Number(form.dataset.mostBytes);
  let ticking = 0;

  const bytes = () => inputs.flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  const megabytes = (size) => (size / 1e6).toLocaleString("da", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const judgeSize = () => {
    const isTooLarge = bytes() > most;
    wrong.hidden = !isTooLarge;
    wrong.textContent = isTooLarge ? `Filerne fylder ${megabytes(bytes())} MB; der kan sendes ${most / 1e6} MB.` : "";
    inputs[0].setCustomValidity(wrong.textContent);
  };
  inputs.forEach((input) => input.addEventListener("change", judgeSize));

  const rest = () => {
    clearInterval(ticking);
    button.disabled = false;
    line.textContent = "";
  };
  form.addEventListener("submit", () => {
    const since = Date.now();
    const tell = () => {
      const seconds = Math.round((Date.now() - since) / 1000);
      line.textContent = `Sender og kontrollerer ${megabytes(bytes())} MB … ${seconds ? `${seconds} sekunder` : ""}`;
    };
    tell();
    // Read aloud now and then, not every second.
    ticking = setInterval(tell, 5000);
    button.disabled = true;
  });
  addEventListener("pageshow", rest);

  const template = document.getElementById("skabelon-projekt");
  const project = document.getElementById("projekt");
  project?.addEventListener("change", () => { if (project.value) template.value = project.value; });
}

const byLetters = new Intl.Collator("da", { numeric: true });
const valueOf = (row, at) => row.cells[at].dataset.value ?? row.cells[at].textContent.trim();
for (const table of document.querySelectorAll("table.sortable")) {
  const body = table.tBodies[0];
  const headings = [...table.tHead.rows[0].cells];
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
