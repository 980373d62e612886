// The page of `digitlib draw`: the pad on one side, the reading on the other, the X-ray below.

function startPage() {
  const $ = (id) => document.getElementById(id);
  $("reading").replaceChildren(); // the words that stand there until the program runs
  const view = readingView($("reading"));
  const networks = new Map();
  let chosen = null;
  let problem = null;
  let carried = [];
  try {
    carried = JSON.parse($("carried").textContent);
  } catch {
    problem = "The weights of this page are damaged: write it again with digitlib draw.";
  }

  // A network whose weights are damaged is named, and the others go on working.
  carried.forEach((packed, i) => {
    const button = make("input", { type: "radio", name: "network", id: `network-${i}` });
    const note = make("span", { className: "note", textContent: packed.note ?? "" });
    try {
      networks.set(i, unpack(packed));
    } catch (error) {
      button.disabled = true;
      note.textContent = error.message;
      problem = error.message;
    }
    button.addEventListener("change", () => choose(i));
    $("networks").append(
      make("label", { htmlFor: button.id }, button, make("b", { textContent: packed.name }), note),
    );
  });

  const pad = new Pad($("pad"), update);
  $("undo").addEventListener("click", () => pad.undo());
  $("clear").addEventListener("click", () => pad.clear());
  // The keys work wherever the focus is, unless something there wants them for itself.
  document.addEventListener("keydown", (event) => {
    if (event.target === pad.canvas || event.target.closest?.("select, textarea")) return;
    pad.key(event);
  });

  // Drawings that are kept with their labels, to be saved as one file.
  let kept = [];
  let unsaved = false;
  let drawn = null;
  const keeper = keeperView($("keeper"), {
    keep(label) {
      if (drawn === null) return;
      changeKept([...kept, { label, pixels: drawn }]);
      pad.clear();
    },
    takeBack: () => changeKept(kept.slice(0, -1)),
    save() {
      const url = URL.createObjectURL(new Blob([csvOf(kept)], { type: "text/csv" }));
      make("a", { href: url, download: "my_digits.csv" }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      unsaved = false;
    },
  });
  function changeKept(digits) {
    kept = digits;
    unsaved = kept.length > 0;
    const counts = Array(10).fill(0);
    for (const { label } of kept) counts[label] += 1;
    keeper.count(counts);
  }
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault(); // the browser asks before it lets them go
  });

  const xray = xrayView($("xray-body"));
  $("xray").addEventListener("toggle", () => update(pad.strokes, true));

  function choose(i) {
    chosen = networks.get(i);
    update(pad.strokes, true);
  }

  function update(strokes, finished) {
    $("undo").disabled = pad.history.length === 0;
    $("clear").disabled = strokes.length === 0;
    if (!chosen) return;
    let pixels = null;
    let p = null;
    let text = "Draw a digit from 0 to 9.";
    if (strokes.length > 0) {
      try {
        const picture = ink(strokes);
        pixels = frame(picture.image, picture.height, picture.width);
        p = probabilities(chosen, pixels);
        text = sentenceFor(p);
      } catch (error) {
        text = error.message;
      }
    }
    drawn = p ? pixels : null;
    keeper.ready(drawn !== null);
    view.show(pixels, p);
    view.say(text, finished);
    if ($("xray").open) xray.show(pixels, finished);
  }

  const first = [...networks.keys()][0];
  if (first === undefined) {
    view.say(problem ?? "This page carries no network.");
    $("reading").classList.add("broken");
  } else {
    $(`network-${first}`).checked = true;
    choose(first);
  }
  const small = [...networks.values()].find(canBeXrayed);
  if (small) xray.use(small);
  else $("xray").remove();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    pad.draw();
    update(pad.strokes, true);
  });
}
