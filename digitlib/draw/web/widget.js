// The pad in a notebook: strokes go to the kernel, which sends pixels and probabilities back.

function render({ model, el }) {
  el.classList.add("digitlib", "in-notebook");
  const theme = notebookTheme();
  if (theme) el.classList.add(theme);

  const canvas = make("canvas", { className: "pad", tabIndex: 0, role: "img" });
  canvas.setAttribute(
    "aria-label",
    "Drawing pad. Draw a digit with a mouse, a pen or a finger. C clears, Control Z takes the last stroke back.",
  );
  const undo = make("button", { type: "button", textContent: "Undo", disabled: true });
  const clear = make("button", { type: "button", textContent: "Clear", disabled: true });
  const reading = make("section", { className: "reading" });
  const view = readingView(reading);
  const keeping = make("div");
  el.append(
    make(
      "div",
      { className: "desk" },
      make(
        "section",
        { className: "drawing" },
        canvas,
        make("div", { className: "buttons" }, undo, clear),
      ),
      reading,
    ),
    keeping,
  );

  const pad = new Pad(canvas, (strokes, finished) => {
    undo.disabled = pad.history.length === 0;
    clear.disabled = strokes.length === 0;
    if (!finished) return; // the kernel reads when the pen lifts
    const points = strokes.flatMap((stroke, i) => stroke.flatMap(([x, y]) => [i, x, y]));
    model.set("strokes", new DataView(Float32Array.from(points).buffer));
    model.save_changes();
  });
  undo.addEventListener("click", () => pad.undo());
  clear.addEventListener("click", () => pad.clear());

  // Keep a drawing with its label, for `pad.digits`.
  let asked = 0;
  const ask = (label) => {
    asked += 1;
    model.set("keep", [asked, label]);
    model.save_changes();
  };
  const keeper = keeperView(keeping, {
    keep(digit) {
      ask(digit);
      pad.clear();
    },
    takeBack: () => ask(-1),
  });

  const floats = (name) => {
    const value = model.get(name);
    if (!value || value.byteLength === 0) return null;
    return Array.from({ length: value.byteLength / 4 }, (_, i) => value.getFloat32(4 * i, true));
  };
  function answer() {
    const p = floats("answer");
    view.show(floats("seen"), p);
    view.say(p ? sentenceFor(p) : model.get("message") || "Draw a digit from 0 to 9.");
    keeper.ready(p !== null);
  }
  const count = () => keeper.count(model.get("counts"));
  for (const name of ["answer", "seen", "message"]) model.on(`change:${name}`, answer);
  model.on("change:counts", count);
  answer();
  count();
  return () => {
    for (const name of ["answer", "seen", "message"]) model.off(`change:${name}`, answer);
    model.off("change:counts", count);
  };
}

/** "light" or "dark" where the notebook says so; otherwise the system's theme counts. */
function notebookTheme() {
  const { body, documentElement } = document;
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "true" ? "light" : "dark";
  if (body.dataset.vscodeThemeKind) {
    return body.dataset.vscodeThemeKind.includes("light") ? "light" : "dark";
  }
  return documentElement.getAttribute("theme"); // Colab's
}

export default { render };
