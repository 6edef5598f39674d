"use strict";
// Drop and progress. Without it everything works: a file is chosen, the browser waits.
const form = document.querySelector("form.task");
const DAY = /^\d{4}-\d{2}-\d{2}$/;
// A file may be called by a personal number, which is never shown.
const PERSON = /(?<!\d)\d{6}\D{0,3}\d{4}(?!\d)/g;
const shown = (name) => `»${name.replace(PERSON, "******-****")}«`;

const fileOf = (entry) => new Promise((resolve, reject) => entry.file(resolve, reject));
// A folder tells of its entries some at a time, and of none when it is through.
const filesOf = async (folder) => {
  const reader = folder.createReader();
  const next = () => new Promise((resolve, reject) => reader.readEntries(resolve, reject));
  const files = [];
  for (let entries = await next(); entries.length; entries = await next()) {
    files.push(...await Promise.all(entries.filter((entry) => entry.isFile).map(fileOf)));
  }
  return files;
};

if (form) {
  const button = form.querySelector("button[type=submit]");
  const line = form.querySelector("[data-progress]");
  const wrong = document.getElementById("fil-fejl");
  const inputs = [...form.querySelectorAll("input[type=file]")];
  const most = Number(form.dataset.mostBytes);
  let ticking = 0;

  const bytes = () => inputs.flatMap((input) => [...input.files]).reduce((sum, file) => sum + file.size, 0);
  const megabytes = (size) => (size / 1e6).toLocaleString("da", { maximumFractionDigits: 1, minimumFractionDigits: 1 });
  const show = (text) => {
    wrong.hidden = !text;
    wrong.textContent = text;
  };
  const judgeSize = () => {
    const isTooLarge = bytes() > most;
    show(isTooLarge ? `Filerne fylder ${megabytes(bytes())} MB; der kan sendes ${most / 1e6} MB.` : "");
    inputs[0].setCustomValidity(wrong.textContent);
  };
  // Where the same file is chosen again, smaller now, a browser tells of no change.
  for (const event of ["change", "cancel"]) inputs.forEach((input) => input.addEventListener(event, judgeSize));

  for (const area of document.querySelectorAll("[data-drop]")) {
    const input = area.querySelector("input");
    const isOver = (over) => area.classList.toggle("over", over);
    area.addEventListener("dragover", (event) => { event.preventDefault(); isOver(true); });
    area.addEventListener("dragleave", () => isOver(false));
    const day = document.getElementById(area.dataset.drop);
    let filled = "";
    // What was dropped before is not meant any more, nor is its day; a day that somebody wrote stays.
    const take = (files, called = "") => {
      input.files = files;
      input.dispatchEvent(new Event("change"));
      if (!day.value || day.value === filled) day.value = filled = called;
    };
    area.addEventListener("drop", async (event) => {
      event.preventDefault();
      isOver(false);
      const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
      if (!entries.some((entry) => entry.isDirectory)) {
        if (event.dataTransfer.files.length) take(event.dataTransfer.files);
        return;
      }
      // A browser sends no folder: its files are sent, and the day that it is called by is filled in.
      const files = new DataTransfer();
      let wrongs = "har ingen filer: træk den mappe hertil, som filerne ligger i.";
      try {
        for (const entry of entries) {
          const found = entry.isDirectory ? await filesOf(entry) : [await fileOf(entry)];
          found.forEach((file) => files.items.add(file));
        }
      } catch {
        files.items.clear();
        wrongs = "kan ikke læses: vælg filerne i den.";
      }
      take(files.files, entries.length === 1 && DAY.test(entries[0].name) ? entries[0].name : "");
      if (!files.items.length) show(`${shown(entries[0].name)} ${wrongs}`);
    });
  }

  // A browser sends nothing, and shows an error of its own, where a file was saved anew since it was chosen.
  const isReadable = (file) => file.slice(0, 1).arrayBuffer().then(() => true, () => false);
  const unreadable = async () => {
    for (const input of inputs) {
      for (const file of input.files) if (!(await isReadable(file))) return [input, file];
    }
    return null;
  };

  const rest = () => {
    clearInterval(ticking);
    button.disabled = false;
    line.textContent = "";
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const since = Date.now();
    const tell = () => {
      const seconds = Math.round((Date.now() - since) / 1000);
      line.textContent = `Sender og kontrollerer ${megabytes(bytes())} MB … ${seconds ? `${seconds} sekunder` : ""}`;
    };
    tell();
    // Read aloud now and then, not every second.
    ticking = setInterval(tell, 5000);
    button.disabled = true;
    const found = await unreadable();
    if (!found) return form.submit();
    rest();
    const [input, file] = found;
    show(`${shown(file.name)} er ændret eller flyttet, siden den blev valgt: vælg filerne igen.`);
    input.value = "";
    input.focus();
  });
  addEventListener("pageshow", rest);
  // Whoever stops the sending may send again.
  window.navigation?.addEventListener("navigateerror", rest);

  const template = document.getElementById("skabelon-projekt");
  const project = document.getElementById("projekt");
  project?.addEventListener("change", () => { if (project.value) template.value = project.value; });
}
