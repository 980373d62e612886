// A row of ten buttons: keep the drawing with the digit that was meant.

/** Fill `host`; returns {ready(whether there is a drawing), count(ten numbers)}. */
function keeperView(host, { keep, takeBack, save }) {
  const labels = Array.from({ length: 10 }, (_, digit) => {
    const button = make("button", { type: "button", textContent: digit, disabled: true });
    button.addEventListener("click", () => keep(digit));
    return button;
  });
  const kept = make("span", { className: "note", role: "status" });
  const back = make("button", { type: "button", textContent: "Take back", disabled: true });
  back.addEventListener("click", takeBack);
  host.classList.add("keeper");
  host.append(make("span", { textContent: "Keep it as" }), ...labels, back);
  const saver = make("button", { type: "button", textContent: "Save as CSV", disabled: true });
  if (save) {
    saver.addEventListener("click", save);
    host.append(saver);
  }
  host.append(kept);

  function ready(drawn) {
    for (const button of labels) button.disabled = !drawn;
  }
  function count(counts) {
    const total = counts.reduce((a, b) => a + b, 0);
    labels.forEach((button, digit) => {
      button.title = `Keep the drawing as a ${digit}; ${counts[digit]} kept so far`;
    });
    kept.textContent = `${total} kept`;
    back.disabled = saver.disabled = total === 0;
  }
  count(Array(10).fill(0));
  return { ready, count };
}

/** Kept drawings as a CSV in Kaggle's layout: label, then 784 whole numbers from 0 to 255. */
function csvOf(kept) {
  const header = ["label", ...Array.from({ length: 784 }, (_, i) => `pixel${i}`)];
  const rows = kept.map(({ label, pixels }) => [
    label,
    ...Array.from(pixels, (value) => Math.round(255 * value)),
  ]);
  return [header, ...rows].map((row) => `${row.join(",")}\n`).join("");
}
