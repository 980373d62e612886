// What is shown beside the pad: the 28 x 28 pixels that the network sees, ten bars, a sentence.

const percent = (p) => `${(100 * p).toFixed(p > 0.9995 || p < 0.0005 ? 0 : 1)}\u00a0%`;

/** A new element with some properties and children. */
function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in element && !name.startsWith("aria")) element[name] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** The reading: fill `host` with a sentence, the frame and ten bars; returns {show, say}. */
function readingView(host) {
  const sentence = make("p", { className: "sentence", role: "status", "aria-live": "polite" });
  const seen = make("canvas", { className: "seen", width: 28, height: 28, role: "img" });
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const bar = make("span", { className: "fill" });
    const number = make("span", { className: "number" });
    const row = make(
      "li",
      {},
      make("span", { className: "digit", textContent: digit }),
      make("span", { className: "bar", "aria-hidden": "true" }, bar),
      number,
    );
    return { row, bar, number };
  });
  const bars = make("ol", { className: "bars", start: 0 }, ...rows.map(({ row }) => row));
  bars.setAttribute("aria-label", "The ten probabilities");
  host.append(
    sentence,
    make(
      "div",
      { className: "result" },
      make(
        "figure",
        { className: "frame" },
        seen,
        make("figcaption", { textContent: "What the network sees: 28 × 28 pixels" }),
      ),
      bars,
    ),
  );

  /** pixels: 784 numbers or null; p: ten probabilities or null. */
  function show(pixels, p) {
    drawPixels(seen, pixels ?? new Float64Array(784), grey);
    seen.setAttribute(
      "aria-label",
      pixels ? `The drawing in MNIST's frame, as the network sees it` : "An empty frame",
    );
    const best = p ? p.indexOf(Math.max(...p)) : -1;
    rows.forEach(({ row, bar, number }, digit) => {
      row.classList.toggle("best", digit === best);
      bar.style.width = p ? `${100 * p[digit]}%` : "0";
      number.textContent = p ? percent(p[digit]) : "–";
    });
  }

  let shown = "";
  let timer = 0;
  /** Say a sentence; one that changes while a stroke grows waits, so that it can be heard. */
  function say(text, now = true) {
    clearTimeout(timer);
    const speak = () => {
      if (text !== shown) sentence.textContent = shown = text;
    };
    if (now) speak();
    else timer = setTimeout(speak, 250);
  }

  return { show, say };
}

/** The sentence for ten probabilities. */
function sentenceFor(p) {
  const order = [...p.keys()].sort((a, b) => p[b] - p[a]);
  const [first, second] = order;
  const rest = p[second] >= 0.005 ? ` Next comes ${second} with ${percent(p[second])}.` : "";
  const sure = p[first] < 0.6 ? "Perhaps " : "";
  return `${sure}${sure ? "a" : "A"}${first === 8 ? "n" : ""} ${first}, ${percent(p[first])}.${rest}`;
}

/** 784 numbers on a canvas of 28 x 28; `colour(value)` gives red, green, blue. */
function drawPixels(canvas, pixels, colour) {
  const context = canvas.getContext("2d");
  const image = context.createImageData(28, 28);
  for (let i = 0; i < 784; i++) image.data.set([...colour(pixels[i]), 255], 4 * i);
  context.putImageData(image, 0, 0);
}

/** MNIST's own look in either theme: white ink on black. */
const grey = (value) => Array(3).fill(Math.round(255 * Math.min(1, Math.max(0, value))));
