// The X-ray on the page: one drawing of the network, with values running forward and blame running
// back on the same wires, the lines of backpropagation to break, and the verdict of measurement.

const SVG = "http://www.w3.org/2000/svg";

function svg(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** A number in at most five characters, with a true minus sign. */
const short = (value, digits = Math.abs(value) >= 9.995 ? 1 : 2) => {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
};

const LINES = [
  { right: "dZ2 = (P - Y) / N", wrong: "dZ2 = (P - Y)", key: "noN", says: "Leave 1/N out" },
  { right: "dW2 = A1.T @ dZ2", wrong: "dW2 = dZ2.T @ A1", key: "swapped", says: "Swap the factors" },
  { right: "dA1 = dZ2 @ W2.T" },
  { right: "dZ1 = dA1 * (Z1 > 0)", wrong: "dZ1 = dA1 * (A1 >= 0)", key: "mask", says: "Ask A1 >= 0" },
  { right: "dW1 = X.T @ dZ1" },
];

/** Fill `host`; returns {use(network), show(pixels, finished)}. */
function xrayView(host) {
  const state = { label: null, unit: 0, off: Array(10).fill(false), broken: {}, pixels: null };
  let weights = null;

  const choose = make("select", { id: "meant" });
  choose.append(make("option", { value: "", textContent: "choose" }));
  for (let digit = 0; digit < 10; digit++) {
    choose.append(make("option", { value: digit, textContent: digit }));
  }
  choose.addEventListener("change", () => {
    state.label = choose.value === "" ? null : Number(choose.value);
    render();
  });

  const picture = svg("svg", { viewBox: "0 0 380 470", class: "wires", role: "group" });
  picture.setAttribute("aria-label", "The network 784-10-10: ten hidden units, ten scores");
  const pixelViews = ["The drawing", "Unit's share", "Blame of the pixels"].map((title) => {
    const canvas = make("canvas", { width: 28, height: 28, className: "seen", role: "img" });
    const caption = make("figcaption", { textContent: title });
    return { canvas, caption, figure: make("figure", {}, canvas, caption) };
  });
  const story = make("p", { className: "story" });
  const verdict = make("div", { className: "verdict", role: "status", "aria-live": "polite" });
  const lines = LINES.map((line) => {
    const code = make("code", { textContent: line.right });
    const item = make("li", {}, code);
    if (line.key) {
      const button = make("button", { type: "button", textContent: line.says });
      button.setAttribute("aria-pressed", "false");
      button.addEventListener("click", () => {
        const wrong = (state.broken[line.key] = !state.broken[line.key]);
        button.setAttribute("aria-pressed", String(wrong));
        code.textContent = wrong ? line.wrong : line.right;
        code.classList.toggle("lying", wrong);
        render();
      });
      item.append(button);
    }
    return item;
  });
  host.append(
    make("p", {}, make("label", { htmlFor: "meant", textContent: "I meant the digit " }), choose),
    make(
      "p",
      { className: "key" },
      make("span", { className: "ahead", textContent: "Blue: values, forward." }),
      " ",
      make("span", { className: "blame", textContent: "Orange: blame, back." }),
      " ",
      make("span", { className: "lying", textContent: "Dashed: the slope is a lie." }),
      " Choose a hidden unit to read its wires; press its switch to silence its ReLU.",
    ),
    make(
      "div",
      { className: "xray-desk" },
      make("div", { className: "xray-left" }, picture),
      make(
        "div",
        { className: "xray-right" },
        make("div", { className: "pixels" }, ...pixelViews.map(({ figure }) => figure)),
        story,
        make("h2", { textContent: "Break a line" }),
        make("ol", { className: "lines" }, ...lines),
        verdict,
      ),
    ),
  );

  const at = { unit: (j) => [90, 30 + 45 * j], score: (k) => [288, 30 + 45 * k] };

  function use(network) {
    const [first, , last] = network.layers;
    weights = { W1: Float64Array.from(first.W), b1: Float64Array.from(first.b) };
    weights.W2 = Float64Array.from(last.W);
    weights.b2 = Float64Array.from(last.b);
  }

  function show(pixels, finished) {
    state.pixels = pixels;
    if (finished || !pixels) render();
  }

  function render() {
    if (!weights) return;
    const pixels = state.pixels ?? new Float64Array(784);
    const forward = xrayForward(weights, batchOf(pixels), state.off);
    const asked = state.pixels !== null && state.label !== null;
    let back = null;
    let wrong = null;
    if (asked) {
      back = xrayBackward(weights, forward, state.label, state.off, state.broken);
      const slopes = xraySlopes(weights, forward, state.label, state.off);
      wrong = { W1: lies(back.dW1, slopes.W1), W2: lies(back.dW2, slopes.W2) };
    }
    drawNetwork(forward, back, wrong);
    drawPictures(pixels, back);
    tell(forward, back);
    judge(wrong);
  }

  function drawNetwork({ Z1, A1, P }, back, wrong) {
    const focused = picture.contains(document.activeElement) && document.activeElement.dataset.key;
    const parts = [];
    const largest = Math.max(1e-9, ...Array.from({ length: 100 }, (_, w) =>
      Math.abs(A1[Math.floor(w / 10)] * weights.W2[w])));
    const worst = back
      ? Math.max(1e-9, ...Array.from({ length: 100 }, (_, w) =>
          Math.abs(back.dZ2[w % 10] * weights.W2[w])))
      : 1;
    // The wires of the chosen unit come last, on top of the others.
    const order = [...Array(10).keys()].filter((j) => j !== state.unit).concat(state.unit);
    for (const j of order) {
      const chosen = j === state.unit;
      // From the pixels: 784 wires drawn as one.
      const [ux, uy] = at.unit(j);
      const bundle = wrong && wrong.W1.some((lie, w) => lie && w % 10 === j);
      parts.push(wire(8, uy - 2, ux, uy - 2, "ahead", Math.abs(Z1[j]) / 8, chosen, bundle));
      if (back) {
        const size = (40 * Math.abs(back.dZ1[j])) / 4;
        if (back.dZ1[j] !== 0) parts.push(wire(8, uy + 3, ux, uy + 3, "blame", size, chosen, bundle));
      }
      for (let k = 0; k < 10; k++) {
        const w = j * 10 + k;
        const [sx, sy] = at.score(k);
        const forward = A1[j] * weights.W2[w];
        const lie = wrong && wrong.W2[w];
        if (forward !== 0 || chosen) {
          parts.push(wire(ux, uy, sx, sy, "ahead", Math.abs(forward) / largest, chosen, lie));
        }
        if (back && (chosen || lie)) {
          const blame = back.dZ2[k] * weights.W2[w];
          parts.push(wire(ux, uy + 4, sx, sy + 4, "blame", Math.abs(blame) / worst, chosen, lie));
        }
      }
    }
    // What each wire of the chosen unit carries, beside the score at which it ends.
    for (let k = 0; k < 10; k++) {
      const [sx, sy] = at.score(k);
      const w = state.unit * 10 + k;
      parts.push(text(sx - 18, sy - 4, short(A1[state.unit] * weights.W2[w]), "ahead end halo"));
      if (back) parts.push(text(sx - 18, sy + 12, short(back.dZ2[k] * weights.W2[w]), "blame end halo"));
    }
    for (let j = 0; j < 10; j++) {
      const [x, y] = at.unit(j);
      const group = svg("g", { class: `unit${j === state.unit ? " chosen" : ""}`, tabindex: 0, role: "button" });
      group.dataset.key = `unit${j}`;
      group.setAttribute(
        "aria-label",
        `Hidden unit ${j}: value ${short(A1[j])}` + (back ? `, blame ${short(back.dA1[j])}` : ""),
      );
      group.setAttribute("aria-pressed", String(j === state.unit));
      group.append(svg("circle", { cx: x, cy: y, r: 20 }), text(x, y - 2, short(A1[j]), "ahead middle"));
      if (back) group.append(text(x, y + 10, short(back.dA1[j]), "blame middle"));
      act(group, () => {
        state.unit = j;
        render();
      });
      const toggle = svg("g", { class: `switch${state.off[j] ? " off" : ""}`, tabindex: 0, role: "switch" });
      toggle.dataset.key = `switch${j}`;
      toggle.setAttribute("aria-checked", String(!state.off[j]));
      toggle.setAttribute("aria-label", `ReLU of hidden unit ${j}`);
      toggle.append(
        svg("rect", { x: 28, y: y - 12, width: 32, height: 24, rx: 5 }),
        text(44, y + 4, state.off[j] ? "off" : "on", "middle"),
      );
      act(toggle, () => {
        state.off[j] = !state.off[j];
        render();
      });
      parts.push(group, toggle);
    }
    const best = P.subarray(0, 10).indexOf(Math.max(...P.subarray(0, 10)));
    for (let k = 0; k < 10; k++) {
      const [x, y] = at.score(k);
      const meant = k === state.label;
      parts.push(
        svg("circle", { cx: x, cy: y, r: 14, class: `score${meant ? " meant" : ""}` }),
        text(x, y + 5, String(k), `middle digit${state.pixels && k === best ? " best" : ""}`),
        text(x + 20, y - 1, state.pixels ? percent(P[k]) : "", "ahead"),
      );
      if (back) parts.push(text(x + 20, y + 12, short(back.dZ2[k]), "blame"));
    }
    picture.replaceChildren(...parts);
    if (focused) picture.querySelector(`[data-key="${focused}"]`)?.focus();
  }

  function wire(x1, y1, x2, y2, kind, size, chosen, lie) {
    const width = chosen ? 0.8 + 3 * Math.min(1, size) : 0.3 + 1.7 * Math.min(1, size);
    const names = `wire ${kind}${chosen ? " chosen" : ""}${lie && kind === "blame" ? " lying" : ""}`;
    return svg("line", { x1, y1, x2, y2, class: names, "stroke-width": width.toFixed(2) });
  }

  function text(x, y, content, names) {
    const element = svg("text", { x, y, class: names });
    element.textContent = content;
    return element;
  }

  function act(element, action) {
    element.addEventListener("click", action);
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      action();
    });
  }

  function drawPictures(pixels, back) {
    const unit = state.unit;
    const share = pixels.map((x, m) => x * weights.W1[m * 10 + unit]);
    const blame = back ? back.dX.subarray(0, 784) : new Float64Array(784);
    drawPixels(pixelViews[0].canvas, pixels, grey);
    drawPixels(pixelViews[1].canvas, share, signed(share));
    drawPixels(pixelViews[2].canvas, blame, signed(blame));
    pixelViews[1].caption.textContent = `What each pixel adds to unit ${unit}`;
    pixelViews[2].caption.textContent = "Blame of each pixel (orange: less ink here would help)";
    pixelViews.forEach(({ canvas, caption }) => canvas.setAttribute("aria-label", caption.textContent));
  }

  function tell({ N, Z1, A1, P, Z2 }, back) {
    if (!state.pixels) {
      story.textContent = "Draw a digit above.";
    } else if (!back) {
      story.textContent = "Say which digit you meant, and the blame runs back.";
    } else {
      const j = state.unit;
      const off = state.off[j];
      const passes = back.dZ1[j] !== 0 || back.dA1[j] === 0;
      const why = off
        ? "Its ReLU is switched off"
        : Z1[j] > 0
          ? `Its ReLU is open, because Z1 = ${short(Z1[j])} is above 0`
          : `Its ReLU is shut, because Z1 = ${short(Z1[j])} is not above 0`;
      story.textContent =
        `The loss is ${meanLoss(Z2, state.label).toFixed(3)}. Hidden unit ${j} has the value ` +
        `${short(A1[j])}, and its ten wires bring back blame that adds up to ${short(back.dA1[j], 3)}: ` +
        `${back.dA1[j] > 0 ? "it should have been quieter" : "it should have been louder"}. ${why}: ` +
        `${passes ? "the blame passes to the pixels" : "no blame passes to the pixels"}. ` +
        `The batch has ${N} rows, your drawing and three copies moved by a pixel. The numbers are ` +
        "those of your drawing.";
    }
  }

  function judge(wrong) {
    if (!wrong) {
      verdict.textContent = "";
      return;
    }
    const count = (list) => list.filter(Boolean).length;
    const [one, two] = [count(wrong.W1), count(wrong.W2)];
    verdict.classList.toggle("lying", one + two > 0);
    verdict.textContent =
      one + two === 0
        ? "Every wire tells the truth: all 7,840 slopes of W1 and all 100 of W2 equal the measured ones."
        : `${one.toLocaleString("en")} of 7,840 wires of W1 and ${two} of 100 wires of W2 lie: ` +
          "their computed slope is not the measured one.";
  }

  return { use, show };
}

/** Blue below 0, orange above, white or black at 0 by the theme; the largest gets full colour. */
function signed(values) {
  const most = Math.max(1e-12, ...Array.from(values, Math.abs));
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const [zero, above, below] = dark
    ? [[20, 22, 25], [242, 154, 74], [107, 179, 238]]
    : [[255, 255, 255], [200, 80, 0], [11, 98, 164]];
  return (value) => {
    const part = Math.abs(value) / most;
    const end = value > 0 ? above : below;
    return zero.map((z, i) => Math.round(z + part * (end[i] - z)));
  };
}
