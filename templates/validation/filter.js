"use strict";
const filters = document.querySelector("form");
const groups = [...document.querySelectorAll("tbody[data-project]")];
const told = document.querySelector("output");

function filter() {
  const { project, severity, verdict } = Object.fromEntries(new FormData(filters));
  let shown = 0;
  for (const group of groups) {
    let here = 0;
    for (const row of group.querySelectorAll("tr[data-severity]")) {
      row.hidden =
        (severity && row.dataset.severity !== severity) || (verdict && row.dataset.verdict !== verdict);
      here += row.hidden ? 0 : 1;
    }
    group.hidden = (project !== "*" && group.dataset.project !== project) || here === 0;
    shown += group.hidden ? 0 : here;
  }
  told.textContent = shown === 1 ? "1 forventning vist" : `${shown} forventninger vist`;
}

// A link may name the project to show: index.html#projekt=JF-101.
const named = decodeURIComponent(location.hash.replace(/^#projekt=/, ""));
if (groups.some((group) => group.dataset.project === named)) filters.elements.project.value = named;
filters.addEventListener("change", filter);
filters.hidden = false;
filter();
